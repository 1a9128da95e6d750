"""Events of several sources -> whose clock differs from whose, which times conflict, which zone looks wrong.

In: the merged timeline and the frame of logs. Out: `ClocksCompared` and findings. Nothing is shifted and nothing is
overwritten: both times stay, with their places.

Start reading in `compared`. `same_event` finds what two sources tell, `offset` estimates the difference of two clocks,
`service_clocks` does so for services, by `requests` that several log and by `shared_ids` such as orders,
`server_dates` from the dates of the answers they log, `backwards` finds clocks that were set back within a file,
`same_bursts` hints at hours between services that share nothing but how long they failed.
"""

from incident_analytics.analysis.source_clocks.backwards import SetBack, clocks_set_back
from incident_analytics.analysis.source_clocks.compared import ClocksCompared, clocks_compared
from incident_analytics.analysis.source_clocks.findings import clock_findings
from incident_analytics.analysis.source_clocks.offset import Offset, clock_offset
from incident_analytics.analysis.source_clocks.requests import RequestClocks, request_clocks
from incident_analytics.analysis.source_clocks.same_bursts import SameBurst, same_bursts
from incident_analytics.analysis.source_clocks.same_event import ToldTwice, told_twice
from incident_analytics.analysis.source_clocks.server_dates import ServerDates, server_dates
from incident_analytics.analysis.source_clocks.service_clocks import service_clocks
from incident_analytics.analysis.source_clocks.shared_ids import shared_ids

__all__ = [
    "ClocksCompared",
    "Offset",
    "RequestClocks",
    "SameBurst",
    "ServerDates",
    "SetBack",
    "ToldTwice",
    "clock_findings",
    "clock_offset",
    "clocks_compared",
    "clocks_set_back",
    "request_clocks",
    "same_bursts",
    "server_dates",
    "service_clocks",
    "shared_ids",
    "told_twice",
]
