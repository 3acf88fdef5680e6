"""Every leaf of site_config changed in turn, and plans rich enough for each change to show."""

from __future__ import annotations

import copy
import datetime
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from generator.figures import Account, Portfolio, enrich
from generator.figures.definitions import DEFINITIONS
from generator.language import ENGLISH, Language, speaking
from generator.model.fields import form_of
from generator.model.shape import faults_of
from generator.pages import ACCOUNT_PARTS, PARTS, home, rules, spoken_in
from generator.pages.account_page import account_pages
from generator.pages.engine import Engine
from generator.pages.navigation import PAGES, portfolio_pages
from generator.pages.page import SitePage
from generator.pages.portfolio import people, whitespace
from generator.pages.site import Site
from generator.pages.source import settings_pages, source_pages
from generator.pages.tree import Page, Piece, StaticFile
from generator.read import Document, Workspace, read_playbooks, read_text
from generator.rules.gate import judge
from generator.rules.gate.judge import unknown_names
from generator.rules.validate import Plan, check_plans, plan_of
from generator.settings import Settings, load_settings
from generator.settings.load import FILES, contradictions
from tests.everything import Mode, everything_text
from tests.figures.edits import PORT

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
        rounded = (shape for value in near for shape in (round(value, 6), round(value)))
        yield from (value for value in dict.fromkeys(rounded) if value != number)
        return
    model = FILES[leaf.file]
    fields = (form_of(model).at(path) for path in (leaf.path, leaf.path[:-1]))
    known = next((field.choices for field in fields if field and field.choices), ())
    if leaf.value == []:
        yield [known[0], known[-1]]
        return
    yield from (word for word in dict.fromkeys((*known, *words)) if word != leaf.value)
    yield DROP


def changes(
    leaf: Leaf, words: Sequence[Any] = (), known: Settings | None = None
) -> Iterator[Settings]:
    """The settings with a leaf changed, in each way that they may be."""
    before = known or shipped()
    for value in others(leaf, words):
        document = put(before.documents[leaf.file], leaf.path, value)
        if (changed := with_document(before, leaf.file, document)) is not None:
            yield changed


def with_document(known: Settings, file: str, document: Document) -> Settings | None:
    """The settings with one file changed; None where they may not be so."""
    model, faults = faults_of(FILES[file], document.data, whole=f"{file}.yaml")
    if faults:
        return None
    parts: dict[str, Any] = {
        file: getattr(model, "root", model),
        "documents": {**known.documents, file: document},
    }
    changed = replace(known, **parts)
    days = changed.scoring.contradictions.renewal_days
    changed = replace(changed, rules=changed.rules.with_renewal_days(days))
    return None if any(contradictions(changed)) or unknown_names(changed) else changed


ANSWERS = "target satisfaction brand need solution money authority competition comparison trend"


def _answers(score: int, **more: int) -> str:
    given = (f"{question}: {{score: {more.get(question, score)}}}" for question in ANSWERS.split())
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
    "not-felt": _plan("practices: [{practice: Ask first, known: true, felt: false}]\n"),
    "fair": _plan(
        "relationship: {contacts: [{id: eva, name: Eva Holt}], interactions: ["
        + ", ".join(
            f"{{date: 2026-11-0{day}, contacts: [eva], channel: {channel},"
            f" dimension: organisation, two_way: true}}"
            for day, channel in enumerate(("event", "call", "meeting"), 1)
        )
        + "]}\n"
    ),
    "one-thread": _plan(
        "relationship: {contacts: [{id: eva, name: Eva Holt}], interactions:"
        " [{date: 2026-11-01, contacts: [eva], two_way: true}]}\n"
    ),
    "simple": _plan(
        "economics: {currency: JPY, price: 9000}\n"
        "fit: {complexity: 3, order_value: 90000, importance: 2, capital_share: 0.2}\n"
    ),
    "shown": PORT.replace("{consent_until: 2026-11-23}", "{consent_until: 2027-06-30, use: logo}"),
    # 0.30 of 100 and 0.15 of 201: other chances put them in another order
    "nobody-sells": _plan(
        "economics: {currency: EUR}\n"
        "offerings: {line-retrofit: {status: open, potential: 100, revenue: 0}}\n"
    ),
    "a-rival-sells": _plan(
        "economics: {currency: EUR}\n"
        "offerings: {line-retrofit: {status: competitor, potential: 201, revenue: 0}}\n"
    ),
    "put-off": _plan("waivers: [{rule: owner, reason: new, by: kim-larsen, until: 2027-04-30}]\n"),
}
"""What neither the examples nor the playbooks with every field hold."""


MODES: tuple[tuple[Mode, int], ...] = (("money", 0), ("score", 1), ("money", 2), ("score", 3))
RICH = frozenset(f"everything-{mode}-{variant}" for mode, variant in MODES)
"""The ids of the playbooks with every field: most changes show in one of these."""


@cache
def plans() -> tuple[Plan, ...]:
    """Playbooks with every field, what these do not hold, and the examples."""
    texts = {
        **{f"everything-{mode}-{n}": everything_text(mode, variant=n) for mode, n in MODES},
        **MORE,
        "all-of-us": _plan(
            "actions:\n"
            + "".join(f"  - {{id: of-{id}, owner: {id}}}\n" for id in shipped().team.people)
        ),
    }
    documents = [
        *(read_text(text.encode(), f"playbooks/{id}.yaml") for id, text in texts.items()),
        *read_playbooks(Workspace.at(REPOSITORY)),
    ]
    return tuple(map(plan_of, documents))


def figured(
    settings: Settings, today: datetime.date = TODAY, only: Collection[str] | None = None
) -> Portfolio:
    """All these plans under some settings, not judged; `only` some of them checked."""
    return enrich(check_plans(plans(), settings, today, only), settings, today)


def assessed(settings: Settings, today: datetime.date = TODAY) -> Portfolio:
    """All these plans under some settings, with all that the gate finds."""
    return judge(figured(settings, today))


Computed = dict[str, Any]
"""By figure its value and its inputs; also the findings."""


def computed(account: Account) -> Computed:
    """All that is computed and found: values, what is missing, what inputs count.

    Limits that a reason merely repeats are left out, and so are the numbers in notes: a number
    that is only shown binds nothing.
    """
    results: Computed = {"findings": tuple(map(str, account.findings))}
    for key in DEFINITIONS:
        if (figure := account.figures.get(key)) is not None:
            inputs = tuple(
                (
                    reason.name,
                    "" if reason.setting and not reason.line else repr(reason.value),
                    _less_numbers(reason.note or ""),
                )
                for reason in figure.reasons
            )
            note = _less_numbers(figure.note or "")
            results[key] = (repr(figure.value), figure.missing, figure.confidence, note, inputs)
    return results


class AsShipped:
    """What comes out under the settings as they ship, each part once it is asked for."""

    def __init__(self, portfolio: Portfolio) -> None:
        """Nothing is computed yet."""
        self._accounts = {account.id: account for account in portfolio.accounts}
        self._makers = page_makers(portfolio)
        self._computed: dict[str, Computed] = {}
        self._pages: dict[int, str] = {}

    def differs(self, portfolio: Portfolio, only: Collection[str] | None = None) -> bool:
        """Whether an account is computed or found otherwise; `only` some accounts are compared."""
        return any(
            computed(account) != self._of(account.id)
            for account in portfolio.accounts
            if only is None or account.id in only
        )

    def looks_different(self, portfolio: Portfolio) -> bool:
        """Whether a page says or marks something else; pages are made up to the first that does."""
        return any(
            page_text(maker) != self._page(place)
            for place, maker in enumerate(page_makers(portfolio))
        )

    def _of(self, id: str) -> Computed:
        if id not in self._computed:
            self._computed[id] = computed(self._accounts[id])
        return self._computed[id]

    def _page(self, place: int) -> str:
        if place not in self._pages:
            self._pages[place] = page_text(self._makers[place])
        return self._pages[place]


@cache
def figured_as_shipped(today: datetime.date = TODAY) -> AsShipped:
    """The figures on a day under the settings as they ship, without the gate, which takes long."""
    return AsShipped(figured(shipped(), today))


@cache
def as_shipped(today: datetime.date = TODAY) -> AsShipped:
    """What comes out on a day under the settings as they ship."""
    return AsShipped(assessed(shipped(), today))


def where_shown(
    tried: Iterable[Settings], today: datetime.date = TODAY, *, pages_first: bool = False
) -> str:
    """Where one of some changed settings shows first: figures, findings, pages; '' for nowhere.

    The cheapest comparison goes first: the figures of playbooks with every field, of all.
    """
    changed = []
    if pages_first:
        tried = list(tried)
        if any(
            figured_as_shipped(today).looks_different(figured(settings, today))
            for settings in tried[:1]
        ):
            return "pages"
    for settings in tried:
        if figured_as_shipped(today).differs(figured(settings, today, RICH), RICH):
            return "figures"
        changed.append(settings)
    if any(figured_as_shipped(today).differs(figured(settings, today)) for settings in changed):
        return "figures"
    portfolios = []
    for settings in changed:
        portfolios.append(assessed(settings, today))
        if as_shipped(today).differs(portfolios[-1]):
            return "findings"
    return "pages" if any(map(as_shipped(today).looks_different, portfolios)) else ""


PageMaker = Callable[[], Iterable[Page]]


def page_makers(portfolio: Portfolio) -> tuple[PageMaker, ...]:
    """What makes the home page, those of our people and white space, and that of each account."""
    site = Site(portfolio=portfolio, engine=Engine(), allow_incomplete=True)
    each = (replace(site, share=slice(n, n + 1)) for n in range(len(portfolio.accounts)))
    return (
        lambda: [home.PAGE.made(site)],
        lambda: [people.PAGE.made(site)],
        lambda: [whitespace.PAGE.made(site)],
        *(partial(account_pages, one_account) for one_account in each),
    )


def page_text(maker: PageMaker) -> str:
    """The HTML that a maker makes, less its numbers: what is marked, said and listed."""
    with speaking(ENGLISH):
        return _less_numbers("\n".join(map(_html, maker())))


def _less_numbers(text: str) -> str:
    return _NUMBER.sub("#", text)


COPIES = (settings_pages, source_pages)
"""Pages that show site_config and the playbooks as they stand."""
FIRST = (people.PAGE, rules.PAGE)
"""Pages that show all words of the team and of the rules."""


def texts_shown(portfolio: Portfolio, language: Language) -> Iterator[str]:
    """Every page and file of the site in a language, less copies; findings and FIRST go first."""
    site = Site(
        portfolio=spoken_in(portfolio, language),
        engine=Engine(),
        language=language,
        allow_incomplete=True,
    )
    pages = sorted(PAGES, key=lambda page: page not in FIRST)
    portfolio_parts = [part for part in PARTS if part not in (portfolio_pages, *COPIES)]
    account_parts = [part for part in ACCOUNT_PARTS if part not in COPIES]
    each = [replace(site, share=slice(n, n + 1)) for n in range(len(portfolio.accounts))]
    makers: list[Callable[[], Iterable[Piece]]] = [
        *(partial(_pages, page, site) for page in pages if page.exists(site)),
        *(partial(part, site) for part in portfolio_parts),
        *(partial(part, account) for account in each for part in account_parts),
    ]
    yield from map(str, portfolio.findings)
    for maker in makers:
        with speaking(language):
            made = tuple(maker())
        for file in made:
            yield _text(file)


def _text(piece: Piece) -> str:
    if isinstance(piece, StaticFile):
        return piece.content.decode(errors="replace")
    return _html(piece) if isinstance(piece, Page) else piece.html


def _pages(declared: SitePage, site: Site) -> Iterator[Page]:
    yield declared.made(site, PAGES)


def _html(page: Page) -> str:
    return "\n".join((page.markdown, *page.fragments.values()))
