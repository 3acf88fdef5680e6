"""The method: a page for each model in plain words, with thresholds in force and formulas.

The words stand in the template; numbers, names and formulas come from settings and definitions,
so that a changed threshold changes the page.
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.figures.definition import Definition
from generator.figures.definitions import DEFINITIONS
from generator.figures.formula import in_words
from generator.form.account import QUESTIONS
from generator.form.relationship import RUNGS
from generator.form.value import ProductLevels
from generator.language import phrase, say
from generator.pages import worked
from generator.pages.account_page import SECTIONS
from generator.pages.drawings.explained import Term, scale, terms, whole
from generator.pages.formats import listed, number
from generator.pages.links import Links, anchor, item_href, model_href, page_href
from generator.pages.models import MODELS, OTHER, Model, figures_of, model_of
from generator.pages.page import Menu, PageLayout, SitePage
from generator.pages.site import Site
from generator.pages.tree import Frame
from generator.pages.why import SECTION_OF
from generator.settings import Settings
from generator.settings.site_config import Point


class Priority(enum.StrEnum):
    """How central an item is."""

    CORE = "core"
    SUPPORTING = "supporting"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the method.

    Its figures, their formulas, thresholds and pages follow from the definitions.
    """

    id: str
    name: str
    chinese: str
    instead: str = ""
    """Of an item without figures: where it appears, or why not."""
    is_core: bool = False

    @property
    def priority(self) -> Priority:
        """Background where nothing is computed."""
        if self.instead:
            return Priority.BACKGROUND
        return Priority.CORE if self.is_core else Priority.SUPPORTING


ITEMS = (
    Item("A1", "Opening survey", "开场问卷"),
    Item(
        "A2",
        "Contrasts and the discussion in four steps",
        "对比与听想答辩",
        "No figure: a way to lead a meeting. Decisions keep the options that were heard.",
    ),
    Item("A3", "Ten qualification questions", "十个鉴别问题", is_core=True),
    Item("A4", "Why they buy or not, and ways to make them", "购买原因与办法"),
    Item("B1", "Country, market, front line", "环境、市场、一线"),
    Item("B2", "The order of looking", "先看后做再比"),
    Item("B3", "Six factors of the country and the world", "PESTLE"),
    Item("B4", "Six factors of the market", "6C"),
    Item("B5", "Strengths, weaknesses, opportunities, threats", "SWOT"),
    Item("B6", "Three responses", "三种应变"),
    Item("B7", "Measurable objectives in a chain", "MOST 与 SMART"),
    Item(
        "B8",
        "Seven S and seven M",
        "7S、7M",
        "Left out: the source has the names only, and they describe our own firm, not an account.",
    ),
    Item(
        "B9",
        "Generic strategies",
        "差异化、低成本、焦点",
        "No figure: the strategy in a sentence stands on top of the plan.",
    ),
    Item("B10", "Four Ps beside four Cs", "4P 与 4C"),
    Item(
        "B11",
        "Further Ps and Cs",
        "8P、8C",
        "Left out: the source has the names only.",
    ),
    Item("B12", "Six steps of selling, and the loop of plan, do, check, act", "六步销售与 PDCA"),
    Item("B13", "Analysis, plan, execution, control", "分析、计划、执行、控制"),
    Item("B14", "Life cycle of a market with its shake-outs", "市场生命周期"),
    Item(
        "B15",
        "From a seller's to a buyer's market",
        "卖方市场到买方市场",
        "No figure of its own: supply against demand is an input of the life cycle.",
    ),
    Item(
        "B16",
        "What business was won by in the past",
        "机遇、政策、关系、胆识",
        "No figure: outcomes keep the reason of each win and loss.",
    ),
    Item("B17", "Positioning", "定位"),
    Item(
        "B18",
        "Selling proposition, image, position",
        "USP、形象、定位",
        "No figure: the place wanted in their mind is a sentence of the positioning.",
    ),
    Item(
        "B19",
        "Four marks of a message",
        "VIPS",
        "Left out: it judges an advertisement, not an account.",
    ),
    Item(
        "B20",
        "Feature and benefit, corporate identity",
        "FBI、CIS",
        "Left out: the source has the letters only.",
    ),
    Item(
        "B21",
        "Needs of persons",
        "马斯洛需要层次",
        "Shown with a contact as what they look for at work; never scored.",
    ),
    Item("B22", "Push and pull", "推与拉"),
    Item(
        "B23",
        "Timing, fit, people",
        "时机、致宜、善任",
        "No figure: timing and terrain are two of the five factors.",
    ),
    Item("C1", "Five factors", "道天地将法"),
    Item("C2", "Seven comparisons", "七计"),
    Item(
        "C3",
        "Four grades of attack",
        "伐谋、伐交、伐兵、攻城",
        "No figure: the share of price issues says when it has come to a siege.",
    ),
    Item("C4", "Five conditions for victory", "知胜有五"),
    Item("C5", "Initiative", "致人而不致于人"),
    Item(
        "C6",
        "Pairs of opposites",
        "奇正、主客、劳逸",
        "Left out: nothing in it can be counted.",
    ),
    Item("D0", "Where the method fits", "从 4P 到 RSVR", is_core=True),
    Item("D1", "Sixteen parts", "十六个部分", is_core=True),
    Item("R1", "Customer selection", "客户甄选", is_core=True),
    Item("R2", "Service as a relationship", "客户服务", is_core=True),
    Item("R3", "Communication", "客户沟通", is_core=True),
    Item("R4", "Upgrading", "客户提升", is_core=True),
    Item("S1", "Service objects", "服务对象", is_core=True),
    Item("S2", "Service degree", "服务程度", is_core=True),
    Item("S3", "Service cost", "服务成本", is_core=True),
    Item("S4", "Service standard", "服务标准", is_core=True),
    Item("S5", "When service decides; the chain behind", "服务为先的条件、前网后链"),
    Item("S6", "The service triangle", "服务营销三角"),
    Item("V1", "Value composition", "价值构成", is_core=True),
    Item("V1b", "The balance of a deal", "成交的天平", is_core=True),
    Item("V1c", "Nine levers of a deal", "成交九力"),
    Item("V1d", "Five levels of a product", "产品五层次"),
    Item(
        "V1e",
        "Ten words of value",
        "价值十词",
        "Left out: the twelve lines of value and cost say the same in money.",
    ),
    Item("V2", "Value standard", "价值标准", is_core=True),
    Item("V3", "Value negotiation", "价值谈判", is_core=True),
    Item("V4", "Value return", "价值回报", is_core=True),
    Item("K1", "Risk structure", "风险结构", is_core=True),
    Item("K2", "Risk prevention", "风险防控", is_core=True),
    Item("K3", "Risk calculation", "风险计算", is_core=True),
    Item("K4", "Reference customer", "榜样客户", is_core=True),
    Item("E1", "Day, month, year", "日、月、年"),
    Item("E2", "The formula of success", "成功的法则"),
    Item(
        "E3",
        "The cycle of habits",
        "成功循环与三习惯",
        "No figure: whether the rhythm is kept is what the cadence tells.",
    ),
    Item("E4", "From knowing to doing", "不缺与缺"),
    Item(
        "E5",
        "From knowledge to attention",
        "知识到重视",
        "Left out: it is the ladder behind knowing and doing.",
    ),
    Item(
        "E6",
        "Quality of execution",
        "精、准、快、强度",
        "Left out: four marks for each action would be opinion only.",
    ),
    Item(
        "E7",
        "Kinds of knowledge",
        "知识的类别",
        "Left out: it describes our people, and judging them is not this product's business.",
    ),
    Item(
        "E8",
        "Capability by stage of the market",
        "各阶段所需能力",
        "No figure: the stage is told, what it asks of us is for the team to say.",
    ),
    Item("E9", "Control: input, cost, cash, profit", "营销管理控制系统"),
    Item("E10", "Measure before fact; results are outside", "先定标准、成果在外"),
    Item(
        "E11",
        "The right thing, and things right",
        "做对的事与把事做对",
        "No figure: tier and current course choose the right thing, cadence and readiness show how"
        " it is done.",
    ),
    Item(
        "E12",
        "No process guarantees profit",
        "没有终极答案",
        "Everywhere: each weight and threshold is yours to change, each number explains itself,"
        " and none promises profit.",
    ),
    Item(
        "E13",
        "Further sayings",
        "其他警句",
        "Left out: no feature can come of a saying.",
    ),
)


SettingPath = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFigure:
    """A figure of an item, with where it is defined and shown."""

    title: str
    href: str
    formula: str
    thresholds: str
    """Where the thresholds that decide it stand; empty when none do."""
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """An item as the table tells it."""

    item: Item
    figures: tuple[ItemFigure, ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """Where its figures are shown, each place once."""
        return tuple(dict.fromkeys(page for figure in self.figures for page in figure.pages))


def figures_of_item(item: str) -> tuple[Definition, ...]:
    """The figures that come from an item, in the order of their definitions."""
    return tuple(
        definition for definition in DEFINITIONS.values() if item in definition.item.split()
    )


def item_rows(
    links: Links, pages: Sequence[SitePage]
) -> tuple[tuple[str, tuple[ItemRow, ...]], ...]:
    """By priority the items with their figures."""
    rows = [
        ItemRow(
            item=item,
            figures=tuple(
                ItemFigure(
                    title=say(definition.title),
                    href=links.method(definition.key),
                    formula=say(definition.formula),
                    thresholds=_thresholds_of(links, definition.key),
                    pages=_shown_on(definition.key, pages),
                )
                for definition in figures_of_item(item.id)
            ),
        )
        for item in ITEMS
    ]
    return tuple(
        (priority, tuple(row for row in rows if row.item.priority == priority))
        for priority in Priority
    )


def _thresholds_of(links: Links, key: str) -> str:
    model = model_of(key)
    return links.to(f"{model_href(model.name)}#in-force") if model.settings else ""


def _shown_on(key: str, pages: Sequence[SitePage]) -> tuple[str, ...]:
    """Where a figure is shown: the section of an account's page, and the portfolio's page."""
    section = say("Account: {section}", section=say(SECTIONS[SECTION_OF.get(key, "plan")].title))
    first_word = key.partition(".")[0]
    titles = [page.title for page in pages if first_word in page.figures]
    return (section, *(say("Portfolio: {page}", page=title) for title in titles))


FILES = ("scoring", "thresholds", "tiers")
"""Files of site_config whose every number is on the page."""
_GROUPS = {
    "develop": "verbs",
    "maintain": "verbs",
    "maintain_customers": "verbs",
    "target_rungs": "rungs",
    "usable_from": "rungs",
}
"""Settings whose words have labels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A setting in force and where it stands."""

    says: str
    name: str
    value: str
    where: str
    href: str | None


class ItemName(NamedTuple):
    """An item of the method by number and name, and where the table tells it."""

    name: str
    href: str


class FormulaPart(NamedTuple):
    """Some words of a formula, and where the figure that they name is defined."""

    text: str
    href: str


class DrawnFigure(NamedTuple):
    """A figure in a picture."""

    key: str
    title: str
    formula: str
    terms: tuple[Term, ...]
    """Of a formula that adds and takes away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCard:
    """A figure as its page defines it."""

    definition: Definition
    anchor: str
    formula: tuple[FormulaPart, ...]
    items: tuple[ItemName, ...]
    """The items of the method it comes from; without any it is our own addition."""
    pages: tuple[str, ...]
    """Where it is shown."""
    sections: tuple[str, ...]
    """The sections of a playbook that it cannot do without."""


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """The models, each with its figures, then the table of all items."""
    site = page.site
    about = page.links.to(page_href("method/about.md"))
    page.head(about=about if site.settings.site.tells_of_method else "")
    page.section(
        "models",
        say("The models"),
        sentence=say("Each has a page: how it works, the thresholds in force, its figures."),
        models=[
            (say(model.title), say(model.sentence), page.links.to(model_href(model.name)), keys)
            for model, keys in _models(site, page.links)
        ],
    )
    page.section(
        "items",
        say("Every item of the method"),
        sentence=say("Where each item of the source went: its figures, formulas and pages."),
        groups=item_rows(page.links, page.pages),
    )
    return {}


def _models(site: Site, links: Links) -> Iterator[tuple[Model, tuple[tuple[str, str], ...]]]:
    """The models that have a page, with the title and the address of each of their figures."""
    for model in (*MODELS, OTHER):
        if _has_page(site, model):
            figures = figures_of(model)
            yield (
                model,
                tuple((say(figure.title), links.method(figure.key)) for figure in figures),
            )


def _has_page(site: Site, model: Model) -> bool:
    return model is not OTHER or bool(_places(site.settings, OTHER) or figures_of(OTHER))


def lay_out_model(page: PageLayout, model: Model) -> Mapping[str, Any]:
    """How a model works, the thresholds in force, the definition of each of its figures."""
    settings = page.site.settings
    page.head(
        model=model,
        method=page.links.to(PAGE.href),
        both=lambda group, word: _both(settings, group, word),
        questions=QUESTIONS,
        rungs=RUNGS,
        product_levels=[
            (name, field.description) for name, field in ProductLevels.model_fields.items()
        ],
        worked=worked,
        figure=_drawn,
        scale=scale,
        whole=whole,
    )
    places = _places(settings, model)
    if places:
        thresholds = [_threshold(page.site, page.links, place, says) for place, says in places]
        page.section("in-force", say("In force"), block="in_force", thresholds=thresholds)
    if figures := figures_of(model):
        cards = tuple(_card(page, definition) for definition in figures)
        page.section("figures", say("Figures"), cards=cards)
    return {"model": model}


def _places(settings: Settings, model: Model) -> list[tuple[tuple[str, SettingPath], str]]:
    """The settings that a model uses, each the first that does; OTHER has what is left."""
    leaves = [((file, path), says) for file in FILES for path, says in _leaves(settings, file)]
    return [(place, says) for place, says in leaves if _decides(place) is model]


@functools.lru_cache(maxsize=4096)
def _decides(place: tuple[str, SettingPath]) -> Model:
    """Each model's page asks it of each setting."""
    return next((model for model in MODELS if _belongs(place, model)), OTHER)


def _card(page: PageLayout, definition: Definition) -> FigureCard:
    sections = (need.partition(".")[0] for need in definition.needs)
    return FigureCard(
        definition=definition,
        anchor=anchor(definition.key),
        formula=_linked(page.links, definition),
        items=tuple(
            ItemName(name=_item_name(item), href=page.links.to(item_href(item.id)))
            for id in definition.item.split()
            for item in ITEMS
            if item.id == id
        ),
        pages=_shown_on(definition.key, page.pages),
        sections=tuple(dict.fromkeys(sections)),
    )


def _drawn(key: str) -> DrawnFigure:
    definition = DEFINITIONS[key]
    return DrawnFigure(
        key=key,
        title=say(definition.title),
        formula=say(definition.formula),
        terms=tuple(terms(in_words(definition))),
    )


def _linked(links: Links, definition: Definition) -> tuple[FormulaPart, ...]:
    return tuple(
        FormulaPart(text=words.text, href=links.method(words.names.key) if words.names else "")
        for words in in_words(definition)
    )


def _item_name(item: Item) -> str:
    name = say(item.name)
    numbered = f"{item.id} {name}"
    return (
        numbered
        if item.chinese in name
        else say("{name} ({title})", name=numbered, title=item.chinese)
    )


def _both(settings: Settings, group: str, word: str) -> str:
    """A word as the method has it beside ours: 'Customer selection (客户甄选)'."""
    word_label = settings.labels.get(group, {}).get(word)
    if word_label is None:
        return word
    shown = settings.label(group, word)
    return f"{shown} ({word_label.zh})" if word_label.zh and word_label.zh != shown else shown


def _belongs(place: tuple[str, SettingPath], model: Model) -> bool:
    file, path = place
    name = ".".join((file, *path, ""))
    return any(name.startswith(f"{setting}.") for setting in model.settings)


def _leaves(settings: Settings, file: str) -> Iterator[tuple[SettingPath, str]]:
    """The paths of all numbers and words of a file, each with what the model says of it."""
    yield from _leaves_below(getattr(settings, file), (), "")


def _leaves_below(node: Any, path: SettingPath, says: str) -> Iterator[tuple[SettingPath, str]]:
    if isinstance(node, BaseModel):
        for name, field in type(node).model_fields.items():
            description = field.description or ""
            yield from _leaves_below(getattr(node, name), (*path, name), description)
    elif isinstance(node, Mapping):
        for name, value in node.items():
            yield from _leaves_below(value, (*path, str(name)), says)
    elif node is not None:
        yield path, says


def _threshold(site: Site, links: Links, place: tuple[str, SettingPath], says: str) -> Threshold:
    file, path = place
    setting = site.settings.setting(file, *path)
    return Threshold(
        says=say(says).rstrip(".。"),
        name=".".join(path),
        value=_shown(site.settings, path[-1], setting.value),
        where=setting.where,
        href=links.settings(setting.where),
    )


def _shown(settings: Settings, name: str, value: Any) -> str:
    if isinstance(value, Point):
        return say("{counts} at {at}", counts=number(value.counts, 4), at=number(value.at, 4))
    if isinstance(value, tuple):
        return listed(_shown(settings, name, entry) for entry in value) or say("none")
    if isinstance(value, (int, float)):
        return number(value, 4)
    return settings.label(_GROUPS[name], value) if name in _GROUPS else str(value)


PAGE = SitePage(
    path="method/index.md",
    title=phrase("Method"),
    description=phrase("How every figure is made, with the thresholds in force."),
    lay_out=lay_out,
    menu=Menu.TOP,
    has_contents=True,
)


def _model_page(model: Model) -> SitePage:
    return SitePage(
        path=f"method/{model.name}.md",
        title=phrase(model.title),
        description=phrase(model.sentence),
        lay_out=lambda page: lay_out_model(page, model),
        menu=Menu.NONE,
        shared_template="method/model.html.j2",
        frame=Frame.NEAR,
        exists=lambda site: _has_page(site, model),
    )


MODEL_PAGES = tuple(_model_page(model) for model in (*MODELS, OTHER))
"""A page for each model."""
