"""The trend report: one frozen object with every number of the document, assembled from a history.

In comes a `History`; out goes a `TrendReport` that sections, figures and the JSON twin only read.
"""
