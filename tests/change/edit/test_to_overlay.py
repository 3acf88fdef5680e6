"""A workspace made with version 0.1, a copy of all settings, becomes what the firm has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.change.edit.to_overlay import earlier_texts
from generator.read import Workspace
from generator.settings import Settings, load_settings
from generator.settings.load import FILES
from tests.program import run
from tests.workspace import shipped_text

PLAN = """\
schema: 1
account: {name: Harbor Logistics, status: prospect, uses: [retrofit]}
summary: A sample.
economics: {currency: USD}
waivers:
  - {rule: owner, reason: Nobody yet., by: eva-lang, until: 2026-12-31}
"""
TODAY = ("--today", "2026-11-23")


def made_with_0_1(root: Path, state: int, *changes: tuple[str, str, str]) -> Path:
    """As the README of 0.1 had it: playbooks/ and a copy of site_config/, then changed by hand."""
    texts = {name: states[min(state, len(states) - 1)] for name, states in earlier_texts().items()}
    for name, old, new in changes:
        assert old in texts[name], (name, old)
        texts[name] = texts[name].replace(old, new, 1)
    for folder in ("playbooks", "site_config"):
        (root / folder).mkdir(parents=True)
    (root / "playbooks/harbor.yaml").write_text(PLAN, encoding="utf-8")
    for name, text in texts.items():
        (root / f"site_config/{name}.yaml").write_text(text, encoding="utf-8")
    return root


def files_of(root: Path) -> dict[str, str]:
    return {
        path.stem: path.read_text(encoding="utf-8") for path in (root / "site_config").iterdir()
    }


def settings_of(root: Path) -> Settings:
    return load_settings(Workspace.at(root))


EVERY_STATE = range(max(map(len, earlier_texts().values())))
USES = """\
uses:
  retrofit: {label: {en: Retrofit, zh: 设备改造}, group: modernise}
"""
KEPT = {
    "site": '# What the gate asks only since a newer version is a warning for one release.\nupgraded_from: "0.1"\n',
    "catalogue": """\
# What customers use us for; references are matched on it. Entries of one group are near.
# Changed by sales operations with engineering.
"""
    + USES,
    "currencies": """\
# By currency: from that day on one unit of it is worth `rate` of the reporting currency. The newest
# line that is not after the day looked at is in force. The rates of this example are rounded.
rates:
  USD:
    - {from: 2015-01-01, rate: 0.89, source: mean of earlier years}
    - {from: 2026-01-01, rate: 0.92, source: budget rate 2026}
    - {from: 2026-07-01, rate: 0.90, source: half-year rate 2026}
""",
}
"""What a plan names of the old example, which is not shipped any more."""


def test_of_any_state_that_was_shipped_nothing_is_left_but_what_a_plan_names(
    tmp_path: Path,
) -> None:
    for state in EVERY_STATE:
        root = made_with_0_1(tmp_path / str(state), state)
        assert run(root, "migrate").returncode == 0
        kept = files_of(root)
        currencies = kept.pop("currencies")
        assert kept.pop("catalogue").endswith(f"\n{USES}")
        assert (state, kept) == (state, {"site": KEPT["site"]})
        assert "USD:" in currencies
        assert "CNY:" not in currencies


OWN_RULE = """\
  # asked by the board
  - id: website
    level: warning
    holds: {present: account.website}
    message: "no website; add 'website:' under account"
    reason: Readers want to see who they are.
"""
DROPPED_RULE = earlier_texts()["rules"][-1].partition("  - id: executive-sponsor\n")[2]
DROPPED_RULE = "  - id: executive-sponsor\n" + DROPPED_RULE.partition("  - id: ")[0]
CHANGES = (
    ("thresholds", "  cut_off: 250000", "  # of the board, 2026-10\n  cut_off: 300000"),
    ("scoring", "[need, money, authority]", "[need]"),
    ("rules", DROPPED_RULE, OWN_RULE),
    ("rules", "key: relationship.threads, at_least: 2", "key: relationship.threads, at_least: 3"),
    ("catalogue", "  mining: {label: {en: Mining, zh: 矿业}, group: heavy}\n", ""),
    ("catalogue", "regions:\n", "regions:\n  dach: {label: {en: DACH}}\n"),
    ("team", "people:\n", "people:\n  # since 2026\n  eva-lang: {name: Eva Lang, role: executive, region: dach}\n"),
    ("labels", "A: {en: Tier A,", "A: {en: Key account,"),
    ("site", "name: Account Playbooks", "name: Plans"),
    ("site", "search: material\n", ""),
)  # fmt: skip
LEFT = {
    "thresholds": """\
# Row of the selection matrix: expected profit is high from the cut-off on.
# mode absolute takes the amount below; median takes the portfolio's own middle.
retained_profit:
  # of the board, 2026-10
  cut_off: 300000
""",
    "scoring": """\
# The ten questions: 0, 1 or 2 points each, the sum as a part of 100.
qualification:
  # A 0 here ends it, whatever the score.
  knock_outs: [need]
""",
    "rules": f"""\
rules:
{OWN_RULE}
  - id: threads
    holds: {{figure: {{key: relationship.threads, at_least: 3}}}}

  - id: executive-sponsor
    off: true
""",
    "catalogue": """\
# Industries of customers. Entries of one group are near to each other when reference customers
# are matched. Changed by sales operations with the sales leader.
industries:
  mining: {off: true}

# Where customers are. One group, one time zone and one team: near when references are matched.
# Changed by sales operations.
regions:
  dach: {label: {en: DACH}}

"""
    + KEPT["catalogue"],
    "currencies": KEPT["currencies"],
    "team": """\
# Our people, by id: who may own accounts, contacts, risks and actions, and who approves.
# Owner: sales operations; who leaves stays listed until no playbook names them.
# The people of this example are fictional.
#
# role      sales_manager, account_manager, service, engineering, finance or executive
# region    from catalogue.yaml; language: the one they would rather write in
people:
  # since 2026
  eva-lang: {name: Eva Lang, role: executive, region: dach}
""",
    "labels": "tiers:\n  A: {en: Key account}\n",
    "site": '# The published site. Owner: whoever runs it.\nname: Plans\nsearch: {off: true}\nupgraded_from: "0.1"\n',
}


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    return made_with_0_1(tmp_path / "firm", -1, *CHANGES)


def test_what_differs_stays_with_its_comments_and_what_was_deleted_is_off(firm: Path) -> None:
    (firm / "site_config/tiers.yaml").unlink()  # of what a workspace lacked ours was in force
    assert run(firm, "migrate", "--check").returncode == 1
    assert "fact: 1.0" in files_of(firm)["scoring"]
    done = run(firm, "migrate")
    assert (done.returncode, files_of(firm)) == (0, LEFT)
    assert "site_config/labels.yaml: 2 lines are your own; the rest is as shipped\n" in done.stdout
    again = run(firm, "migrate")
    assert (again.returncode, again.stdout, files_of(firm)) == (0, "", LEFT)


def test_it_means_the_same(firm: Path) -> None:
    run(firm, "migrate")
    after = settings_of(firm)
    assert after.thresholds.retained_profit.cut_off == 300_000
    assert after.scoring.qualification.knock_outs == ("need",)
    assert "mining" not in after.catalogue.industries
    assert list(after.team.people) == ["eva-lang"]
    assert (after.site.name, after.site.search) == ("Plans", None)
    assert after.label("tiers", "A") == "Key account"
    by_id = {rule.id: rule for rule in after.rules.rules}
    assert by_id["executive-sponsor"].off
    assert by_id["website"].level == "warning"


def test_baseline_and_waivers_of_before_hold(firm: Path) -> None:
    baseline = "written: 2026-11-01\ngaps:\n  - {account: harbor, rule: tier-unknown}\n"
    (firm / "gaps.yaml").write_text(baseline)
    with (firm / "site_config/site.yaml").open("a") as site:
        site.write("baseline: gaps.yaml\n")
    run(firm, "migrate")
    lines = run(firm, "check", "--output-format", "concise", *TODAY).stdout
    assert "[contact]" in lines
    assert "[tier-unknown]" not in lines  # known
    assert "[owner]" not in lines  # waived


def test_check_says_that_a_workspace_is_one_of_copies_until_it_is_none(firm: Path) -> None:
    told = run(firm, "check", *TODAY).stderr.splitlines()[-1]
    assert told.endswith(
        "copies of all that is shipped; to keep only what you have changed run: playbook migrate"
    )
    assert "site_config/scoring.yaml" in told
    assert "site_config/team.yaml" not in told
    run(firm, "migrate")
    assert "migrate" not in run(firm, "check", *TODAY).stderr


def test_settings_that_are_none_any_more_are_told_and_taken_away(tmp_path: Path) -> None:
    text = "use: retrofit}"
    assert text in earlier_texts()["catalogue"][0]
    change = ("catalogue", text, "use: spare-parts}")
    root = made_with_0_1(tmp_path / "old", 0, change)
    out = run(root, "migrate").stdout
    assert (
        "site_config/catalogue.yaml: 'offerings.line-retrofit.use' is no setting any more; taken away\n"
        in out
    )


@pytest.mark.parametrize(
    "files",
    [
        {"thresholds": "retained_profit: {mode: absolute, cut_off: 250000}\nhorizon_years: 3\n"},
        {"site": shipped_text("site")},
        {"team": earlier_texts()["team"][-1]},
        {"rules": "rules:\n  - {id: threads, level: error}\n"},
        {"labels": "tiers: {A: {en: Tier A, zh: A级}}\n"},
    ],
    ids=lambda files: next(iter(files)),
)
def test_what_is_laid_over_ours_already_is_left_alone(
    tmp_path: Path, files: dict[str, str]
) -> None:
    for folder in ("playbooks", "site_config"):
        (tmp_path / folder).mkdir()
    for name, text in files.items():
        (tmp_path / f"site_config/{name}.yaml").write_text(text, encoding="utf-8")
    done = run(tmp_path, "migrate")
    assert (done.returncode, done.stdout, files_of(tmp_path)) == (0, "", files)


def test_every_file_has_its_earlier_states() -> None:
    assert set(earlier_texts()) == set(FILES)
    assert all(states for states in earlier_texts().values())
