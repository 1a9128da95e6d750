"""Many post-mortems at once: folders of incidents come in, one outcome an incident goes out.

Each report is made in a process of its own, so one that fails, dies or never ends is one failed incident
and nothing else. What is finished and has not changed is skipped. Start reading in `many.py`; `forked.py`
and `spawned.py` are the two ways to start those processes, `finished.py` remembers what is done.
"""
