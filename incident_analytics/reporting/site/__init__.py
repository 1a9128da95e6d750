"""The site of reports: the JSON twins of a folder come in, one page that lists them goes out.

A twin that cannot be read is listed as skipped. Nothing is computed: the page shows what the reports say.
Start reading in `index.py`; `entries.py` reads the twins of post-mortems, `trend_entry.py` those of trend reports,
`template/` is the page.
"""
