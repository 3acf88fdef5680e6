"""Every leaf of site_config changed in turn, and plans rich enough for each change to show."""

from __future__ import annotations

import copy
import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from generator.enrich import Portfolio, enrich
from generator.enrich.definitions import DEFINITIONS
from generator.gate import judge
from generator.language import ENGLISH, Language, speaking
from generator.model.shape import faults_of, words_at
from generator.read import Document, Workspace, read_playbooks, read_text
from generator.render import render
from generator.render.account_page import account_pages
from generator.render.engine import Engine
from generator.render.home import home_pages
from generator.render.portfolio import people
from generator.render.site import Site
from generator.render.tree import Page
from generator.settings import Settings, load_settings
from generator.settings.contradictions import contradictions
from generator.settings.load import FILES
from generator.validate import validate
from tests.enrich.edits import PORT
from tests.everything import everything_text

REPOSITORY = Path(__file__).parents[2]
TODAY = datetime.date(2026, 11, 23)
Path_ = tuple[str | int, ...]
DROP = object()
"""A change: the entry is taken out."""
_NUMBER = re.compile(r"[0-9][0-9.,\u202f]*")


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One number or word of a file of site_config."""

    file: str
    path: Path_
    value: Any

    def __str__(self) -> str:
        return f"{self.file}: {'.'.join(map(str, self.path))}"


@cache
def shipped() -> Settings:
    """The settings of this repository, which are those that ship."""
    return load_settings(Workspace.at(REPOSITORY))


def leaves(file: str, node: Any = None, path: Path_ = ()) -> Iterator[Leaf]:
    """Every number and word of a file; an empty list is one too."""
    node = shipped().documents[file].data if node is None else node
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(file, value, (*path, key))
    elif isinstance(node, list) and node:
        for index, value in enumerate(node):
            yield from leaves(file, value, (*path, index))
    else:
        yield Leaf(file=file, path=path, value=node)


def put(document: Document, path: Path_, value: Any) -> Document:
    """The document with another value at a path, or without the entry there."""
    data: Any = copy.deepcopy(document.data)
    node = data
    for step in path[:-1]:
        node = node[step]
    if value is DROP:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return replace(document, data=data)


def number_of(value: Any) -> float | None:
    """The number that a leaf is; None for words."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def others(leaf: Leaf, words: Sequence[Any] = ()) -> Iterator[Any]:
    """What a leaf might be instead: other numbers, other words of its list, nothing."""
    number = number_of(leaf.value)
    if number is not None:
        near = (number / 2, number * 2, 0, 1, number * 10, number + 1, number - 1, number * 100)
        for other in dict.fromkeys(
            one for value in near for one in (round(value, 6), round(value))
        ):
            if other != number:
                yield other
        return
    model = FILES[leaf.file]
    known = words_at(model, leaf.path) or words_at(model, leaf.path[:-1])
    if leaf.value == []:
        yield [known[0], known[-1]]
        return
    yield from (one for one in dict.fromkeys((*known, *words)) if one != leaf.value)
    yield DROP


def changes(
    leaf: Leaf, words: Sequence[Any] = (), known: Settings | None = None
) -> Iterator[Settings]:
    """The settings with a leaf changed, in each way that they may be."""
    before = known or shipped()
    for other in others(leaf, words):
        document = put(before.documents[leaf.file], leaf.path, other)
        if (changed := with_document(before, leaf.file, document)) is not None:
            yield changed


def with_document(known: Settings, file: str, document: Document) -> Settings | None:
    """The settings with one file changed; None where they may not be so."""
    model, faults = faults_of(FILES[file], document.data, whole=f"{file}.yaml")
    if faults:
        return None
    model = getattr(model, "root", model)
    changed = replace(known, **{file: model}, documents={**known.documents, file: document})
    days = changed.scoring.contradictions.renewal_days
    changed = replace(changed, rules=changed.rules.with_renewal_days(days))
    return None if any(contradictions(changed)) else changed


ANSWERS = "target satisfaction brand need solution money authority competition comparison trend"


def _answers(score: int, **more: int) -> str:
    given = (f"{one}: {{score: {more.get(one, score)}}}" for one in ANSWERS.split())
    return f"qualification: {{{', '.join(given)}}}\n"


def _plan(sections: str, status: str = "prospect", more: str = "") -> str:
    return (
        f"schema: 1\naccount: {{name: Sample, status: {status}, reviewed: 2026-10-01{more}}}\n"
        f"summary: A sample.\n{sections}"
    )


_WORTH = (
    "economics: {currency: EUR, addressable_spend: %d, attainable_share: 0.5,"
    " contribution_margin: 0.5, retention: 0.9, price: %d, production_cost: %d, marketing_cost: 10,"
    " development: {monthly_cost: 1000, months: 2, win_probability: 0.9,"
    " monthly_contribution: 90000}}\n"
)
_VALUES = (
    "value: {values: {product: {amount: %d}, relationship: {amount: 0}, quality: {amount: 0},"
    " service: {amount: 0}, image: {amount: 0}, technology: {amount: 0}},"
    " costs: {monetary: {amount: %d}, switching: {amount: 0}, effort: {amount: 0},"
    " time: {amount: 0}, opportunity: {amount: 0}, risk: {amount: 0}}}\n"
)
MORE = {
    "half-known": _plan(_answers(1)),
    "no-need": _plan(_answers(2, need=0)),
    "no-authority": _plan(_answers(2, authority=0)),
    "no-money": _plan(_answers(2, money=0)),
    "won-back": _plan(
        _WORTH % (9_000_000, 100, 40)
        + "service: {objects: []}\nrisk: {own: [], customer: []}\n"
        + _VALUES % (50, 100),
        "former",
    ),
    "done": _plan(
        "practices: [{practice: Ask first, known: true, felt: true, noticed: true, able: true,"
        " done: true}]\n"
    ),
    "one-thread": _plan(
        "relationship: {contacts: [{id: eva, name: Eva Holt}], interactions:"
        " [{date: 2026-11-01, contacts: [eva], two_way: true}]}\n"
    ),
    "simple": _plan(
        "economics: {currency: JPY, price: 9000}\n"
        "fit: {complexity: 3, order_value: 90000, importance: 2, capital_share: 0.2}\n"
    ),
    "shown": PORT.replace(
        "{consent_until: 2026-11-23}", "{consent_until: 2027-06-30, use: [logo]}"
    ),
    "put-off": _plan("waivers: [{rule: owner, reason: new, by: kim-larsen, until: 2027-04-30}]\n"),
}
"""What neither the examples nor the playbooks with every field hold."""


@cache
def documents() -> tuple[Document, ...]:
    """The examples, playbooks with every field, and what these do not hold."""
    made = {
        **{
            f"everything-{mode}-{variant}": everything_text(mode, variant=variant)
            for mode, variant in (("money", 0), ("score", 1), ("money", 2), ("score", 3))
        },
        **MORE,
    }
    texts = (read_text(text.encode(), f"playbooks/{name}.yaml") for name, text in made.items())
    return (*read_playbooks(Workspace.at(REPOSITORY)), *texts)


def assessed(settings: Settings, today: datetime.date = TODAY) -> Portfolio:
    """All these plans under some settings."""
    plans = validate(documents(), settings, today)
    return judge(enrich(plans, settings, today))


def computed(portfolio: Portfolio) -> dict[tuple[str, str], Any]:
    """All that is computed and found: values, what is missing, what inputs count.

    Limits that a reason merely repeats are left out, and so are the numbers in notes: a number
    that is only shown binds nothing.
    """
    told: dict[tuple[str, str], Any] = {}
    for account in portfolio.accounts:
        for key in DEFINITIONS:
            if (figure := account.figures.get(key)) is not None:
                inputs = tuple(
                    (
                        one.name,
                        "" if one.setting and not one.line else repr(one.value),
                        _words(one.note),
                    )
                    for one in figure.reasons
                )
                said = (repr(figure.value), figure.missing, figure.confidence, _words(figure.note))
                told[account.id, key] = (*said, inputs)
        told[account.id, "findings"] = tuple(map(str, account.findings))
    return told


def _words(note: str | None) -> str:
    return _NUMBER.sub("#", note or "")


def pages(portfolio: Portfolio) -> str:
    """The pages of accounts and our people and the home page, less their numbers: what is marked, said and listed."""
    site = Site(portfolio=portfolio, engine=Engine(), allow_incomplete=True)
    with speaking(ENGLISH):
        accounts = [one for one in account_pages(site) if isinstance(one, Page)]
        made = [*accounts, *home_pages(site), people.PAGE.made(site)]
    return _NUMBER.sub("#", "\n".join(_html(one) for one in made))


def everything_shown(portfolio: Portfolio, language: Language) -> str:
    """Every page and file of the site in a language, less the copies of site_config; findings too."""
    tree = render(portfolio, allow_incomplete=True, language=language)
    texts = [_html(one) for one in tree.pages if not one.path.startswith("settings/")]
    texts += [
        one.content.decode(errors="replace")
        for one in tree.files
        if not one.path.startswith("settings/")
    ]
    return "\n".join((*texts, *map(str, portfolio.findings)))


def _html(page: Page) -> str:
    return "\n".join((page.markdown, *page.fragments.values()))
