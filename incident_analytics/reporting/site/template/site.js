(function () {
  "use strict";

  var controls = document.getElementById("controls");
  if (!controls) return;
  var search = document.getElementById("search");
  var status = document.getElementById("status");
  var service = document.getElementById("service");
  var sort = document.getElementById("sort");
  var turn = document.getElementById("turn");
  var body = document.querySelector("tbody");
  var heads = Array.prototype.slice.call(document.querySelectorAll("thead th"));
  var boxes = Array.prototype.slice.call(document.querySelectorAll("input[name=severity]"));
  var BEGAN = heads.findIndex(function (head) { return head.textContent.trim() === "Began"; });
  var column = BEGAN;
  var isDown = true;

  var rows = Array.prototype.map.call(body.rows, function (row) {
    return {
      element: row,
      words: folded(row.dataset.words),
      severity: row.dataset.severity,
      status: row.dataset.status,
      services: row.dataset.services.split("\n"),
      orders: Array.prototype.map.call(row.cells, function (cell) { return cell.dataset.order; })
    };
  });

  // "Zahlungsausfälle" is found by "ausfalle".
  function folded(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  function chosen() {
    return boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
  }

  // ---- filter

  function filter() {
    var terms = folded(search.value).split(/\s+/).filter(Boolean);
    var severities = chosen();
    var shown = 0;
    rows.forEach(function (row) {
      var fits = terms.every(function (term) { return row.words.indexOf(term) >= 0; }) &&
        (!severities.length || severities.indexOf(row.severity) >= 0) &&
        (!status.value || row.status === status.value) &&
        (!service || !service.value || row.services.indexOf(service.value) >= 0);
      row.element.hidden = !fits;
      if (fits) shown += 1;
    });
    document.getElementById("nothing").hidden = shown > 0;
    document.getElementById("list").hidden = shown === 0;
    document.getElementById("count").textContent =
      shown === rows.length ? rows.length + (rows.length === 1 ? " incident" : " incidents") :
        shown + " of " + rows.length + " incidents";
  }

  // ---- sort: what is not known comes last either way; a tie keeps the order before

  function compare(one, other) {
    var a = one.orders[column], b = other.orders[column];
    if (a === "" || b === "") return (a === "") - (b === "");
    var isNumber = heads[column].dataset.kind === "number";
    var order = isNumber ? a - b : a.localeCompare(b, "en", { numeric: true, sensitivity: "base" });
    return isDown ? -order : order;
  }

  function arrange() {
    rows.sort(compare).forEach(function (row) { body.appendChild(row.element); });
    heads.forEach(function (head, at) {
      if (at === column) head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    sort.value = String(column);
    turn.textContent = isDown ? "↓" : "↑";
    turn.setAttribute("aria-label", isDown ? "Largest first; turn around" : "Smallest first; turn around");
  }

  function sortBy(at) {
    if (at === column) isDown = !isDown;
    else isDown = heads[at].dataset.kind === "number" && heads[at].dataset.first !== "small";
    column = at;
    arrange();
  }

  // ---- the view in the address, so that it can be kept and passed on

  function remember() {
    var view = new URLSearchParams();
    if (search.value) view.set("search", search.value);
    chosen().forEach(function (name) { view.append("severity", name); });
    if (status.value) view.set("status", status.value);
    if (service && service.value) view.set("service", service.value);
    if (column !== BEGAN || !isDown) view.set("sort", (isDown ? "-" : "") + column);
    var address = view.toString();
    try {
      history.replaceState(null, "", address ? "#" + address : location.pathname + location.search);
    } catch (error) {
      // A browser that forbids it for files shows the view all the same.
    }
  }

  function recall() {
    var view = new URLSearchParams(location.hash.slice(1));
    search.value = view.get("search") || "";
    var severities = view.getAll("severity");
    boxes.forEach(function (box) { box.checked = severities.indexOf(box.value) >= 0; });
    choose(status, view.get("status"));
    if (service) choose(service, view.get("service"));
    var found = /^(-?)(\d+)$/.exec(view.get("sort") || "");
    var isThere = found && +found[2] < heads.length;
    column = isThere ? +found[2] : BEGAN;
    isDown = isThere ? found[1] === "-" : true;
  }

  function choose(list, value) {
    list.value = value || "";
    if (list.selectedIndex < 0) list.value = "";
  }

  function update() {
    filter();
    remember();
  }

  // ---- the page without a script has a plain table; these make it answer

  heads.forEach(function (head, at) {
    var texts = head.textContent.trim();
    head.dataset.kind = rows.every(function (row) { return row.orders[at] === "" || isFinite(row.orders[at]); }) ? "number" : "text";
    if (/^(Severity|Time)/.test(texts)) head.dataset.first = "small";
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = texts;
    button.addEventListener("click", function () { sortBy(at); remember(); });
    head.replaceChildren(button);
    sort.add(new Option(texts, String(at)));
  });
  sort.addEventListener("change", function () { sortBy(+sort.value); remember(); });
  turn.addEventListener("click", function () { sortBy(column); remember(); });
  search.addEventListener("input", update);
  controls.addEventListener("change", update);
  controls.addEventListener("submit", function (event) { event.preventDefault(); });
  controls.addEventListener("reset", function (event) {
    event.preventDefault();
    search.value = "";
    boxes.forEach(function (box) { box.checked = false; });
    choose(status, "");
    if (service) choose(service, "");
    update();
    search.focus();
  });
  document.getElementById("again").addEventListener("click", function () { controls.reset(); });
  addEventListener("hashchange", function () { recall(); arrange(); filter(); });

  recall();
  controls.hidden = false;
  arrange();
  filter();
})();
