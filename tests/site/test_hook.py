"""Builds by hand after `playbook render` give whole pages."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.pages.brand import Brand
from generator.site import write_pages
from tests.site.trees import tree


def by_hand(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
    )


@pytest.fixture
def checkout(tmp_path: Path, repository: Path) -> Path:
    """A workspace as this repository is one: with mkdocs.yml and the program beside it."""
    shutil.copy(repository / "mkdocs.yml", tmp_path)
    (tmp_path / "generator").symlink_to(repository / "generator")
    return tmp_path


def test_with_the_configuration_of_a_checkout(checkout: Path) -> None:
    assert write_pages(tree(body="<p>by hand</p>"), root=checkout) == checkout / "mkdocs.yml"
    assert by_hand(checkout, "--strict").stderr == ""
    for name in ("index", "accounts/account-1"):
        html = (checkout / "build" / "mkdocs" / f"{name}.html").read_text()
        assert "<p>by hand</p>" in html
        assert "data-fragment" not in html
    framed = (checkout / "build" / "mkdocs" / "accounts" / "account-1" / "numbers.html").read_text()
    assert "<title>A &amp; B: all - Account Playbooks</title>" in framed
    assert "<h1 id=page>All</h1>" in framed
    assert not (checkout / "build" / "mkdocs" / "frames").exists()


def test_its_list_of_pages_has_those_in_frames(tmp_path: Path, repository: Path) -> None:
    brand = Brand(
        name="Plans", description="", site_url="https://x.example/", logo=None, favicon=None
    )
    config = write_pages(dataclasses.replace(tree(1), brand=brand), root=tmp_path)
    done = by_hand(tmp_path, "-f", str(config), PYTHONPATH=str(repository))
    assert (done.returncode, done.stderr) == (0, "")
    listed = (tmp_path / "build" / "mkdocs" / "sitemap.xml").read_text()
    assert "<loc>https://x.example/accounts/account-0/numbers.html</loc>" in listed
    assert "frames" not in listed


@pytest.mark.parametrize("own", [False, True], ids=["no configuration", "only mkdocs.yml"])
def test_where_the_program_is_installed_elsewhere(
    tmp_path: Path, repository: Path, own: bool
) -> None:
    root = tmp_path / "a workspace"
    root.mkdir()
    if own:
        text = (repository / "mkdocs.yml").read_text(encoding="utf-8")
        (root / "mkdocs.yml").write_text(text.replace("site_name: Acc", "site_name: Our acc"))
    config = write_pages(tree(body="<p>by hand</p>"), root=root)
    assert config == root / "build" / "by-hand.yml"
    done = by_hand(tmp_path, "-f", str(config), PYTHONPATH=str(repository))
    assert (done.returncode, done.stderr) == (0, "")
    html = (root / "build" / "mkdocs" / "index.html").read_text()
    assert "<p>by hand</p>" in html
    assert "data-fragment" not in html
    assert ("Our account Playbooks" in html) == own


def test_the_hook_leaves_the_pages_when_it_is_told_to(checkout: Path) -> None:
    write_pages(tree(body="<p>by hand</p>"), root=checkout)
    assert by_hand(checkout, PLAYBOOK_SPLICES="1").returncode == 0
    html = (checkout / "build" / "mkdocs" / "index.html").read_text()
    assert '<div data-fragment="body"></div>' in html


def test_a_page_whose_fragments_are_gone_is_one_line(checkout: Path) -> None:
    write_pages(tree(), root=checkout)
    (checkout / "build" / "fragments" / "index.md.json").unlink()
    done = by_hand(checkout)
    assert done.returncode == 1
    assert "index.md asks for the fragment 'body', which was not rendered" in done.stderr
    assert "Traceback" not in done.stderr
