"""The field reference, made from the model."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from generator.figures.definitions import DEFINITIONS
from generator.form import FORM
from generator.form.account import Answer, Status
from generator.form.relationship import Contact
from generator.model import scalars
from generator.model.base import MoneyFact, Strict, about, needed
from generator.model.fields import form_of
from generator.outputs.form_schema import json_schema
from generator.pages.fields import PAGE, SECTION_PAGES, words_of
from generator.pages.links import field_href, method_href
from generator.pages.tree import Page
from generator.share import defaults_folder
from tests.pages.sites import page_of, site_of


class Sheet(Strict):
    """Every kind of field, optional and needed: the words are the same."""

    money: scalars.Money = needed("")
    balance: scalars.SignedMoney | None = about("")
    share: scalars.Share | None = about("")
    score: scalars.ZeroToFive = needed("")
    year: scalars.Year = needed("")
    sentiment: scalars.Sentiment | None = about("")
    days: scalars.Days | None = about("")
    ids: tuple[scalars.Slug, ...] | None = about("")
    lines: dict[scalars.Slug, scalars.Line] | None = about("")
    parts: dict[scalars.Part, scalars.Line] | None = about("")
    contacts: tuple[Contact, ...] = needed("")
    line: scalars.Line = needed("")
    text: scalars.Text | None = about("")
    margin: Annotated[float, Field(ge=0, lt=1), scalars.NUMBER] | None = about("")
    weight: Annotated[float, Field(gt=0, le=1000), scalars.NUMBER] = needed("")
    horizon: Annotated[int, Field(ge=1, le=10), scalars.WHOLE] = needed("")
    need: Answer | None = about("")
    price: MoneyFact | None = about("")
    status: Status = needed("")


WORDS = {
    "money": "an amount, 0 or more",
    "balance": "an amount",
    "share": "a share, 0 to 1",
    "score": "a number, 0 to 5",
    "year": "a year such as 2026",
    "sentiment": "a whole number, −2 to 2",
    "days": "a whole number, 0 or more",
    "ids": "a list, each an id",
    "lines": "keys, each an id, with a line of text",
    "parts": "keys, each one of R1, R2, R3, R4, S1, S2, S3, S4, V1, V2, V3, V4, K1, K2, K3, K4,"
    " with a line of text",
    "contacts": "a list of entries",
    "line": "a line of text",
    "text": "text",
    "margin": "a number, 0 or more, below 1",
    "weight": "a number, more than 0, at most 1000",
    "horizon": "a whole number, 1 to 10",
    "need": "keys of its own, or honestly unknown",
    "price": "an amount, 0 or more",
    "status": "one of",
}


def test_what_a_field_takes_in_words() -> None:
    assert {name: words_of(field) for name, field in form_of(Sheet).children.items()} == WORDS


def pages(tmp_path: Path) -> dict[str, Page]:
    """The index and a page for each section, by path."""
    site = site_of(tmp_path)
    return {page.path: page_of(page, site) for page in (PAGE, *SECTION_PAGES)}


def html_of(page: Page) -> str:
    return "".join(page.fragments.values())


def page_html(tmp_path: Path) -> str:
    return "".join(map(html_of, pages(tmp_path).values()))


def test_every_section_has_its_own_page_and_its_line_in_the_index(tmp_path: Path) -> None:
    made = pages(tmp_path)
    index = made["fields/index.md"].fragments["sections"]
    assert re.findall(r'<tr id="([a-z-]+)"', index) == [
        name.replace("_", "-") for name in FORM.children
    ]
    for name, field in FORM.children.items():
        href = field_href(name).removeprefix("fields/")
        if field.is_leaf:
            assert href == f"index.html#{name.replace('_', '-')}"
        else:
            assert f'<a href="{href}"><code>{name}</code></a>' in index
            page = made[f"fields/{href.replace('.html', '.md')}"]
            assert '<a href="index.html">Fields</a>' in html_of(page)


def test_a_section_names_the_figures_that_need_it(tmp_path: Path) -> None:
    made = pages(tmp_path)
    for definition in DEFINITIONS.values():
        for need in definition.needs:
            section = field_href(need.partition(".")[0])
            if "#" not in section:
                html = html_of(made[section.replace(".html", ".md")])
                assert f'href="../{method_href(definition.key)}"' in html, definition.key


def test_it_says_who_sees_a_field(tmp_path: Path) -> None:
    made = pages(tmp_path)
    account = html_of(made["fields/account.md"])
    assert account.count("Visible to everyone in our company.") == 1  # once for the section
    assert "<td>Their site.</td>" in account
    assert "<td>The customer&#39;s name. Visible to anyone.</td>" in account
    assert "<td>Dated notes. Visible to the account team.</td>" in account
    assert "Visible to few: restricted." in html_of(made["fields/relationship.md"])


def test_who_sees_a_field_follows_the_settings(tmp_path: Path) -> None:
    folder = tmp_path / "site_config"
    folder.mkdir()
    text = (defaults_folder() / "audiences.yaml").read_text(encoding="utf-8")
    own = text + "fields: {customer: [account.website], restricted: [account.notes.**]}\n"
    (folder / "audiences.yaml").write_text(own, encoding="utf-8")
    made = pages(tmp_path)
    account = html_of(made["fields/account.md"])
    assert "<td>Their site. Visible to the customer and us.</td>" in account
    assert "<td>Dated notes. Visible to few: restricted.</td>" in account


def test_every_key_and_every_word_of_the_schema_is_on_the_page(tmp_path: Path) -> None:
    coded = set(re.findall(r"<code>([^<]+)</code>", page_html(tmp_path)))
    coded |= set(FORM.children)
    missing = {key for key in _keys(json_schema()) if key not in coded}
    assert missing - {"value", "owner", "find_by"} == set()


def _keys(node: Any) -> set[str]:
    keys: set[str] = set()
    if isinstance(node, dict):
        keys |= set(node.get("properties", ()))
        keys |= {word for word in node.get("enum", ()) if isinstance(word, str)}
        for value in node.values():
            keys |= _keys(value)
    elif isinstance(node, list):
        for value in node:
            keys |= _keys(value)
    return keys


def test_links_lead_to_tables_that_are_there(tmp_path: Path) -> None:
    made = pages(tmp_path)
    ids = {
        path.replace("fields/", "").replace(".md", ".html"): re.findall(
            r'id="([^"]+)"', html_of(page)
        )
        + re.findall(r"\{#([a-z0-9-]+)\}", page.markdown)
        for path, page in made.items()
    }
    for path, page in made.items():
        here = path.replace("fields/", "").replace(".md", ".html")
        assert len(ids[here]) == len(set(ids[here])), path
        for target in re.findall(r'href="((?!\.\./)[^"]*)"', html_of(page)):
            file, _, place = target.partition("#")
            assert not place or place in ids[file or here], (path, target)


def test_a_section_is_outlined_whole(tmp_path: Path) -> None:
    outlined = 0
    for page in pages(tmp_path).values():
        html = html_of(page)
        tables = re.findall(r'<h2 id="([a-z-]+)"><code>', html)
        outline = re.search(r'<figure class="ap-pic ap-outline">.+?</figure>', html, re.DOTALL)
        assert bool(outline) == bool(tables), page.path
        if outline:
            outlined += 1
            assert re.findall(r'href="#([a-z-]+)"', outline[0]) == tables, page.path
            keys = re.findall(r"<code>([a-z_]+)", outline[0].partition("</figcaption>")[2])
            listed = re.findall(r'<th scope="row"><code>([a-z_]+)</code>', html)
            assert set(keys[1:]) == set(listed), page.path
    assert outlined > 10


def test_an_outline_marks_what_is_needed_and_what_is_a_list(tmp_path: Path) -> None:
    html = html_of(pages(tmp_path)["fields/value.md"])
    assert (
        '<a href="#value-alternatives"><code>alternatives</code></a></b> <small>list</small>'
        " <code>name*</code> <code>values</code></span>"
    ) in html
    assert (
        '<a href="#value-levels-core"><code>core</code></a></b> <small>and the others</small>'
        " <code>offer</code> <code>us</code> <code>rival</code></span>"
    ) in html
    assert '<a href="#value-costs"><code>costs</code></a></b> <code>monetary</code>' in html


def test_an_id_says_what_it_points_at(tmp_path: Path) -> None:
    html = page_html(tmp_path)
    assert "an id: industry in site_config/catalogue.yaml" in html
    assert "a list, each an id: use in site_config/catalogue.yaml" in html
    assert "an id: contact in relationship.contacts of this playbook" in html
    assert "an id: activity in site_config/catalogue.yaml" in html


def test_the_page_is_small(tmp_path: Path) -> None:
    assert len(page_html(tmp_path).encode()) < 190_000
