"""A firm's name, mark and colours on every page of a site below a path, and nothing missing there."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched, served
from tests.conftest import Sample
from tests.program import run
from tests.workspace import SMALL_PLAYBOOK, make_workspace

pytestmark = pytest.mark.browser

BELOW = "teams/plans"
NAME = "Alpenwerk Key Accounts"
MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
)
FIRM = {
    "playbooks/emea/harbor.yaml": SMALL_PLAYBOOK,
    "site_config/site.yaml": f"""name: {NAME}
second_language: zh
logo: brand/logo.svg
favicon: brand/icon.svg
colors: {{primary: '#005f73', accent: '#ca6702'}}
site_url: https://intranet.example.com/{BELOW}/
edit_url: https://git.example.com/edit/main/{{path}}
""",
    "site_config/thresholds.yaml": "retained_profit: {cut_off: 123456}\n",
    "site_config/rules.yaml": """rules:
  - {id: executive-sponsor, off: true}
  - id: next-meeting
    level: warning
    title: The next meeting has a day
    holds: {present: account.next}
    message: no next meeting
    reason: Who is not met is forgotten.
""",
    "mkdocs.yml": "copyright: Alpenwerk, internal\nextra_css: [brand/more.css]\n",
    "brand/logo.svg": MARK,
    "brand/icon.svg": MARK,
    "brand/more.css": ".md-footer { border-top: 5px solid #ffb703 }\n",
}


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of a web server that has the firm's site below a path."""
    folder = tmp_path_factory.mktemp("firm")
    root = make_workspace(folder / "a workspace", FIRM)
    (folder / "web/teams").mkdir(parents=True)
    done = run(root, "build", "--allow-incomplete", "--copy", folder / "web" / BELOW)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "web"


@pytest.fixture
def home(web: Path) -> Iterator[str]:
    with served(web) as address:
        yield f"{address}{BELOW}/"


@pytest.mark.sampled(1)
def test_each_page_has_all_that_it_asks_for(
    web: Path, home: str, watched: Watched, sample: Sample
) -> None:
    missing: list[tuple[int, str]] = []
    watched.page.on(
        "response",
        lambda answer: (
            missing.append((answer.status, answer.url)) if answer.status >= 400 else None
        ),
    )
    pages = sorted(path.relative_to(web / BELOW) for path in (web / BELOW).rglob("*.html"))
    assert {"404.html", "zh/404.html", "accounts/harbor.html"} <= set(map(str, pages))
    for page in sample(pages, 10):
        watched.page.goto(f"{home}{page.as_posix()}")
        icon = watched.page.locator('link[rel="icon"]').get_attribute("href") or ""
        assert icon.endswith("assets/brand/favicon.svg"), page
        assert watched.page.request.get(
            watched.page.evaluate(f"new URL({icon!r}, location).href")
        ).ok
        if watched.page.locator(".md-header").count():
            assert NAME in watched.page.title(), page
            assert (
                watched.page.locator(".md-logo img").first.evaluate("mark => mark.naturalWidth") > 0
            )
            expect(watched.page.locator(".md-copyright")).to_contain_text("Alpenwerk, internal")
    assert missing == []
    assert watched.outside(home) == []
    assert watched.complaints == []


def test_colours_and_the_link_to_edit(home: str, watched: Watched) -> None:
    watched.page.goto(f"{home}accounts/harbor.html")
    header, footer = watched.page.locator(".md-header"), watched.page.locator(".md-footer")
    expect(header).to_have_css("background-color", "rgb(0, 95, 115)")
    expect(footer).to_have_css("border-top-color", "rgb(255, 183, 3)")
    link = watched.page.get_by_role("link", name="Edit this plan").first
    expect(link).to_have_attribute(
        "href", "https://git.example.com/edit/main/playbooks/emea/harbor.yaml"
    )


def test_its_own_threshold_and_rules_stand_beside_ours(home: str, watched: Watched) -> None:
    watched.page.goto(f"{home}rules/index.html")
    rules = watched.page.locator("article")
    expect(rules).to_contain_text("The next meeting has a day")
    expect(rules).to_contain_text("One owner")
    watched.page.goto(f"{home}method/selection.html")
    expect(watched.page.locator("article")).to_contain_text("123,456")


def test_the_sitemap_lists_pages_that_are_there(web: Path) -> None:
    for folder in (web / BELOW, web / BELOW / "zh"):
        text = (folder / "sitemap.xml").read_text()
        assert gzip.decompress((folder / "sitemap.xml.gz").read_bytes()).decode() == text
        places = [urlsplit(url) for url in re.findall("<loc>(.*?)</loc>", text)]
        assert len(places) > 10
        assert {(place.scheme, place.netloc) for place in places} == {
            ("https", "intranet.example.com")
        }
        pages = {path.relative_to(web).as_posix() for path in folder.rglob("*.html")}
        others = {page for page in pages if f"{BELOW}/zh/" in page and folder.name != "zh"}
        others |= {page for page in pages if page.endswith("404.html")}
        others |= {page for page in pages if 'http-equiv="refresh"' in (web / page).read_text()}
        assert {place.path[1:] for place in places} == pages - others
