"""From a broken document the plan keeps all that is valid, and data and marks stay parallel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.form import Playbook
from generator.model import faults_of
from generator.read import read_text
from generator.read.document import DataPath, Mark
from generator.rules.validate.plan import plan_of
from tests.everything import as_yaml, everything_playbook

HEAD = "schema: 1\nsummary: x\naccount: {name: X, status: prospect}\n"


def nodes(node: Any, path: DataPath = ()) -> Iterator[DataPath]:
    """The path of everything below a node."""
    pairs: Any = ()
    if isinstance(node, dict):
        pairs = node.items()
    elif isinstance(node, list):
        pairs = enumerate(node)
    for step, value in pairs:
        yield (*path, step)
        yield from nodes(value, (*path, step))


PATHS = list(nodes(everything_playbook()))
OTHER_TYPES: st.SearchStrategy[Any] = st.sampled_from(
    [
        "text", "", "[key]", "2024-02-30", 7, -1e30, True, None, [], {}, ["x"], [None], [[1]], [{}],
        {"unknown": True}, {"value": None}, {"a": {"b": [1]}}, {"[key]": 1},
    ]
)  # fmt: skip
DROP, RENAME, RETYPE = "drop", "rename", "retype"
MUTATIONS = st.lists(
    st.tuples(st.sampled_from(PATHS), st.sampled_from([DROP, RENAME, RETYPE]), OTHER_TYPES),
    min_size=1,
    max_size=6,
)


def mutated(mutations: list[tuple[DataPath, str, Any]]) -> Any:
    """The playbook of every field after mutations; those whose place is gone do nothing."""
    data = everything_playbook()
    for path, how, new in mutations:
        node: Any = data
        try:
            for step in path[:-1]:
                node = node[step]
            last: Any = path[-1]
            if how == RETYPE:
                node[last] = new
            elif how == DROP or isinstance(node, list):
                del node[last]
            else:
                node[str(new)] = node.pop(last)
        except (KeyError, IndexError, TypeError):
            continue
    return data


def parallel(node: Any, mark: Mark) -> None:
    """Each key and entry has its mark; only what was laid empty at the top has none."""
    children = mark.children
    if isinstance(node, dict):
        assert isinstance(children, dict)
        assert set(children) <= set(node)
        for key, value in node.items():
            if key in children:
                parallel(value, children[key])
            else:
                assert key in ("schema", "account", "summary", "name", "status")
    elif isinstance(node, list):
        assert isinstance(children, list)
        assert len(children) == len(node)
        for value, child in zip(node, children, strict=True):
            parallel(value, child)


@given(MUTATIONS)
def test_a_mutated_playbook_is_saved(mutations: list[tuple[DataPath, str, Any]]) -> None:
    text = as_yaml(mutated(mutations))
    document = read_text(text.encode(), "playbooks/everything.yaml")
    plan = plan_of(document)
    assert (plan.playbook is not None) == (document.data is not None)
    for problem in plan.problems:
        assert 1 <= problem.line <= text.count("\n") + 1
        assert problem.column >= 1
        assert problem.message
        assert "\n" not in problem.message
    if plan.playbook is not None:
        parallel(plan.document.data, plan.document.marks)
        assert faults_of(Playbook, plan.document.data)[1] == ()


@given(MUTATIONS)
def test_what_was_not_touched_is_kept(mutations: list[tuple[DataPath, str, Any]]) -> None:
    text = as_yaml(mutated(mutations))
    plan = plan_of(read_text(text.encode(), "playbooks/everything.yaml"))
    touched = {path[0] for path, _, _ in mutations}
    whole = read_text(as_yaml(everything_playbook()).encode(), "playbooks/everything.yaml").data
    assert plan.document.data is not None
    assert whole is not None
    for section in whole.keys() - touched:
        assert plan.document.data[section] == whole[section]


def kept(text: str) -> Any:
    plan = plan_of(read_text((HEAD + text).encode(), "playbooks/x.yaml"))
    assert plan.playbook is not None
    data = plan.document.data or {}
    return {
        key: value for key, value in data.items() if key not in ("schema", "summary", "account")
    }


def test_a_wrong_value_is_left_out_alone() -> None:
    text = "objectives: [{id: a, due: soon, target: 5}, {id: b}]\n"
    assert kept(text) == {"objectives": [{"id": "a", "target": "5"}, {"id": "b"}]}


def test_an_entry_that_cannot_be_named_is_left_out_whole() -> None:
    text = "objectives: [{target: 5}, {id: B}, {id: c}]\n"
    assert kept(text) == {"objectives": [{"id": "c"}]}


def test_a_fact_without_its_value_is_left_out_whole() -> None:
    text = "economics: {retention: {value: most, grade: fact}, price: 5}\n"
    assert kept(text) == {"economics": {"price": "5"}}


def test_after_what_was_left_out_places_are_still_right() -> None:
    text = "objectives:\n- target: 5\n- id: c\n  due: 2026-12-01\n"
    plan = plan_of(read_text((HEAD + text).encode(), "playbooks/x.yaml"))
    assert plan.document.data is not None
    assert plan.document.data["objectives"] == [{"id": "c", "due": "2026-12-01"}]
    assert plan.document.value_place(("objectives", 0, "due")) == (7, 8)


def test_the_account_s_name_is_its_id_where_it_lacks() -> None:
    plan = plan_of(read_text(b"schema: 1\n", "playbooks/acme-ltd.yaml"))
    assert (plan.id, plan.name) == ("acme-ltd", "acme-ltd")
    assert plan_of(read_text(HEAD.encode(), "playbooks/acme-ltd.yaml")).name == "X"
