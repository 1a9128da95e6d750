"""Numbers to documents: a post-mortem's numbers come in, notebooks, pages and JSON go out.

Start reading at `publishing.py`, which tells the whole way. `post_mortem/` computes every number once;
`sections/` choose words and order; `figures/` and `blocks/` draw; `narrative/` keeps what people wrote;
`notebooks/` run templates; `pages/` render them.
"""
