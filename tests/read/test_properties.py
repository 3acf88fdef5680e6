"""Whatever a file holds, reading ends with a document; and it keeps what YAML says."""

from __future__ import annotations

import datetime
from typing import Any

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.read import Document, read_text
from generator.read.document import Mark
from generator.read.text import FORBIDDEN
from generator.rules.validate.plan import plan_of

# pieces that YAML gives a meaning, so that the examples get past the first line
PIECES = st.sampled_from(
    [
        *"-?:,[]{}#&*!|>'\"%@`\n\r\t \\~<=0123456789",
        "\n  ", "\n- ", ": ", "- ", " #", "---\n", "...\n", "%YAML 1.2\n", "<<: ", "&a ", "*a", "!!str ",
        "? ", "schema: 1\n", "account:\n  name: x\n", "null", "true", "2024-02-30", "60,000", "[key]",
        "\u2028", "\u202e", "\ufeff", "\x00", "\x85", "港口", "😀", "\\u202e", "\\x00", "1e999",
    ]
)  # fmt: skip


def whole(document: Document) -> None:
    """It has data or says why not; data and marks are parallel; findings lie within the file."""
    assert document.data is not None or document.problems
    lines = document.text.count("\n") + 1
    for problem in document.problems:
        assert problem.path == document.path
        assert problem.line >= 1 <= problem.column
        assert not document.text or problem.line <= lines
        assert "\n" not in problem.message
    if document.data is not None:
        parallel(document.data, document.marks)
    plan_of(document)


def parallel(node: Any, mark: Mark) -> None:
    """Every key and entry has its mark, and every mark its key or entry."""
    assert mark.line >= 1 <= mark.column
    children = mark.children
    if isinstance(node, dict):
        assert isinstance(children, dict)
        assert list(children) == list(node)
        for key, value in node.items():
            parallel(value, children[key])
    elif isinstance(node, list):
        assert isinstance(children, list)
        assert len(children) == len(node)
        for value, child in zip(node, children, strict=True):
            parallel(value, child)
    else:
        assert children is None


@given(st.binary(max_size=200))
def test_any_bytes(raw: bytes) -> None:
    whole(read_text(raw, "playbooks/x.yaml"))


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    whole(read_text(text.encode("utf-8", "surrogatepass"), "playbooks/x.yaml"))


@given(st.lists(PIECES, max_size=40).map("".join))
@example('"[key]": 1')
@example("a: {b: 60,000,000, c")
def test_any_pieces_of_yaml(text: str) -> None:
    whole(read_text(text.encode(), "playbooks/x.yaml"))


WORDS = st.text(max_size=12).filter(lambda text: not FORBIDDEN.search(text))
PLAIN = st.recursive(
    st.one_of(WORDS, st.integers(-9999, 9999).map(str), st.dates().map(datetime.date.isoformat)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, PLAIN, min_size=1, max_size=5), st.booleans())
def test_what_another_program_wrote_is_read_as_it_was(data: dict[str, Any], flow: bool) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, default_style='"')
    document = read_text(text.encode(), "playbooks/x.yaml")
    assert (document.data, document.problems) == (data, ())
    whole(document)
