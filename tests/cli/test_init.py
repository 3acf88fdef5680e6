"""A new workspace: what is written passes the gate and builds, and nothing that is there is lost."""

from __future__ import annotations

import functools
import re
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from generator.outputs.form_schema import schema_text
from generator.read import Workspace
from generator.settings import load_settings
from tests.program import REPOSITORY, run

TODAY = ("--today", "2026-11-23")
SETTINGS = (
    *("audiences", "catalogue", "compliance", "currencies", "labels", "rules", "scoring", "site"),
    *("team", "thresholds", "tiers"),
)
ALWAYS = {
    ".gitignore",
    "playbooks/.gitkeep",
    "site_config/playbook.schema.json",
    *(f"site_config/{name}.yaml" for name in SETTINGS),
}
EXAMPLES = {"playbooks/example-harbor.yaml", "playbooks/example-mill.yaml"}
ADD = "add whoever will own plans, contacts or actions; plans name people by their ids there"
NEXT = (
    f"  git init\n  in site_config/team.yaml: {ADD}\n"
    "  playbook new first-account --tier C\n  playbook check\n  playbook serve\n"
)
UNNAMED = NEXT.replace("add", "write your name and id in place of 'Account manager', add", 1)


def files(root: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git/" not in path.as_posix()
    }


def test_an_empty_folder(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "--name", "Acme", "--currency", "CHF", "--owner", "Anna Bärg")
    assert (done.returncode, done.stderr) == (0, f"next:\n{NEXT}")
    assert set(done.stdout.splitlines()) == ALWAYS == set(files(tmp_path))
    settings = load_settings(Workspace.at(tmp_path))
    assert (settings.site.name, settings.currencies.reporting_currency) == ("Acme", "CHF")
    assert {id: person.name for id, person in settings.team.people.items()} == {
        "anna-barg": "Anna Bärg"
    }
    assert (tmp_path / "site_config/playbook.schema.json").read_text() == schema_text()
    assert run(tmp_path, "check").stderr == "0 playbooks: all clean\n"


@pytest.mark.parametrize("name", ["Ünï & Söns #1: {plans}", "-x", "港口 no", "a'b\"c", "yes"])
def test_any_name_of_a_folder(tmp_path: Path, name: str) -> None:
    done = run(tmp_path, "init", "--owner", name, "--", name)
    assert done.returncode == 0, done.stderr
    settings = load_settings(Workspace.at(tmp_path / name))
    assert settings.site.name == name
    assert [person.name for person in settings.team.people.values()] == [name]
    assert run(tmp_path / name, "check").returncode == 0


def test_the_examples_pass_on_any_day_and_are_in_style(tmp_path: Path) -> None:
    for day in ("2026-11-23", "2027-01-01", "2028-02-29"):
        root = tmp_path / day
        run(tmp_path, "init", day, "--example", "--today", day, "--currency", "USD")
        assert set(files(root)) == ALWAYS | EXAMPLES
        done = run(root, "check", "--today", day, "--strict")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "2 playbooks: all clean\n")
        assert run(root, "fmt", "--check").returncode == 0


def test_the_site_of_a_new_workspace(tmp_path: Path) -> None:
    root = tmp_path / "a firm's"
    run(tmp_path, "init", "a firm's", "--name", "Acme & Co", "--example", *TODAY)
    done = run(root, "build", *TODAY)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "<title>Acme &amp; Co</title>" in (root / "site/404.html").read_text()
    assert (root / "site/accounts/example-harbor.html").is_file()


def test_nobody_of_the_example_is_known_there(tmp_path: Path) -> None:
    run(tmp_path, "init")
    example = yaml.safe_load((REPOSITORY / "site_config/team.yaml").read_text())
    people = "".join(f"  - {{id: {id}, what: x, owner: {id}}}\n" for id in example["people"])
    plan = "schema: 1\naccount: {name: X, status: former}\nsummary: S\nactions:\n"
    (tmp_path / "playbooks/x.yaml").write_text(plan + people)
    told = run(tmp_path, "check", "--output-format", "concise").stdout
    assert len(re.findall(r"error: unknown person .*\[unknown-person\]", told)) == len(
        example["people"]
    )


SWITCHED = r" *(?:- |(?!role:|handle:)[a-zA-Z_-]+:(?: |$))"
"""What a line says that may be switched on, in contrast to a sentence."""


def test_each_line_that_may_be_switched_on_is_right(tmp_path: Path) -> None:
    run(tmp_path, "init", "--example", *TODAY)
    for name in SETTINGS:
        path = tmp_path / "site_config" / f"{name}.yaml"
        text = re.sub(r"^( *)# (?=" + SWITCHED + ")", r"\1", path.read_text(), flags=re.MULTILINE)
        text = text.replace("name: …", "name: Next")
        path.write_text(text)
    for name in ("logo.svg", "favicon.png"):
        (tmp_path / "brand").mkdir(exist_ok=True)
        (tmp_path / "brand" / name).write_text("<svg/>")
    done = run(tmp_path, "check", *TODAY)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    changed = run(tmp_path, "settings", "--changed").stdout
    assert {line.partition(".yaml")[0] for line in changed.splitlines()} == {
        f"site_config/{name}" for name in SETTINGS
    }


def test_what_is_next_is_said_of_the_folder_and_of_whoever_is_not_named(tmp_path: Path) -> None:
    assert run(tmp_path, "init").stderr == f"next:\n{UNNAMED}"
    assert run(tmp_path, "init", "our plans").stderr == f"next:\n  cd 'our plans'\n{UNNAMED}"
    settings = load_settings(Workspace.at(tmp_path))
    assert [person.name for person in settings.team.people.values()] == ["Account manager"]
    # what is in force is what is shipped, until somebody says a currency
    assert settings.documents["currencies"].is_empty
    assert settings.currencies.reporting_currency == "EUR"


def test_in_a_repository_with_files_nothing_is_touched(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    theirs = {
        ".gitignore": "node_modules\n/site\n",
        "site_config/team.yaml": "people:\n  bo: {name: Bo, role: service}\n",
        "README.md": "hello\n",
    }
    for name, text in theirs.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    done = run(tmp_path, "init")
    assert done.returncode == 0
    assert set(done.stdout.splitlines()) == ALWAYS - set(theirs)
    assert done.stderr == (
        "site_config/team.yaml is there and stays as it is\n"
        ".gitignore is there and stays as it is\n"
        "add to .gitignore: /build/ /site-*\nnext:\n" + NEXT.removeprefix("  git init\n")
    )
    assert {name: (tmp_path / name).read_text() for name in theirs} == theirs
    before = files(tmp_path)
    named = run(tmp_path, "init", "--owner", "Anna Berg")
    assert "team.yaml is there and stays as it is; write 'Anna Berg' there yourself" in named.stderr
    assert files(tmp_path) == before
    again = run(tmp_path, "init", "--example", "--ci", "github", *TODAY)
    assert set(again.stdout.splitlines()) == EXAMPLES | {
        ".github/workflows/playbooks.yml",
        ".github/ISSUE_TEMPLATE/plan-change.yml",
        ".github/CODEOWNERS",
        ".github/workflows/publish.yml",
        ".pre-commit-config.yaml",
    }
    assert {name: files(tmp_path)[name] for name in before} == before


@pytest.mark.parametrize(
    ("blocked", "message"),
    [
        ("site_config", "error: site_config is no folder; move it away. Nothing was written\n"),
        (".gitignore/x", "error: .gitignore is a folder; move it away. Nothing was written\n"),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_told_first(tmp_path: Path, blocked: str, message: str) -> None:
    (tmp_path / blocked).parent.mkdir(exist_ok=True)
    (tmp_path / blocked).write_text("mine")
    done = run(tmp_path, "init")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)
    assert files(tmp_path) == {blocked: b"mine"}


def test_where_the_disk_refuses_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    limit = functools.partial(resource.setrlimit, resource.RLIMIT_FSIZE, (9_000, 9_000))
    done = subprocess.run(
        [sys.executable, "-m", "generator", "init", "new/folder"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(REPOSITORY), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert re.fullmatch(
        r"error: cannot write .*: File too large; nothing was written\n", done.stderr
    )
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


LIKE = (
    "write it like https://git.example.com/tools/account-playbooks@"
    "0000000000000000000000000000000000000000"
)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--currency", "euro"), "'euro' is no currency; write three capitals such as EUR"),
        (("--program", "account-playbooks==1.0"), f"--program: '' is no address of a git repository; {LIKE}"),
        (("--program", "https://git.example.com/plans"), f"--program: '' is no address of a git repository; {LIKE}"),
        (("--program", "https://git.example.com/plans@main"), f"--program: 'main' is no whole hash of a commit; {LIKE}"),
        (("--program", "https://git.example.com/plans@0123456"), f"--program: '0123456' is no whole hash of a commit; {LIKE}"),
    ],
)  # fmt: skip
def test_a_wrong_word_writes_nothing(tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    done = run(tmp_path, "init", *words)
    assert (done.returncode, done.stderr) == (2, f"error: {message}\n")
    assert list(tmp_path.iterdir()) == []


COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("host", "path"), [("github", ".github/workflows/playbooks.yml"), ("gitlab", ".gitlab-ci.yml")]
)
def test_a_pipeline_runs_one_commit_of_a_named_repository(
    tmp_path: Path, host: str, path: str
) -> None:
    url = "https://git.acme.example/a/tool.git"
    done = run(tmp_path, "init", "--ci", host, "--program", f"{url}@{COMMIT}")
    assert "git.example.com" not in done.stderr
    text = (tmp_path / path).read_text()
    assert f"PROGRAM: {url}\n" in text
    assert f'PROGRAM_COMMIT: "{COMMIT}"\n' in text
    assert yaml.safe_load(text)
    assert not re.search(r"pip install \"?account-playbooks|git.example.com", text)


def test_without_one_it_says_what_to_write(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "--ci", "gitlab")
    unnamed = "https://git.example.com/tools/account-playbooks"
    assert f"the pipeline names {unnamed}: write there" in done.stderr
    assert f"PROGRAM: {unnamed}\n" in (tmp_path / ".gitlab-ci.yml").read_text()


def test_owners_and_folders_say_who_agrees(tmp_path: Path) -> None:
    run(tmp_path, "init", "--owner", "Bo")
    team = "people:\n  bo: {name: Bo, role: account_manager, handle: bo-at-work}\n  al: {name: Al, role: account_manager}\n  cy: {name: Cy, role: executive, handle: '@acme/leaders'}\n"
    (tmp_path / "site_config/team.yaml").write_text(team)
    plans = {"emea/acme": "bo", "emea/north sea/rig": "al", "solo": "al", "nobody": None}
    for name, owner in plans.items():
        path = tmp_path / "playbooks" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        owned = f", owner: {owner}" if owner else ""
        path.write_text(f"schema: 1\naccount: {{name: X, status: prospect{owned}}}\nsummary: S\n")
    run(tmp_path, "init", "--ci", "gitlab")
    lines = (tmp_path / "CODEOWNERS").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "/playbooks/ @al @bo-at-work",
        "/playbooks/emea/ @bo-at-work",
        "/playbooks/emea/north\\ sea/ @al",
        "/playbooks/emea/acme.yaml @bo-at-work",
        "/playbooks/emea/north\\ sea/rig.yaml @al",
        "/playbooks/solo.yaml @al",
        "/site_config/ @acme/leaders",
    ]


def test_a_team_of_one_owns_its_new_plans(tmp_path: Path) -> None:
    run(tmp_path, "init", "--owner", "Bo Berg")
    run(tmp_path, "new", "acme")
    plan = (tmp_path / "playbooks/acme.yaml").read_text()
    assert "\n  owner: bo-berg\n" in plan
    assert plan.startswith("# yaml-language-server: $schema=../site_config/playbook.schema.json\n")
    assert run(tmp_path, "schema", "--write").stderr.endswith("is up to date\n")


def test_every_command_works_where_settings_are_still_comments(tmp_path: Path) -> None:
    run(tmp_path, "init", "--example", "--ci", "github", "--owner", "Bo Berg", *TODAY)
    git = ("git", "-C", str(tmp_path), "-c", "user.name=B", "-c", "user.email=b@example.com")
    for step in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "begin")):
        subprocess.run([*git, *step], check=True)
    for words in (
        ("check", "--changed-since", "HEAD"),
        ("diff", "HEAD"),
        ("show", "example-harbor"),
        ("explain", "tier", "--account", "example-harbor"),
        ("export", "--format", "csv", "--table", "accounts"),
        ("settings",),
        ("fmt", "--check"),
        ("migrate", "--check"),
        ("person", "export", "bo-berg"),
    ):
        done = run(tmp_path, *words, *TODAY)
        assert (done.returncode, "error" in done.stderr) == (0, False), (words, done)
    erased = run(tmp_path, "person", "erase", "bo-berg", "--dry-run", *TODAY)
    assert "former-1: {name: " in erased.stdout
    assert "has faults" not in erased.stdout + erased.stderr
