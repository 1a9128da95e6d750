"""The whole records of a cohort's incidents, for what its frame does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.lint.addresses import without_addresses
from incident_analytics.analysis.lint.persons import without_names
from incident_analytics.analysis.told_records import ToldRecord
from incident_analytics.analysis.trends.cohort import LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.model.incident import Incident
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories import WholeRecord

NO_RECORDS: Final = "no records: rows of tables tell of no such thing"
NO_INCIDENTS: Final = "no incidents"
ONLY_A_ROW: Final = "a row of a table, without a record"
# What stands in for an owner of whom nothing is left to show.
_A_PERSON: Final = "a person"


def records_in(records: Iterable[WholeRecord], cohort: Cohort, runbook: Runbook) -> tuple[ToldRecord, ...]:
    """Those of the records whose incidents are in the cohort."""
    wanted = set(cohort.frame["id"].str.to_uppercase())
    return tuple(ToldRecord(record, runbook) for record in records if record.incident.id.upper() in wanted)


def shown_text(text: str, incident: Incident) -> str:
    """A text without addresses, phone numbers, and the names of those who took roles in the incident."""
    return without_addresses(without_names(text, _people(incident)))


def shown_owner(owner: str | None, incident: Incident) -> str | None:
    """An owner as a page shows it: someone who took a role as that role, without addresses and phone numbers."""
    written = " ".join((owner or "").split())
    if not written:
        return None
    for role in incident.roles:
        if role.person and " ".join(role.person.split()).casefold() == written.casefold():
            return role.role
    return without_addresses(written) or _A_PERSON


def _people(incident: Incident) -> tuple[str, ...]:
    return tuple(role.person for role in incident.roles if role.person)


def repeats_named(incident: Incident) -> tuple[str, ...]:
    """The earlier incidents that the record's ``repeat_of`` names, in capitals."""
    written = (incident.model_extra or {}).get("repeat_of")
    names = written if isinstance(written, list) else [written]
    return tuple(name.strip().upper() for name in names if isinstance(name, str) and name.strip())


def without_record(told: Sequence[ToldRecord], cohort: Cohort) -> tuple[LeftOut, ...]:
    """The incidents that have no whole record, where others have."""
    known = {each.record.incident.id.upper() for each in told}
    lacking = [identity for identity in cohort.frame["id"] if identity.upper() not in known]
    return (LeftOut(ONLY_A_ROW, len(lacking), tuple(lacking[:5])),) if lacking else ()


def why_nothing(told: Sequence[ToldRecord], cohort: Cohort) -> str:
    """Why whole records cannot tell anything; empty where they can."""
    if not cohort.n:
        return NO_INCIDENTS
    return "" if told else NO_RECORDS
