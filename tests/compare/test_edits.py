"""What was edited: values, facts with their evidence, entries by name; and putting it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare.edits import MISSING, edits_between, put_back, with_data
from generator.read import Document, read_text

EXAMPLES = sorted((Path(__file__).parents[2] / "playbooks").rglob("*.yaml"))


def document(text: str) -> Document:
    parsed = read_text(text.encode(), "playbooks/acme.yaml")
    assert parsed.data is not None
    return parsed


CASES = [
    pytest.param("a: 1\n", "a: 1\n", [], id="nothing"),
    pytest.param("a: 1 # x\nb: 2\n", "b: 2\na: 1\n", [], id="comments-and-order"),
    pytest.param("a: 1\n", "a: 2\n", [("a", "1", "2", 1)], id="value"),
    pytest.param("a: 1\n", "a: '1'\n", [("a", "1", "1", 1)], id="quotes-make-text"),
    pytest.param("a: 1\n", "b: 1\n", [("b", None, "1", 1), ("a", "1", None, 1)], id="renamed"),
    pytest.param(
        "a: {b: {c: 1}}\n", "a: {b: {c: 1, d: 2}}\n", [("a.b.d", None, "2", 1)], id="inside"
    ),
    pytest.param(
        "e: {spend: 5}\n",
        "e:\n  spend: {value: 5, grade: fact}\n",
        [("e.spend", "5", {"value": "5", "grade": "fact"}, 2)],
        id="a-fact-is-one",
    ),
    pytest.param(
        "e: {spend: {value: 5, grade: fact}}\n",
        "e: {spend: {unknown: true, owner: x}}\n",
        [("e.spend", {"value": "5", "grade": "fact"}, {"unknown": "true", "owner": "x"}, 1)],
        id="a-fact-is-unknown-now",
    ),
    pytest.param("r: [a, b]\n", "r: [a]\n", [("r", ["a", "b"], ["a"], 1)], id="list-of-words"),
    pytest.param(
        "actions:\n- {id: x, n: 1}\n- {id: y, n: 2}\n",
        "actions:\n- {id: z, n: 9}\n- {id: y, n: 3}\n",
        [
            ("actions.z", None, {"id": "z", "n": "9"}, 2),
            ("actions.y.n", "2", "3", 3),
            ("actions.x", {"id": "x", "n": "1"}, None, 2),
        ],
        id="entries-by-id",
    ),
    pytest.param(
        "actions: [{id: x}, {id: x}]\n",
        "actions: [{id: x}, {id: x, n: 1}]\n",
        [("actions.1.n", None, "1", 1)],
        id="an-id-twice-goes-by-place",
    ),
    pytest.param(
        "waivers: [{rule: owner, by: x}]\n",
        "waivers: [{rule: contact, by: y}, {rule: owner, by: z}]\n",
        [
            ("waivers.contact", None, {"rule": "contact", "by": "y"}, 1),
            ("waivers.owner.by", "x", "z", 1),
        ],
        id="entries-by-what-the-form-says",
    ),
    pytest.param(
        "c: [{n: 1}]\n",
        "c: [{n: 1}, {n: 2}]\n",
        [("c", [{"n": "1"}], [{"n": "1"}, {"n": "2"}], 1)],
        id="nameless-entries-of-other-number",
    ),
    pytest.param("a: {b: 1}\n", "a: 2\n", [("a", {"b": "1"}, "2", 1)], id="other-kind"),
    pytest.param(
        "a: 1\ne: {x: 1, y: 2}\n",
        "a: 1\n",
        [("e.x", "1", None, 2), ("e.y", "2", None, 2)],
        id="section-gone",
    ),
]


@pytest.mark.parametrize(("before", "after", "edits"), CASES)
def test_edits_by_hand(before: str, after: str, edits: list[object]) -> None:
    between = edits_between(document(before), document(after))
    listed = [
        (
            edit.name,
            None if edit.before is MISSING else edit.before,
            None if edit.after is MISSING else edit.after,
            edit.line,
        )
        for edit in between
    ]
    assert listed == edits


@pytest.mark.parametrize(("before", "after", "edits"), CASES)
def test_all_put_back_is_the_earlier_file(before: str, after: str, edits: list[object]) -> None:
    old, new = document(before), document(after)
    assert new.data is not None
    back = with_data(new, put_back(new.data, edits_between(old, new)))
    assert edits_between(old, back) == ()
    assert edits_between(back, new) != () or not edits


def test_one_is_put_back_and_the_others_stay() -> None:
    old = document("a: 1\nactions: [{id: x, n: 1}, {id: y, n: 2}]\n")
    new = document("a: 2\nactions: [{id: y, n: 3}, {id: z, n: 9}]\n")
    assert new.data is not None
    undone = {edit.name: put_back(new.data, [edit]) for edit in edits_between(old, new)}
    assert undone == {
        "a": {"a": "1", "actions": [{"id": "y", "n": "3"}, {"id": "z", "n": "9"}]},
        "actions.y.n": {"a": "2", "actions": [{"id": "y", "n": "2"}, {"id": "z", "n": "9"}]},
        "actions.z": {"a": "2", "actions": [{"id": "y", "n": "3"}]},
        "actions.x": {
            "a": "2",
            "actions": [{"id": "y", "n": "3"}, {"id": "z", "n": "9"}, {"id": "x", "n": "1"}],
        },
    }
    # what was put back shares nothing with the file
    assert new.data == {"a": "2", "actions": [{"id": "y", "n": "3"}, {"id": "z", "n": "9"}]}


@given(st.sampled_from(EXAMPLES), st.data())
def test_any_part_of_an_example_taken_out_is_one_section_of_edits(
    path: Path, data: st.DataObject
) -> None:
    whole = document(path.read_text(encoding="utf-8"))
    assert whole.data is not None
    key = data.draw(st.sampled_from(sorted(whole.data)))
    less = with_data(whole, {name: value for name, value in whole.data.items() if name != key})
    edits = edits_between(whole, less)
    assert {edit.path[0] for edit in edits} <= {key}
    assert less.data is not None
    assert put_back(less.data, edits).get(key, {}) == (whole.data[key] or {})
