"""`playbook settings`: what is in force, where it is said, and what is the firm's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.terminal import columns
from tests.program import run
from tests.settings.test_overlay import FIRM, line_of
from tests.workspace import make_workspace


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {f"site_config/{name}.yaml": text for name, text in FIRM.items()}
    return make_workspace(tmp_path_factory.mktemp("firm"), files)


CHANGED = """\
site_config/scoring.yaml:1: scoring.qualification.knock_outs: [need] (shipped: [need, money, authority])
site_config/thresholds.yaml:3: thresholds.retained_profit.cut_off: 300000 (shipped: 250000)
site_config/catalogue.yaml:2: catalogue.industries.robotics.label.en: Robotics (your own)
site_config/catalogue.yaml:2: catalogue.industries.robotics.group: manufacturing (your own)
site_config/catalogue.yaml:4: catalogue.regions.dach.label.en: DACH (your own)
site_config/catalogue.yaml:5: catalogue.sizes.small.employees_up_to: 99 (shipped: 49)
site_config/catalogue.yaml:6: catalogue.offerings.arm.label.en: Robot arm (your own)
site_config/catalogue.yaml:7: catalogue.activities.demo.rate: 120 (shipped: 90)
site_config/catalogue.yaml:3: catalogue.industries.mining: what is shipped is taken out
site_config/catalogue.yaml:4: catalogue.regions: what is shipped is taken out
site_config/team.yaml:1: team.people.eva-lang.name: Eva Lang (your own)
site_config/team.yaml:1: team.people.eva-lang.role: account_manager (your own)
site_config/team.yaml:1: team.people.eva-lang.region: dach (your own)
site_config/currencies.yaml:1: currencies.reporting_currency: CHF (shipped: EUR)
site_config/labels.yaml:1: labels.tiers.A.en: Key account (shipped: Tier A)
site_config/rules.yaml:2: rules.rules.executive-sponsor.off: true (your own)
site_config/rules.yaml:4: rules.rules.threads.holds.figure.key: relationship.threads (the same is shipped)
site_config/rules.yaml:4: rules.rules.threads.holds.figure.at_least: 3 (shipped: 2)
site_config/rules.yaml:6: rules.rules.website.level: warning (your own)
site_config/rules.yaml:7: rules.rules.website.holds.present: account.website (your own)
site_config/rules.yaml:8: rules.rules.website.message: no website; add 'website:' under account (your own)
site_config/rules.yaml:9: rules.rules.website.reason: Readers want to see who they are. (your own)
site_config/site.yaml:1: site.search: what is shipped is taken out
"""


def test_what_is_the_firm_s_own(firm: Path) -> None:
    done = run(firm, "settings", "--changed")
    assert (done.stdout, done.stderr, done.returncode) == (CHANGED, "", 0)


def test_labels_of_another_language_are_shown_only_when_asked_for(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, {"site_config/site.yaml": "language: en\n"})
    key = "labels.parts.K3.zh"
    assert key not in run(root, "settings").stdout
    assert run(root, "settings", key).stdout.endswith(f"{key}: 风险计算\n")
    assert any(
        row["key"] == key for row in json.loads(run(root, "settings", "--format", "json").stdout)
    )
    chinese = make_workspace(tmp_path / "zh", {"site_config/site.yaml": "language: zh\n"})
    assert "  K3  风险计算  " in run(chinese, "settings", "labels.parts").stdout


def test_every_setting_is_there_with_its_place(firm: Path) -> None:
    lines = run(firm, "settings").stdout.splitlines()
    assert [line for line in lines if line.startswith("site_config")] == CHANGED.splitlines()
    margin = line_of("thresholds", "minimum_margin:")
    assert f"account-playbooks/thresholds.yaml:{margin}: thresholds.minimum_margin: 0.1" in lines
    keys = [line.split(": ")[1] for line in lines]
    assert len(keys) == len(set(keys)) > 1000


@pytest.mark.parametrize(
    ("key", "keys"),
    [
        ("thresholds.horizon_years", ["thresholds.horizon_years"]),
        ("horizon_years", ["thresholds.horizon_years"]),
        ("thresholds.development", [f"thresholds.development.{end}" for end in ("payback_months", "cost_limit", "never_after_months")]),
    ],
)  # fmt: skip
def test_a_key_is_a_setting_a_group_or_a_part_of_a_key(
    firm: Path, key: str, keys: list[str]
) -> None:
    assert [line.split(": ")[1] for line in run(firm, "settings", key).stdout.splitlines()] == keys


TYPED = """\
catalogue.regions, typed in a plan under account.region:
  dach  DACH  site_config/catalogue.yaml:4

site_config/catalogue.yaml:4: catalogue.regions: what is shipped is taken out
"""
SIZES = """\
catalogue.sizes, typed in a plan under account.size:
  small       Small (employees_up_to: 99 (shipped: 49))  site_config/catalogue.yaml:5
  medium      Medium (employees_up_to: 249)              account-playbooks/catalogue.yaml:{medium}
  large       Large (employees_up_to: 4999)              account-playbooks/catalogue.yaml:{large}
  enterprise  Enterprise                                 account-playbooks/catalogue.yaml:{enterprise}
"""
PEOPLE = """\
team.people, typed in a plan under account.owner, account.executive_sponsor, account.team and 16 places more:
  eva-lang  Eva Lang (role: account_manager, region: dach)  site_config/team.yaml:1
"""


def test_of_a_list_the_ids_to_type_are_shown(firm: Path) -> None:
    assert run(firm, "settings", "regions").stdout == TYPED
    lines = {
        size: line_of("catalogue", f"id: {size}") for size in ("medium", "large", "enterprise")
    }
    assert run(firm, "settings", "catalogue.sizes").stdout == SIZES.format(**lines)
    assert run(firm, "settings", "team").stdout == PEOPLE
    catalogue = run(firm, "settings", "catalogue").stdout
    assert "catalogue.uses, typed in a plan under account.uses: none yet\n" in catalogue
    assert "  arm  Robot arm  site_config/catalogue.yaml:6\n" in catalogue
    (mining,) = (line for line in catalogue.splitlines() if line.startswith("  mining "))
    assert mining.split()[1:] == ["taken", "out", "site_config/catalogue.yaml:3"]
    # one entry, what is the firm's own, and all for programs stay line by line
    one = run(firm, "settings", "catalogue.activities.demo").stdout.splitlines()
    assert "site_config/catalogue.yaml:7: catalogue.activities.demo.rate: 120 (shipped: 90)" in one
    own = run(firm, "settings", "regions", "--changed").stdout
    assert own.startswith("site_config/catalogue.yaml:4: catalogue.regions.dach.label.en: DACH")


def test_names_of_the_site_s_language_stand_in_columns(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, {"site_config/site.yaml": "language: zh\n"})
    lines = run(root, "settings", "labels.parts").stdout.splitlines()[1:]
    shown = [columns(line.partition("account-playbooks/")[0]) for line in lines]
    assert len(shown) == 16
    assert len(set(shown)) == 1
    assert lines[0].startswith("  R1  客户甄选  ")


def test_as_json(firm: Path) -> None:
    rows = json.loads(run(firm, "settings", "cut_off", "--format", "json").stdout)
    assert rows == [
        {
            "key": "thresholds.retained_profit.cut_off",
            "value": 300_000,
            "path": "site_config/thresholds.yaml",
            "line": 3,
            "own": True,
            "shipped": 250_000,
        }
    ]
    (search,) = json.loads(run(firm, "settings", "site.search", "--format", "json").stdout)
    assert (search["value"], search["own"]) == (None, True)


@pytest.mark.parametrize(
    ("key", "cure"),
    [
        ("minimum_margn", "did you mean thresholds.minimum_margin?"),
        ("thresholds.developments", "did you mean thresholds.development?"),
        ("qqqq", "for all of them run: playbook settings"),
    ],
)
def test_an_unknown_key(firm: Path, key: str, cure: str) -> None:
    done = run(firm, "settings", key)
    assert (done.stdout, done.returncode) == ("", 2)
    assert done.stderr == f"error: there is no setting '{key}'; {cure}\n"


def test_nothing_changed_and_mistakes(tmp_path: Path) -> None:
    (tmp_path / "site_config").mkdir()
    done = run(tmp_path, "settings", "--changed")
    assert (done.stdout, done.stderr, done.returncode) == ("", "all is as shipped\n", 0)
    (tmp_path / "site_config/tiers.yaml").write_text("cells: 3\n")
    done = run(tmp_path, "settings")
    assert done.returncode == 2
    assert done.stdout.startswith("site_config/tiers.yaml:1:8: error: keys with values are wanted")


def test_a_figure_s_reason_names_the_file_that_says_it(firm: Path) -> None:
    plan = "schema: 1\naccount: {name: A, status: prospect}\nsummary: s\n"
    (firm / "playbooks/a.yaml").write_text(plan)
    shown = json.loads(run(firm, "show", "a", "--format", "json").stdout)
    settings = {
        reason["setting"]
        for figure in shown["figures"].values()
        for reason in figure["reasons"]
        if reason.get("setting")
    }
    assert "site_config/thresholds.yaml:3" in settings
    assert {place.split("/")[0] for place in settings} == {"site_config", "account-playbooks"}
