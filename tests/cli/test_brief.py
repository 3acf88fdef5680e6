"""`playbook brief`: where the sheets go, what it says, and how it ends."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.site.pdf import BROWSERS
from tests.program import run
from tests.workspace import SMALL_PLAYBOOK, make_workspace

NO_BROWSER = (
    "error: no Chromium for the PDF (looked for chromium-headless-shell, chromium,"
    " chromium-browser, google-chrome):"
    " install one, or write the page itself with --html\n"
)

SITE = "name: Sample\ndescription: A sample.\nlanguage: {language}\nattention: 8\n"
TRANSLATIONS = """\
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "{name}: meeting brief"
msgstr "{name}：会前简报"
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(
        tmp_path / "plans",
        {
            "playbooks/emea/harbor.yaml": SMALL_PLAYBOOK,
            "playbooks/acme.yaml": SMALL_PLAYBOOK.replace("Harbor Logistics", "Acme"),
            "playbooks/broken.yaml": "schema: 1\naccount: {name: Broken\n",
        },
    )


def brief(root: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run(root, "--today", "2026-11-23", "brief", *words, **environment)


@pytest.fixture
def no_browser(tmp_path: Path) -> str:
    """A PATH with git and without any browser."""
    folder = tmp_path / "bin"
    folder.mkdir()
    git = shutil.which("git")
    assert git
    (folder / "git").symlink_to(git)
    return str(folder)


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ([], ["brief-portfolio.html"]),
        (["harbor"], ["brief-harbor.html"]),
        (["harbor", "acme", "harbor"], ["brief-acme.html", "brief-harbor.html"]),
        (["harbor", "--output", "mine.html"], ["mine.html"]),
        (["--output", "all.html"], ["all.html"]),
    ],
)
def test_pages_need_no_browser(
    workspace: Path, no_browser: str, words: list[str], made: list[str]
) -> None:
    done = brief(workspace, "--html", *words, PATH=no_browser)
    assert (done.returncode, done.stdout) == (0, "")
    assert sorted(path.name for path in workspace.glob("*.html")) == made
    sizes = {name: len((workspace / name).read_bytes()) for name in made}
    assert sorted(done.stderr.splitlines()) == [
        f"wrote {name}: {size:,} bytes" for name, size in sizes.items()
    ]


def test_several_go_into_a_folder(workspace: Path, no_browser: str) -> None:
    (workspace / "sheets").mkdir()
    words = ["harbor", "acme", "--html", "--output", "sheets"]
    assert brief(workspace, *words, PATH=no_browser).returncode == 0
    assert sorted(path.name for path in (workspace / "sheets").iterdir()) == [
        "brief-acme.html",
        "brief-harbor.html",
    ]


def test_without_a_browser_there_is_one_clear_line(workspace: Path, no_browser: str) -> None:
    done = brief(workspace, "harbor", PATH=no_browser)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", NO_BROWSER)
    assert list(workspace.glob("brief*")) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["harbour"], "error: there is no account 'harbour'; did you mean 'harbor'?\n"),
        (["broken"], "error: playbooks/broken.yaml cannot be read; playbook check says why\n"),
        (
            ["harbor", "--output", "no/such.html"],
            "error: cannot write no/such.html: No such file or directory\n",
        ),
        (
            ["harbor", "--output", "playbooks/harbor.html"],
            "error: playbooks/harbor.html lies among your plans and settings; write it elsewhere\n",
        ),
    ],
)
def test_what_cannot_be_done_is_said(workspace: Path, words: list[str], message: str) -> None:
    done = brief(workspace, "--html", *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)


@pytest.mark.parametrize(
    ("site", "words", "language", "title"),
    [
        ("en", [], "en", "Harbor Logistics: meeting brief"),
        ("en", ["--lang", "zh"], "zh", "Harbor Logistics：会前简报"),
        ("zh", [], "zh", "Harbor Logistics：会前简报"),
        ("zh", ["--lang", "en"], "en", "Harbor Logistics: meeting brief"),
    ],
)
def test_it_speaks_the_language_of_the_site_or_the_one_that_is_asked_for(
    workspace: Path, site: str, words: list[str], language: str, title: str
) -> None:
    (workspace / "site_config/zh.po").write_text(TRANSLATIONS, encoding="utf-8")
    (workspace / "site_config/site.yaml").write_text(SITE.format(language=site), encoding="utf-8")
    done = brief(workspace, "--html", "harbor", *words)
    assert done.returncode == 0, done.stderr
    html = (workspace / "brief-harbor.html").read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in html
    assert f"<title>{title}</title>" in html


def test_both_languages_at_once_are_two_briefs(workspace: Path) -> None:
    done = brief(workspace, "--html", "harbor", "--lang", "both")
    assert done.returncode == 2
    assert "'both' is not one of 'en', 'zh'" in done.stderr


def test_those_outside_get_no_brief(workspace: Path) -> None:
    done = brief(workspace, "harbor", "--audience", "customer")
    assert done.returncode == 2
    assert "'customer' is not one of 'internal', 'account_team', 'restricted'" in done.stderr


def test_an_edition_holds_less_and_no_revision(workspace: Path) -> None:
    (workspace / "playbooks/broken.yaml").unlink()
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *words], cwd=workspace, check=True, env={**os.environ})
    assert brief(workspace, "--html", "harbor").returncode == 0
    assert "revision" in (workspace / "brief-harbor.html").read_text()
    words = ["--html", "harbor", "--audience", "internal"]
    assert brief(workspace, *words).returncode == 0
    assert "revision" not in (workspace / "brief-harbor.html").read_text()


def test_a_pdf_is_written_whole_and_nothing_is_left_beside_it(workspace: Path) -> None:
    before = {path.name for path in workspace.iterdir()}
    done = brief(workspace, "harbor", "--output", "harbor.pdf")
    assert done.returncode == 0, done.stderr
    content = (workspace / "harbor.pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    assert {path.name for path in workspace.iterdir()} - before == {"harbor.pdf"}
    assert done.stderr == f"wrote harbor.pdf: {len(content):,} bytes\n"


def test_a_browser_that_makes_nothing_is_told(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / BROWSERS[0]).write_text("#!/bin/sh\necho cannot open display >&2\nexit 1\n")
    (folder / BROWSERS[0]).chmod(0o755)
    done = brief(workspace, "harbor", PATH=f"{folder}:/usr/bin:/bin")
    assert (done.returncode, done.stderr) == (
        2,
        f"error: {BROWSERS[0]} made no PDF: cannot open display\n",
    )
    assert list(workspace.glob("*brief*")) == []
