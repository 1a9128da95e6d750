"""The verdict as HTML, Markdown and plain text."""

from __future__ import annotations

from incident_analytics.reporting.blocks import Mark, Verdict

VERDICT = Verdict(
    (
        (Mark("changed"), "People answer faster <b>.", "Also changed: time to engage."),
        (Mark("not changed"), "Time to resolution.", ""),
    )
)


def test_each_sentence_stands_beside_its_mark() -> None:
    """What is said is escaped; what stands below is smaller."""
    assert VERDICT.html() == (
        '<ul class="verdict" aria-label="What changed">'
        '<li><span class="mark good"><span aria-hidden="true">●</span> changed</span>'
        "<div>People answer faster &lt;b&gt;.<small>Also changed: time to engage.</small></div></li>"
        '<li><span class="mark quiet"><span aria-hidden="true">–</span> not changed</span>'
        "<div>Time to resolution.</div></li></ul>"
    )


def test_markdown_and_plain_text_have_a_line_each() -> None:
    """The mark before the sentence, in words and shape."""
    assert VERDICT.markdown() == (
        "**● changed**: People answer faster &lt;b>. Also changed: time to engage.\n\n"
        "**– not changed**: Time to resolution."
    )
    assert VERDICT.plain() == (
        "● changed: People answer faster <b>. Also changed: time to engage.\n– not changed: Time to resolution."
    )
