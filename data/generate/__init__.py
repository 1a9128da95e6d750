"""Makes the sample incident `data/INC-2024-001/`: one seed in, one folder of exports out.

In: nothing but the seed in `seeds.py` and the story in `story.py`. Out: the files an organisation
would hold after such an incident (record, timeline, logs, monitoring answers, database state, prose,
manifest). Every checkout of six hours is simulated once (`checkouts.py`); logs and payment metrics are
two views of the same checkouts, so they agree with each other.

Run `python data/generate/inc_2024_001.py`; start reading in `inc_2024_001.py`.

The modules named `fleet` make the two years of incidents in `data/history/`, each time from its streams of chance:
run `python data/generate/history_2022_2023.py`; start reading in `fleet.py`, which tells the organisation.
"""
