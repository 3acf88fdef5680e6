"""Meeting briefs: whole for one account, and what holds for every brief."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from generator.figures import Portfolio
from generator.pages.brief import (
    STYLE,
    Footnotes,
    account_brief,
    brief_pages,
    cut,
    opening_of,
    portfolio_brief,
)
from generator.pages.brief import portfolio_brief_pages as portfolio_pages
from generator.pages.engine import Engine
from generator.pages.site import Site
from tests.bench.generated import write_portfolio
from tests.everything import everything_workspace
from tests.pages.sites import FILES, site_of, static, written_in

GOLDEN = Path(__file__).parent.parent / "golden" / "brief.html"
NO_WORDS = re.compile(r"\b(?:None|nan|NaN|null|undefined|True|False)\b")

MEETING = """\
schema: 1
account:
  name: Harbor Logistics
  status: customer
  industry: logistics
  region: emea
  owner: kim-larsen
  executive_sponsor: li-wei
  website: https://harbor.example
  contract: {notice_by: 2026-12-31, end: 2027-03-31, value: 100000}
  next: {date: 2026-12-08, what: Business review, with: [birgit-holt], prepared_by: kim-larsen}
  documents: [{title: Frame contract, url: "https://docs.example/frame", date: 2025-01-01}, {title: Mail, url: "mailto:a@example.com"}]
  notes: [{date: 2026-11-13, by: kim-larsen, text: She wants the numbers before the board.}]
summary: |
  Runs four terminals. See [their report](https://harbor.example/report).

  - **Next:** the second line.
economics:
  currency: EUR
  price: {value: 100000, grade: fact, as_of: 2026-10-01}
  production_cost: {value: 60000, grade: fact, as_of: 2026-10-01}
  retention: {unknown: true, owner: kim-larsen, find_by: 2026-12-31}
  revenue: [{year: 2025, amount: 95000, grade: fact}]
relationship:
  personal_data: {source: card, lawful_basis: contract, collected_on: 2025-01-10, review_by: 2027-01-10}
  contacts:
    - {id: birgit-holt, name: Birgit Holt, title: COO, roles: [decider], influence: 5, sentiment: 2, need: achievement, owner: kim-larsen, public_official: none, observed: [{fact: Opened with our figures, date: 2026-09-17, by: kim-larsen}]}
    - {id: jan-maas, name: Jan Maas, roles: [buyer], influence: 2, sentiment: -1, public_official: none}
    - {id: old-hand, name: Old Hand, left_on: 2026-01-01, public_official: none}
  interactions: [{date: 2026-11-12, contacts: [birgit-holt], by: kim-larsen, two_way: true, note: Asks for berth 4}]
  promises:
    - {what: Berth 4 figures, to: birgit-holt, due: 2026-11-20}
    - {what: A camera, to: birgit-holt, due: 2026-10-30, kept_on: 2026-10-27}
opportunities: [{id: OP-7, offering: drives, amount: 50000, stage: proposal, probability: 0.5, close_on: 2027-02-01}]
buying:
  steps: [{what: Budget released, who: The board, due: 2027-01-15}]
  reasons: [{reason: Dearer by 12 %, contact: jan-maas, strength: -2, way: Show the hours lost}]
value:
  negotiation: {issues: [{issue: Index on spare parts, our_priority: 3, target: full index, reservation: half the index}]}
risk:
  customer:
    - {id: late, doubt: Late go-live, probability: 0.2, loss: 100000, measure: A pilot, effectiveness: 0.5, value_argument: Two weeks saved}
    - {id: parts, doubt: Parts are missing, probability: 0.1, loss: 50000}
  own:
    - {id: slow-pay, class: payment, statement: Pays slowly, probability: 0.1, loss: 20000}
    - {id: misuse, class: misuse, statement: Bypasses limits, probability: 0.1, loss: 10000}
objectives: [{id: uptime, statement: Uptime of 99 %, due: 2027-06-30, for_whom: birgit-holt}]
actions:
  - {id: send, what: Send the berth 4 figures, owner: kim-larsen, due: 2026-11-20}
  - {id: visit, what: Visit the crew, owner: ana-ruiz, due: 2026-12-01}
"""


def brief_of(site: Site, id: str, *, is_alone: bool = False) -> str:
    account = site.portfolio.account(id)
    assert account is not None
    return account_brief(site, account, is_alone=is_alone)


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^<>]*>", " ", html)).split())


@pytest.fixture
def meeting(tmp_path: Path) -> Site:
    return site_of(tmp_path, {"playbooks/harbor.yaml": MEETING})


@pytest.mark.golden
def test_a_brief_whole(meeting: Site, expect: Callable[[str, Path], None]) -> None:
    expect(brief_of(meeting, "harbor"), GOLDEN)


def test_a_deal_in_money_has_its_two_drawings_and_one_conclusion(
    example_portfolio: Portfolio,
) -> None:
    account = example_portfolio.account("quillay-cobre")
    assert account is not None
    brief = account_brief(Site(portfolio=example_portfolio, engine=Engine()), account)
    assert [brief.count(f'id="{drawing}-t"') for drawing in ("bal", "win")] == [1, 1]
    assert brief.count("ends the loss") == 1


def test_each_account_that_can_be_read_has_a_brief_and_so_has_the_portfolio(
    tmp_path: Path,
) -> None:
    site = site_of(tmp_path)
    assert sorted(page.path for page in (*brief_pages(site), *portfolio_pages(site))) == [
        "accounts/harbor/brief.html",
        "accounts/hostile/brief.html",
        "accounts/huayuan/brief.html",
        STYLE,
        "portfolio/brief.html",
    ]
    assert 'href="../../assets/brief.css"' in static(
        list(brief_pages(site)), "accounts/harbor/brief.html"
    )
    empty = site_of(tmp_path / "empty", {})
    assert [page.path for page in portfolio_pages(empty)] == [STYLE]


def test_who_is_in_the_room_comes_before_the_others_and_who_left_is_gone(meeting: Site) -> None:
    text = text_of(brief_of(meeting, "harbor"))
    assert re.search(r"In the room Birgit Holt.* Not in the room Jan Maas", text)
    assert "Old Hand" not in text
    assert "A camera" not in text, "a promise that was kept is none"


def test_links_in_the_web_are_numbered_below_and_others_are_not(meeting: Site) -> None:
    html = brief_of(meeting, "harbor")
    below = re.findall(r"<li><a href=\"([^\"]*)\"", html.partition("<footer>")[2])
    assert below == [
        "https://harbor.example",
        "https://harbor.example/report",
        "https://docs.example/frame",
    ]
    text = text_of(html)
    assert "Harbor Logistics 1 " in text
    assert "their report 2 " in text
    assert "Frame contract 3 " in text
    assert "mailto" not in html


def test_the_revision_is_printed_only_when_it_is_given(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    assert "revision" not in portfolio_brief(site)
    known = Site(portfolio=site.portfolio, engine=site.engine, revision="1a2b3c4d5 + changes")
    for html in (portfolio_brief(known), brief_of(known, "harbor")):
        assert text_of(html.partition("<footer>")[2]).startswith(
            "23 Nov 2026 · revision 1a2b3c4d5 + changes ·"
        )


def test_alone_it_needs_nothing_and_leads_nowhere_but_into_the_web(meeting: Site) -> None:
    for html in (
        brief_of(meeting, "harbor", is_alone=True),
        portfolio_brief(meeting, is_alone=True),
    ):
        targets = re.findall(r'(?:href|src)="?([^">]+)', html)
        assert [target for target in targets if not target.startswith(("https://", "data:"))] == []
        assert "default-src 'none'" in html
        assert "@page" in html


@pytest.mark.parametrize("id", ["harbor", "huayuan", "hostile"])
def test_user_text_never_becomes_markup_nor_lack_of_it_a_word_of_the_program(
    tmp_path: Path, id: str
) -> None:
    site = site_of(tmp_path)
    for html in (brief_of(site, id), portfolio_brief(site)):
        assert "<script" not in html
        assert "<img" not in html
        assert NO_WORDS.findall(text_of(html)) == []


def test_no_brief_speaks_like_a_program(tmp_path: Path) -> None:
    root = everything_workspace(tmp_path / "one")
    files: dict[str, str | bytes] = {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.yaml")
    }
    many = tmp_path / "many"
    write_portfolio(many, 30)
    files |= {f"playbooks/{path.name}": path.read_bytes() for path in many.rglob("account-*.yaml")}
    site = site_of(tmp_path / "again", {**FILES, **files})
    made = {page.path: written_in(page) for page in (*brief_pages(site), *portfolio_pages(site))}
    assert len(made) > 30
    assert {path for path, html in made.items() if NO_WORDS.search(text_of(html))} == set()


def test_what_is_too_much_is_cut_and_counted(tmp_path: Path) -> None:
    actions = "\n".join(
        f"  - {{id: a{n}, what: {'Many words ' * 20}{n}, owner: kim-larsen, due: 2026-12-{n:02}}}"
        for n in range(1, 13)
    )
    before = MEETING.partition("\nactions:")[0]
    plan = f"{before}\nactions:\n{actions}\n"
    text = text_of(brief_of(site_of(tmp_path, {"playbooks/harbor.yaml": plan}), "harbor"))
    done = text.partition("Do next")[2].partition("Open promises")[0]
    assert done.count("Many words") > 5
    assert done.count("…") == 5
    assert done.endswith("and 7 more ")


@pytest.mark.parametrize(
    ("most", "shown", "more"), [(5, 3, 0), (3, 3, 0), (2, 2, 1), (0.4, 1, 2), (1.6, 2, 1)]
)
def test_the_first_of_many(most: float, shown: int, more: int) -> None:
    first = cut("abc", most)
    assert (len(first.shown), first.more) == (shown, more)
    assert not cut("", most)


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("One.\n\nTwo.", 100, "One. Two."),
        ("One.\n\nTwo.", 5, "One."),
        ("One.\n\n- a\n- b\n- c", 12, "One. a b"),
        ("A first paragraph that is too long", 20, "A first paragraph…"),
        ("四个泊位和十一台岸桥都用我们的控制系统", 10, "四个泊位…"),
    ],
)
def test_the_beginning_of_a_text(text: str, most: int, expected: str) -> None:
    assert text_of(opening_of(text, most, Footnotes())) == expected


def test_footnotes_end_somewhere() -> None:
    notes = Footnotes()
    numbers = [notes.number(f"https://a.example/{n}") for n in range(10)]
    assert numbers == [1, 2, 3, 4, 5, 6, 7, 8, None, None]
    assert notes.number("https://a.example/3") == 4
    assert notes.number(None) is None
