"""ruamel.yaml beside the reader's parser, and what it cannot hold by itself."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, SequenceNode

from generator.change.edit.canonical import in_style
from generator.change.edit.edit import Change, Drop, Put, edit_text, is_safe_to_edit
from generator.change.edit.roundtrip import CannotEditError, Layout, Node
from generator.read import Document, read_text
from generator.read.document import DataPath, Position, said_at
from tests.change.edit import test_canonical, test_edit
from tests.conftest import REPOSITORY, Sample
from tests.proof.hostile import strings

PATH = "playbooks/a.yaml"
NOTHING = {"", "~", "null", "Null", "NULL"}


def leaves_of(node: Node, path: DataPath = ()) -> Iterator[tuple[DataPath, Any, Position]]:
    """Each value of ruamel's tree as the reader would have it, with its 1-based place."""
    mark = node.start_mark
    place = Position(mark.line + 1, mark.column + 1)
    if isinstance(node, MappingNode):
        yield path, {key.value: ... for key, _ in node.value}, place
        for key, value in node.value:
            yield from leaves_of(value, (*path, key.value))
    elif isinstance(node, SequenceNode):
        yield path, [...] * len(node.value), place
        for step, entry in enumerate(node.value):
            yield from leaves_of(entry, (*path, step))
    else:
        yield path, None if not node.style and node.value in NOTHING else node.value, place


def assert_agree(document: Document) -> None:
    """Both parsers have the same keys in the same order, values and places."""
    for path, value, place in leaves_of(Layout(document.text).root):
        read = said_at(document.data, path)
        if isinstance(value, dict):
            assert list(read) == list(value)
        elif isinstance(value, list):
            assert len(read) == len(value)
        else:
            assert read == value
        assert document.value_place(path) == place


@pytest.mark.sampled(1)
def test_both_parsers_agree_on_every_file(sample: Sample) -> None:
    files = [
        path
        for folder in ("playbooks", "site_config", "tests", ".github")
        for path in sorted((REPOSITORY / folder).rglob("*.y*ml"))
    ]
    texts = [path.read_bytes() for path in sample(files, 20)]
    tables = [case[1] for case in test_edit.CASES] + [case[1] for case in test_canonical.CASES]
    texts += [text.encode() for text in tables]
    texts += [text.replace("\n", "\r\n").encode() for text in tables]
    texts += [
        f"a: {json.dumps(string, ensure_ascii=False)}\n".encode() for string in strings().held
    ]
    texts += [
        f"a:\n  - |-\n    x{string}\n".encode() for string in strings().held if "\n" not in string
    ]
    passed = [
        candidate
        for candidate in (read_text(text, PATH) for text in texts)
        if is_safe_to_edit(candidate)
    ]
    assert len(passed) > 0.9 * len(texts)
    for document in passed:
        assert_agree(document)


SIGNS = st.sampled_from(
    ["a", "b: ", ":", "?", "- ", "-", " ", "  ", "\n", "\n  ", "\r\n", " #", "#", "{", "}", "[", "]", ",", ", ", ">", "+", "'", '"', "\t", "\\", "é", "海", "😀", ".", "...", "---", "~", "null", "NO", "1_000", "0o7", "1:30", "=", "%", "@", "`", "c: d", "\n- ", "|", "|-\n  "]
)  # fmt: skip


@given(words=st.lists(SIGNS, max_size=12))
def test_both_parsers_agree_on_what_the_guard_passes(words: list[str]) -> None:
    text = "k: " + "".join(words) + "\nz: 1\n"
    document = read_text(text.encode(), PATH)
    if not is_safe_to_edit(document):
        return
    try:
        Layout(text)
    except CannotEditError as refusal:
        # all that ruamel refuses is about the sign of block text and its first line
        before, at = text[: refusal.index], text[refusal.index]
        assert at in "|>" or re.search(r"[|>][-+0-9]*\s*$", before), text
        return
    if "?" not in text:  # of a key without words the parsers name different ends
        assert_agree(document)


def by_itself(text: str, change: Change | None = None) -> str:
    """What ruamel makes of a text with the best of its settings; its words where it refuses."""
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    try:
        data = yaml.load(text)
    except YAMLError as error:
        return str(getattr(error, "problem", error))
    if isinstance(change, Drop):
        del data[change.path[0]]
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


# Each stands in CONTRIBUTING, "What ruamel.yaml cannot hold": a text, a change of it (none for
# `fmt`), what ruamel makes of it by itself and what we make of it with ruamel. Where a new ruamel
# makes something else of it, our way round it may go.
HELD: tuple[tuple[str, str, Change | None, str, str], ...] = (
    ("a comment belongs to what it stands above (323)", "a: 1\n# of b\nb: 2\n# of c\nc: 3\n", Drop(path=("b",)), "a: 1\n# of b\nc: 3\n", "a: 1\n# of b\n# of c\nc: 3\n"),
    ("tabs between key and value (560)", "a:\tx # c\n", None, "found character '\\t' that cannot start any token", "a: x # c\n"),
    ("tabs inside of a text (560)", "a: x\ty\n", None, "found character '\\t' that cannot start any token", "a: x\ty\n"),
    ("line ends as on Windows (566)", "a: 1 # x\r\n# y\r\nb: 2\r\n", None, "a: 1 # x\r\n# y\r\nb: 2\n", "a: 1 # x\r\n# y\r\nb: 2\r\n"),
    ("text over lines (568)", "a: one\n  two\n", None, "a: one two\n", "a: one\n  two\n"),
    ("spaces in braces", "a: [1,2,  3 ]\nb: 1\n", Put(path=("b",), value=2), "a: [1, 2, 3]\nb: 1\n", "a: [1,2,  3 ]\nb: 2\n"),
    ("a comment between key and value (421)", "a: # why\n  'x\n  y'\n", Put(path=("a",), value="z"), "a: 'x y' # why\n", "a: # why\n  'z'\n"),
    ("lists in lists", "a:\n- - b\n  - c\n", None, "a:\n  -   - b\n      - c\n", "a:\n  - - b\n    - c\n"),
    ("a long key", f"{'k' * 200}: 1\n", None, f"? {'k' * 200}\n: 1\n", f"{'k' * 200}: 1\n"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "change", "theirs", "ours"),
    [case[1:] for case in HELD],
    ids=[case[0] for case in HELD],
)
def test_what_ruamel_cannot_hold_by_itself(
    text: str, change: Change | None, theirs: str, ours: str
) -> None:
    assert by_itself(text, change) == theirs
    done = edit_text(text, (change,), PATH) if change else in_style(text, PATH)
    assert (done.problems, done.text) == ((), ours)


def test_an_empty_value_stands_behind_its_key() -> None:
    """By itself ruamel gives the place of what follows."""
    text = "a:\n\n\nb: 1\n"
    assert YAML().compose(text).value[0][1].start_mark.index == text.index("b")
    root = Layout(text).root
    assert root.value[0][1].start_mark.index == 2


REFUSED = (
    ("a comment at the sign of block text", "a: |# c\n  x\n", "1:5"),
    ("a tab behind the sign", "a: |\t\n  x\n", "1:5"),
    ("blanks on the line above the text", "a: 1\nb: |\n \n   x\n", "4:4"),
)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    ("text", "place"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_ruamel_does_not_read_is_a_finding(text: str, place: str, line_end: str) -> None:
    text = text.replace("\n", line_end)
    message = (
        "this text cannot be taken apart for a change; write 'key: |' with nothing behind it but a"
        " space and a comment, and begin the text on the line below"
    )
    assert read_text(text.encode(), PATH).problems == ()
    for done, rule in (
        (edit_text(text, (Put(path=("a",), value=2),), PATH), "cannot-edit"),
        (in_style(text, PATH), "cannot-format"),
    ):
        assert done.text == text
        assert [str(problem) for problem in done.problems] == [
            f"{PATH}:{place}: error: {message} [{rule}]"
        ]
