"""The table of all items of the method: figures, formulas, thresholds and pages of each."""

from __future__ import annotations

from dataclasses import dataclass

from generator.figures.definition import Definition
from generator.figures.definitions import DEFINITIONS
from generator.language import say
from generator.pages.figure_places import SECTION_OF
from generator.pages.links import anchor
from generator.pages.method_items import ITEMS, Item
from generator.pages.page_names import SECTIONS
from generator.pages.portfolio import PAGES

PRIORITIES = ("core", "supporting", "background")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFigure:
    """A figure of an item, with where it is defined and shown."""

    title: str
    anchor: str
    formula: str
    model: str
    """The name of the model whose thresholds decide it; empty when none do."""
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """An item as the table tells it."""

    item: Item
    figures: tuple[ItemFigure, ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """Where its figures are shown, each place once."""
        return tuple(dict.fromkeys(page for one in self.figures for page in one.pages))


def figures_of_item(item: str) -> tuple[Definition, ...]:
    """The figures that come from an item, in the order of their definitions."""
    return tuple(one for one in DEFINITIONS.values() if item in one.item.split())


def item_rows(model_of: dict[str, str]) -> tuple[tuple[str, tuple[ItemRow, ...]], ...]:
    """By priority the items with their figures; `model_of` names the model of each figure."""
    rows = [
        ItemRow(
            item=item,
            figures=tuple(
                ItemFigure(
                    title=say(one.title),
                    anchor=anchor(one.key),
                    formula=say(one.formula),
                    model=model_of.get(one.key, ""),
                    pages=pages_of(one.key),
                )
                for one in figures_of_item(item.id)
            ),
        )
        for item in ITEMS
    ]
    return tuple(
        (priority, tuple(row for row in rows if row.item.priority == priority))
        for priority in PRIORITIES
    )


def pages_of(key: str) -> tuple[str, ...]:
    """Where a figure is shown: the section of an account's page, and the portfolio's page."""
    section = say("Account: {section}", section=say(SECTIONS[SECTION_OF.get(key, "plan")]))
    first_word = key.partition(".")[0]
    titles = [page.title for page in PAGES if first_word in page.figures]
    return (section, *(say("Portfolio: {page}", page=title) for title in titles))
