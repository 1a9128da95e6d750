"""What an incident is: the words that every other room speaks.

Nothing but texts and values comes in (the runbook's file is the one exception); out go frozen objects: instants
with their zone and precision, money with its currency, the incident as recorded, measurements with their
receipts, and the runbook as data. Nothing here knows frames, files of evidence or documents.
Start reading in `incident.py` and `measurement.py`.
"""
