"""Switching the gate on with half-filled plans: known gaps, and what a change touches."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from generator.problems import Problem
from generator.rules.gate.baseline import Baseline, GapIdentity, baseline_text, split
from tests import program
from tests.history import History, git

TODAY = "2026-11-23"
REPOSITORY = Path(__file__).parents[2]
RULES = """\
rules:
  - off: true
  - id: owner
    level: error
    title: Somebody owns it
    holds: {present: account.owner}
    message: "nobody owns this account"
    reason: Somebody must.
  - id: contact
    level: error
    holds: {present: relationship.contacts}
    message: "no contact"
    reason: Somebody to talk with.
  - id: size
    level: warning
    holds: {present: account.size}
    message: "no size"
    reason: A sample.
  - id: action-overdue
    level: error
    always: 'true'
    holds: {none: {in: actions, where: {due: {before: today}, done_on: {present: 'false'}}}}
    message: "action '{entry}' was due on {value}"
    reason: A sample.
"""
BARE = "schema: 1\naccount: {name: %s, status: prospect}\nsummary: A sample.\n"
OVERDUE = "actions:\n  - {id: call, part: R4, what: Call, owner: kim-larsen, due: 2026-11-22}\n"
BASELINE = """\
# Gaps that were there when the gate was switched on: they pass, new ones fail.
# Written by `playbook check --write-baseline`. May get shorter; a change that adds to it fails.
written: 2026-11-23
gaps:
  - {account: alpha, rule: contact, entry: contacts}
  - {account: alpha, rule: owner, entry: owner}
  - {account: alpha, rule: size, entry: size}
  - {account: beta, rule: contact, entry: contacts}
  - {account: beta, rule: owner, entry: owner}
  - {account: beta, rule: size, entry: size}
"""


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return program.run(folder, "--today", TODAY, *words)


def check(folder: Path, *words: str) -> tuple[int, str, str]:
    done = run(folder, "check", "--output-format", "concise", *words)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def history(tmp_path: Path) -> History:
    repo = History(tmp_path)
    repo.commit(
        {
            "playbooks/alpha.yaml": BARE % "Alpha",
            "playbooks/beta.yaml": BARE % "Beta",
            "site_config/rules.yaml": RULES,
            ".gitignore": "site\nsite-*\nbuild\n",
        }
    )
    return repo


def test_written_green_and_red_at_one_new_gap(history: History) -> None:
    folder = history.folder
    assert check(folder)[0] == 1
    assert check(folder, "--write-baseline") == (
        0,
        "",
        (
            "playbooks-baseline.yaml: 6 known gaps of 2 accounts\n"
            "so that check and build use it, add to site_config/site.yaml:"
            " baseline: playbooks-baseline.yaml\n"
            "2 playbooks: nothing new; 6 known gaps let pass\n"
        ),
    )
    file = folder / "playbooks-baseline.yaml"
    assert file.read_text() == BASELINE
    green = (0, "", "2 playbooks: nothing new; 6 known gaps let pass\n")
    assert check(folder, "--baseline", str(file)) == green
    assert check(folder, "--baseline", str(file), "--strict") == green
    history.write({"playbooks/gamma.yaml": BARE % "Gamma"})
    assert check(folder, "--baseline", str(file)) == (
        1,
        (
            "playbooks/gamma.yaml:2:1: error: fill in account.owner; less urgent: account.size"
            " [owner, size]\n"
            "playbooks/gamma.yaml:1:1: error: fill in relationship.contacts: no contact [contact]\n"
        ),
        "2 errors, 1 warning in 1 of 3 playbooks, told in 2 groups; 6 known gaps let pass\n",
    )


def test_lines_do_not_count_and_mended_gaps_are_told(history: History) -> None:
    history.write({"playbooks-baseline.yaml": BASELINE})
    owned = BARE.replace("prospect", "prospect, owner: kim-larsen")
    history.write({"playbooks/beta.yaml": "# a line more\n\n" + owned % "Beta"})
    assert check(history.folder, "--baseline", "playbooks-baseline.yaml") == (
        0,
        "",
        (
            "2 playbooks: nothing new; 5 known gaps let pass;"
            " 1 of the baseline mended, write it anew\n"
        ),
    )
    # of some paths only, the rest may be mended or not
    assert check(history.folder, "--baseline", "playbooks-baseline.yaml", "playbooks/beta.yaml")[
        2
    ] == ("1 playbook: nothing new; 2 known gaps let pass\n")


def test_what_has_run_out_and_wrong_form_are_never_taken_in(history: History) -> None:
    broken = BARE.replace("prospect", "prospect, owner: nobody-here")
    history.write(
        {"playbooks/alpha.yaml": BARE % "Alpha" + OVERDUE, "playbooks/beta.yaml": broken % "Beta"}
    )
    code, output, _ = check(history.folder, "--write-baseline")
    assert (code, output) == (
        1,
        (
            "playbooks/alpha.yaml:5:62: error: action 'call' was due on 2026-11-22 [action-overdue]\n"
            "playbooks/beta.yaml:2:48: error: unknown person 'nobody-here';"
            " known: kim-larsen, li-wei, ana-ruiz; to add it, write"
            " 'nobody-here: {name: Nobody Here, role: sales_manager}' under 'people:' in"
            " site_config/team.yaml [unknown-person]\n"
        ),
    )
    written = (history.folder / "playbooks-baseline.yaml").read_text()
    assert "overdue" not in written
    assert "unknown" not in written


def test_two_alike_need_two() -> None:
    gap = Problem(
        path="a.yaml", line=1, column=1, level="error", rule="owner", message="", account="a"
    )
    second = replace(gap, line=7)
    counts = Counter({GapIdentity(account="a", rule="owner", entry=""): 1})
    day = datetime.date(2026, 11, 1)
    of_one = split((gap, second), Baseline(written=day, counts=counts))
    assert (of_one.known, of_one.new, of_one.mended.total()) == ((gap,), (second,), 0)
    of_two = split((gap, second), Baseline(written=day, counts=counts + counts))
    assert (of_two.known, of_two.new) == ((gap, second), ())
    of_three = split((gap,), Baseline(written=day, counts=counts + counts + counts))
    assert (of_three.known, of_three.mended.total()) == ((gap,), 2)
    text = baseline_text((gap, second), day)
    assert text.endswith("gaps:\n  - {account: a, rule: owner, count: 2}\n")
    assert baseline_text((), day).endswith("written: 2026-11-01\ngaps: []\n")


def test_site_yaml_names_it_for_check_and_build(history: History) -> None:
    history.write(
        {
            "playbooks-baseline.yaml": BASELINE,
            "site_config/site.yaml": (
                "name: Sample\ndescription: A sample.\nlanguage: en\nattention: 8\n"
                "baseline: playbooks-baseline.yaml\n"
            ),
        }
    )
    folder = history.folder
    assert check(folder)[0] == 0
    built = run(folder, "build")
    assert built.returncode == 0, built.stderr
    page = (folder / "site/portfolio/gaps.html").read_text(encoding="utf-8")
    assert "6 gaps written down on 23 Nov 2026, none mended yet." in unescape(page)
    history.write({"playbooks/gamma.yaml": BARE % "Gamma"})
    assert run(folder, "build").returncode == 1
    history.write({"site_config/site.yaml": (folder / "site_config/site.yaml").read_text()})
    outside = (folder / "site_config/site.yaml").read_text().replace(": playbooks-b", ": ../b")
    history.write({"site_config/site.yaml": outside})
    assert check(folder) == (
        2,
        "",
        "error: the baseline ../baseline.yaml of site.yaml lies outside the workspace\n",
    )


MISTAKES = (
    ("gaps: []", "1:1", "'written' is missing; every baseline needs it", "missing-field"),
    (
        "written: 2026-11-23\ngaps:\n  - {account: alpha, rule: owners}",
        "3:28",
        "no rule 'owners'; did you mean 'owner'?",
        "baseline-entry",
    ),
    (
        "written: 2026-11-23\ngaps:\n  - {account: alpha, rule: action-overdue, entry: call}",
        "3:28",
        "'action-overdue' is asked always; mend it in the plan and delete this line",
        "baseline-entry",
    ),
    (
        "written: 2026-11-23\ngaps:\n  - {account: a, rule: owner}\n  - {account: a, rule: owner}",
        "4:5",
        "this gap stands here already; write 'count: 2' for two alike",
        "baseline-entry",
    ),
)


@pytest.mark.parametrize(("text", "place", "message", "rule"), MISTAKES)
def test_mistakes_in_the_file(
    history: History, text: str, place: str, message: str, rule: str
) -> None:
    history.write({"known.yaml": f"{text}\n"})
    assert check(history.folder, "--baseline", "known.yaml") == (
        2,
        f"known.yaml:{place}: error: {message} [{rule}]\n",
        "error: the baseline has 1 error\n",
    )


def test_no_file_and_no_place_to_write(history: History) -> None:
    assert check(history.folder, "--baseline", "none.yaml") == (
        2,
        "",
        "error: there is no baseline none.yaml; write it with `playbook check --write-baseline`\n",
    )
    history.write({"taken": "a file\n"})
    code, _, errors = check(history.folder, "--baseline", "taken/known.yaml", "--write-baseline")
    assert code == 2
    assert "taken" in errors
    assert "Traceback" not in errors


def test_a_change_may_not_add_to_it(history: History) -> None:
    began = history.commit({"playbooks-baseline.yaml": BASELINE})
    more = "  - {account: gamma, rule: owner, entry: owner}\n"
    history.commit(
        {
            "playbooks/gamma.yaml": BARE % "Gamma",
            "playbooks-baseline.yaml": BASELINE + more,
        }
    )
    words = ("--baseline", "playbooks-baseline.yaml", "--changed-since", began)
    assert check(history.folder, *words) == (
        1,
        (
            "playbooks-baseline.yaml:11:5: error: this change adds 'owner' of 'gamma' to the known"
            " gaps; mend it in the plan instead [baseline-grown]\n"
            "playbooks/gamma.yaml:2:1: error: fill in account.owner; less urgent: account.size"
            " [owner, size]\n"
            "playbooks/gamma.yaml:1:1: error: fill in relationship.contacts: no contact [contact]\n"
        ),
        "3 errors, 1 warning in 2 of 1 playbook looked at, of 3, told in 3 groups\n",
    )
    # shorter is what it is for
    shorter = BASELINE.replace("  - {account: beta, rule: size, entry: size}\n", "")
    history.commit({"playbooks/gamma.yaml": None, "playbooks-baseline.yaml": shorter})
    assert check(history.folder, *words)[0] == 0


def test_only_what_a_change_touches(history: History) -> None:
    began = git(history.folder, "rev-parse", "HEAD")
    assert check(history.folder, "--changed-since", "HEAD") == (
        0,
        "",
        "0 playbooks looked at, of 2: all clean\n",
    )
    history.write({"playbooks/beta.yaml": BARE % "Beta" + "# a comment\n"})
    code, output, _ = check(history.folder, "--changed-since", began)
    assert {line.split(":")[0] for line in output.splitlines()} <= {"playbooks/beta.yaml"}
    # a child of a group, though only its parent is edited
    child = BARE.replace("prospect", "prospect, parent: alpha")
    began = history.commit({"playbooks/beta.yaml": child % "Beta"})
    history.write({"playbooks/alpha.yaml": BARE % "Alpha & Sons"})
    code, output, _ = check(history.folder, "--changed-since", began)
    assert code == 1
    assert {line.split(":")[0] for line in output.splitlines()} == {
        "playbooks/alpha.yaml",
        "playbooks/beta.yaml",
    }
    # all, when the team asks for something else
    git(history.folder, "checkout", "--quiet", ".")
    history.write({"site_config/rules.yaml": RULES.replace("no contact", "nobody there")})
    code, output, errors = check(history.folder, "--changed-since", began)
    assert output.count("nobody there") == 2
    assert errors == "4 errors, 2 warnings in 2 of 2 playbooks, told in 4 groups\n"


def test_hostile_and_wrong_revisions(history: History) -> None:
    for name in ("--output=x", "-p", "main\nx", "nowhere"):
        code, _, errors = check(history.folder, f"--changed-since={name}")
        assert code == 2
        assert errors.startswith("error: ")
        assert errors.count("\n") == 1
    assert not (history.folder / "x").exists()
    code, _, errors = check(history.folder, "--changed-since", "HEAD", "--write-baseline")
    assert (code, errors.splitlines()[-1]) == (
        2,
        "Error: --write-baseline takes in all playbooks: leave PATHS and REV out",
    )


@pytest.mark.practice_data
def test_the_imported_accounts(tmp_path: Path, practice_data: Path) -> None:
    (tmp_path / "playbooks").mkdir()
    shutil.copytree(REPOSITORY / "site_config", tmp_path / "site_config")
    mapping = REPOSITORY / "generator/defaults/mappings/maven.yaml"
    assert run(tmp_path, "import", str(practice_data), "--mapping", str(mapping)).returncode == 0
    code, _, errors = check(tmp_path)
    assert (code, errors) == (1, "2,125 errors, 834 warnings in 85 of 85 playbooks\n")
    assert check(tmp_path, "--write-baseline")[0] == 0
    known = ("--baseline", "playbooks-baseline.yaml")
    green = "85 playbooks: nothing new; 2,959 known gaps let pass\n"
    assert check(tmp_path, *known) == (0, "", green)
    file = tmp_path / "playbooks/maven/acme-corporation.yaml"
    lines = len(file.read_text().splitlines())
    file.write_text(file.read_text() + OVERDUE)
    assert check(tmp_path, *known) == (
        1,
        (
            f"playbooks/maven/acme-corporation.yaml:{lines + 2}:62: error: action 'call' was due on"
            " 2026-11-22; set done_on, or a new due day [action-overdue]\n"
        ),
        "1 error, 0 warnings in 1 of 85 playbooks; 2,959 known gaps let pass\n",
    )


@pytest.mark.parametrize("count", [350, pytest.param(1000, marks=pytest.mark.full)])
def test_a_baseline_of_many_accounts_works_by_the_commands_own_words(
    tmp_path: Path, count: int
) -> None:
    """Fifty gaps an account: past 1 MB and 100,000 values, at which other files are refused."""
    bare = "schema: 1\naccount: {{name: Account {0}, status: customer, planned_tier: A}}\nsummary: S.\n"
    site = (REPOSITORY / "generator/defaults/site.yaml").read_text(encoding="utf-8")
    repo = History(tmp_path)
    plans = {f"playbooks/account-{n:04}.yaml": bare.format(n) for n in range(count)}
    repo.write({**plans, "site_config/site.yaml": site})
    written = run(repo.folder, "check", "--write-baseline")
    place, advice, last = written.stderr.splitlines()
    assert written.returncode == 0
    assert place == f"playbooks-baseline.yaml: {50 * count:,} known gaps of {count:,} accounts"
    assert last == f"{count:,} playbooks: nothing new; {50 * count:,} known gaps let pass"
    assert (repo.folder / "playbooks-baseline.yaml").stat().st_size > 1_000_000
    file, _, line = advice.removeprefix("so that check and build use it, add to ").partition(": ")
    repo.write({file: f"{site}{line}\n"})
    # read from the disk, and as it was in the commit by which a change is measured
    repo.commit({})
    repo.write({"playbooks/account-0000.yaml": bare.format("Zero").replace("tier: A", "tier: B")})
    code, _, told = check(repo.folder, "--changed-since", "HEAD")
    assert (code, told.splitlines()[-1]) == (
        0,
        f"1 playbook looked at, of {count:,}: nothing new; 33 known gaps let pass",
    )
