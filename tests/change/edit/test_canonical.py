"""One style for all playbooks: what becomes of what people write, comments in their places."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.change.edit.canonical import in_style
from generator.read import read_text
from tests.change.edit.test_edit import mappings

HEAD = "schema: 1\naccount: {name: A, status: customer}\nsummary: S\n"

CASES: tuple[tuple[str, str, str | None], ...] = (
    ("indentation", "a:\n    b:\n        c: 1\n    d:\n    - x\n    - y: 1\n      z: 2\n", "a:\n  b:\n    c: 1\n  d:\n    - x\n    - y: 1\n      z: 2\n"),
    ("quotes", "a: 'x y'\nb: \"yes\"\nc: '1.5'\nd: \"it's\"\ne: 'say \"x\"'\nf: 'a: b'\n", "a: x y\nb: \"yes\"\nc: \"1.5\"\nd: it's\ne: 'say \"x\"'\nf: \"a: b\"\n"),
    ("plain stays plain", "a: 0.50\nb: 2026-01-01\nc: x, y; z\nd: 海 港\n", "a: 0.50\nb: 2026-01-01\nc: x, y; z\nd: 海 港\n"),
    ("braces", "a: {b:  1,c: 'x' ,  }\nd: [ 1,2 ]\ne: { }\n", "a: {b: 1, c: x}\nd: [1, 2]\ne: {}\n"),
    ("braces over lines", "a: {b: 1,\n    c: 2}\n", "a: {b: 1, c: 2}\n"),
    ("braces with comments stay", "a: {b: 1, # x\n      c: '2' }\n", "a: {b: 1, # x\n  c: '2' }\n"),
    ("long braces over lines", f"a: {{b: {'x' * 60},\n  c: [{'y' * 60}]}} # z\n", f"a:\n  b: {'x' * 60}\n  c: [{'y' * 60}] # z\n"),
    ("text over lines", "a: one\n     two\nb: 'three\n  four'\n", "a: one\n  two\nb: 'three\n  four'\n"),
    ("block text", "a: |\n     x\n\n       y\n\nb: >-  # c\n z\n", "a: |\n  x\n\n    y\n\nb: >-  # c\n  z\n"),
    ("block text set in", "a: |2\n    x\n  y\n", "a: |2\n    x\n  y\n"),
    ("block text with its blank lines", "a: |+\n  x\n\nb: 1\n", 'a: "x\\n\\n"\n\nb: 1\n'),
    ("empty lines", "\n\na: 1\n\n\n\nb:\n\n  c: 1\n\n  d: 2   \n\n\n", "\n\na: 1\n\nb:\n  c: 1\n\n  d: 2\n"),
    ("comments", "# top\n\na: 1   # a\n# b\nb: # c\n    # d\n    e: 1\n    # f\n  # g\n# h\ni: 2\n# j\n", "# top\n\na: 1   # a\n# b\nb: # c\n  # d\n  e: 1\n  # f\n# g\n# h\ni: 2\n# j\n"),
    ("comments in lists", "a:\n# b\n- c: 1 # d\n# e\n- # f\n  g: 1\nh: 1\n", None),
    ("comments around entries", "a:\n# b\n- c: 1 # d\n# e\n- g: 1\n# i\nh: 1\n", "a:\n  # b\n  - c: 1 # d\n  # e\n  - g: 1\n# i\nh: 1\n"),
    ("the form's order", "# top\nsummary: S\n# who\naccount:\n  status: customer\n  # their name\n  name: A   # sic\n\nschema: 1\n", "# top\n\nschema: 1\n# who\naccount:\n  # their name\n  name: A   # sic\n  status: customer\nsummary: S\n"),
    ("unknown keys go last", "zebra: 1\n" + HEAD, HEAD + "zebra: 1\n"),
    ("evidence", HEAD + "economics:\n  revenue:\n    - as_of: 2026-01-01\n      amount: 1\n      # which\n      year: 2025\n  evidence: {source: x, grade: fact}\n", HEAD + "economics:\n  evidence: {grade: fact, source: x}\n  revenue:\n    # which\n    - year: 2025\n      amount: 1\n      as_of: 2026-01-01\n"),
    ("lists in lists", "a:\n - - b\n   - c\n -   d: 1\n     e: 2\n", "a:\n  - - b\n    - c\n  - d: 1\n    e: 2\n"),
    ("no line end at the end", "a: 1\nb: 2", "a: 1\nb: 2\n"),
    ("blanks at the ends of block text's lines stay", "a: |\n    x  \n       \n    y \nb: >\n    x  \n    y\n", "a: |\n  x  \n     \n  y \nb: >\n  x  \n  y\n"),
    ("a line of blanks in folded text stays", "a: >-\n    x\n      \n    y  \n", "a: >-\n  x\n    \n  y  \n"),
    ("block text that begins with a tab", "a: |4\n    \tx\n", "a: |2\n  \tx\n"),
    ("block text with a comment and its blank lines", "a: |+  # b\n  x\n\nc: 1\n", 'a: "x\\n\\n"  # b\n\nc: 1\n'),
    ("block text that begins set in", "a: |4\n      x\n     y\n", "a: |2\n    x\n   y\n"),
    ("long lines stay long", f"a: {'x ' * 300}y\nb: [{', '.join(['z'] * 200)}]\n", f"a: {'x ' * 300}y\nb: [{', '.join(['z'] * 200)}]\n"),
    ("braces in braces", "a: {b: {c: 1,d: [ {e: 2} ]}}\n", "a: {b: {c: 1, d: [{e: 2}]}}\n"),
    ("a comment behind the brace that ends a line", "a: {b: 1,\n    c: 2}   # d\ne: [x\n  ] # f\n", "a: {b: 1, c: 2}   # d\ne: [x] # f\n"),
    ("the whole in braces", "# x\n{a: 1,\n b: [2]} # y\n# z\n", "# x\n{a: 1, b: [2]} # y\n# z\n"),
    ("tabs that are no indentation", "a:\tx\t# c\nb: y\tz\n \t\nd: 1\n", "a: x # c\nb: y\tz\n\nd: 1\n"),
    ("a long key", f"{'k' * 300}: 1\n", f"{'k' * 300}: 1\n"),
    ("start of a document", "---\n# x\na: 1\n", "---\n# x\na: 1\n"),
)  # fmt: skip


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_one_style(text: str, expected: str | None, line_end: str) -> None:
    text = text.replace("\n", line_end)
    done = in_style(text, "playbooks/a.yaml")
    if expected is None:
        assert done.text == text
        assert [str(problem) for problem in done.problems] == [
            "playbooks/a.yaml:5:3: error: this comment has no place in the style; put it on a line of its own [cannot-format]",
        ]
        return
    assert done.problems == ()
    assert done.text == expected.replace("\n", line_end)
    assert in_style(done.text, "playbooks/a.yaml").text == done.text


def test_text_that_the_style_would_change_stays_and_says_its_line() -> None:
    text = "a: 1\nb:\n  - c: >2\n        x  \n    d: 2\n"
    done = in_style(text, "playbooks/a.yaml")
    assert done.text == text
    assert [str(problem) for problem in done.problems] == [
        "playbooks/a.yaml:3:8: error: this cannot be put into style without losing something; take out blanks at the ends of its lines [cannot-format]",
    ]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("a: [1\n", "2:1: error: a comma or ']' is missing before this; the bracket opens at line 1, column 4 [yaml-syntax]"),
        ("a:   &b 1\nc: *b\n", "1:6: error: '&b' names a value for reuse; write it out [anchor]"),
        ("a: 1\nb: !!str 2\n", "2:4: error: the tag '!!str' is not allowed; delete it [tag]"),
        ("a: 1\na: 2\n", "2:1: error: 'a' is given twice in one place, first at line 1, column 1; keep one [duplicate-key]"),
    ],
)  # fmt: skip
def test_what_is_refused_is_left_alone(text: str, finding: str) -> None:
    done = in_style(text, "playbooks/a.yaml")
    assert done.text == text
    assert [str(problem) for problem in done.problems] == [f"playbooks/a.yaml:{finding}"]


def test_a_byte_order_mark_stays() -> None:
    assert in_style("\ufeffa:   1\n", "playbooks/a.yaml").text == "\ufeffa: 1\n"


ORDERS = st.sampled_from([(), ("note", "b-c", "名", "q", "a", "p")])


@given(lines=mappings(), last=st.sampled_from(["", "\n", "\n\n"]), order=ORDERS)
def test_style_keeps_the_data_and_every_comment_and_settles_at_once(
    lines: list[str], last: str, order: tuple[str, ...]
) -> None:
    text = "\n".join(lines) + last
    done = in_style(text, "playbooks/a.yaml", lambda _path: order)
    assert done.problems == ()
    assert read_text(done.text.encode(), "a").data == read_text(text.encode(), "a").data
    comments = [sorted(re.findall("§[^\n]*", version)) for version in (text, done.text)]
    assert comments[0] == comments[1]
    assert in_style(done.text, "playbooks/a.yaml", lambda _path: order).text == done.text
