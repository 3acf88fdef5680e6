"""The guide as a git host shows it: up to date with its source, and nothing of templates in it."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

import pytest

from tests.program import REPOSITORY

LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
OF_TEMPLATES = ("{{", "{%", "{:", "<div")


@pytest.fixture(scope="module")
def made() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ci_guide", REPOSITORY / ".ci/guide.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.golden
def test_it_is_what_the_templates_say(
    made: ModuleType, expect: Callable[[str, Path], None]
) -> None:
    pages: Mapping[str, str] = made.guide_pages()
    for name, text in pages.items():
        expect(text, made.FOLDER / name)
    assert {path.name for path in made.FOLDER.iterdir()} == set(pages)


def test_each_link_of_the_readme_and_the_guide_leads_to_text_that_people_can_read(
    made: ModuleType,
) -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(made.FOLDER.glob("*.md"))}
    readme = REPOSITORY / "README.md"
    texts[readme] = readme.read_text(encoding="utf-8")
    assert len(texts) > 5
    for page, text in texts.items():
        for address in LINK.findall(text):
            if "://" in address:
                continue
            file, _, anchor = address.partition("#")
            target = page.parent / file if file else page
            assert target.is_file(), (page.name, address)
            shown = target.read_text(encoding="utf-8") if target.suffix == ".md" else ""
            assert "templates" not in target.parts or target.suffix == ".yaml", address
            if target.parent == made.FOLDER:
                assert not any(sign in shown for sign in OF_TEMPLATES), (page.name, address)
            if anchor:
                assert anchor in map(made.slug, HEADING.findall(shown)), (page.name, address)


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("How to read a finding", "how-to-read-a-finding"),
        ("1. Install", "1-install"),
        ("Who reads what?", "who-reads-what"),
    ],
)
def test_an_anchor_as_git_hosts_make_it(made: ModuleType, heading: str, anchor: str) -> None:
    assert made.slug(heading) == anchor
