"""The sections of a trend report: a report goes in, the blocks of one section come out.

Each section is one public function of the same name, so that a notebook's cell is one call. They
choose words and order; every number is read from the report.
"""
