"""What moved, why, and by whom: plans told apart from settings, one cause from several."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.compare import AccountChange, Comparison, compare, touched
from generator.compare.effects import Effect, effects_between, findings_between
from generator.compare.state import State
from generator.errors import GitError, SettingsError
from generator.figures import Figure
from generator.figures.economics import NEVER
from generator.outputs.report.diff import diff_markdown, diff_text
from generator.read import Repository, Revision, Workspace
from tests.compare.plans import acme
from tests.conftest import Sample
from tests.history import History

TODAY = datetime.date(2026, 11, 23)
THRESHOLDS = (Path(__file__).parents[2] / "generator/defaults/thresholds.yaml").read_text("utf-8")
EXAMPLES = Path(__file__).parents[2] / "playbooks"


def compared(
    folder: Path, before: Mapping[str, str | None], after: Mapping[str, str | None]
) -> Comparison:
    """A commit against the files as they then lie there."""
    history = History(folder)
    history.commit(before)
    history.write(after)
    workspace = Workspace.at(folder)
    revision = Revision(workspace, Repository(workspace.repository).commit("HEAD"))
    return compare(revision, workspace, TODAY)


def told(changes: tuple[AccountChange, ...], *keys: str) -> dict[str, list[object]]:
    """By account and figure: before, after, and the causes; together in one list."""
    by_figure: dict[str, list[object]] = {}
    for change in changes:
        for effect in change.effects:
            if effect.key in keys:
                causes = [each.account or (each.edit and each.edit.name) for each in effect.causes]
                by_figure[f"{change.account.id}: {effect.key}"] = [
                    effect.before.value,
                    effect.after.value,
                    (["together", *causes] if effect.is_together else causes),
                ]
    return by_figure


def test_one_edit_moves_the_tier(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path,
        {"playbooks/acme.yaml": acme(), "playbooks/other.yaml": acme(name="Other")},
        {"playbooks/acme.yaml": acme(share="0.2")},
    )
    assert told(comparison.by_plans, "tier") == {
        "acme: tier": ["C", "A", ["economics.attainable_share"]]
    }
    (change,) = comparison.by_plans
    (tier,) = (effect for effect in change.effects if effect.key == "tier")
    assert tier.crossing is not None
    assert (tier.crossing.figure, tier.crossing.limit, tier.crossing.is_over) == (
        "selection.retained_profit",
        250_000,
        True,
    )
    assert (comparison.settings, comparison.by_settings) == ((), ())


def test_an_edit_that_does_not_matter_is_no_cause(tmp_path: Path) -> None:
    after = acme(share="0.2", more=", website: https://acme.example").replace(
        "retention: 1", "retention: 0.99"
    )
    comparison = compared(tmp_path, {"playbooks/acme.yaml": acme()}, {"playbooks/acme.yaml": after})
    # 0.99 takes 300,000 to 297,030 only: still high without it, low without the share
    assert told(comparison.by_plans, "tier")["acme: tier"][2] == ["economics.attainable_share"]


def test_two_edits_of_which_either_undoes_it(tmp_path: Path) -> None:
    # 3 · 1.2 M · 0.15 · 0.5 = 270,000; with the share alone back 0.12: 216,000; spend: 225,000
    before = acme(share="0.12")
    after = acme().replace("addressable_spend: 1000000", "addressable_spend: 1200000")
    comparison = compared(tmp_path, {"playbooks/acme.yaml": before}, {"playbooks/acme.yaml": after})
    assert told(comparison.by_plans, "tier")["acme: tier"] == [
        "C",
        "A",
        ["economics.addressable_spend", "economics.attainable_share"],
    ]


def test_two_edits_that_only_together_undo_it(tmp_path: Path) -> None:
    # 3 · 2 M · 0.2 · 0.5 = 600,000; half of either is still 300,000, half of both 150,000
    before = acme(share="0.1")
    after = acme(share="0.2", more=", website: https://acme.example").replace(
        "addressable_spend: 1000000", "addressable_spend: 2000000"
    )
    comparison = compared(tmp_path, {"playbooks/acme.yaml": before}, {"playbooks/acme.yaml": after})
    assert told(comparison.by_plans, "tier")["acme: tier"] == [
        "C",
        "A",
        ["together", "economics.addressable_spend", "economics.attainable_share"],
    ]


def test_a_setting_that_moves_accounts_is_told_apart(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path,
        {
            "playbooks/acme.yaml": acme(),
            "playbooks/other.yaml": acme(name="Other", share="0.14"),
            "site_config/thresholds.yaml": THRESHOLDS,
        },
        {
            "playbooks/acme.yaml": acme(share="0.16"),
            "site_config/thresholds.yaml": THRESHOLDS.replace("250000", "220000").replace(
                "cost_limit: 150000", "cost_limit: 140000"
            ),
        },
    )
    # 225,000 to 240,000: under the old cut-off the plan's own edit moves no tier
    assert told(comparison.by_plans, "tier") == {}
    assert [change.account.id for change in comparison.by_plans] == ["acme"]
    assert [(setting.file, setting.edit.name) for setting in comparison.settings] == [
        ("site_config/thresholds.yaml", "retained_profit.cut_off"),
        ("site_config/thresholds.yaml", "development.cost_limit"),
    ]
    # 210,000 stays low
    assert told(comparison.by_settings, "tier") == {
        "acme: tier": ["C", "A", ["retained_profit.cut_off"]]
    }


@pytest.mark.parametrize(
    ("key", "before", "after", "is_verdict"),
    [
        ("tier", "C", "A", True),
        ("tier", None, "A", True),
        ("contradictions", (), ("contradiction-margin",), True),
        ("service.tiers", {"board": "B"}, {"board": "A"}, False),
        ("service.cost_to_serve", 1.0, 2.0, False),
        ("selection.payback_months", 8.0, 9.0, False),
        ("selection.payback_months", 8.0, NEVER, True),
    ],
)
def test_a_verdict_is_what_is_declared_to_be_no_amount(
    key: str, before: object, after: object, *, is_verdict: bool
) -> None:
    moved = Effect(key=key, before=Figure(value=before), after=Figure(value=after))
    assert moved.is_verdict is is_verdict


def test_another_account_is_the_cause(tmp_path: Path) -> None:
    gates = "{gates: {customer: {date: 2026-06-01}, promoter: {date: 2026-06-01}}, reference: "
    shown = acme(name="Shown", sections=f"relationship: {gates}{{consent_until: 2027-01-01}}}}\n")
    doubting = acme(sections="").replace(
        "risk:\n", "risk:\n  customer: [{id: late, probability: 0.1, loss: 10, reference: shown}]\n"
    )
    comparison = compared(
        tmp_path,
        {"playbooks/acme.yaml": doubting, "playbooks/shown.yaml": shown},
        {"playbooks/shown.yaml": shown.replace("2027-01-01", "2026-01-01")},
    )
    by_id = {change.account.id: change for change in comparison.by_plans}
    assert by_id["acme"].edits == ()
    moved = [effect for effect in by_id["acme"].effects if effect.is_verdict and effect.causes]
    assert {cause.account for effect in moved for cause in effect.causes} <= {"shown"}


def test_accounts_that_come_and_go(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path,
        {"playbooks/acme.yaml": acme(), "playbooks/past.yaml": acme(name="Past")},
        {"playbooks/past.yaml": None, "playbooks/new.yaml": acme(name="New")},
    )
    assert [(change.kind, change.account.id) for change in comparison.by_plans] == [
        ("new", "new"),
        ("gone", "past"),
    ]


def test_a_file_moved_to_another_folder_changes_nothing(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path,
        {"playbooks/acme.yaml": acme()},
        {"playbooks/acme.yaml": None, "playbooks/emea/acme.yaml": acme()},
    )
    assert (comparison.by_plans, comparison.settings, comparison.by_settings) == ((), (), ())


def test_a_broken_file_is_a_finding_and_no_traceback(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path, {"playbooks/acme.yaml": acme()}, {"playbooks/acme.yaml": "schema: ["}
    )
    (change,) = comparison.by_plans
    assert [finding.rule for finding in change.new] == ["yaml-syntax"]
    # what can no longer be asked is not mended
    assert change.gone == ()


def test_settings_with_mistakes_say_whose_they_are(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"^site_config of HEAD has 1 error$"):
        compared(
            tmp_path,
            {"playbooks/acme.yaml": acme(), "site_config/tiers.yaml": "cells: ["},
            {"site_config/tiers.yaml": None},
        )


def test_findings_that_only_moved_are_neither_new_nor_gone(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path,
        {"playbooks/acme.yaml": acme(more=", owner: nobody")},
        {"playbooks/acme.yaml": "# a comment\n\n" + acme(more=", owner: nobody")},
    )
    assert [(change.new, change.gone) for change in comparison.by_plans] == []


EXAMPLE_EDITS = [
    ("parent:", "former_parent:", "absolute"),
    ("reference:", "referenc:", "absolute"),
    ("attainable_share:", "attainable_shar:", "median"),
    ("links:", "link:", "absolute"),
    ("order_value:", "order_valu:", "absolute"),
    ("name:", "nam:", "absolute"),
    ("consent_until: 20", "consent_until: 19", "absolute"),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("old", "new", "mode"), EXAMPLE_EDITS)
def test_no_account_moves_that_is_not_among_those_touched(
    tmp_path: Path, sample: Sample, old: str, new: str, mode: str
) -> None:
    """Every figure and finding of every account, computed without looking who is touched."""
    files = {
        f"playbooks/{path.name}": path.read_text(encoding="utf-8")
        for path in sorted(EXAMPLES.rglob("*.yaml"))
    }
    config = {
        f"site_config/{path.name}": path.read_text(encoding="utf-8")
        for path in (EXAMPLES.parent / "site_config").glob("*.yaml")
    }
    config["site_config/thresholds.yaml"] = f"retained_profit: {{mode: {mode}}}\n"
    history = History(tmp_path)
    history.commit({**files, **config})
    workspace = Workspace.at(tmp_path)
    before = State.read(workspace, TODAY)
    every = {plan.id for plan in before.plans}
    olds = before.judged(every)
    for name, text in sample([file for file in files.items() if old in file[1]], 1):
        history.write({name: text.replace(old, new)})
        after = State.read(workspace, TODAY)
        news = after.judged(every)
        moved = {
            earlier.id
            for earlier, later in zip(olds.accounts, news.accounts, strict=True)
            if effects_between(earlier, later)
            or any(findings_between(earlier.findings, later.findings))
        }
        assert moved <= touched(before.portfolio, after.portfolio), name
        history.write({name: text})


def test_an_account_taken_away_touches_who_names_it(tmp_path: Path) -> None:
    parent = acme(name="Parent")
    history = History(tmp_path)
    history.commit(
        {
            "playbooks/parent.yaml": parent,
            "playbooks/child.yaml": acme(more=", parent: parent"),
            "playbooks/grandchild.yaml": acme(more=", parent: child"),
            "playbooks/stranger.yaml": acme(name="Stranger"),
        }
    )
    workspace = Workspace.at(tmp_path)
    before = State.read(workspace, TODAY).portfolio
    history.write({"playbooks/parent.yaml": None})
    after = State.read(workspace, TODAY).portfolio
    assert touched(before, after) == {"parent", "child", "grandchild"}
    history.write({"playbooks/parent.yaml": parent, "playbooks/grandchild.yaml": acme()})
    assert touched(before, State.read(workspace, TODAY).portfolio) == {
        "parent",
        "child",
        "grandchild",
    }


def test_a_merge_base_needs_a_common_history(tmp_path: Path) -> None:
    history = History(tmp_path)
    first = history.commit({"playbooks/acme.yaml": acme()})
    second = history.commit({"playbooks/acme.yaml": acme(share="0.2")})
    repository = Repository(tmp_path)
    assert repository.fork_point(repository.commit(first)).hash == first
    assert repository.fork_point(repository.commit(second)).hash == second
    with pytest.raises(GitError, match="there is no revision 'nope' here"):
        repository.commit("nope")


def test_an_account_that_others_carry_along_is_a_line(tmp_path: Path) -> None:
    """Nobody touched the parent; the expected profit of its group moves with the child's."""
    child = acme(name="Child", more=", parent: parent")
    comparison = compared(
        tmp_path,
        {"playbooks/parent.yaml": acme(name="Parent"), "playbooks/child.yaml": child},
        {"playbooks/child.yaml": child.replace("0.15", "0.14")},
    )
    assert {change.account.id: change.is_carried for change in comparison.by_plans} == {
        "child": False,
        "parent": True,
    }
    # 225,000 twice; the child's becomes 3 · 1,000,000 · 0.14 · 0.5 = 210,000
    edited, carried = diff_text(comparison, "a", "b").split(
        "\n\nNot edited; only numbers moved along:\n"
    )
    assert "Parent" not in edited
    assert carried == (
        "  Parent: contribution of the group customers 150 k EUR a year to customers 145 k EUR a year;"
        " expected profit of the group customers 450 k EUR to customers 435 k EUR\n"
    )
    assert (
        "<details><summary>Not edited; only numbers moved along</summary>\n\n"
        "- Parent: contribution of the group customers 150 k EUR a year to customers 145 k EUR a year;"
        " expected profit of the group customers 450 k EUR to customers 435 k EUR\n\n</details>\n"
    ) in diff_markdown(comparison, "a", "b")
