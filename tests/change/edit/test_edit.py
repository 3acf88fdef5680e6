"""Changes to a playbook's text: what was meant changes, every other byte stays."""

from __future__ import annotations

import datetime
import difflib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.change.edit.edit import Append, Change, Drop, Put, changed, edit_text
from generator.change.edit.roundtrip import layout_of
from generator.read import read_text
from generator.read.document import DataPath
from tests.conftest import REPOSITORY, Sample

HEAD = "schema: 1\naccount: {name: A, status: customer}\nsummary: S\n"


def edited(text: str, *changes: Change) -> str:
    done = edit_text(text, changes, "playbooks/a.yaml")
    assert [str(problem) for problem in done.problems] == []
    return done.text


CASES: tuple[tuple[str, str, tuple[Change, ...], str], ...] = (
    ("plain", "a: 1 # why\n", (Put(path=("a",), value=2.5),), "a: 2.5 # why\n"),
    ("single-quoted", "a: 'x'   # why\n", (Put(path=("a",), value="don't"),), "a: 'don''t'   # why\n"),
    ("double-quoted", 'a: "x"\n', (Put(path=("a",), value='say "y"'),), 'a: "say \\"y\\""\n'),
    ("a number loses its quotes", 'a: "x"\n', (Put(path=("a",), value=7),), "a: 7\n"),
    ("quoted where it must be", "a: x\n", (Put(path=("a",), value="NO"),), 'a: "NO"\n'),
    ("a colon is quoted", "a: x\n", (Put(path=("a",), value="b: c # d"),), 'a: "b: c # d"\n'),
    ("a day", "a: 2026-01-01\n", (Put(path=("a",), value=datetime.date(2026, 2, 3)),), "a: 2026-02-03\n"),
    ("text over lines", "a: one\n  two # c\nb: 1\n", (Put(path=("a",), value="three"),), "a: three # c\nb: 1\n"),
    ("chinese", "名: 东海 # 港口\n", (Put(path=("名",), value="北方集团"),), "名: 北方集团 # 港口\n"),
    ("block text", "a: |  # c\n    x\n\n    y\n\n# z\nb: 1\n", (Put(path=("a",), value="p\n\nq\n"),), "a: |  # c\n    p\n\n    q\n\n# z\nb: 1\n"),
    ("folded text", "a: >-\n  x\n  y\nb: 1\n", (Put(path=("a",), value="p\nq"),), "a: |-\n  p\n  q\nb: 1\n"),
    ("empty value", "a:   # c\nb:\n  - c:\n", (Put(path=("a",), value=1), Put(path=("b", 0, "c"), value="x")), "a: 1   # c\nb:\n  - c: x\n"),
    ("evidence for a plain fact", "a: 0.85 # c\n", (Put(path=("a",), value={"value": 0.9, "grade": "fact"}),), "a: {value: 0.9, grade: fact} # c\n"),
    ("key into braces", "a: {b: 1,   c: 2 } # d\n", (Put(path=("a", "e"), value="x, y"),), 'a: {b: 1,   c: 2, e: "x, y" } # d\n'),
    ("key into braces over lines", "a: {b: 1, # d\n  c: 2, # e\n  }\n", (Put(path=("a", "f"), value=3),), "a: {b: 1, # d\n  c: 2, f: 3, # e\n  }\n"),
    ("key into empty braces", "a: { } # d\n", (Put(path=("a", "b"), value=1),), "a: {b: 1 } # d\n"),
    ("key into a block", "a:\n   b: 1 # c\n\n   # d\ne: 1\n", (Put(path=("a", "f"), value=2),), "a:\n   b: 1 # c\n   f: 2\n\n   # d\ne: 1\n"),
    ("keys where the form has them", HEAD + "risk: {}\n", (Put(path=("economics", "currency"), value="EUR"), Put(path=("strategy", "how"), value="so")), HEAD + "strategy: {how: so}\neconomics: {currency: EUR}\nrisk: {}\n"),
    ("key into an entry of a list", "a:\n- b: 1\n  # c\n- b: 2 # d\n", (Put(path=("a", 0, "e"), value=3), Put(path=("a", 1, "e"), value=4)), "a:\n- b: 1\n  e: 3\n  # c\n- b: 2 # d\n  e: 4\n"),
    ("entry like those above, braces", "a:\n  - {b: 1} # c\n# d\n", (Append(path=("a",), value={"b": 2}),), "a:\n  - {b: 1} # c\n  - {b: 2}\n# d\n"),
    ("entry like those above, block", "a:\n- b: 1\n  c: 2\nd: 1\n", (Append(path=("a",), value={"b": 3, "c": 4}),), "a:\n- b: 1\n  c: 2\n- b: 3\n  c: 4\nd: 1\n"),
    ("entry into brackets", "a: [x,y]  # c\n", (Append(path=("a",), value="z"),), "a: [x,y, z]  # c\n"),
    ("entries into an empty list", "a: []  # none\nb: 1\n", (Append(path=("a",), value={"c": 1}), Append(path=("a",), value={"c": 2})), "a:  # none\n  - {c: 1}\n  - {c: 2}\nb: 1\n"),
    ("list that lacked", "a: 1\n", (Append(path=("b",), value={"c": 1}), Append(path=("b",), value={"c": 2})), "a: 1\nb:\n  - {c: 1}\n  - {c: 2}\n"),
    ("entry gone", "a:\n  - b: 1\n    c: 2\n\n  # d\n  - b: 2\n", (Drop(path=("a", 0)),), "a:\n\n  # d\n  - b: 2\n"),
    ("only entry gone", "a: # c\n  - b: 1\nd: 1\n", (Drop(path=("a", 0)),), "a: [] # c\nd: 1\n"),
    ("entries gone and new", "a:\n  - {b: 1}\n  - {b: 2}\n", (Drop(path=("a", 0)), Drop(path=("a", 1)), Append(path=("a",), value={"b": 3})), "a:\n  - {b: 3}\n"),
    ("gone from braces", "a: {b: 1, c: 'x', d: [1,  2]}\n", (Drop(path=("a", "b")),), "a: {c: 'x', d: [1,  2]}\n"),
    ("gone and new in braces", "a: {b: 1, c: 2, d: 3} # e\n", (Drop(path=("a", "b")), Drop(path=("a", "d")), Put(path=("a", "c"), value=4), Put(path=("a", "f"), value=5)), "a: {c: 4, f: 5} # e\n"),
    ("all gone from brackets", "a: [1, 2] # e\n", (Drop(path=("a", 0)), Drop(path=("a", 1))), "a: [] # e\n"),
    ("all gone and new in brackets", "a: [{b: 1}, {b: 2} ] # e\n", (Append(path=("a",), value={"b": 3}), Drop(path=("a", 0)), Drop(path=("a", 1))), "a: [{b: 3} ] # e\n"),
    ("all gone and new in braces", "a: {b: 1} # e\n", (Put(path=("a", "c"), value=2), Drop(path=("a", "b"))), "a: {c: 2} # e\n"),
    ("a block of keys by another", "a:\n  b: 1 # c\n  d: 2\n", (Put(path=("a",), value={"b": 3, "e": 4}),), "a:\n  b: 3 # c\n  e: 4\n"),
    ("no line end at the end", "a: 1\nb:\n  c: 2", (Put(path=("b", "d"), value=3), Put(path=("e",), value=4)), "a: 1\nb:\n  c: 2\n  d: 3\ne: 4"),
    ("ends with blank lines", "a:\n  b: |+\n    x\n\nc: 1\n", (Put(path=("a", "d"), value=3),), "a:\n  b: |+\n    x\n\n  d: 3\nc: 1\n"),
)  # fmt: skip


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    ("text", "changes", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_only_what_is_meant_changes(
    text: str, changes: tuple[Change, ...], expected: str, line_end: str
) -> None:
    assert edited(text.replace("\n", line_end), *changes) == expected.replace("\n", line_end)


def test_a_byte_order_mark_stays() -> None:
    assert edited("\ufeffa: 1\n", Put(path=("a",), value=2)) == "\ufeffa: 2\n"


def test_no_change_is_no_change() -> None:
    assert edited("a:   1\n") == "a:   1\n"


@pytest.mark.parametrize(
    ("text", "change", "finding"),
    [
        ("a: 1\nb: {c: 1, # d\n  e: 2}\n", Put(path=("b",), value=3), "2:4: error: this change would lose a comment; make it by hand [cannot-edit]"),
        ("a:\n  - b: 1 # d\n  - b: 2\n", Drop(path=("a", 0)), "2:1: error: this change would lose a comment; make it by hand [cannot-edit]"),
        ("a:\n  b: 1\n", Put(path=("a",), value=3), "2:3: error: 'a' has lines of its own; change it by hand [cannot-edit]"),
        ("a: 1\n", Put(path=("a", "b"), value=3), "1:4: error: there is no place for 'b' here; write it by hand [cannot-edit]"),
        ("a: {b}\n", Put(path=("a", "b"), value=3), "1:5: error: 'b' has no value: inside { } a comma ends a value; put quotes around a text that has commas, and write numbers without separators [comma]"),
        ("a: 1\na: 2\n", Put(path=("a",), value=3), "2:1: error: 'a' is given twice in one place, first at line 1, column 1; keep one [duplicate-key]"),
        ("a: [1\n", Put(path=("a",), value=3), "2:1: error: a comma or ']' is missing before this; the bracket opens at line 1, column 4 [yaml-syntax]"),
        ("- - b\n  - c\n", Put(path=("a",), value=3), "1:1: error: the file must be keys with values, such as 'schema: 1' on its first line [not-a-mapping]"),
        ("a:\n  - - b\n    - c\n", Drop(path=("a", 0, 0)), "2:7: error: this shares its line; delete it by hand [cannot-edit]"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_a_finding_and_nothing_changes(
    text: str, change: Change, finding: str
) -> None:
    done = edit_text(text, (change,), "playbooks/a.yaml")
    assert [str(problem) for problem in done.problems] == [f"playbooks/a.yaml:{finding}"]
    assert done.text == text


WORDS = st.text(alphabet="abz019 东海é:#-'\"{}[],&*!|>%@\\.", min_size=1, max_size=12)
KEYS = st.sampled_from(["a", "b-c", "名", "d1", "x_y", "note"])
COMMENTS = st.sampled_from(["", "", " # §why", "   # § 'not' \"text\": {x} [y]", " # §东海"])


@st.composite
def mappings(draw: st.DrawFn, indent: int = 0, depth: int = 0) -> list[str]:
    """Lines of a mapping as people write them: quotes, braces, comments, blank lines."""
    lines: list[str] = []
    pad = " " * indent
    for key in draw(st.lists(KEYS, min_size=1, max_size=4, unique=True)):
        lines += draw(st.sampled_from([[], [], [""], [f"{pad}# § a: b"], ["# §left", ""]]))
        comment = draw(COMMENTS)
        kind = draw(st.sampled_from(["plain", "single", "double", "flow", "block", "map", "list"]))
        word = draw(WORDS)
        if kind == "map" and depth < 3:
            step = draw(st.sampled_from([1, 2, 4]))
            lines.append(f"{pad}{key}:{comment}")
            lines += draw(mappings(indent + step, depth + 1))
        elif kind == "list" and depth < 3:
            lines.append(f"{pad}{key}:{comment}")
            shift = draw(st.sampled_from([0, 2])) if indent or depth == 0 else 0
            for _ in range(draw(st.integers(1, 3))):
                inner = draw(mappings(indent + shift + 2, depth + 1))
                while not inner[0].strip() or inner[0].strip().startswith("#"):
                    inner = inner[1:]
                lines.append(f"{pad}{' ' * shift}- {inner[0].strip()}")
                lines += inner[1:]
        elif kind == "single":
            lines.append(f"{pad}{key}:  '{word.replace(chr(39), chr(39) * 2)}'{comment}")
        elif kind == "double":
            quoted = word.replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'{pad}{key}: "{quoted}"{comment}')
        elif kind == "flow":
            lines.append(f"{pad}{key}: {{p:  1, q: ['{word.replace(chr(39), '')}',2 ]}}{comment}")
        elif kind == "block":
            lines += [f"{pad}{key}: |{comment}", f"{pad}   x{word}", f"{pad}   # no comment", ""]
        else:
            lines.append(f"{pad}{key}: plain 1{comment}")
    return lines


def leaves(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(data, dict):
        return [leaf for key, value in data.items() for leaf in leaves(value, (*path, key))]
    if isinstance(data, list):
        return [leaf for place, value in enumerate(data) for leaf in leaves(value, (*path, place))]
    return [path]


def maps(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    below = [deeper for key, value in inner for deeper in maps(value, (*path, key))]
    return [path, *below] if isinstance(data, dict) else below


@given(lines=mappings(), data=st.data(), ending=st.sampled_from(["\n", "\r\n"]))
def test_a_changed_value_changes_no_other_character(
    lines: list[str], data: st.DataObject, ending: str
) -> None:
    text = ending.join(lines) + ending
    document = read_text(text.encode(), "playbooks/a.yaml")
    assert document.problems == ()
    path = data.draw(st.sampled_from(leaves(document.data)))
    value = data.draw(st.one_of(WORDS, st.integers(0, 10**9), st.dates()))
    done = edit_text(text, (Put(path=path, value=value),), "playbooks/a.yaml")
    assert done.problems == ()
    assert read_text(done.text.encode(), "a").data == changed(
        document.data or {}, (Put(path=path, value=value),)
    )
    line, column = document.value_place(path)
    before, after = text.split(ending), done.text.split(ending)
    assert after[: line - 1] == before[: line - 1]
    assert after[line - 1][: column - 1] == before[line - 1][: column - 1]
    if before[line - 1][column - 1] == "|":
        assert after[-(len(before) - line - 2) :] == before[-(len(before) - line - 2) :]
    else:
        assert after[line:] == before[line:]
        comment = before[line - 1].rpartition(" #")
        assert not comment[1] or "'" in comment[2] or after[line - 1].endswith(f" #{comment[2]}")


@given(lines=mappings(), data=st.data(), last=st.sampled_from(["", "\n"]))
def test_a_new_key_only_adds(lines: list[str], data: st.DataObject, last: str) -> None:
    text = "\n".join(lines) + last
    document = read_text(text.encode(), "playbooks/a.yaml")
    path = data.draw(st.sampled_from(maps(document.data)))
    value = data.draw(st.sampled_from([1, "x: y", {"u": 1, "v": "w"}, [{"u": 1}, {"u": "a b"}]]))
    done = edit_text(text, (Put(path=(*path, "new"), value=value),), "playbooks/a.yaml")
    assert done.problems == ()
    kinds = {line[0] for line in difflib.ndiff(text.split("\n"), done.text.split("\n"))}
    assert kinds <= {" ", "+"} or "{p:" in text


@given(lines=mappings(), data=st.data())
def test_what_goes_takes_no_comment_with_it(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines) + "\n"
    document = read_text(text.encode(), "playbooks/a.yaml")
    paths = [place for place in (*maps(document.data), *leaves(document.data)) if place]
    done = edit_text(text, (Drop(path=data.draw(st.sampled_from(paths))),), "playbooks/a.yaml")
    assert bool(done.problems) == (done.text == text)
    assert done.text.count("§") == text.count("§")


EXAMPLES = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted((REPOSITORY / "playbooks").rglob("*.yaml"))
}


VALUES: tuple[Any, ...] = ("é: #-'\"{}[],&*!|>%@\\.", " 9a", 10**9, datetime.date(2026, 2, 3), True)


FORMS = (("\n", ""), ("\r\n", "\ufeff"), ("\r\n", ""), ("\n", "\ufeff"))


def value_changes() -> dict[tuple[str, int], list[tuple[str, DataPath]]]:
    """Each value of the examples, by how it is written and which new value it gets by turns."""
    kinds: dict[tuple[str, int], list[tuple[str, DataPath]]] = {}
    for name, text in EXAMPLES.items():
        layout = layout_of(text)
        for turn, path in enumerate(leaves(read_text(text.encode(), name).data)):
            node, above = layout.at(path), layout.at(path[:-1])
            style = f"{getattr(node, 'style', '')}{getattr(above, 'flow_style', '')}"
            kinds.setdefault((style, turn % len(VALUES)), []).append((name, path))
    return kinds


@pytest.mark.sampled(1)
def test_a_value_of_an_example_changes_alone(sample: Sample) -> None:
    """Any value of any example, another one of any kind: all bytes before and behind it stay."""
    kinds = value_changes()
    assert len(kinds) >= 4 * len(VALUES)
    for place, (kind, values) in enumerate(sorted(kinds.items())):
        for turn, (name, path) in enumerate(sample(values[::9], 1)):
            ending, mark = FORMS[(place + turn) % len(FORMS)]
            text = EXAMPLES[name].replace("\n", ending)
            layout, document = layout_of(text), read_text(text.encode(), "playbooks/a.yaml")
            change = Put(path=path, value=VALUES[kind[1]])
            done = edit_text(mark + text, (change,), "playbooks/a.yaml")
            assert done.problems == ()
            node = layout.at(path)
            assert node is not None
            first, last = node.start_mark.index, layout.content_end(node)
            before, behind = (mark + text[:first]).encode(), text[last:].encode()
            made = done.text.encode()
            assert made.startswith(before)
            assert made.endswith(behind)
            assert len(before) + len(behind) <= len(made)
            assert done.document.data == changed(document.data or {}, (change,))
