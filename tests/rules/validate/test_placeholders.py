"""A placeholder is told once, at its place, and counts as missing; a longer text is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.change.edit.forms import new_playbook
from generator.form import Playbook
from generator.model.placeholders import EXAMPLE_TEXTS, is_placeholder
from generator.read import Workspace, read_text
from generator.rules.validate.plan import plan_of
from tests.everything import TODAY
from tests.workspace import make_workspace

Said = Callable[..., list[str]]

WARNING = "warning: a placeholder: write the value or delete the line [placeholder]"
OF_LIST = (
    "warning: a placeholder: write the value, or [] for none, or delete the line [placeholder]"
)
OF_FORM = "this is the form's own example, which counts as missing: write your own"


def needed_by(what: str) -> str:
    return f"error: a placeholder: write the value; {what} needs it [placeholder]"


HEAD = "schema: 1\nsummary: x\naccount: {name: X, status: prospect}\n"
# What it is, the text, its findings, and the text that gives the same plan
TOLD = (
    ("a number", "economics: {currency: EUR, price: TODO}\n", [f"1:35: {WARNING}"], "economics: {currency: EUR}\n"),
    ("a fact in braces", "economics: {currency: EUR, price: {value: n/a, grade: fact}}\n", [f"1:43: {WARNING}"], "economics: {currency: EUR}\n"),
    ("a day", "objectives: [{id: a, due: TBD}]\n", [f"1:27: {WARNING}"], "objectives: [{id: a}]\n"),
    ("an id", "objectives: [{id: a, owner: xxx}]\n", [f"1:29: {WARNING}"], "objectives: [{id: a}]\n"),
    ("a word of a list", "risk: {own: [{id: a, class: '?'}]}\n", [f"1:29: {WARNING}"], "risk: {own: [{id: a}]}\n"),
    ("a text in quotes", 'strategy: {theirs: "…", ours: growth}\n', [f"1:20: {WARNING}"], "strategy: {ours: growth}\n"),
    ("a text of the form", "strategy: {theirs: what they want, ours: growth}\n", [f"1:20: warning: {OF_FORM} or delete the line [placeholder]"], "strategy: {ours: growth}\n"),
    ("a dash in braces", "strategy: {theirs: -, ours: growth}\n", [f"1:20: {WARNING}"], "strategy: {ours: growth}\n"),
    ("with a comment", "economics:\n  price: TODO   # ask\n  currency: EUR\n", [f"2:10: {WARNING}"], "economics: {currency: EUR}\n"),
    ("all of a section", "strategy: {theirs: ..., ours: '...'}\n", [f"1:20: {WARNING}", f"1:31: {WARNING}"], ""),
    ("a whole section", "objectives: TODO\n", [f"1:13: {OF_LIST}"], ""),
    ("the only entry of a list: not 'none'", "economics: {currency: EUR, discounts: [TODO]}\n", [f"1:40: {OF_LIST}"], "economics: {currency: EUR}\n"),
    ("an entry among others", "actions: [{id: a}, TODO, {id: b}]\n", [f"1:20: {OF_LIST}"], "actions: [{id: a}, {id: b}]\n"),
    ("the owner of an unknown", "risk: {credit: {limit: {unknown: true, owner: TODO, find_by: 2026-12-31}}}\n", [f"1:47: {WARNING}"], ""),
    ("an entry's own id", "risk: {own: [{id: …, loss: 5}, {id: b}]}\n", ["1:19: " + needed_by("every entry of 'own'")], "risk: {own: [{id: b}]}\n"),
)  # fmt: skip


def playbook(text: str) -> Playbook | None:
    return plan_of(read_text((text + HEAD).encode(), "playbooks/x.yaml")).playbook


@pytest.mark.parametrize(
    ("text", "findings", "same"), [pytest.param(*case[1:], id=case[0]) for case in TOLD]
)
def test_it_is_told_and_counts_as_missing(
    said: Said, text: str, findings: list[str], same: str
) -> None:
    assert said(text) == findings
    assert playbook(text) == playbook(same)
    assert playbook(text) is not None


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("summary: |\n  TODO\n", f"1:10: {needed_by('every playbook')}"),
        (
            f"summary: {EXAMPLE_TEXTS[0]}\n",
            f"1:10: error: {OF_FORM}; every playbook needs it [placeholder]",
        ),
        ("account: {name: X, status: tbd}\n", f"1:28: {needed_by('every account')}"),
        ("schema: …\n", f"1:9: {needed_by('every playbook')}"),
    ],
)
def test_what_no_playbook_can_lack_is_an_error(said: Said, text: str, finding: str) -> None:
    assert said(text) == [finding]


@pytest.mark.parametrize(
    "text",
    [
        "summary: The price is n/a until March; TODO, ask them.\n",
        "summary: |\n  First line …\n  ...\n  TODO\n",
        "account: {name: Todo GmbH, status: prospect, aliases: [XX, NA, none, unknown]}\n",
        "economics: {currency: EUR, discounts: []}\n",
    ],
)
def test_a_text_that_says_something_is_none(said: Said, text: str) -> None:
    assert said(text) == []


def test_the_form_still_has_every_text_that_is_known_as_its_own(tmp_path: Path) -> None:
    workspace = Workspace.at(make_workspace(tmp_path, {}))
    path = workspace.playbooks / "new.yaml"
    form = new_playbook("new", "A", "customer", path, workspace, TODAY)
    assert [text for text in EXAMPLE_TEXTS if text not in form] == []
    assert all(map(is_placeholder, EXAMPLE_TEXTS))
    (problem,) = plan_of(read_text(form.encode(), "playbooks/new.yaml")).problems
    assert problem.message == f"{OF_FORM}; every playbook needs it"
    assert form.splitlines()[problem.line - 1] == "summary: |"
