"""YAML text becomes strings with lines; what could hurt is refused with one clear line."""

from __future__ import annotations

import time

import pytest

from incident_analytics.errors import RecordError
from incident_analytics.safe_yaml import bracket_depth, decoded, load_documents


def value(text: str) -> object:
    """The value of the one document of a text."""
    (document,) = load_documents(text, where="r.yaml")
    return document.value


@pytest.mark.parametrize(
    "written",
    ["14:15", "14:15:30", "08:15", "012", "no", "ON", "1_000", "1e3", "0x1F", "2024-01-15", "$45000", "true", ".inf"],
)
def test_a_scalar_stays_the_text_that_was_written(written: str) -> None:
    """PyYAML makes 855, 51330, 10, False and True of some of these (ENGINES.md section 1)."""
    assert value(f"key: {written}") == {"key": written}


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_a_plain_null_is_none_and_a_quoted_one_a_text(written: str) -> None:
    """The quotes say that the word is meant."""
    assert value(f"key: {written}") == {"key": None}
    assert value(f"key: '{written}'") == {"key": written}


def test_blocks_lists_and_nested_mappings_are_read() -> None:
    """A folded text keeps its spaces, a literal one its lines."""
    text = "a: |\n  one\n  two\nb: >\n  one\n  two\nc:\n  - 1\n  - d: [x, 'y']\n"
    assert value(text) == {"a": "one\ntwo\n", "b": "one two\n", "c": ["1", {"d": ["x", "y"]}]}


def test_several_documents_are_told_apart_and_empty_ones_left_out() -> None:
    """Lines count on over the whole file."""
    documents = load_documents("a: 1\n---\n---\n\nb: 2\n...\n# end\n", where="r.yaml")
    assert [document.value for document in documents] == [{"a": "1"}, {"b": "2"}]
    assert documents[1].line(("b",)) == 5


def test_every_part_knows_its_line() -> None:
    """Counted by hand; a part that is not there takes the line of what is around it."""
    (document,) = load_documents("id: x\nimpact:\n  users: 5\nlist:\n  - a\n  - b: 1\n", where="r.yaml")
    assert document.line(()) == 1
    assert document.line(("impact", "users")) == 3
    assert document.line(("list", 1)) == 6
    assert document.line(("list", 1, "b")) == 6
    assert document.line(("impact", "revenue", "currency")) == 2


def test_crlf_tabs_and_a_byte_order_mark_change_nothing() -> None:
    """Files from Windows read the same."""
    assert value(decoded(b"\xef\xbb\xbfa: 1\r\nb:\t2\r\n", where="r.yaml")) == {"a": "1", "b": "2"}


def test_utf_16_with_a_mark_is_text() -> None:
    """Notepad writes it."""
    assert value(decoded("a: é 😀".encode("utf-16"), where="r.yaml")) == {"a": "é 😀"}


def bomb() -> str:
    """Ten levels of aliases that stand for ten thousand million words."""
    levels = [f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 10)}]" for level in range(1, 11)]
    return "l0: &l0 [lol]\n" + "\n".join(levels)


REFUSED = {
    "alias bomb": (bomb(), "r.yaml:1: anchors and aliases are not read; write the value out where it is meant"),
    "alias": ("a: *b", "r.yaml:1: anchors and aliases are not read; write the value out where it is meant"),
    "merge": (
        "a: 1\nb:\n  <<: *a",
        "r.yaml:3: anchors and aliases are not read; write the value out where it is meant",
    ),
    "duplicate key": ("a: 1\nb: 2\na: 3", "r.yaml:3: the key 'a' stands twice, first on line 1"),
    "duplicate of two lines": ('"a\\nb": 1\n"a\\nb": 2', "r.yaml:2: the key 'a b' stands twice, first on line 1"),
    "python object": (
        "a: !!python/object/apply:os.system [ls]",
        "r.yaml:1: the tag tag:yaml.org,2002:python/object/apply:os.system is not read; write a plain value",
    ),
    "own tag": ("a: !secret x", "r.yaml:1: the tag !secret is not read; write a plain value"),
    "flow nesting of 100": ("a:\n " + "[" * 100, "r.yaml:2: the text nests deeper than 64 levels"),
    "flow nesting of 10,000": ("[" * 10_000, "r.yaml: the text nests too deep: expected at most 64 levels"),
    "100,000 brackets": ("[" * 100_000, "r.yaml: the text nests too deep: expected at most 64 levels"),
    "10,000 braces": ("{a: " * 10_000, "r.yaml: the text nests too deep: expected at most 64 levels"),
    "10,000 dashes": ("- " * 10_000, "r.yaml:1: the text nests deeper than 64 levels"),
    "10,000 question marks": ("? " * 10_000, "r.yaml:1: a key must be a plain word"),
    "block nesting of 1,000": (
        "".join(f"{' ' * level}a:\n" for level in range(1000)),
        "r.yaml:64: the text nests deeper than 64 levels",
    ),
    "list as a key": ("? [a]\n: b", "r.yaml:1: a key must be a plain word"),
    "unclosed quote": ("a: 'x", "r.yaml:1: this is not YAML (found unexpected end of stream)"),
    "colon in a plain text": ("a: b: c", "r.yaml:1: this is not YAML (mapping values are not allowed in this context)"),
    "tab as indent": ("a:\n\t- b", "r.yaml:2: this is not YAML (found character that cannot start any token)"),
    "control character": ("a: 1\nb: \x7f", "r.yaml:2: this is not YAML (control characters are not allowed)"),
    "escaped NUL": ('a: 1\nb: "\\0"', "r.yaml:2: this is not text: expected printable characters, found '\\x00'"),
    "escaped key": ('"\\e": 1', "r.yaml:1: this is not text: expected printable characters, found '\\x1b'"),
    "half a character": ('a: "\\ud800"', "r.yaml:1: this is not YAML (found invalid Unicode character escape code)"),
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_could_hurt_is_refused_with_its_line(text: str, message: str) -> None:
    """One line, at once, and the interpreter lives (libyaml overflows its stack at 100,000 brackets)."""
    began = time.process_time()
    with pytest.raises(RecordError) as refused:
        load_documents(text, where="r.yaml")
    assert str(refused.value) == message
    assert time.process_time() - began < 1


def test_64_levels_are_still_read() -> None:
    """The limit itself is allowed."""
    nested = value("[" * 64 + "]" * 64)
    assert bracket_depth(str(nested)) == 64


def test_an_unreasonable_number_of_documents_is_read_in_time() -> None:
    """A hundred thousand empty ones take a second, not a minute."""
    assert load_documents("---\n" * 100_000, where="r.yaml") == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a: 1\nb: \xff\xfe", "r.yaml:2: this is not text: expected UTF-8, found '\\xff'"),
        (b"\x89PNG\r\n\x1a\n", "r.yaml:1: this is not text: expected UTF-8, found '\\x89'"),
        (b"a: 1\nb: \x00", "r.yaml:2: this is not text: expected printable characters, found '\\x00'"),
        ("a: 1".encode("utf-16-le"), "r.yaml:1: this is not text: expected printable characters, found '\\x00'"),
        (b"\xff\xfea", "r.yaml:1: this is not text: expected UTF-8, found 'a'"),
        (
            b"#" * (2 * 1024 * 1024),
            (
                "r.yaml: the file is too large for a record: expected at most 1 MiB; "
                "logs and metrics belong under evidence/"
            ),
        ),
    ],
    ids=["latin", "png", "nul", "utf-16 without a mark", "half of utf-16", "2 MiB"],
)
def test_bytes_that_are_no_record_are_refused(data: bytes, message: str) -> None:
    """With the line of the first one that is no text."""
    with pytest.raises(RecordError) as refused:
        decoded(data, where="r.yaml")
    assert str(refused.value) == message


def test_a_mebibyte_is_still_a_record() -> None:
    """The limit itself is allowed."""
    assert len(decoded(b"#" * 1024 * 1024, where="r.yaml")) == 1024 * 1024


def test_a_text_that_is_not_decoded_first_is_held_to_the_size_too() -> None:
    """Whoever calls with text has no bytes to count."""
    with pytest.raises(RecordError, match="the text is too large for a record: expected at most 1 MiB"):
        load_documents("#" * (1024 * 1024 + 1), where="r.yaml")


def test_a_mangled_character_is_no_reason_to_refuse_a_record() -> None:
    """Chat exports carry U+FFFD where somebody else's program lost a letter."""
    assert value(decoded("a: caf\ufffd".encode(), where="r.yaml")) == {"a": "caf\ufffd"}


def test_an_empty_text_has_no_documents() -> None:
    """Neither has a comment."""
    assert load_documents("", where="r.yaml") == []
    assert load_documents("# nothing\n", where="r.yaml") == []
