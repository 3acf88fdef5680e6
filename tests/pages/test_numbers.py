"""The page with all numbers of an account: whole, linked to lines, and plain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.figures.definitions import DEFINITIONS
from generator.pages.engine import Engine
from generator.pages.numbers import numbers_pages
from generator.pages.site import Site
from generator.pages.why import SECTION_OF
from tests.figures.edits import PORT, WHOLE
from tests.figures.small import plan, portfolio
from tests.figures.test_fit_and_group import GROUP

LINE = re.compile(r'href="(?:\.\./([a-z]+)/)?source.html#L([0-9]+)"')


def pages(texts: dict[str, str]) -> dict[str, str]:
    """The pages by account."""
    site = Site(portfolio=portfolio(texts), engine=Engine())
    return {Path(page.path).parent.name: page.html for page in numbers_pages(site)}


def section(html: str, key: str) -> str:
    """One figure's part of the page."""
    anchor = "n-" + key.replace(".", "-").replace("_", "-")
    match = re.search(
        rf'<section id="{anchor}".*?</section>|<dt id="{anchor}".*?(?=<dt|</dl>)', html, re.DOTALL
    )
    assert match is not None, key
    return match[0]


def test_each_figure_is_told_once() -> None:
    html = pages({"acme": WHOLE, "port": PORT})["acme"]
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert sum(id_.startswith("n-") for id_ in ids) == len(DEFINITIONS)
    for definition in DEFINITIONS.values():
        part = section(html, definition.key)
        assert definition.title in part.replace("&#39;", "'"), definition.key
    assert not re.search(r"\b(None|nan|null)\b", html)


def test_a_number_is_told_with_all_it_takes_to_work_it_out_again() -> None:
    html = section(pages({"acme": WHOLE})["acme"], "economics.contribution")
    text = WHOLE.splitlines()
    for field in ("addressable_spend", "attainable_share", "contribution_margin"):
        line = next(i for i, row in enumerate(text, 1) if row.strip().startswith(f"{field}:"))
        assert f'href="source.html#L{line}"' in html
    assert "addressable spend x attainable share x contribution margin" in html
    assert "500,000 EUR a year" in html


def test_a_number_that_is_not_known_says_what_it_lacks() -> None:
    html = section(pages({"acme": plan()})["acme"], "economics.contribution")
    assert "Missing: <code>economics.addressable_spend</code>" in html


SERVED = """\
economics: {currency: EUR}
service:
  objects:
    - {id: mill-crew, level: company, stage: sale, role: buyer, importance: {level: 5, stage: 2, role: 2},
       activities: [{activity: visit, per_year: 6, hours: 2, rate: 3, expense: 4}]}
    - {id: b, level: handler, stage: sale, role: user, importance: {level: 2, stage: 2, role: 2},
       activities: [{activity: check, per_year: 5, hours: 3, rate: 2, expense: 1}]}
risk:
  own: [{id: late-money, class: payment, statement: Pays late, measure: Interest}, {id: freight-spike, class: other, measure: Index}]
survey:
  - {by: kim-larsen, factors: [{factor: Trust}]}
relationship:
  contacts: [{id: ann-lee, name: Ann Lee, roles: [decider], influence: 5, public_official: none}]
  interactions: [{date: 2026-11-01, contacts: [ann-lee], two_way: true}]
"""  # fmt: skip


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (
            "service.alignment",
            (
                "Cheapest change: Service money would no longer follow the weights if Mill crew,"
                " Visit fell from 6 to 3.03 a year (−50\u202f%)."
            ),
        ),
        ("risk.measure_cost", "No cost written: Pays late, freight spike"),
        ("survey.factors", "named by Kim Larsen"),
        ("relationship.decision_talk", "with Ann Lee"),
        ("completeness", ">At least one contact</a>; "),
        ("health.known", "<td>Contacts who talk with us<td>"),
        ("health.known", "Left out, because it is missing: "),
        ("health.known", "values: product, "),
    ],
)
def test_nothing_is_told_by_its_key(key: str, text: str) -> None:
    assert text in section(pages({"acme": plan(SERVED)})["acme"], key)


def test_inputs_of_other_accounts_lead_to_their_files() -> None:
    html = section(pages(GROUP)["acme"], "group.accounts")
    assert LINE.findall(html) == [("north", "2"), ("south", "2"), ("far", "2")]


def test_there_is_no_script_and_user_text_is_text() -> None:
    html = pages({"acme": plan().replace("name: Acme", "name: '<script>alert(1)</script>'")})[
        "acme"
    ]
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_what_decides_most_stands_first_in_its_section() -> None:
    html = pages({"acme": WHOLE, "port": PORT})["acme"]
    keys = {"n-" + re.sub(r"[._]", "-", key): key for key in DEFINITIONS}
    ranks: dict[tuple[str, str], list[int]] = {}
    for tag, anchor in re.findall(r'<(section|dt) id="(n-[^"]+)"', html):
        key = keys[anchor]
        ranks.setdefault((SECTION_OF.get(key, "plan"), tag), []).append(DEFINITIONS[key].order)
    assert {part: listed for part, listed in ranks.items() if listed != sorted(listed)} == {}
    assert ranks["value", "section"][:6] == [0, 0, 0, 0, 0, 1]
