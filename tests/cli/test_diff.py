"""`playbook diff` as a shell runs it: the words, the formats, what is refused."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.compare.plans import acme
from tests.history import History, git
from tests.program import run

TODAY = "2026-11-23"
REPOSITORY = Path(__file__).parents[2]
THRESHOLDS = (REPOSITORY / "generator/defaults/thresholds.yaml").read_text(encoding="utf-8")


def diff(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "--today", TODAY, "diff", *words)


@pytest.fixture
def history(tmp_path: Path) -> History:
    repo = History(tmp_path)
    repo.commit(
        {
            "playbooks/acme.yaml": acme(),
            "playbooks/other.yaml": acme(name="Other", share="0.14"),
            "site_config/thresholds.yaml": THRESHOLDS,
            "site_config/rules.yaml": "rules: [{off: true}]\n",
        }
    )
    return repo


def short(history: History, revision: str = "HEAD") -> str:
    return git(history.folder, "rev-parse", revision)[:9]


def test_a_verdict_with_its_because(history: History) -> None:
    history.write({"playbooks/acme.yaml": acme(share="0.2")})
    done = diff(history.folder, "HEAD")
    assert (done.returncode, done.stderr) == (0, "")
    # 1,000,000 · 0.15 · 0.5 a year and three times that; of twelve changes by a fifth three lift
    # 225,000 over the limit, four take 300,000 below it (retention too: 100,000 · 2.44); the other
    # account has 210,000, and 70,000 a year
    assert (
        done.stdout
        == f"""\
HEAD ({short(history)}) to now: 1 account changed

The whole portfolio:
  accounts of tier A: 0 to 1 (+1)
  expected profit of customers of tier A: none to 300 k EUR (+300 k EUR)
  accounts of tier C: 2 to 1 (−1)
  expected profit of customers of tier C: 435 k EUR to 210 k EUR (−225 k EUR)
  contribution a year of customers: 145 k EUR to 170 k EUR (+25 k EUR)
  expected profit of customers: 435 k EUR to 510 k EUR (+75 k EUR)

Acme (playbooks/acme.yaml)
  tier C to A, profit row low to high, maintain selectively to all-out, \
current course selectively to all-out, relationship stage to aim for Customer–Promoter to Recommender–Partner, because \
attainable share 0.15 to 0.2 lifts expected profit over 250,000 EUR
  numbers: stability of the cell 75 % to 67 %; attainable profit 75 k EUR a year to 100 k EUR a year (67 k–133 k); \
expected profit 225 k EUR to 300 k EUR (186 k–400 k); attainable contribution 75 k EUR a year to 100 k EUR a year (67 k–133 k); \
service budget 3 k EUR a year to 8 k EUR a year (5.3 k–11 k)
  edited: attainable share 0.15 to 0.2
"""
    )


def test_nothing_changed(history: History) -> None:
    history.commit({"readme.txt": "x"})
    done = diff(history.folder, "HEAD~1", "HEAD")
    assert done.stdout == (
        f"HEAD~1 ({short(history, 'HEAD~1')}) to HEAD ({short(history)}):"
        " Nothing changed in meaning\n"
    )


def test_an_edit_that_moves_nothing_is_named(history: History) -> None:
    history.write({"playbooks/acme.yaml": acme(more=", website: https://acme.example")})
    done = diff(history.folder, "HEAD")
    assert done.stdout.endswith(
        "\nEdited, and no number or verdict moved:\n  Acme: website set to https://acme.example\n"
    )


def test_settings_are_told_apart_with_all_accounts_they_move(history: History) -> None:
    history.write(
        {
            "playbooks/other.yaml": acme(name="Other", share="0.15"),
            "site_config/thresholds.yaml": THRESHOLDS.replace("250000", "220000"),
        }
    )
    report = json.loads(diff(history.folder, "HEAD", "--output-format", "json").stdout)
    assert report["summary"] == ("1 account changed; 1 setting changed, which moves 2 accounts")
    assert [
        (setting["file"], setting["line"], setting["field"], setting["before"], setting["after"])
        for setting in report["settings"]
    ] == [("site_config/thresholds.yaml", 8, "retained_profit.cut_off", "250000", "220000")]
    tiers = {
        account["id"]: (figure["before"], figure["after"], figure["because"][0]["field"])
        for account in report["by_settings"]
        for figure in account["figures"]
        if figure["key"] == "tier"
    }
    assert tiers == {
        "acme": ("C", "A", "retained_profit.cut_off"),
        "other": ("C", "A", "retained_profit.cut_off"),
    }
    assert [account["id"] for account in report["by_plans"]] == ["other"]
    assert "tier" not in [figure["key"] for figure in report["by_plans"][0]["figures"]]


def test_findings_new_and_gone(history: History) -> None:
    history.commit({"playbooks/acme.yaml": acme(more=", owner: nobody")})
    history.write({"playbooks/acme.yaml": acme(more=", industry: weaving")})
    done = diff(history.folder, "HEAD")
    assert (
        "  new finding: playbooks/acme.yaml:2:73: error: unknown industry 'weaving'; known: logistics, shipping, energy;"
        " to add it, write 'weaving: {label: {en: Weaving}}' under 'industries:' in"
        " site_config/catalogue.yaml [unknown-industry]\n"
    ) in done.stdout
    assert (
        "  no longer found: unknown person 'nobody'; delete the line if there is none [unknown-person]\n"
        in done.stdout
    )
    assert "1 finding new, 1 gone" in done.stdout


def test_markdown_is_safe_and_links_to_pages(history: History) -> None:
    name = "'<b>@all</b> [x](y) #1 |'"
    history.write({"playbooks/acme.yaml": acme(name=name, share="0.2")})
    done = diff(
        history.folder, "HEAD", "--output-format", "markdown", "--site", "https://plans.example/p/"
    )
    lines = done.stdout.splitlines()
    assert lines[0] == f"**1 account changed** (HEAD \\({short(history)}\\) to now)"
    assert lines[2] == "#### The whole portfolio"
    account = lines.index("", 4) + 1
    assert lines[account] == (
        r"#### [\<b\>&#64;all\</b\> \[x\]\(y\) &#35;1 \|]"
        "(https://plans.example/p/accounts/acme.html)"
    )
    assert lines[account + 2].startswith("- tier C to A, ")


def test_a_comment_stays_within_the_limit_of_hosts(history: History) -> None:
    history.commit({f"playbooks/a{number}.yaml": acme(name=f"A{number}") for number in range(150)})
    history.write(
        {f"playbooks/a{number}.yaml": acme(name=f"A{number}", share="0.2") for number in range(150)}
    )
    done = diff(history.folder, "HEAD", "--output-format", "markdown")
    assert len(done.stdout) < 65_536
    shown = done.stdout.count("\n#### ") - 1  # the first is the whole portfolio
    assert done.stdout.endswith(f"\n…and {150 - shown} more; `playbook diff` shows all.\n")
    assert 50 < shown < 150


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--", "--output=x"], "error: '--output=x' is no revision: none begins with a hyphen"),
        (["--", "-p"], "error: '-p' is no revision: none begins with a hyphen"),
        (["a\nb"], "error: 'a\N{REPLACEMENT CHARACTER}b' is no revision; give a branch, a tag or"),
        (["HEAD", "HEAD\n--output=x"], "error: 'HEAD\N{REPLACEMENT CHARACTER}--output=x' is no"),
        (["HEAD..HEAD"], "error: 'HEAD..HEAD' is a range; write its two ends apart"),
        (["--output=x"], "No such option '--output'"),
        (["HEAD", "--site", "javascript:alert(1)"], "write it like https://plans.example.com"),
    ],
)
def test_hostile_words_are_refused_and_nothing_is_written(
    history: History, words: list[str], message: str
) -> None:
    before = sorted(history.folder.rglob("*"))
    done = diff(history.folder, *words)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert sorted(history.folder.rglob("*")) == before


def test_a_setting_that_is_as_shipped_again_is_told_where_it_is_shipped(history: History) -> None:
    own = "site_config/thresholds.yaml"
    history.commit({own: "retained_profit: {cut_off: 220000}\n"})
    (history.folder / own).unlink()
    lines = diff(history.folder, "HEAD").stdout.splitlines()
    assert [line for line in lines if "thresholds.yaml" in line] == [
        "  account-playbooks/thresholds.yaml:8: retained_profit.cut_off 220,000 to 250,000"
    ]


def test_settings_with_mistakes_are_findings(history: History) -> None:
    history.commit({"site_config/tiers.yaml": "cells: ["})
    history.write({"site_config/tiers.yaml": None})
    done = diff(history.folder, "HEAD")
    assert done.returncode == 2
    assert done.stderr == (
        "error: site_config of HEAD has 1 error\n"
        "the plans were not compared: that needs settings without mistakes on both sides\n"
    )
    assert done.stdout.startswith("site_config/tiers.yaml:")


def test_words_that_come_and_go_and_names_with_their_section(history: History) -> None:
    deal = (
        "evidence: {grade: estimate, as_of: 2026-11-01, source: a}, mode: score,"
        " values: {product: {score: %s, weight: 1}}"
    )
    history.commit({"playbooks/acme.yaml": acme(sections=f"value: {{{deal % 3}}}\n")})
    edited = deal.replace("2026-11-01, source: a", "2026-11-02, source: b") % 4
    market = (
        "environment: {macro: [], market: [{factor: customer, statement: They go to sea,"
        " impact: 3}]}\n"
    )
    history.write({"playbooks/acme.yaml": acme(sections=f"value: {{{edited}}}\n{market}")})
    text = diff(history.folder, "HEAD").stdout
    assert "first known: opportunities They go to sea" in text
    edits = "values product: score 3 to 4; country and world set to none; their market added (1)"
    assert f"edited: {edits}; evidence of value\n" in text
    both = market.replace("}]}", "}, {factor: customer, statement: They grow, impact: 2}]}")
    history.commit({"playbooks/acme.yaml": acme(sections=market)})
    history.write({"playbooks/acme.yaml": acme(sections=both)})
    text = diff(history.folder, "HEAD").stdout
    assert "  opportunities: new They grow, because their market edited (1 entry to 2)\n" in text
    history.commit({})
    history.write({"playbooks/acme.yaml": acme(sections=market)})
    assert "  opportunities: no longer They grow, " in diff(history.folder, "HEAD").stdout


def test_what_is_known_for_the_first_time_has_its_own_line(history: History) -> None:
    """No 'not known before' behind each, no list with nothing in it, causes only by section."""
    history.commit({"playbooks/acme.yaml": acme()})
    front = "environment: {front_line: [{statement: They answer, impact: 3, as_of: 2026-11-01}]}\n"
    history.write({"playbooks/acme.yaml": acme() + front})
    text = diff(history.folder, "HEAD").stdout
    line = next(row for row in text.splitlines() if row.startswith("  first known: "))
    assert line.startswith("  first known: front line 3; ")
    assert "weaknesses" not in line
    assert "not known before" not in text


def test_what_others_did_since_is_no_change_of_mine(history: History) -> None:
    """On a branch: `main` has gone on, and stands apart as a revision of its own alone."""
    begun = short(history)
    git(history.folder, "checkout", "--quiet", "-b", "mine")
    history.commit({"playbooks/acme.yaml": acme(share="0.2")})
    git(history.folder, "checkout", "--quiet", "main")
    theirs = history.commit({"playbooks/other.yaml": acme(name="Other", share="0.3")})[:9]
    git(history.folder, "checkout", "--quiet", "mine")
    done = diff(history.folder, "main")
    assert done.returncode == 0
    assert done.stdout.startswith(f"{begun}, where main parts to now: 1 account changed\n")
    assert "Other" not in done.stdout
    both = diff(history.folder, "main", "mine")
    assert both.stdout.startswith(f"main ({theirs}) to mine ({short(history)}): 2 accounts changed")
    git(history.folder, "checkout", "--quiet", "--orphan", "alone")
    git(history.folder, "commit", "--quiet", "--message", "alone")
    refused = diff(history.folder, "main")
    assert (refused.returncode, refused.stderr) == (
        2,
        "error: main and HEAD have no commit in common\n",
    )
