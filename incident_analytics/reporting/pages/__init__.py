"""Documents from a run notebook: HTML, Markdown, pictures, PDF.

In comes a notebook as a mapping; out goes text or bytes. Nothing is computed here and, but for the
shared plotly.js, nothing is written: the caller stores what it gets. Start with `html.render_html`;
`arrangement` is how every format reads a notebook, `template/` is the page itself.
"""
