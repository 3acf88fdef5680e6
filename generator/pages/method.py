"""The method page: each model in plain words, the thresholds in force, every figure's formula.

The words stand in templates/method; numbers, names and formulas come from settings and definitions,
so that a changed threshold changes the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from generator.figures.definition import Definition
from generator.figures.definitions import DEFINITIONS
from generator.language import say
from generator.model.playbook import COSTS, QUESTIONS, RUNGS, VALUES
from generator.pages.formats import listed, number
from generator.pages.links import Links, anchor
from generator.pages.method_items import ITEMS, Item
from generator.pages.method_models import MODELS, OTHER, Model, SettingPath
from generator.pages.method_table import item_rows
from generator.pages.site import Site
from generator.pages.skeleton import SkeletonSection, page_markdown
from generator.pages.tree import Page
from generator.settings import Settings

HERE = "method/index.html"
FILES = ("scoring", "thresholds", "tiers")
"""Files of site_config whose every number is on the page."""
_GROUPS = {"develop": "verbs", "maintain": "verbs", "target_rungs": "rungs", "usable_from": "rungs"}
"""Settings whose words have labels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A setting in force and where it stands."""

    says: str
    name: str
    value: str
    where: str
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCard:
    """A figure as the page defines it."""

    definition: Definition
    anchor: str
    source: str
    """The item of the method it comes from, by number and name."""


def method_pages(site: Site) -> Iterator[Page]:
    """method/index."""
    links = Links(here=HERE)
    leaves = {(file, path): says for file in FILES for path, says in _leaves(site.settings, file)}
    fragments = {
        "method-intro": site.engine.render("method/intro.html.j2"),
        "items": site.engine.render("method/items.html.j2", groups=item_rows(_model_of())),
    }
    models = [*MODELS, OTHER]
    shown = []
    for model in models:
        thresholds = [
            _threshold(site, links, place, leaves.pop(place))
            for place in list(leaves)
            if model is OTHER or _belongs(place, model)
        ]
        cards = tuple(_card(one) for one in figures_of(model))
        if model is OTHER and not (thresholds or cards):
            continue
        shown.append(model)
        fragments[f"model-{model.name}"] = site.engine.render(
            "method/section.html.j2",
            model=model,
            thresholds=thresholds,
            cards=cards,
            **_context(site, links),
        )
    yield Page(path="method/index.md", markdown=_markdown(shown), fragments=fragments)


def _context(site: Site, links: Links) -> dict[str, Any]:
    """What the words of a model may name."""
    return {
        "settings": site.settings,
        "label": site.settings.label,
        "both": lambda group, word: _both(site.settings, group, word),
        "links": links,
        "currency": site.settings.currencies.reporting_currency,
        "questions": QUESTIONS,
        "rungs": RUNGS,
        "values": VALUES,
        "costs": COSTS,
    }


def _markdown(models: list[Model]) -> str:
    return page_markdown(
        title=say("Method"),
        description=say("How every figure is made, with the thresholds in force."),
        sentence=say("How every figure is made, which thresholds are in force, and what is ours."),
        head="method-intro",
        sections=[
            *(
                SkeletonSection(
                    anchor=f"model-{one.name}",
                    title=say(one.title),
                    sentence=say(one.sentence),
                )
                for one in models
            ),
            SkeletonSection(
                anchor="items",
                title=say("Every item of the method"),
                sentence=say(
                    "Where each item of the source went: its figures, formulas and pages."
                ),
            ),
        ],
    )


def _model_of() -> dict[str, str]:
    """By figure the model whose thresholds decide it."""
    return {key: home.name for key in DEFINITIONS if (home := _home(key)).settings}


def figures_of(model: Model) -> tuple[Definition, ...]:
    """The figures of a model, in the order of their definitions; OTHER has what is left."""
    return tuple(one for one in DEFINITIONS.values() if _home(one.key) is model)


def _home(key: str) -> Model:
    """The model with the longest prefix of the key."""
    fitting = [
        (len(prefix), index)
        for index, model in enumerate(MODELS)
        for prefix in model.figures
        if key == prefix or key.startswith(f"{prefix}.")
    ]
    return MODELS[max(fitting)[1]] if fitting else OTHER


def _card(definition: Definition) -> FigureCard:
    items = [_named(one) for id in definition.item.split() for one in ITEMS if one.id == id]
    source = say("; ").join(items) if items else say("our own addition")
    return FigureCard(definition=definition, anchor=anchor(definition.key), source=source)


def _named(item: Item) -> str:
    name = say(item.name)
    told = f"{item.id} {name}"
    return told if item.chinese in name else say("{name} ({title})", name=told, title=item.chinese)


def _both(settings: Settings, group: str, word: str) -> str:
    """A word as the method has it beside ours: 'Customer selection (客户甄选)'."""
    found = settings.labels.get(group, {}).get(word)
    if found is None:
        return word
    shown = settings.label(group, word)
    return f"{shown} ({found.zh})" if found.zh and found.zh != shown else shown


def _belongs(place: tuple[str, SettingPath], model: Model) -> bool:
    file, path = place
    return any(
        file == of_file and path[: len(prefix)] == prefix for of_file, prefix in model.settings
    )


def _leaves(settings: Settings, file: str) -> Iterator[tuple[SettingPath, str]]:
    """The paths of all numbers and words of a file, each with what the model says of it."""
    yield from _leaves_below(getattr(settings, file), (), "")


def _leaves_below(node: Any, path: SettingPath, says: str) -> Iterator[tuple[SettingPath, str]]:
    if isinstance(node, BaseModel):
        for name, field in type(node).model_fields.items():
            told = field.description or ""
            yield from _leaves_below(getattr(node, name), (*path, name), told)
    elif isinstance(node, Mapping):
        for name, value in node.items():
            yield from _leaves_below(value, (*path, str(name)), says)
    else:
        yield path, says


def _threshold(site: Site, links: Links, place: tuple[str, SettingPath], says: str) -> Threshold:
    file, path = place
    found = site.settings.setting(file, *path)
    return Threshold(
        says=say(says).rstrip(".。"),
        name=".".join(path),
        value=_shown(site.settings, path[-1], found.value),
        where=found.where,
        href=links.settings(found.where),
    )


def _shown(settings: Settings, name: str, value: Any) -> str:
    if isinstance(value, tuple):
        return listed(_shown(settings, name, one) for one in value) or say("none")
    if isinstance(value, (int, float)):
        return number(value, 4)
    return settings.label(_GROUPS[name], value) if name in _GROUPS else str(value)
