"""The method page: words by hand, numbers from the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from generator.figures.definitions import DEFINITIONS
from generator.pages import about_method, render
from generator.pages.fields import SECTION_PAGES
from generator.pages.links import anchor, field_href, method_href
from generator.pages.method import FILES, MODEL_PAGES, PAGE
from generator.pages.models import MODELS, OTHER, figures_of
from generator.pages.navigation import portfolio_pages
from generator.pages.page import SitePage
from generator.pages.tree import Frame, Page
from generator.share import defaults_folder
from tests.pages.sites import page_of, site_of


def pages(tmp_path: Path, files: dict[str, str | bytes] | None = None) -> list[Page]:
    """The page of the method and those of its models."""
    site = site_of(tmp_path, files or {})
    return [page_of(page, site) for page in (PAGE, *MODEL_PAGES) if page.exists(site)]


def method(tmp_path: Path, files: dict[str, str | bytes] | None = None) -> str:
    return "".join("".join(page.fragments.values()) for page in pages(tmp_path, files))


def test_every_figure_has_one_place_and_its_anchor(tmp_path: Path) -> None:
    html = method(tmp_path)
    for key, definition in DEFINITIONS.items():
        assert html.count(f'id="{anchor(key)}"') == 1, key
        assert f"<code>{key}</code>" in html
        assert definition.title
    placed = [listed.key for model in (*MODELS, OTHER) for listed in figures_of(model)]
    assert sorted(placed) == sorted(DEFINITIONS)


def test_the_builder_makes_one_frame_for_all_pages_of_models_and_sections(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    tree = render(site.portfolio)
    framed = {page.path: page for page in tree.framed}
    made = {page.path for page in tree.pages}
    for page in (*MODEL_PAGES, *SECTION_PAGES):
        if page.exists(site):
            assert framed[page.href].frame is Frame.NEAR
            assert page.path not in made
    assert {"method/index.md", "method/about.md", "fields/index.md"} <= made


def test_nothing_is_left_over_today() -> None:
    assert [definition.key for definition in figures_of(OTHER)] == []


def test_anchors_are_unique(tmp_path: Path) -> None:
    for page in pages(tmp_path):
        ids = re.findall(r'id="([^"]+)"', "".join(page.fragments.values()))
        ids += re.findall(r"\{#([a-z0-9-]+)\}", page.markdown)
        assert len(ids) == len(set(ids)), page.path


def test_figures_fields_items_and_models_lead_to_each_other(tmp_path: Path) -> None:
    made = {page.path: "".join(page.fragments.values()) for page in pages(tmp_path)}
    for model in MODELS:
        html = made[f"method/{model.name}.md"]
        assert f'href="{model.name}.html"' in made["method/index.md"], model.name
        assert '<a href="index.html">Method</a>' in html, model.name
        for figure in figures_of(model):
            address = method_href(figure.key)
            assert address == f"method/{model.name}.html#{anchor(figure.key)}"
            assert f'href="{address.removeprefix("method/")}"' in made["method/index.md"]
            for item in figure.item.split():
                assert f'href="index.html#item-{item.lower()}"' in html, figure.key
            for need in figure.needs:
                section = need.partition(".")[0]
                assert f'href="../{field_href(section)}"' in html, figure.key


def test_a_formula_leads_to_the_figures_it_names(tmp_path: Path) -> None:
    made = {page.path: "".join(page.fragments.values()) for page in pages(tmp_path)}
    assert (
        '<dd>production + marketing + <a href="service.html#service-cost-to-serve">cost to'
        ' serve</a> + <a href="risk.html#risk-own-expected-loss">our expected loss</a> + <a'
        ' href="risk.html#risk-measure-cost">cost of measures</a></dd>'
    ) in made["method/deal.md"]
    assert (
        '<dd>price - <a href="#deal-seller-cost">our full cost</a></dd>' in made["method/deal.md"]
    )


def _leaves(node: Any) -> Iterator[Any]:
    if isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _leaves(getattr(node, name))
    elif node is not None:
        yield node


def test_every_number_of_the_settings_is_shown_with_its_line(tmp_path: Path) -> None:
    site = site_of(tmp_path, {})
    html = method(tmp_path)
    count = sum(len(list(_leaves(getattr(site.settings, file)))) for file in FILES)
    assert len(re.findall(r'<a href="\.\./settings/shipped/\w+\.html#L\d+">', html)) == count


@pytest.mark.parametrize(
    ("file", "before", "after", "words"),
    [
        ("thresholds", "cut_off: 250000", "cut_off: 300000", "high from 300,000 EUR on"),
        ("thresholds", "payback_months: 12", "payback_months: 9", "up to 9 months"),
        ("thresholds", "mode: absolute", "mode: median", "from the middle of the portfolio on"),
        ("thresholds", "clause_threshold: 5000", "clause_threshold: 7000", "more than 7,000 EUR"),
        ("scoring", "pursue_from: 70", "pursue_from: 65", "pursue the account (from 65)"),
        ("scoring", "same_kind_from: 0.7", "same_kind_from: 0.8", "From 0.8 on"),
        ("tiers", "develop: fast", "develop: drop", "develop drop (放弃)"),
    ],
)
def test_a_changed_threshold_changes_the_page(
    tmp_path: Path, file: str, before: str, after: str, words: str
) -> None:
    shipped = (defaults_folder() / f"{file}.yaml").read_text(encoding="utf-8")
    assert before in shipped
    changed = shipped.replace(before, after)
    assert words in method(tmp_path, {f"site_config/{file}.yaml": changed})


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (about_method.PAGE, '<span lang="zh">张大成</span>, about 2006'),
        (about_method.PAGE, "a copy of the course's slides that is damaged"),
        (
            about_method.PAGE,
            "Where in the grid each pair stands is lost; our placement is a reconstruction.",
        ),
        (about_method.PAGE, "The names of the three factors are lost."),
        (about_method.PAGE, "all five names are lost."),
        (about_method.PAGE, "This product leaves that gain out, openly and for good"),
        (MODEL_PAGES[7], "There is no field for money to a person on the customer's side"),
        (PAGE, "None of it promises a profit"),
    ],
)
def test_what_is_lost_and_where_we_depart_is_said(
    tmp_path: Path, page: SitePage, words: str
) -> None:
    assert words in "".join(page_of(page, site_of(tmp_path, {})).fragments.values())


def test_whose_the_method_is_stands_on_one_page_that_may_be_left_out(tmp_path: Path) -> None:
    site = site_of(tmp_path / "with", {})
    pages = {page.path: page for page in portfolio_pages(site)}
    telling = [
        path
        for path, page in pages.items()
        if re.search(
            "张大成|course's|damaged|slides", page.markdown + "".join(page.fragments.values())
        )
    ]
    assert telling == ["method/about.md"]
    assert 'href="about.html"' in pages["method/index.md"].fragments["head"]
    without = site_of(tmp_path / "without", {"site_config/site.yaml": "about_method: false\n"})
    left = {page.path: page for page in portfolio_pages(without)}
    assert set(pages) - set(left) == {"method/about.md"}
    every = "".join(page.markdown + "".join(page.fragments.values()) for page in left.values())
    assert "about.html" not in every
    assert "about.md" not in every
