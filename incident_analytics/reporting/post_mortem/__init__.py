"""The post-mortem: one frozen object with every number of the document, assembled from a bundle.

In comes a `Bundle`; out goes a `PostMortem` that sections, figures and the JSON twin only read.
"""

from incident_analytics.reporting.post_mortem.assembly import post_mortem
from incident_analytics.reporting.post_mortem.report import PostMortem

__all__ = ["PostMortem", "post_mortem"]
