"""New playbooks, and steps from older forms to newer ones, tried on forms that never were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from generator.change.edit.edit import Change, Drop, Put, Rename
from generator.change.edit.forms import Migration, migrated, new_playbook
from generator.read import Workspace, read_text
from tests.everything import TODAY
from tests.workspace import make_workspace


def firm_to_account(data: Mapping[str, Any]) -> Sequence[Change]:
    """From 1 to 2: `firm` is `account` now, and its people's `tel` goes."""
    people = data["firm"].get("people", [])
    gone = [
        Drop(path=("firm", "people", place, "tel"))
        for place, person in enumerate(people)
        if "tel" in person
    ]
    return (Rename(path=("firm",), to="account"), *gone)


def worth_in_money(data: Mapping[str, Any]) -> Sequence[Change]:
    """From 2 to 3: `worth` in thousands is `price` in money, and says in which."""
    if "worth" not in data:
        return ()
    price = int(data["worth"]) * 1000
    return (
        Rename(path=("worth",), to="price"),
        Put(path=("currency",), value="EUR"),
        Put(path=("worth",), value=price),
    )


STEPS = (
    Migration(start=1, changes=firm_to_account),
    Migration(start=2, changes=worth_in_money),
)
OLD = """\
# a plan of the first days
schema: 1   # the form
firm:       # who
    name: 'Harbor Co'
    people:
    - {name: Li, tel: 123}  # decides
    - name: Wei
worth: 12   # thousands
"""
NEW = """\
# a plan of the first days
schema: 3   # the form
account:       # who
    name: 'Harbor Co'
    people:
    - {name: Li}  # decides
    - name: Wei
price: 12000   # thousands
currency: EUR
"""


def test_step_by_step_with_every_comment() -> None:
    done = migrated(OLD, "playbooks/a.yaml", STEPS, 3)
    assert done.problems == ()
    assert done.text == NEW
    assert migrated(NEW, "playbooks/a.yaml", STEPS, 3).text == NEW


def test_the_one_form_that_there_is_needs_no_step() -> None:
    text = "schema: 1\naccount: {name: A, status: customer}\nsummary: S\n"
    done = migrated(text, "playbooks/a.yaml")
    assert (done.text, done.problems) == (text, ())


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("schema: 4\n", "1:9: error: schema 4 is newer than this program, which knows 3; update it [schema-version]"),
        ("schema: 0\n", "1:9: error: there is no way from schema 0 to 3 [schema-version]"),
        ("firm: {}\n", "1:1: error: write the version of the form: 'schema: 3' [schema-version]"),
        ("schema: one\n", "1:9: error: write the version of the form: 'schema: 3' [schema-version]"),
        ("schema: 1\nfirm: {}\naccount: {}\n", "2:1: error: 'account' is there already; keep one of it and 'firm' [cannot-edit]"),
        ("schema: 1\nfirm:\n  people:\n    - name: A\n      tel: 1 # home\n", "5:1: error: this change would lose a comment; make it by hand [cannot-edit]"),
        ("schema: [1\n", "2:1: error: a comma or ']' is missing before this; the bracket opens at line 1, column 9 [yaml-syntax]"),
    ],
)  # fmt: skip
def test_where_there_is_no_way_nothing_changes(text: str, finding: str) -> None:
    done = migrated(text, "playbooks/a.yaml", STEPS, 3)
    assert [str(problem) for problem in done.problems] == [f"playbooks/a.yaml:{finding}"]
    assert done.text == text


@pytest.mark.parametrize("tier", list("ABCD"))
@pytest.mark.parametrize("name", ["Harbor Co", "NO", "a: b # c", 'It\'s "x"', "北方集团"])
def test_a_new_playbook_says_what_it_is_told(tier: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "playbooks" / "harbor.yaml"
    text = new_playbook(
        "harbor", tier, "customer", path, Workspace.at(make_workspace(tmp_path)), TODAY, name=name
    )
    document = read_text(text.encode(), "playbooks/harbor.yaml")
    assert document.problems == ()
    assert (document.data or {})["account"] == {
        "name": name,
        "status": "customer",
        "planned_tier": tier,
        "reviewed": TODAY.isoformat(),
    }
    assert "# economics:" in text
