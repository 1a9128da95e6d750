"""Of JSON that is cut off the whole elements before the cut are read."""

from __future__ import annotations

import json

import pytest

from incident_analytics.sources.cut_json import decoded_part, last_whole

DECODER = json.JSONDecoder()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('{"a": [[1, "x"], [2, "y"], [3, "', {"a": [[1, "x"], [2, "y"], [3]]}),
        ('{"a": [[1, "x"], [2, "y"]', {"a": [[1, "x"], [2, "y"]]}),
        ('[{"a": "], [", "b": "\\"}"}, {"a": 1, "b"', [{"a": "], [", "b": '"}'}, {"a": 1}]),
        ("[1, 2, oops, 4]", [1, 2]),
        ('{"a": 1', None),
        ("[1, 2}, 3]", [1]),
        ("nothing", None),
        ("", None),
    ],
)  # fmt: skip
def test_what_is_whole_before_the_cut_is_decoded(text: str, part: object) -> None:
    """Brackets and commas inside of texts close and part nothing."""
    with pytest.raises(json.JSONDecodeError) as error:
        DECODER.decode(text)
    assert decoded_part(text, error.value, DECODER) == part


def test_every_cut_of_an_answer_gives_a_beginning_of_its_points() -> None:
    """Wherever it is cut."""
    text = json.dumps({"status": "success", "data": {"result": [{"values": [[n, "1"] for n in range(9)]}]}})
    counts = []
    for end in range(text.index("[[") + 9, len(text)):
        whole, closing = last_whole(text, end)
        values = json.loads(text[:whole] + closing)["data"]["result"][0]["values"]
        counts.append(sum(len(each) == 2 for each in values))
    assert (counts[0], counts[-1], counts == sorted(counts)) == (1, 9, True)
