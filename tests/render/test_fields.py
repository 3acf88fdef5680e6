"""The field reference, made from the model."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from generator.model import Playbook, scalars
from generator.model.account import AccountFacts, Qualification
from generator.model.economics import Economics, YearRevenue
from generator.model.relationship import Contact
from generator.model.schema import json_schema
from generator.model.value import StandardItem
from generator.render.field_words import Kind, kind_of, rows_of
from generator.render.fields import field_pages, sections_of
from tests.render.sites import site_of


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (scalars.Money, "an amount, 0 or more"),
        (scalars.Share | None, "a share, 0 to 1"),
        (scalars.ZeroToFive, "a number, 0 to 5"),
        (scalars.Year, "a year such as 2026"),
        (scalars.Sentiment | None, "a whole number, −2 to 2"),
        (tuple[scalars.Slug, ...] | None, "a list, each an id"),
        (dict[scalars.Slug, scalars.Line] | None, "keys, each an id, with a line of text"),
        (tuple[Contact, ...], "a list of entries"),
    ],
)
def test_a_kind_in_words(annotation: Any, words: str) -> None:
    assert kind_of(annotation).words == words


@pytest.mark.parametrize(
    ("model", "key", "words"),
    [
        (AccountFacts, "name", "a line of text"),
        (Economics, "price", "an amount, 0 or more"),
        (Economics, "minimum_margin", "a number, 0 or more, below 1"),
        (Economics, "horizon_years", "a whole number, 1 to 10"),
        (YearRevenue, "year", "a whole number, 1900 to 2200"),
        (StandardItem, "weight", "a number, more than 0, at most 1000"),
        (Qualification, "need", "keys of its own, or honestly unknown"),
    ],
)
def test_a_field_in_words(model: Any, key: str, words: str) -> None:
    (row,) = (one for one in rows_of(model) if one.key == key)
    assert row.kind.words == words


def test_a_fact_and_a_choice_are_marked() -> None:
    rows = {row.key: row for row in rows_of(Economics)}
    assert rows["price"].kind.is_fact
    assert rows["price"].unit == "money a year"
    status = {row.key: row for row in rows_of(AccountFacts)}["status"]
    assert status.needed
    assert status.kind == Kind(words="one of", choices=("prospect", "customer", "former"))


def page_html(tmp_path: Path) -> str:
    (page,) = field_pages(site_of(tmp_path))
    return "".join(page.fragments.values())


def test_every_section_has_its_own_anchor() -> None:
    names = [name for name, _ in sections_of(Playbook)]
    assert names == [field.alias or name for name, field in Playbook.model_fields.items()]


def test_every_key_and_every_word_of_the_schema_is_on_the_page(tmp_path: Path) -> None:
    coded = set(re.findall(r"<code>([^<]+)</code>", page_html(tmp_path)))
    coded |= {name for name, _ in sections_of(Playbook)}
    missing = {key for key in _keys(json_schema()) if key not in coded}
    assert missing - {"value", "owner", "find_by"} == set()


def _keys(node: Any) -> set[str]:
    found: set[str] = set()
    if isinstance(node, dict):
        found |= set(node.get("properties", ()))
        found |= {word for word in node.get("enum", ()) if isinstance(word, str)}
        for value in node.values():
            found |= _keys(value)
    elif isinstance(node, list):
        for value in node:
            found |= _keys(value)
    return found


def test_links_lead_to_tables_that_are_there(tmp_path: Path) -> None:
    (page,) = field_pages(site_of(tmp_path))
    html = "".join(page.fragments.values())
    ids = re.findall(r'id="([^"]+)"', html) + re.findall(r"\{#([a-z0-9-]+)\}", page.markdown)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_an_id_says_what_it_points_at(tmp_path: Path) -> None:
    html = page_html(tmp_path)
    assert "an id: industry in site_config/catalogue.yaml" in html
    assert "a list, each an id: use in site_config/catalogue.yaml" in html
    assert "an id: contact in relationship.contacts of this playbook" in html
    assert "an id: activity in site_config/catalogue.yaml" in html


def test_the_page_is_small(tmp_path: Path) -> None:
    assert len(page_html(tmp_path).encode()) < 190_000
