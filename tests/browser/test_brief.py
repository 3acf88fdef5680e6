"""Briefs on paper: one or two sheets of A4, black on white; the browser asks nobody for anything."""

from __future__ import annotations

import datetime
import re
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser

from generator.figures import Portfolio
from generator.language import speaking
from generator.pages import spoken_in
from generator.pages.brief import account_brief, portfolio_brief
from generator.pages.engine import Engine
from generator.pages.site import Site
from generator.read import Workspace
from generator.settings import language_of
from generator.site.pdf import pdf_of
from tests.browser.test_axe import looked_at
from tests.conftest import REPOSITORY, Sample
from tests.everything import as_yaml, everything_playbook
from tests.pages.sites import TODAY, site_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Chromium writes the objects of pages as plain text
PAGE = re.compile(rb"/Type /Page\b")
A4 = rb"/MediaBox \[0 0 59[45](?:\.\d+)? 84[12](?:\.\d+)?\]"
LONG = "Words that somebody wrote down here because nobody told them to be brief about it. " * 4
LONG_IN_CHINESE = "有人在这里写下的话，因为没有人告诉他要简短一些，于是他一直写下去。" * 12
APART = """(which) => [...new Set([...document.querySelectorAll(which)].map(one => {
  const style = getComputedStyle(one);
  return Math.round(100 * parseFloat(style.lineHeight) / parseFloat(style.fontSize)) / 100;
}))]"""
SHEET = "getComputedStyle(document.body).page"
INK = """() => [...document.querySelectorAll("body, body *")].flatMap(one => {
  const style = getComputedStyle(one);
  return [style.color, style.backgroundColor];
}).filter((one, index, all) => all.indexOf(one) === index).sort()"""


def sheets(pdf: bytes) -> int:
    assert re.search(A4, pdf)
    return len(PAGE.findall(pdf))


@pytest.fixture(scope="module")
def examples(example_portfolio: Portfolio) -> Site:
    return Site(portfolio=example_portfolio, engine=Engine(), revision="1a2b3c4d5 + changes")


@pytest.mark.sampled(4)
def test_each_example_fits_two_sheets(examples: Site, tmp_path: Path, sample: Sample) -> None:
    accounts = examples.portfolio.accounts
    assert len(accounts) > 10
    pages = {
        account.id: account_brief(examples, account, is_alone=True)
        for account in sample(accounts, 4)
    }
    pages["portfolio"] = portfolio_brief(examples, is_alone=True)
    counts = {name: sheets(pdf_of(html, tmp_path)) for name, html in pages.items()}
    assert {name: count for name, count in counts.items() if count not in (1, 2)} == {}


def in_chinese(site: Site) -> Site:
    language = language_of(Workspace.at(REPOSITORY), "zh")
    return replace(site, portfolio=spoken_in(site.portfolio, language), language=language)


@pytest.mark.parametrize("id", ["skagerhavn-terminals", "yueheng-tegang"])
def test_a_chinese_one_fits_two_sheets(
    browser: Browser, examples: Site, tmp_path: Path, id: str
) -> None:
    site = in_chinese(examples)
    account = site.portfolio.account(id)
    assert account is not None
    with speaking(site.language):
        html = account_brief(site, account, is_alone=True)
    assert sheets(pdf_of(html, tmp_path)) in (1, 2)
    page = browser.new_page()
    page.set_content(html)
    page.emulate_media(media="print")
    # lines stand further apart than English ones, everywhere; sheets are counted in Chinese
    assert page.evaluate(APART, "#brief, small, table, .why li") == [1.42]
    assert page.evaluate(SHEET) == "zh"
    page.set_content(account_brief(examples, account, is_alone=True))
    assert max(page.evaluate(APART, "#brief, small, table, .why li")) < 1.42
    assert page.evaluate(SHEET) == "auto"
    page.close()


@pytest.mark.sampled(1)
def test_a_brief_of_the_site_prints_as_its_sheets_alone(
    browser: Browser, both: Path, sample: Sample
) -> None:
    briefs = sorted(both.rglob("brief.html"))
    assert len(briefs) > 36
    page = browser.new_page(color_scheme="dark")
    page.emulate_media(media="print")
    seen = {}
    for path in sample(briefs, 4):
        page.goto(path.as_uri())
        count = sheets(page.pdf(prefer_css_page_size=True))
        around = page.locator(".md-header, .md-sidebar, .md-footer, .ways, .views, h1#page")
        shown = [part for part in around.all() if part.is_visible()]
        ink = page.locator("#brief").evaluate("sheet => getComputedStyle(sheet).color")
        if count not in (1, 2) or shown or ink != "rgb(0, 0, 0)":
            seen[path.relative_to(both).as_posix()] = (count, len(shown), ink)
    page.close()
    assert seen == {}


def test_sheets_are_counted(tmp_path: Path) -> None:
    style = "<style>@page{size:A4} p{break-after:page}</style>"
    assert sheets(pdf_of(f"{style}<p>1<p>2<p>3<div>4</div>", tmp_path)) == 4


def talkative(signs: int, words: str) -> dict[str, Any]:
    """A plan with nine of everything, each with many words."""
    text = words[:signs].strip()
    data = everything_playbook()
    contacts = [
        {**contact, "id": f"{contact['id']}-{n}", "name": f"{text} {n}"}
        for n in range(5)
        for contact in data["relationship"]["contacts"]
    ]
    for person in contacts:
        person.pop("left_on", None)
        person.pop("reports_to", None)
    who = [contact["id"] for contact in contacts]
    data["relationship"]["contacts"] = contacts
    data["relationship"]["promises"] = [
        {"what": text, "to": who[0], "due": datetime.date(2026, 12, 1)}
    ] * 9
    data["account"]["next"] |= {"with": who[:5], "what": text, "date": datetime.date(2026, 12, 1)}
    data["account"]["documents"] = [
        {"title": text, "url": f"https://example.com/{'x' * 400}{n}"} for n in range(9)
    ]
    data["account"]["notes"] = [{"date": datetime.date(2026, 11, 1), "text": text}] * 9
    data["actions"] = [{"id": f"a{n}", "what": text, "owner": "kim-larsen"} for n in range(9)]
    data["objectives"] = [
        {"id": f"b{n}", "statement": text, "for_whom": contact_id}
        for n, contact_id in enumerate(who[:9])
    ]
    data["buying"]["reasons"] = [
        {"reason": text, "contact": who[0], "strength": 2, "way": text}
    ] * 9
    data["buying"]["steps"] = [{"what": text, "who": text}] * 9
    data["value"]["negotiation"]["issues"] = [
        {"issue": text, "target": text, "reservation": text}
    ] * 9
    data["risk"]["customer"] = [
        {**data["risk"]["customer"][0], "id": f"r{n}", "doubt": text, "measure": text}
        for n in range(9)
    ]
    data["summary"] = f"{text}\n\n- {text}\n- {text}\n\n{text}"
    return data


@pytest.mark.sampled(4, kinds=("words", "is_chinese"))
@pytest.mark.parametrize("signs", [40, 90, 150, 290])
@pytest.mark.parametrize("words", [LONG, LONG_IN_CHINESE], ids=["english", "chinese"])
@pytest.mark.parametrize("is_chinese", [False, True], ids=["en", "zh"])
def test_the_most_talkative_plan_fits_two_sheets(
    tmp_path: Path, signs: int, words: str, *, is_chinese: bool
) -> None:
    site = site_of(tmp_path, {"playbooks/everything.yaml": as_yaml(talkative(signs, words))})
    site = in_chinese(site) if is_chinese else site
    (account,) = site.portfolio.accounts
    with speaking(site.language):
        html = account_brief(site, account, is_alone=True)
    assert html.count(words[:9]) > 15
    assert sheets(pdf_of(html, tmp_path)) == 2


def test_paper_is_black_on_white(browser: Browser, examples: Site) -> None:
    account = examples.portfolio.account("skagerhavn-terminals")
    assert account is not None
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.set_content(account_brief(examples, account, is_alone=True))
    assert len(page.evaluate(INK)) > 5
    page.emulate_media(media="print")
    # marks in the legend of a drawing are grey
    assert page.evaluate(INK) == [
        "rgb(0, 0, 0)",
        "rgb(204, 204, 204)",
        "rgb(238, 238, 238)",
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    ]
    context.close()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out(
    browser: Browser, examples: Site, sample: Sample, scheme: Literal["light", "dark"]
) -> None:
    by_account = {}
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for account in sample(examples.portfolio.accounts, 2):
        page.set_content(account_brief(examples, account, is_alone=True))
        if problems := looked_at(page, scheme):
            by_account[account.id] = problems
    page.set_content(portfolio_brief(examples, is_alone=True))
    by_account |= {"portfolio": problems} if (problems := looked_at(page, scheme)) else {}
    context.close()
    assert by_account == {}


def test_the_browser_loads_nothing(tmp_path: Path) -> None:
    asked: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name is given
            pass

    with HTTPServer(("127.0.0.1", 0), Listening) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        port = server.server_address[1]
        html = f"<img src=http://127.0.0.1:{port}/a><img src=http://localhost:{port}/b><p>x"
        assert pdf_of(html, tmp_path).startswith(b"%PDF-")
        server.shutdown()
        thread.join()
    assert asked == []


def test_the_day_is_the_one_given(examples: Site) -> None:
    assert TODAY.isoformat() == "2026-11-23"
    assert "<b>23 Nov 2026</b>" in portfolio_brief(examples)
