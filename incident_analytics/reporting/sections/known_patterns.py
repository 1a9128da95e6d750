"""Known patterns: which one the incident resembles, by what evidence, what the runbook says helps, what is in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Callout, Check, Checks, Folded, Paragraph, Strong
from incident_analytics.reporting.sections.pattern_evidence import seen

if TYPE_CHECKING:
    from incident_analytics.analysis.patterns import Evidence, Resemblance
    from incident_analytics.analysis.trends.fix_ledger import LedgerEntry
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.post_mortem import PostMortem

_AT: Final = {"logs": "First seen at", "metrics": "From", "database": "Captured at"}


def known_patterns(report: PostMortem) -> tuple[Block, ...]:
    """The pattern that it resembles most with its evidence and fixes; folded, the others; and what is done for now."""
    found = report.patterns
    if found.answer == "cannot be told":
        text = f"Whether this incident resembles a known pattern cannot be told: {found.reason}."
        return (Paragraph(text), *_temporary_fixes(report))
    best = found.best
    others = tuple(each for each in found.ranked if each is not best)
    blocks: list[Block] = [Paragraph(_answer(report))]
    if best is not None:
        blocks += [_evidence(best, report), *_fixes(best)]
    blocks += _temporary_fixes(report)
    if others:
        inside = tuple(block for each in others for block in _other(each, report))
        blocks.append(Folded(_others(len(others), is_best_shown=best is not None), inside))
    return tuple(blocks)


def _answer(report: PostMortem) -> Inline:
    found = report.patterns
    if found.best is None:
        patterns = words.counted(len(found.ranked), "known pattern")
        none = "the only known pattern" if len(found.ranked) == 1 else f"none of the {patterns}"
        return (Strong(f"It resembles {none}." if len(found.ranked) > 1 else f"It does not resemble {none}."),)
    also = [each.pattern.name for each in found.resembling[1:]]
    more = f" It also resembles {', '.join(also)}, with less evidence." if also else ""
    name = found.best.pattern.name
    return (Strong(f"It resembles a known pattern: {name}."), f" {_balance(found.best)}{more} A person confirms.")


def _balance(each: Resemblance) -> str:
    """How much speaks for it and against it, in a sentence."""
    speaks, against, unseen = (len(each.of(stance)) for stance in ("for", "against", "not looked at"))
    signals = words.counted(speaks, "signal") if speaks else "No signal"
    nothing = f"; for {unseen} there is nothing to look at" if unseen else ""
    return f"{signals} {'speak' if speaks > 1 else 'speaks'} for it, {against or 'none'} against it{nothing}."


def _others(number: int, *, is_best_shown: bool) -> str:
    patterns = words.counted(number, "other known pattern" if is_best_shown else "known pattern")
    return f"{patterns}: what speaks for and against {'it' if number == 1 else 'them'}"


def _other(each: Resemblance, report: PostMortem) -> tuple[Block, ...]:
    fixes = _fixes(each) if each.resembles else ()
    return (Paragraph(_verdict(each)), _evidence(each, report), *fixes)


def _verdict(each: Resemblance) -> Inline:
    name = Strong(each.pattern.name)
    if not each.is_told:
        return ("Whether it resembles ", name, " cannot be told.")
    return ("It also resembles " if each.resembles else "It does not resemble ", name, f". {_balance(each)}")


def _evidence(each: Resemblance, report: PostMortem) -> Checks:
    """Every signal with what was seen of it; those that nothing could be looked at for stand together."""
    at = _compared(each, report)
    shown = [_check(one, report) for one in each.evidence if one.stance != "not looked at"]
    unseen = each.of("not looked at")
    for reason in dict.fromkeys(one.reason for one in unseen):
        signals = "; ".join(one.expected for one in unseen if one.reason == reason)
        shown.append(Check("not looked at", signals, f"{reason[:1].upper()}{reason[1:]}."))
    return Checks(tuple(shown), f"Evidence for and against {each.pattern.name}{at}")


def _compared(each: Resemblance, report: PostMortem) -> str:
    """With what its evidence is compared; a capture shows one instant and is compared with nothing before it."""
    begins, looked_at = report.patterns.begins, [one for one in each.evidence if one.stance != "not looked at"]
    is_captured = any(one.source == "database" for one in looked_at)
    if begins is None or all(one.source == "database" for one in looked_at):
        return ", of one instant, with no time before to compare with" if is_captured else ""
    alone = "; captures show one instant and are compared with no time before" if is_captured else ""
    return f", compared with the time before {words.clock_time(begins, report.zone)} {report.zone_name}{alone}"


def _check(one: Evidence, report: PostMortem) -> Check:
    told = seen(one)
    # a time belongs to what was there
    if one.at is not None and (one.stance == "for" or one.source == "database"):
        told += (f" {_AT[one.source]} {words.clock_time(one.at, report.zone)} {report.zone_name}",)
    *rest, last = told
    # the places follow on the same line
    told = (*rest, last.removesuffix(".") if isinstance(last, str) and one.places else last)
    return Check(one.stance, one.expected, told, tuple(str(place) for place in one.places))


def _fixes(each: Resemblance) -> tuple[Block, ...]:
    """The quick fix and the lasting one, as the runbook has them."""
    quick, lasting = "; ".join(each.pattern.quick_fix), each.pattern.long_term_fix
    if not quick:
        return (Callout("Long-term fix in the runbook:", f"{lasting}.", tone="note"),) if lasting else ()
    text: Inline = (f"{quick}. ", Strong("Long-term fix:"), f" {lasting}.") if lasting else f"{quick}."
    return (Callout("Quick fix in the runbook:", text, tone="note"),)


def _temporary_fixes(report: PostMortem) -> tuple[Block, ...]:
    """What was done for now: still in place as a callout, ended as a sentence."""
    blocks: list[Block] = []
    for entry in report.temporary_fixes:
        done = f"“{words.shortened(entry.fix.text)}”{_since(entry, report)}"
        if not entry.ended:
            text = f"{done}. {_waits_for(entry)}"
            blocks.append(Callout("Temporary, not yet reverted or replaced:", text, tone="warn"))
            continue
        ended = f" at {words.moment(entry.ended_at, report.zone)}" if entry.ended_at else ""
        blocks.append(Paragraph(f"Temporary and since {entry.ended}{ended}: {done}."))
    return tuple(blocks)


def _since(entry: LedgerEntry, report: PostMortem) -> str:
    at = entry.fix.put_in_at
    return f" at {words.clock_time(at, report.zone)}" if at else ""


def _waits_for(entry: LedgerEntry) -> str:
    if not entry.fix.lasting_fix:
        return "No action item is named as its long-term fix."
    due = f", due {entry.fix.due.isoformat()}" if entry.fix.due else ", without a due date"
    late = " and overdue" if entry.fix.is_overdue else ""
    return f"It waits for “{words.shortened(entry.fix.lasting_fix)}”{due}{late}."
