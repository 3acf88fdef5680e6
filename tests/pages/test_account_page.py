"""An account's page: whole for one small account, and what holds for every account."""

from __future__ import annotations

import datetime
import functools
import posixpath
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from generator.figures import Account
from generator.figures.definition import Rank
from generator.figures.definitions import DEFINITIONS
from generator.language import speaking
from generator.pages import Page, render
from generator.pages.account_page import SECTIONS, account_pages, section_sentences
from generator.pages.account_sections import served_rows
from generator.pages.numbers import numbers_pages
from generator.pages.site import Site
from generator.pages.source import settings_pages, source_pages
from generator.pages.view import view_of
from generator.pages.why import FIGURES, family, most_telling, why_anchor
from generator.pages.words import word_of
from generator.portfolio.listing import listed_accounts
from generator.share import defaults_folder
from tests.everything import everything_workspace
from tests.figures.edits import PORT, WHOLE, changed
from tests.pages.sites import site_of, written_in
from tests.workspace import shipped_chinese

GOLDEN = Path(__file__).parent / "golden"
REPOSITORY = Path(__file__).resolve().parents[2]
TAG = re.compile(r"<[^<>]*>")
NO_WORDS = re.compile(r"\b(?:None|nan|NaN|null|undefined|True|False)\b")


def page_of(site: Site, id: str) -> Page:
    (page,) = (
        candidate for candidate in account_pages(site) if candidate.path == f"accounts/{id}.md"
    )
    return page


def html_of(page: Page) -> str:
    return "\n".join(page.fragments.values())


def text_of(html: str) -> str:
    return unescape(TAG.sub(" ", html))


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("everything")
    root = everything_workspace(folder)
    files: dict[str, str | bytes] = {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.yaml")
    }
    return site_of(folder / "again", files)


@pytest.mark.golden
def test_a_small_account_whole(tmp_path: Path, expect: Callable[[str, Path], None]) -> None:
    page = page_of(site_of(tmp_path), "harbor")
    parts = [page.markdown]
    parts += [f"<!-- {name} -->\n{html}\n" for name, html in page.fragments.items()]
    expect("\n".join(parts), GOLDEN / "account.html")


def test_each_section_has_its_place_in_the_order_of_the_design(tmp_path: Path) -> None:
    page = page_of(site_of(tmp_path), "harbor")
    # it has no subsidiaries
    sections = [name for name in SECTIONS if name != "group"]
    assert re.findall(r"^## .*\{#([a-z]+)\}$", page.markdown, re.MULTILINE) == sections
    assert list(page.fragments) == ["head", *sections]
    assert re.findall(r'data-fragment="([a-z]+)"', page.markdown) == ["head", *sections]


def test_a_file_that_cannot_be_read_shows_its_findings(tmp_path: Path) -> None:
    page = page_of(site_of(tmp_path), "broken")
    assert list(page.fragments) == ["head", "findings", "source"]
    assert "cannot be read" in page.fragments["head"]


# Reviewed, as little else as a plan may have
BEGUN = """\
schema: 1
account: {name: Acme, status: prospect, planned_tier: C, reviewed: 2026-11-20}
summary: Just begun.
"""


def words(html: str) -> str:
    return " ".join(text_of(html).split())


def test_a_plan_that_was_just_begun_shows_five_first_steps(tmp_path: Path) -> None:
    page = page_of(site_of(tmp_path, {"playbooks/acme.yaml": BEGUN}), "acme")
    steps = re.search(
        r'First steps</p>\n<ol class="do">(.*?)</ol>', page.fragments["head"], re.DOTALL
    )
    assert steps
    assert [words(step) for step in steps[1].split("<li>")[1:]] == [
        "account.owner A plan that belongs to everybody belongs to nobody.",
        (
            "qualification.target , qualification.satisfaction , qualification.brand and 7 more"
            " Money is spent on an account only when ten questions have been asked."
        ),
        "relationship.contacts Accounts do not buy, people do.",
        (
            "economics.currency , economics.addressable_spend , economics.attainable_share and 8 more"
            " A plan that leaves the numbers out must not pass more easily than one that has them."
        ),
        "risk.customer , risk.own Doubts that we do not name they discuss without us.",
    ]
    # reviewed is one of seven things asked
    assert "14 % of what is asked is filled in" in page.fragments["head"]
    assert 'class="unknown"' not in html_of(page)


def test_what_a_section_lacks_stands_together(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"playbooks/acme.yaml": BEGUN})
    html = page_of(site, "acme").fragments["findings"]
    assert html.count('<li class="bad">') == 5
    assert words(html.split('<li class="bad">')[5]) == (
        "Fill in risk.customer , risk.own"
        " their doubts about us are not listed; add risk.customer ('[]' says: looked, none)"
        " line 1 customer-risks"
        " the risks they bring us are not listed; add risk.own ('[]' says: looked, none)"
        " line 1 own-risks How to read and mend findings"
    )
    (source,) = (file for file in source_pages(site) if file.path == "accounts/acme/source.html")
    notes = re.findall(r"<b class=error>(.*?)</b>", source.html)
    assert len(notes) == 5
    assert "error: Fill in risk.customer, risk.own [customer-risks, own-risks]" in notes


def test_a_plan_with_most_answers_has_its_unknown_numbers_listed(everything: Site) -> None:
    head = page_of(everything, "everything").fragments["head"]
    assert "First steps" not in head
    assert "Do next" in head


@pytest.mark.parametrize("id", ["harbor", "huayuan", "hostile", "broken"])
def test_user_text_never_becomes_markup(tmp_path: Path, id: str) -> None:
    html = html_of(page_of(site_of(tmp_path), id))
    assert "<script" not in html
    assert "<img" not in html
    assert not re.search(r"<[^>]* on[a-z]+=", html)


def test_every_field_is_told_without_words_of_the_program(everything: Site) -> None:
    for page in account_pages(everything):
        text = text_of(html_of(page))
        assert NO_WORDS.findall(text) == []
        assert not re.search(r"\b\d+\.\d{5,}", text), "numbers are rounded"


@pytest.mark.parametrize("id", ["harbor", "huayuan", "hostile"])
def test_accounts_with_little_in_them_are_told_without_words_of_the_program(
    tmp_path: Path, id: str
) -> None:
    assert NO_WORDS.findall(text_of(html_of(page_of(site_of(tmp_path), id)))) == []


def test_what_people_wrote_is_there(everything: Site) -> None:
    text = text_of(html_of(page_of(everything, "everything")))
    account = everything.portfolio.account("everything")
    assert account is not None
    plan = account.playbook
    assert plan is not None
    for entries, field in (
        (plan.objectives, "statement"),
        (plan.actions, "what"),
        (plan.decisions, "decision"),
        (plan.risk.customer if plan.risk else None, "doubt"),
        (plan.risk.own if plan.risk else None, "statement"),
        (plan.value.standard if plan.value else None, "item"),
        (plan.relationship.promises if plan.relationship else None, "what"),
        (plan.account.notes, "text"),
    ):
        assert entries
        for entry in entries:
            written = getattr(entry, field)
            assert written is None or " ".join(written.split()) in " ".join(text.split())


def test_every_known_figure_opens_somewhere(everything: Site) -> None:
    page = page_of(everything, "everything")
    (numbers,) = (
        candidate.html
        for candidate in numbers_pages(everything)
        if "/everything/" in candidate.path
    )
    seen = text_of(html_of(page)) + text_of(numbers)
    account = everything.portfolio.account("everything")
    assert account is not None
    for key, figure in account.figures.items():
        if figure.value is not None:
            assert DEFINITIONS[key].title in seen, key


def test_every_figure_has_one_place() -> None:
    shown = [member for keys in FIGURES.values() for key in keys for member in family(key)]
    assert sorted(shown) == sorted(DEFINITIONS)


def test_links_within_the_page_lead_somewhere(everything: Site) -> None:
    for page in account_pages(everything):
        html = html_of(page)
        ids = {*re.findall(r'\bid="?([^"> ]+)', html), *SECTIONS}
        assert set(re.findall(r'href="#([^"]+)"', html)) <= ids


def test_lines_that_are_linked_are_there(everything: Site) -> None:
    sources = {
        file.path: written_in(file)
        for file in (*source_pages(everything), *settings_pages(everything))
        if file.path.endswith(".html")
    }
    pages = {
        **{page.path: html_of(page) for page in account_pages(everything)},
        **{page.path: page.html for page in numbers_pages(everything)},
    }
    linked = 0
    for here, html in pages.items():
        for target in re.findall(r'href="([^"#]*(?:source|settings/[a-z]+)\.html#L\d+)"', html):
            path, line = target.split("#")
            place = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
            assert re.search(rf'\bid="?{line}\b', sources[place]), target
            linked += 1
    assert linked > 200


def talks(count: int) -> str:
    """A relationship with so many talks, on one day after another."""
    days = [datetime.date(2026, 1, 1) + datetime.timedelta(days=day) for day in range(count)]
    entries = "".join(
        f"    - {{date: {day}, contacts: [ann], by: kim-larsen, two_way: true, note: Talk of {day}}}\n"
        for day in days
    )
    return f"  contacts:\n    - {{id: ann, name: Ann Lee}}\n  interactions:\n{entries}"


def test_no_page_depends_on_the_size_of_its_file(tmp_path: Path) -> None:
    """What no reader is told, here a comment of 200,000 signs, changes nothing on the page."""
    text = (REPOSITORY / "playbooks/emea/moravec-drivetrain.yaml").read_text(encoding="utf-8")
    padded = text + "# nothing\n" * 20_000
    small, large = (
        page_of(
            site_of(tmp_path / name, {"playbooks/moravec.yaml": written}),
            "moravec",
        )
        for name, written in (("small", text), ("large", padded))
    )
    assert small == large


def test_each_number_opens_in_the_same_way(everything: Site, tmp_path: Path) -> None:
    """On the fullest and on the thinnest page: a definition, a formula, and every input."""
    view = view_of(everything, the_account(everything, "everything"))
    opened = 0
    for site, id in ((everything, "everything"), (site_of(tmp_path / "thin"), "harbor")):
        html = html_of(page_of(site, id))
        for key, figure in the_account(site, id).figures.items():
            if figure.value is not None:
                details = opened_by(html)[why_anchor(key)]
                assert "<summary>" in details, key
                assert f'href="{view.links.method(key)}"' in details, key
                opened += 1
        assert not re.search(r'class="whys".*?<p id="w-', html, re.DOTALL), "a link instead"
    assert opened > len(DEFINITIONS) / 2
    (whole,) = (why for why in view.whys(["tier"]) if why.key == "tier")
    details = opened_by(html_of(page_of(everything, "everything")))["w-tier"]
    assert details.count("<tr>") == 1 + len(whole.table.rows)


def opened_by(html: str) -> dict[str, str]:
    """By its id what a number opens."""
    return {
        match[1]: match[0]
        for match in re.finditer(r'<details id="(w-[^"]+)">.*?</details>', html, re.DOTALL)
    }


def the_account(site: Site, id: str) -> Account:
    account = site.portfolio.account(id)
    assert account is not None
    return account


def test_talks_are_folded_with_the_last_in_the_line_and_none_is_left_out(tmp_path: Path) -> None:
    small = "schema: 1\naccount: {id: talker, name: Talker, owner: kim-larsen}\nrelationship:\n"
    site = site_of(tmp_path, {"playbooks/talker.yaml": small + talks(9)})
    line, inside = fold_of(page_of(site, "talker").fragments["relationship"], "Talks")
    assert text_of(inside).count("Talk of 2026-") == 9
    assert re.search(r"9, the last on \d+ \w+", text_of(line))


def fold_of(html: str, title: str) -> tuple[str, str]:
    """The line of a fold and what is in it; the line begins with 'open' where it stands open."""
    found = re.search(
        rf'<details class="d fold(?: drawn)?"( open)?><summary>(<b>{title}</b>.*?)</summary>(.*?)</details>',
        html,
        re.DOTALL,
    )
    assert found, title
    return f"{'open ' if found[1] else ''}{found[2]}", found[3]


_PERSON = "personal_data: {source: card, lawful_basis: contract, collected_on: 2026-01-10, review_by: 2027-01-10}, contacts: [{id: jo-roe, name: Jo Roe, public_official: none}]"
OVER_THEIR_LINE = [
    ("Cases", "service", "service: {{cases: [{{id: c-1, due: {day}, opened: 2026-10-01}}]}}", "2026-11-22", "2026-11-24"),
    ("The standard both sides agreed", "value", "value: {{standard: [{{item: Uptime, metric: share, agreed_by_us: {day}}}]}}", "null", "2026-01-01"),
    ("Introductions and references", "relationship", "relationship: {{reference: {{consent_until: {day}}}}}", "2026-11-22", "2027-11-24"),
    ("Events and our response", "market", "environment: {{signals: [{{what: New plant, kind: change, noticed: 2026-10-01, answered: {day}}}]}}", "null", "2026-10-09"),
    ("What comes back to people", "value", "value: {{return: {{courtesies: [{{contact: jo-roe, kind: meal, approval_id: {day}}}]}}}}\nrelationship: {{" + _PERSON + "}}", "null", "A-1"),
    ("Discounts to the company", "value", "economics: {{currency: EUR, discounts: [{{amount: 100, payee: Folder Ltd, contract: {day}}}]}}", "null", "C-1"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "section", "text", "over", "within"), OVER_THEIR_LINE)
def test_what_is_over_its_line_stands_open(
    tmp_path: Path, title: str, section: str, text: str, over: str, within: str
) -> None:
    small = "schema: 1\naccount: {id: folder, name: Folder, status: customer, owner: kim-larsen}\n"
    for day, is_open in ((over, True), (within, False)):
        said = text.replace("{{", "{").replace("}}", "}").replace("{day}", day)
        if day == "null":
            said = re.sub(r",? ?\w+: null", "", said)
        site = site_of(tmp_path / str(is_open), {"playbooks/folder.yaml": f"{small}{said}\n"})
        line, inside = fold_of(page_of(site, "folder").fragments[section], title)
        assert line.startswith("open ") is is_open, line
        assert text_of(inside).strip(), "what was folded is there"


def test_a_number_on_a_scale_says_its_ends(tmp_path: Path) -> None:
    text = "schema: 1\naccount: {id: mood, name: Mood, owner: kim-larsen}\nrelationship:\n  contacts: [{id: jo-roe, name: Jo Roe, roles: [decider], sentiment: 1, influence: 4}]\n"
    site = site_of(tmp_path, {"playbooks/mood.yaml": text})
    html = page_of(site, "mood").fragments["relationship"]
    assert "Mood of decision makers<b>1 <small>of −2 to 2</small></b>" in html


def test_objectives_are_numbered_and_what_serves_them_names_the_number(tmp_path: Path) -> None:
    text = "schema: 1\naccount: {id: aims, name: Aims, owner: kim-larsen}\nobjectives: [{id: all-plants, statement: All plants}, {id: two-plants, statement: Two plants, whose: ours, parent: all-plants}]\nactions: [{id: visit, what: Visit the second plant, owner: kim-larsen, objective: two-plants}]\n"
    site = site_of(tmp_path, {"playbooks/aims.yaml": text})
    told = text_of(page_of(site, "aims").fragments["plan"])
    for words in (r"1\s+All plants", r"2\s+Two plants", "serves objective 1", "for objective 2"):
        assert re.search(words, told), words


def test_headlines_stand_open_and_the_rest_is_a_line_with_the_most_telling(
    everything: Site,
) -> None:
    view = view_of(everything, the_account(everything, "everything"))
    for section, html in page_of(everything, "everything").fragments.items():
        shown, _, folded = html.partition('<details class="more">')
        for why in view.whys(FIGURES.get(section, ())):
            place = shown if why.rank is Rank.HEADLINE or why.override else folded
            assert f'<details id="{why.anchor}">' in place, why.key
        if folded:
            count = folded.partition('class="more unknown"')[0].count('<details id="')
            assert re.match(rf"\s*<summary>{count} (?:more )?numbers?\b", folded), section


def test_most_telling_is_what_decides_most_and_money_first(everything: Site) -> None:
    whys = {why.key: why for why in view_of(everything, the_account(everything, "everything")).whys(
        [key for keys in FIGURES.values() for key in keys]
    )}  # fmt: skip
    supporting = [why for why in whys.values() if why.rank is Rank.SUPPORTING and why.is_brief]
    reference = [why for why in whys.values() if why.rank is Rank.REFERENCE]
    money = next(why for why in supporting if why.full)
    word = next(why for why in supporting if not why.full)
    assert most_telling([*reference, word, money]) is money
    assert most_telling([word, *reference]) is word
    assert most_telling([]) is None


def test_who_does_not_qualify_has_no_next_stage_and_nothing_at_stake(tmp_path: Path) -> None:
    account = "schema: 1\naccount: {id: miner, name: Miner, status: prospect, owner: kim-larsen}\n"
    more = (
        "economics: {currency: EUR, price: 1000}\n"
        "relationship: {gates: {aware: {evidence: A talk, date: 2026-01-05}}}\n"
    )
    for answer, is_ruled_out in (("0", True), ("2", False)):
        asked = f"qualification: {{money: {{score: {answer}, grade: fact, as_of: 2026-10-01}}}}\n"
        site = site_of(tmp_path / answer, {"playbooks/miner.yaml": f"{account}{asked}{more}"})
        fragments = page_of(site, "miner").fragments
        line, _ = fold_of(fragments["relationship"], "Relationship stages")
        told = f"{text_of(fragments['head'])} {text_of(line)}"
        assert ("asks for" in told) is not is_ruled_out, told
        stake = the_account(site, "miner").figures["attention.stake"].value
        assert stake == (0 if is_ruled_out else 1000)


def test_every_piece_of_the_balance_is_named_under_it(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"playbooks/whole.yaml": WHOLE, "playbooks/port.yaml": PORT})
    html = page_of(site, "whole").fragments["value"]
    caption = text_of(html.partition("<figcaption")[2].partition("</figcaption>")[0])
    table = fold_of(html, "Balance as a table")[1]
    pieces = re.findall(r"<tr><td>([^<]+)<td class=\"r\">", table)
    assert len(pieces) > 4
    for piece in pieces:
        assert re.search(rf"\d {re.escape(unescape(piece).strip())} ", caption), piece


def test_the_head_tells_the_day_and_the_owner_once(everything: Site) -> None:
    page = page_of(everything, "everything")
    head = text_of(page.fragments["head"])
    assert "as of 23 Nov 2026" in head
    sentence = section_sentences(
        the_account(everything, "everything"), everything.settings, everything.portfolio.today
    )["head"]
    assert "Kim Larsen" not in sentence


def test_inputs_are_called_by_what_their_entries_say(tmp_path: Path) -> None:
    text = (REPOSITORY / "playbooks/emea/moravec-drivetrain.yaml").read_text(encoding="utf-8")
    catalogue = (REPOSITORY / "site_config/catalogue.yaml").read_text(encoding="utf-8")
    files = {"playbooks/moravec.yaml": text, "site_config/catalogue.yaml": catalogue}
    site = site_of(tmp_path, files)
    opened = opened_by(html_of(page_of(site, "moravec")))
    for anchor, name, value in (
        ("w-risk-customer-residual", "We pay more than the market", "probability 40\u202f% a year"),
        ("w-environment-watch", "Volthaus buys share in the region", "impact −4"),
        ("w-relationship-threads", "4 Nov 2026", "contacts Radek Soukup, Lenka Fišer"),
        ("w-plan-cadence", "Present cost per good part at the hearing: risk", "We pay more than"),
        ("w-sales-pipeline", "MDT-R27: amount", "834,000"),
        ("w-deal-levers", "service: lever", "gain 17,000"),
    ):
        assert re.search(rf"<td>{re.escape(name)}</td><td>{re.escape(value)}", opened[anchor]), name
    assert not re.search(
        r"<td>[^<]*\b(?:too-dear|macro: 0|interactions)\b", "".join(opened.values())
    )


@pytest.mark.parametrize(("cost", "shown"), [(679, "679 EUR"), (679000, "679\u202fk")])
def test_an_amount_that_looks_like_a_count_says_its_currency(
    tmp_path: Path, cost: int, shown: str
) -> None:
    text = f"""\
schema: 1
account: {{name: Acme, status: customer}}
economics: {{currency: EUR}}
risk: {{own: [{{id: late, class: payment, measure: x, measure_cost: {cost}}}]}}
"""
    html = html_of(page_of(site_of(tmp_path, {"playbooks/acme.yaml": text}), "acme"))
    assert f">{shown}</b>" in opened_by(html)["w-risk-own-expected-loss"]


@pytest.mark.parametrize(
    ("contract", "title"),
    [
        ("notice_by: 2027-06-30, end: 2027-12-31", "Notice deadline"),
        ("notice_by: 2027-06-30, end: 2027-12-31, auto_renews: true", "Notice deadline"),
        ("notice_by: 2027-06-30, end: 2027-12-31, auto_renews: false", "Renewal deadline"),
        ("end: 2027-12-31, auto_renews: false", "Contract ends"),
    ],
)
def test_nobody_gives_notice_of_a_contract_that_ends_by_itself(
    tmp_path: Path, contract: str, title: str
) -> None:
    text = f"schema: 1\naccount: {{name: Acme, status: customer, contract: {{{contract}}}}}\n"
    html = html_of(page_of(site_of(tmp_path, {"playbooks/acme.yaml": text}), "acme"))
    assert f"<dt>{title}<dd>" in html


def test_a_chinese_page_says_a_rows_name_once_and_writes_wide_brackets(tmp_path: Path) -> None:
    text = """\
schema: 1
account: {name: Acme, status: customer}
economics: {currency: EUR}
environment: {signals: [{what: 新厂, kind: change, noticed: 2026-11-01, answered: 2026-11-02}]}
service: {objects: [{id: a, level: company, stage: sale, role: buyer, activities: [{activity: visit, per_year: 2}]}]}
"""  # fmt: skip
    site = site_of(tmp_path, {"playbooks/acme.yaml": text})
    with speaking(shipped_chinese()):
        html = html_of(page_of(site, "acme"))
    assert "新厂：1天后回应" not in html
    assert "1天后回应" in html
    assert "2 × visit（销售）" in html


SAME_IDS = """\
schema: 1
account: {name: Acme, status: customer, region: emea}
economics: {currency: EUR, price: 100, production_cost: 60}
service:
  objects:
    - {id: price, importance: {level: 5, stage: 3, role: 5}}
    - {id: mill-crew, importance: {level: 4, stage: 5, role: 4}}
value:
  mode: money
  values: {product: {amount: 50, lever: {spend: 10, gain: 20}}}
risk:
  customer:
    - {id: price, doubt: A jump in price, probability: 0.5, loss: 80, measure: Index, effectiveness: 0.5, measure_cost: 4}
    - {id: product, doubt: Does it last, probability: 0.1, loss: 80, measure: A trial, effectiveness: 0.5, measure_cost: 4}
mix: {price: {wish: 3, offer: 4}, product: {wish: 5, offer: 4}}
offerings:
  retrofit: {status: ours}
  spare-parts: {status: open}
  upgrade: {status: competitor}
objectives: [{id: price, statement: The account earns 8 %, whose: ours}]
actions:
  - {id: price, what: Send the price letter, owner: kim-larsen, due: 2026-12-24, objective: price, readiness: {will: 0.5, confidence: 0.5, method: 0.5, action: 0.5}}
"""  # fmt: skip


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("mix.gap", "Product 1, Price −1, Place –, Promotion –"),
        ("deal.levers", "A jump in price 5, Product 2, Price 1, Does it last 1"),
        ("service.weights", "Price 48\u202f%, Mill crew 52\u202f%"),
        ("plan.smart", "The account earns 8 % 0"),
        ("plan.readiness", "Send the price letter 0.5"),
        ("risk.measure_benefit", "A jump in price 16, Does it last 0"),
    ],
)
def test_an_id_of_a_plan_names_nothing_but_its_own_entry(
    tmp_path: Path, key: str, shown: str
) -> None:
    site = site_of(tmp_path, {"playbooks/acme.yaml": SAME_IDS})
    assert view_of(site, the_account(site, "acme")).word(key) == shown


@pytest.mark.parametrize(
    ("name", "word", "english", "chinese"),
    [
        ("account.status", "customer", "customer", "现有客户"),
        ("environment.signals.0.kind", "customer", "customer", "客户"),
        ("environment.market.0.factor", "customer", "customer", "顾客"),
        ("objectives.price.whose", "ours", "ours", "我方所求"),
        ("offerings.retrofit.status", "ours", "ours", "我方"),
        ("offerings.retrofit.status", "open", "open", "空白"),
        ("offerings.retrofit.status", "competitor", "with a competitor", "竞争对手"),
        ("offerings.retrofit.status", "not_applicable", "not for them", "不适用"),
        ("service.objects.board.level", "company", "leadership", "公司"),
        ("survey.0.factors.0.factor", "customer", "customer", "customer"),
    ],
)
def test_a_choice_is_worded_by_its_own_field(
    tmp_path: Path, name: str, word: str, english: str, chinese: str
) -> None:
    settings = site_of(tmp_path).settings
    assert word_of(name, word, settings) == english
    in_chinese = replace(settings, site=settings.site.model_copy(update={"language": "zh"}))
    with speaking(shipped_chinese()):
        assert word_of(name, word, in_chinese) == chinese


def test_each_object_has_its_own_part_of_the_cost_to_serve(tmp_path: Path) -> None:
    # Two visits at what the catalogue says share their inputs, which the figure lists once
    text = """\
schema: 1
account: {name: Acme, status: customer}
economics: {currency: EUR}
service:
  objects:
    - id: board
      activities: [{activity: visit, per_year: 2}, {activity: visit, per_year: 3}]
    - {id: yard, activities: []}
    - {id: works, activities: [{activity: training, per_year: 1}]}
"""
    site = site_of(tmp_path, {"playbooks/acme.yaml": text})
    rows = served_rows(view_of(site, the_account(site, "acme")))
    assert {row.entry.id: row.cost for row in rows} == {"board": 2400, "yard": 0, "works": 700}


def test_the_same_portfolio_gives_the_same_bytes(everything: Site) -> None:
    assert render(everything.portfolio) == render(everything.portfolio)


def test_a_change_of_day_moves_the_page(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    assert site.today == datetime.date(2026, 11, 23)
    assert "Computed for 23 Nov 2026" in page_of(site, "harbor").fragments["source"]


ABROAD = """\
schema: 1
account: {name: Abroad, status: customer, contract: {end: 2027-12-31, value: 1000, currency: USD}}
summary: Sells in dollars, buys in euro.
economics:
  currency: EUR
  revenue: [{year: 2024, amount: 30}, {year: 2025, amount: 40}, {year: 2026, amount: 50, to: 2026-10-31}]
opportunities:
  - {id: dear, amount: 20000, probability: 0.5, currency: USD}
  - {id: near, amount: 15000, probability: 0.5}
service:
  objects: [{id: crew, promised: 40, delivered: 30}]
"""


def line_of(html: str) -> str:
    """The text of a fragment with one space between words."""
    return " ".join(text_of(html).split())


def test_amounts_say_the_currency_they_are_written_in(tmp_path: Path) -> None:
    page = page_of(site_of(tmp_path, {"playbooks/abroad.yaml": ABROAD}), "abroad")
    assert "1 k USD a year" in line_of(page.fragments["head"])
    plan = line_of(page.fragments["plan"])
    assert "dear , 20 k USD at 50 %" in plan
    assert "near , 15 k EUR at 50 %" in plan
    # among the inputs of the pipeline, where what is in euro says no currency
    assert "amount 20,000 USD" in plan
    assert "exchange rate of USD 0.9" in plan
    assert "amount 15,000 EUR" not in plan


def test_years_and_quarters_of_a_page_are_those_of_the_firm(tmp_path: Path) -> None:
    shipped = (defaults_folder() / "site.yaml").read_text("utf-8")
    files = {
        "playbooks/abroad.yaml": ABROAD,
        "site_config/site.yaml": shipped.replace("year_starts: 1\n", "year_starts: 2\n"),
    }
    page = page_of(site_of(tmp_path, files), "abroad")
    summary = line_of(page.fragments["summary"])
    assert "2025/26 40" in summary
    assert "2026/27 to 31 Oct 50" in summary
    assert (
        "Of what was promised for the last full quarter, 1 Aug 2026 to 31 Oct 2026, 75 % was"
        " delivered." in line_of(page.fragments["service"])
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {},
            (
                "We earn 520 k a year (493 k to 548 k). Whether they gain is open: between −17 k and"
                " +57 k, most likely +20 k. About even: if"
                " they value us 1.9 % less, they gain nothing. Health is 58, watch; pulled down most by late"
                " payment and value for cost. Top account: invest ahead of demand."
            ),
        ),
        (
            {"economics.production_cost": "730000"},
            (
                "We earn 190 k a year (159 k to 222 k). Whether they gain is open: between −17 k and"
                " +57 k, most likely +20 k. The price of 1 M is below our"
                " floor of 1.01 M; up to 1.02 M they gain too."
            ),
        ),
        (
            {"economics.production_cost": "930000"},
            (
                "Nobody can say yet whether we earn: between −44 k and +25 k a year, most likely −9.5 k."
                " What they gain is most likely +20 k. They gain up to a price of 1.02 M: that covers our cost of 1.01 M and"
                " not our floor of 1.26 M."
            ),
        ),
        (
            {"economics.production_cost": "1000000"},
            (
                "We lose 80 k a year (43 k to 116 k). No price mends it: they gain up to 1.02 M, and our"
                " cost is 1.08 M. Health is 58"
            ),
        ),
        (
            {"economics.production_cost": "1000000", "value.values.product": "1800000"},
            "A price of 1.08 M ends the loss, our floor is 1.35 M, and up to 2.02 M they gain too.",
        ),
        (
            {"economics.production_cost": "300000", "value.values.product": "300000"},
            (
                "Health is 49, at risk; pulled down most by value for cost and late payment. They gain"
                " nothing by buying; we would earn 620 k a year (594 k to 647 k). Our floor is 474 k,"
                " and up to 520 k they gain. They may leave. Win them back before anything else."
            ),
        ),
        (
            {"economics.production_cost": "1000000", "value.values.product": "300000"},
            "Neither side gains: we lose 80 k a year (43 k to 116 k). No price mends it",
        ),
        (
            {"account.status": "prospect", "qualification.money.score": "0"},
            (
                "They do not qualify (70 of 100), ruled out by: money. If we win them, we earn 520 k a"
                " year (493 k to 548 k). Whether they gain is open: between −17 k and +57 k, most likely"
                " +20 k. About even: if they value us 1.9 % less, they"
                " gain nothing. Spend nothing on them until that changes."
            ),
        ),
    ],
)
def test_what_an_account_comes_to(tmp_path: Path, changes: dict[str, str], sentence: str) -> None:
    known = WHOLE.replace("activity: check", "activity: visit")
    text = functools.reduce(lambda plan, change: changed(plan, *change), changes.items(), known)
    site = site_of(tmp_path, {"playbooks/whole.yaml": text, "playbooks/port.yaml": PORT})
    head = page_of(site, "whole").fragments["head"]
    concluded = re.search(r'<p class="say">(.*?)</p>', head)
    assert concluded
    assert sentence in " ".join(unescape(TAG.sub("", concluded[1])).split())


@pytest.mark.parametrize(
    ("changes", "outcome", "said_below", "word", "room"),
    [
        (
            {},
            "unclear",
            "Most likely both sides gain, but that is not certain.",
            "Both sides gain (75\u202f% sure)",
            "The price may fall by 401 k to our floor or rise by 20 k",
        ),
        (
            {"value.values.product": "1800000"},
            "balanced",
            "They gain by buying and we gain by selling.",
            "Both sides gain",
            "The price may fall by 401 k to our floor or rise by 1 M",
        ),
        (
            {"economics.production_cost": "1000000", "value.values.product": "1800000"},
            "buys_at_our_loss",
            "They gain, but the price does not cover our cost.",
            "We lose money",
            "The price must rise by 349 k to our floor and may rise by 1 M",
        ),
        (
            {"economics.production_cost": "300000", "value.values.product": "300000"},
            "they_will_not_buy",
            "We would gain, but they are better off without us.",
            "They gain nothing",
            "The price must fall by 480 k before they gain",
        ),
    ],
)
def test_a_deal_is_told_alike_wherever_it_is_told(
    tmp_path: Path,
    changes: dict[str, str],
    outcome: str,
    said_below: str,
    word: str,
    room: str,
) -> None:
    known = WHOLE.replace("activity: check", "activity: visit")
    text = functools.reduce(lambda plan, change: changed(plan, *change), changes.items(), known)
    site = site_of(tmp_path, {"playbooks/whole.yaml": text, "playbooks/port.yaml": PORT})
    page = page_of(site, "whole")
    assert said_below in line_of(page.fragments["value"])
    (account,) = (each for each in site.portfolio.accounts if each.id == "whole")
    assert view_of(site, account).word("deal.verdict") == word
    assert room in line_of(page.fragments["head"])
    listed = listed_accounts(site.portfolio)
    assert [each.verdict for each in listed if each.account.id == "whole"] == [outcome]


def test_the_first_screen_has_the_deal_that_is_worth_most(tmp_path: Path) -> None:
    page = page_of(site_of(tmp_path, {"playbooks/abroad.yaml": ABROAD}), "abroad")
    # 20,000 USD at 0.9 and 50 % against 15,000 EUR at 50 %
    assert "largest open deal: dear, 20 k USD at 50 %" in line_of(page.fragments["head"])
