(function () {
  "use strict";

  var NARROW = 600; // px: below, a figure takes the patch in layout.meta.phone
  var PAPER = 628; // px: A4 less two margins of 16 mm and the frame of a figure
  var MOST_STACKED = 7; // columns: more, such as the hours of a week, are a map, and scroll
  var PICTURE = 760; // px: a figure in a document that cannot draw
  var FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";
  var CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, showTips: false, typesetMath: false };

  var tokens = JSON.parse(document.getElementById("tokens").textContent);
  var dark = matchMedia("(prefers-color-scheme: dark)");
  var paper = matchMedia("print");
  var phone = matchMedia("screen and (max-width: 600px)");
  var wishes = location.hash.slice(1).split("&"); // #all: draw at once; #print: as on paper; #images=svg: pictures
  var printing = paper.matches || wishes.indexOf("print") >= 0;
  var plots = Array.prototype.map.call(document.querySelectorAll(".figure"), function (figure) {
    return {
      name: figure.dataset.name,
      place: figure.querySelector(".plot"),
      source: figure.querySelector("script").textContent,
      width: 0
    };
  });

  // ---- the figure as data: patched for narrow places, coloured for the scheme, styled where nobody did

  function isObject(value) {
    return value !== null && typeof value === "object" && !Array.isArray(value);
  }

  // A key of a patch may be a path, as in plotly's relayout: "annotations[2].text" or "xaxis.nticks".
  function patch(target, changes) {
    Object.keys(changes).forEach(function (key) {
      var path = key.split(/[.[\]]+/).filter(Boolean);
      var last = path.pop();
      var holder = path.reduce(function (at, step) {
        return (at[step] = at[step] === undefined ? {} : at[step]);
      }, target);
      if (isObject(changes[key]) && isObject(holder[last])) patch(holder[last], changes[key]);
      else holder[last] = changes[key];
    });
    return target;
  }

  function recoloured(value, scheme) {
    if (scheme === "light") return value;
    if (Array.isArray(value)) return value.map(function (item) { return recoloured(item, scheme); });
    if (isObject(value)) {
      return Object.keys(value).reduce(function (copy, key) {
        copy[key] = key === "meta" || key === "bdata" ? value[key] : recoloured(value[key], scheme);
        return copy;
      }, {});
    }
    return typeof value === "string" ? recolouredText(value, scheme) : value;
  }

  function counterpart(colour, scheme) {
    var wanted = colour.toUpperCase();
    var name = Object.keys(tokens.light).filter(function (each) { return tokens.light[each] === wanted; })[0];
    return name ? tokens[scheme][name] : colour;
  }

  function recolouredText(text, scheme) {
    if (/^#[0-9a-f]{6}$/i.test(text)) return counterpart(text, scheme);
    var parts = /^rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,\s*([\d.]+)\s*)?\)$/i.exec(text);
    if (parts) {
      var hex = "#" + [1, 2, 3].map(function (at) { return ("0" + (+parts[at]).toString(16)).slice(-2); }).join("");
      var other = counterpart(hex, scheme);
      if (other === hex) return text;
      var numbers = [1, 3, 5].map(function (at) { return parseInt(other.substr(at, 2), 16); });
      return "rgba(" + numbers.concat(parts[4] === undefined ? 1 : parts[4]).join(",") + ")";
    }
    return text.replace(/(color:\s*)(#[0-9a-f]{6})/gi, function (all, lead, colour) {
      return lead + counterpart(colour, scheme);
    });
  }

  function axis(colours, standoff) {
    return {
      ticklabelstandoff: standoff,
      automargin: true, fixedrange: true, showgrid: false, zeroline: false, gridcolor: colours.line,
      linecolor: colours.line2, tickcolor: colours.line2, tickfont: { size: 13, color: colours.ink2 },
      title: { font: { size: 13, color: colours.ink2 } }
    };
  }

  // The house style goes in as plotly's template, the weakest voice: whatever a figure says itself stays.
  function houseStyle(scheme) {
    var colours = tokens[scheme];
    return {
      autosize: false, dragmode: false, hovermode: "closest", showlegend: false,
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      margin: { l: 48, r: 16, t: 16, b: 36 },
      font: { family: FONT, size: 13, color: colours.ink2 },
      colorway: [colours.accent, colours.line2, colours.warn, colours.ph2, colours.good, colours.ink3],
      xaxis: axis(colours, 4), yaxis: axis(colours, 8),
      hoverlabel: { bgcolor: colours.surface, bordercolor: colours.line2, font: { family: FONT, size: 13, color: colours.ink } }
    };
  }

  function arrange(source, width, scheme) {
    var spec = JSON.parse(source);
    var narrow = width < NARROW && isObject(spec.layout.meta) && spec.layout.meta.phone;
    if (isObject(narrow)) patch(spec.layout, narrow);
    spec = recoloured(spec, scheme);
    var own = spec.layout.template || {};
    spec.layout.template = { data: own.data || {}, layout: patch(houseStyle(scheme), own.layout || {}) };
    spec.layout.width = width;
    spec.layout.height = spec.layout.height || 320;
    return spec;
  }

  // ---- drawing

  function scheme() {
    return dark.matches && !printing ? "dark" : "light";
  }

  function draw(plot) {
    var width = printing ? PAPER : Math.floor(plot.place.clientWidth);
    if (!width) return;
    if (!window.Plotly) return note(plot, "The figure needs its script, which is missing beside this page.");
    var spec = arrange(plot.source, width, scheme());
    if (!plot.width) plot.place.replaceChildren();
    plot.width = width;
    plot.place.style.minHeight = "";
    try {
      window.Plotly.react(plot.place, spec.data, spec.layout, CONFIG);
    } catch (error) {
      note(plot, "The figure could not be drawn here.");
    }
  }

  function note(plot, words) {
    var text = document.createElement("p");
    text.className = "alt";
    text.textContent = words + " It shows: " + plot.place.getAttribute("aria-label");
    plot.place.replaceChildren(text);
  }

  function redraw() {
    plots.forEach(function (plot) { if (plot.width) draw(plot); });
  }

  function drawAll() {
    plots.forEach(draw);
  }

  function drawWhenNear() {
    var near = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        near.unobserve(entry.target);
        plots.forEach(function (plot) { if (plot.place === entry.target && !plot.width) draw(plot); });
      });
    }, { rootMargin: "800px" });
    plots.forEach(function (plot) {
      plot.place.style.minHeight = (JSON.parse(plot.source).layout.height || 320) + "px";
      near.observe(plot.place);
    });
  }

  function redrawWhenResized() {
    var due = 0;
    var watch = new ResizeObserver(function () {
      cancelAnimationFrame(due);
      due = requestAnimationFrame(function () {
        plots.forEach(function (plot) {
          if (plot.width && !printing && Math.floor(plot.place.clientWidth) !== plot.width) draw(plot);
        });
      });
    });
    plots.forEach(function (plot) { watch.observe(plot.place); });
  }

  // ---- paper: every receipt open, figures light and as wide as the sheet

  var opened = [];

  function toPaper() {
    printing = true;
    document.querySelectorAll("details:not([open])").forEach(function (each) {
      each.open = true;
      opened.push(each);
    });
    drawAll();
  }

  function toScreen() {
    printing = false;
    opened.splice(0).forEach(function (each) { each.open = false; });
    redraw();
  }

  // ---- pictures for documents that cannot draw: read from the page by the program that opened it

  function pictures(format) {
    printing = true;
    Promise.all(plots.map(function (plot) {
      var spec = arrange(plot.source, PICTURE, "light");
      spec.layout.paper_bgcolor = tokens.light.surface;
      var size = { format: format, width: PICTURE, height: spec.layout.height, scale: format === "png" ? 2 : 1 };
      return window.Plotly.toImage({ data: spec.data, layout: spec.layout, config: CONFIG }, size).then(function (image) {
        return [plot.name, image];
      });
    })).then(function (images) {
      var list = document.createElement("pre");
      list.id = "pictures";
      list.textContent = JSON.stringify(images);
      document.body.replaceChildren(list);
    });
  }

  // ---- reading: receipts open when a link leads to them, the rail shows where one is

  function openTarget() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var fold = target && target.closest("details");
    if (!fold) return;
    fold.open = true;
    target.scrollIntoView({ block: "nearest" });
  }

  function showPlaceInRail() {
    var links = document.querySelectorAll(".rail a");
    var headings = document.querySelectorAll("main h2");
    var due = 0;
    function mark() {
      var here = -1;
      headings.forEach(function (heading, at) { if (heading.getBoundingClientRect().top < innerHeight / 3) here = at; });
      links.forEach(function (link, at) {
        if (at === Math.max(here, 0)) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    }
    addEventListener("scroll", function () {
      cancelAnimationFrame(due);
      due = requestAnimationFrame(mark);
    }, { passive: true });
    mark();
  }

  // A table too wide for a phone stands as blocks, a row each, and every cell says which column it is of.
  function stack(table, region) {
    table.classList.remove("stacked");
    var names = Array.prototype.map.call(table.tHead.rows[0].cells, function (cell) { return cell.textContent; });
    if (!phone.matches || region.scrollWidth <= region.clientWidth || names.length > MOST_STACKED) return;
    table.querySelectorAll("tbody td").forEach(function (cell) { cell.dataset.name = names[cell.cellIndex]; });
    table.classList.add("stacked");
  }

  function fitTables() {
    document.querySelectorAll(".scroll").forEach(function (region) {
      if (region.querySelector("thead")) stack(region.querySelector("table"), region);
      if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
      else region.removeAttribute("tabindex");
    });
  }

  var format = (/^images=(svg|png)$/.exec(wishes[0]) || [])[1];
  if (format) return pictures(format);
  if (printing) toPaper();
  else if (wishes.indexOf("all") >= 0) drawAll();
  else drawWhenNear();
  redrawWhenResized();
  showPlaceInRail();
  fitTables();
  openTarget();
  dark.addEventListener("change", redraw);
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", toScreen);
  paper.addEventListener("change", function () { if (paper.matches) toPaper(); else toScreen(); });
  addEventListener("hashchange", openTarget);
  addEventListener("resize", fitTables);
  document.addEventListener("toggle", fitTables, true); // of a folded table only the open one has a width
})();
