"""A firm's settings laid over those shipped: it writes what differs, and each mistake is its own line."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import SettingsError
from generator.read import Workspace
from generator.settings import Settings, load_settings, own_files
from generator.settings.load import FILES
from tests.program import run
from tests.workspace import shipped_text


def load(folder: Path, **files: str) -> Settings:
    """The settings of a workspace with nothing but these files."""
    (folder / "site_config").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"site_config/{name}.yaml").write_text(text, encoding="utf-8")
    return load_settings(Workspace.at(folder))


def line_of(name: str, text: str) -> int:
    return shipped_text(name).split(text)[0].count("\n") + 1


# A firm's workspace: one changed threshold, one rule off, one of its own, its own catalogue and team
FIRM = {
    "thresholds": "# of the board, 2026-10\nretained_profit:\n  cut_off: 300000\n",
    "rules": """\
rules:
  - {id: executive-sponsor, off: true}
  - id: threads
    holds: {figure: {key: relationship.threads, at_least: 3}}
  - id: website
    level: warning
    holds: {present: account.website}
    message: "no website; add 'website:' under account"
    reason: Readers want to see who they are.
""",
    "catalogue": """\
industries:
  robotics: {label: {en: Robotics}, group: manufacturing}
  mining: {off: true}
regions: {off: true, dach: {label: {en: DACH}}}
sizes: [{id: small, employees_up_to: 99}]
offerings: {arm: {label: {en: Robot arm}}}
activities: {demo: {rate: 120}}
""",
    "team": "people: {eva-lang: {name: Eva Lang, role: account_manager, region: dach}}\n",
    "currencies": "reporting_currency: CHF\n",
    "scoring": "qualification: {knock_outs: [need]}\n",
    "labels": "tiers: {A: {en: Key account}}\n",
    "site": "search: {off: true}\n",
}


def test_a_firm_s_workspace(tmp_path: Path) -> None:
    firm, shipped = load(tmp_path, **FIRM), load(tmp_path / "..")
    assert own_files(firm) == tuple(name for name in FILES if name in FIRM)
    # maps merge key by key
    assert firm.thresholds.retained_profit.cut_off == 300_000
    assert firm.thresholds.retained_profit.mode == shipped.thresholds.retained_profit.mode
    assert firm.thresholds.development == shipped.thresholds.development
    # lists of things with ids by id, in the order in which they are shipped, what is new behind them
    ids = [rule.id for rule in shipped.rules.rules]
    assert [rule.id for rule in firm.rules.rules] == [*ids, "website"]
    by_id = {rule.id: rule for rule in firm.rules.rules}
    assert [rule.id for rule in firm.rules.rules if rule.off] == ["executive-sponsor"]
    assert by_id["threads"].holds.figure is not None
    assert by_id["threads"].holds.figure.at_least == 3
    assert by_id["threads"].title == "At least two threads"
    assert [size.employees_up_to for size in firm.catalogue.sizes] == [99, 249, 4999, None]
    # maps of things with ids: one more, one less, all others out, one word of one
    industries = [name for name in shipped.catalogue.industries if name != "mining"]
    assert list(firm.catalogue.industries) == [*industries, "robotics"]
    assert list(firm.catalogue.regions) == ["dach"]
    assert (firm.catalogue.activities["demo"].rate, firm.catalogue.activities["demo"].hours) == (120, 10)  # fmt: skip
    assert firm.labels["tiers"]["A"].en == "Key account"
    assert firm.labels["tiers"]["A"].zh == "A级"
    # other lists replace
    assert firm.scoring.qualification.knock_outs == ("need",)
    # what need not be said may be taken out
    assert (shipped.site.search, firm.site.search) == ("header", None)
    assert firm.currencies.reporting_currency == "CHF"


def test_nobody_and_nothing_of_the_example_is_in_force(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.team.people == {}
    assert (settings.catalogue.offerings, settings.catalogue.uses) == ({}, {})
    assert settings.currencies.rates == {}


WHERE = [
    ("thresholds", ("retained_profit", "cut_off"), "site_config/thresholds.yaml:3"),
    ("thresholds", ("retained_profit", "mode"), "mode: absolute"),
    ("thresholds", ("discount_rate",), "discount_rate: 0.10"),
    ("tiers", ("cells", "low_long", "tier"), "low_long: {tier"),
    ("scoring", ("qualification", "knock_outs", 0), "site_config/scoring.yaml:1"),
    ("scoring", ("qualification", "pursue_from"), "pursue_from:"),
    ("catalogue", ("activities", "demo", "rate"), "site_config/catalogue.yaml:7"),
    ("catalogue", ("activities", "demo", "hours"), "demo: {label"),
    ("catalogue", ("sizes", 0, "employees_up_to"), "site_config/catalogue.yaml:5"),
    ("catalogue", ("sizes", 1, "employees_up_to"), "- {id: medium"),
    ("rules", ("rules", 0, "id"), "- id: owner"),
]


@pytest.mark.parametrize(("name", "path", "where"), WHERE, ids=[str(row[:2]) for row in WHERE])
def test_each_setting_keeps_the_file_and_line_it_came_from(
    tmp_path: Path, name: str, path: tuple[str | int, ...], where: str
) -> None:
    if not where.startswith("site_config"):
        where = f"account-playbooks/{name}.yaml:{line_of(name, where)}"
    assert load(tmp_path, **FIRM).where(name, *path) == where


MISTAKES = [
    ("thresholds", "retained_profit: {cutoff: 1}\n", "1:19: error: unknown key 'cutoff'; did you mean 'cut_off'? [unknown-key]"),
    ("thresholds", "retained_profit: 300000\n", "1:18: error: keys with values are wanted here, such as '{mode: absolute, cut_off: 60000}' [wrong-value]"),
    ("thresholds", "development: {payback_months: 48}\n", "1:31: error: payback_months (48) is above never_after_months (36) [wrong-setting]"),
    ("thresholds", "development: {never_after_months: 6}\n", "1:35: error: payback_months (12) is above never_after_months (6) [wrong-setting]"),
    ("scoring", "evidence: {off: true}\n", "1:1: error: 'evidence' cannot be taken out: scoring.yaml needs it [wrong-setting]"),
    ("scoring", "plan:\n  moved_from: {off: true}\n", "2:3: error: 'moved_from' cannot be taken out: 'plan' needs it [wrong-setting]"),
    ("scoring", "evidence: {grades: {off: false, fact: 1}}\n", "1:21: error: write 'off: true' to take out what is shipped, or delete the line [unknown-setting]"),
    ("catalogue", "regions:\n  emae: {off: true}\n", "2:3: error: 'emae' is not shipped, so there is nothing to take out; did you mean 'emea'? [unknown-setting]"),
    ("catalogue", "offerings: {arm: {off: true}}\n", "1:13: error: 'arm' is not shipped, so there is nothing to take out; delete it [unknown-setting]"),
    ("catalogue", "region: {off: true}\n", "1:1: error: unknown key 'region'; did you mean 'regions'? [unknown-key]"),
    ("catalogue", "activities:\n  account-vist: {rate: 90}\n", "2:3: error: 'account-vist' is not shipped; did you mean 'account-visit'? or, an entry of your own needs label, hours, expense, by [missing-field]"),
    ("catalogue", "activities:\n  x-ray: {rate: 90}\n", "2:3: error: an entry of your own needs label, hours, expense, by [missing-field]"),
    ("catalogue", "sizes:\n  - {id: large, employees_up_to: 200}\n", "2:34: error: sizes stand in ascending order [wrong-setting]"),
    ("catalogue", "sizes:\n  - {id: small, employees_up_to: 300}\n", "2:34: error: sizes stand in ascending order [wrong-setting]"),
    ("labels", "elements:\n  feeling: {off: true}\n", "2:3: error: 'feeling' cannot be taken out: the channels visit, event serve it [wrong-setting]"),
    ("rules", "rules:\n  - {id: thread, off: true}\n", "2:5: error: 'thread' is not shipped, so there is nothing to take out; did you mean 'threads'? [unknown-setting]"),
    ("rules", "rules:\n  - {id: thread, level: warning}\n", "2:5: error: 'thread' is not shipped; did you mean 'threads'? or, an entry of your own needs holds, message, reason [missing-field]"),
    ("rules", "rules:\n  - {id: threads, level: warning}\n  - {id: threads, off: true}\n", "3:10: error: 'threads' is given twice; keep one [wrong-setting]"),
    ("rules", "rules:\n  - {id: threads, level: hint}\n", "2:26: error: unknown word 'hint'; known: error, warning [wrong-value]"),
    ("rules", "rules:\n  - {level: warning}\n", "2:5: error: an entry of your own needs id, holds, message, reason [missing-field]"),
    ("site", "upgraded_from: old\n", "1:16: error: a version such as 0.2 is wanted, not 'old' [wrong-value]"),
    ("team", "people: {eva: {name: Eva, role: account_manager, region: emae}}\n", "1:58: error: unknown region 'emae'; did you mean 'emea'? [wrong-setting]"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "message"), MISTAKES, ids=[row[2][:60] for row in MISTAKES])  # fmt: skip
def test_a_mistake_is_told_once_at_the_firm_s_own_line(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    with pytest.raises(SettingsError) as error:
        load(tmp_path, **{name: text})
    assert [str(problem) for problem in error.value.problems] == [f"site_config/{name}.yaml:{message}"]  # fmt: skip


def test_what_was_taken_away_lately_is_a_warning(tmp_path: Path) -> None:
    text = "offerings:\n  arm: {label: {en: Robot arm}, use: retrofit}\n"
    settings = load(tmp_path, catalogue=text)
    assert [str(warning) for warning in settings.warnings] == [
        "site_config/catalogue.yaml:2:33: warning: 'use' is no setting since 0.2, and an error from 0.3 on; delete it, or run: playbook migrate [unknown-key]"
    ]
    (tmp_path / "playbooks").mkdir()
    done = run(tmp_path, "check", "--output-format", "concise")
    assert (done.returncode, done.stdout) == (0, f"{settings.warnings[0]}\n")


def test_what_must_hold_is_replaced_whole(tmp_path: Path) -> None:
    text = "rules:\n  - {id: contact, holds: {present: account.website}}\n"
    holds = next(
        rule for rule in load(tmp_path, rules=text).rules.rules if rule.id == "contact"
    ).holds
    assert (holds.present, holds.some) == ("account.website", None)


def test_a_firm_may_have_rules_of_its_own_alone(tmp_path: Path) -> None:
    rule = "{id: mine, level: error, holds: {present: account.owner}, message: m, reason: r}"
    settings = load(tmp_path, rules=f"rules: [{{off: true}}, {rule}]\n")
    assert [rule.id for rule in settings.rules.rules] == ["mine"]


def test_what_is_shipped_laid_over_itself_is_the_same(tmp_path: Path) -> None:
    shipped = load(tmp_path / "..")
    copied = load(tmp_path, **{name: shipped_text(name) for name in FILES})
    for name in FILES:
        assert getattr(copied, name) == getattr(shipped, name), name
        assert copied.documents[name].data == shipped.documents[name].data, name
