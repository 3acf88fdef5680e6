"""All numbers of an account on one page, to look one up, to print or to send.

Within a section those that decide most stand first.

Each figure with its formula, its confidence, every input with its line, and what is missing, so
that a reader who has only the site can work it out again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.figures import Account, Figure
from generator.figures.definition import Definition
from generator.figures.definitions import DEFINITIONS
from generator.language import said, say
from generator.pages import formats
from generator.pages.account_page import SECTIONS
from generator.pages.links import number_anchor, numbers_href
from generator.pages.site import Site
from generator.pages.source import STYLE
from generator.pages.tree import Frame, FramedPage
from generator.pages.view import AccountView, view_of
from generator.pages.why import SECTION_OF, InputTable, what_lowers
from generator.pages.words import Sureness, is_money, mark_of, title_of

Place = tuple[str, str | None, int | None, str | None]
"""By which an input is known: its name, and where it stands."""
MANY = 4
"""Inputs from which on a second telling is a link to the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A figure as the page tells it."""

    anchor: str
    is_known: bool
    definition: Definition
    method: str
    value: str
    full: str
    """The exact value with its unit, for those who count along."""
    mark: Sureness | None
    lowers: str
    certainty: str
    note: str
    missing: tuple[str, ...]
    left_out: tuple[str, ...]
    """The same of a figure that is known, in words."""
    waits_on: tuple[str, ...]
    table: InputTable | None
    same_as: tuple[str, str] | None
    """Anchor and title of a figure above, in the same section, whose inputs are these.

    Of its family it may have more.
    """
    override: str
    change: str


def numbers_pages(site: Site) -> Iterator[FramedPage]:
    """accounts/<id>/numbers.html for each account that can be read."""
    for account in site.accounts_with_pages:
        if account.playbook is not None:
            yield _page(site, account)


def _page(site: Site, account: Account) -> FramedPage:
    view = view_of(site, account, here=numbers_href(account.id), anchor_of=number_anchor)
    sections: dict[str, list[Number]] = {}
    above: dict[str, dict[str, set[Place]]] = {}
    for key, definition in sorted(DEFINITIONS.items(), key=lambda item: item[1].order):
        figure = account.figures.get(key)
        if figure is not None:
            section = SECTION_OF.get(key, "plan")
            number = _number(view, figure, definition, above.setdefault(section, {}))
            sections.setdefault(section, []).append(number)
    html = site.engine.render(
        "numbers.html.j2",
        acc=view,
        style=view.links.to(STYLE),
        sections=[
            (say(SECTIONS[name].title), name, sections[name])
            for name in SECTIONS
            if name in sections
        ],
    )
    return FramedPage(
        path=numbers_href(account.id),
        frame=Frame.ACCOUNT,
        title=say("{name}: all numbers", name=account.name),
        description=say(
            "Every number of {name}: how it is computed and what it rests on.", name=account.name
        ),
        html=html,
    )


def _number(
    view: AccountView, figure: Figure, definition: Definition, above: dict[str, set[Place]]
) -> Number:
    """`above` are the inputs of the section's figures so far: many of them are not listed twice."""
    told = figure.reasons if figure.value is not None else ()
    reasons = {(reason.name, reason.path, reason.line, reason.setting) for reason in told}
    same = None
    if len(reasons) >= MANY:
        same = next(
            (key for key, inputs in above.items() if _says_them(key, inputs, figure.key, reasons)),
            None,
        )
        above[figure.key] = reasons
    table = view.explainer.table(figure.reasons) if reasons and same is None else None
    return Number(
        anchor=number_anchor(figure.key),
        is_known=figure.value is not None,
        definition=definition,
        method=view.links.method(figure.key),
        value=view.explainer.shown(figure),
        full=_full(figure),
        mark=mark_of(figure),
        lowers=what_lowers(figure),
        certainty=view.explainer.certainty(figure),
        note=said(figure.note or ""),
        missing=tuple(said(name) for name in figure.missing),
        left_out=view.explainer.left_out(figure),
        waits_on=tuple(said(name) for name in figure.waits_on),
        table=table,
        same_as=(number_anchor(same), title_of(same)) if same else None,
        override=view.explainer.overrides.get(figure.key, ""),
        change=view.explainer.change(figure),
    )


def _says_them(key: str, inputs: set[Place], of: str, wanted: set[Place]) -> bool:
    """Whether a figure above has the inputs of another, and no strange ones among them."""
    is_kin = _root(key) == _root(of)
    return inputs == wanted or (is_kin and wanted <= inputs)


def _root(key: str) -> str:
    """The figure under which it opens, or itself."""
    return DEFINITIONS[key].under or key


def _full(figure: Figure) -> str:
    """The value to more digits than its short form has, where that says more."""
    if isinstance(figure.value, bool) or not isinstance(figure.value, (int, float)):
        return ""
    if figure.unit == "share":
        return formats.share(figure.value, 2)
    digits = 2 if is_money(figure.unit) else 4
    if counted := formats.counted(figure.value, figure.unit, digits):
        return counted
    return formats.with_unit(formats.number(figure.value, digits), figure.unit or "").strip()
