"""The method page: each model in plain words, the thresholds in force, every figure's formula.

The words stand in the template; numbers, names and formulas come from settings and definitions,
so that a changed threshold changes the page.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from generator.figures.definition import Definition
from generator.figures.definitions import DEFINITIONS
from generator.form.account import QUESTIONS
from generator.form.relationship import RUNGS
from generator.form.value import COSTS, VALUES
from generator.language import phrase, say
from generator.pages.account_page import SECTIONS
from generator.pages.formats import listed, number
from generator.pages.links import Links, anchor, page_href
from generator.pages.page import Menu, PageLayout, SitePage
from generator.pages.site import Site
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
        "No figure: tier and posture choose the right thing, cadence and readiness show how it is"
        " done.",
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
class Model:
    """One model; its words stand in the block of its name."""

    name: str
    title: str
    sentence: str
    figures: tuple[str, ...]
    """Keys of figures, or the first words of keys; the longest that fits decides."""
    settings: tuple[str, ...] = ()
    """File and first steps of the settings that the model uses: 'scoring.service'."""


MODELS = (
    Model(
        name="qualification",
        title="Qualification",
        sentence="Ten questions before money and time are spent on an account.",
        figures=("qualification",),
        settings=("scoring.qualification",),
    ),
    Model(
        name="selection",
        title="Selection matrix and tier",
        sentence="Which accounts get our best people, and which are to change or to be let go.",
        figures=("tier", "selection", "economics"),
        settings=(
            "thresholds.retained_profit",
            "thresholds.development",
            "thresholds.horizon_years",
            "thresholds.discount_rate",
            "tiers.cells",
            "scoring.stability",
        ),
    ),
    Model(
        name="health",
        title="Health",
        sentence="How a customer is doing, and whether they must be rescued now.",
        figures=("health", "usage", "revenue.change", "selection.urgency"),
        settings=("scoring.health",),
    ),
    Model(
        name="attention",
        title="Attention",
        sentence="What needs a person, and whose account comes first.",
        figures=("attention", "contract"),
        settings=("scoring.attention",),
    ),
    Model(
        name="service",
        title="Service",
        sentence="Whom we serve beyond the contract, how much each matters, and what it costs.",
        figures=("service",),
        settings=("scoring.service", "tiers.maintain"),
    ),
    Model(
        name="value",
        title="Value against cost",
        sentence="What they gain by choosing us, counted as they would count it.",
        figures=("value", "standard", "negotiation", "return"),
        settings=("scoring.value",),
    ),
    Model(
        name="deal",
        title="Deal",
        sentence="Whether both sides gain, and how much room there is between them.",
        figures=("deal",),
        settings=("thresholds.minimum_margin",),
    ),
    Model(
        name="persons",
        title="No money to persons",
        sentence="Where this product departs from its source on purpose.",
        figures=(),
    ),
    Model(
        name="risk",
        title="Risk",
        sentence="What they fear in using us, and what they may cost us, both in money.",
        figures=("risk",),
        settings=("thresholds.clause_threshold",),
    ),
    Model(
        name="proof",
        title="Proof by a reference customer",
        sentence="A customer of the same kind who shows that it works.",
        figures=("risk.proof_coverage",),
        settings=("scoring.proof",),
    ),
    Model(
        name="ladder",
        title="Relationship: ladder and communication",
        sentence="How close they are by evidence, and whether we really talk.",
        figures=("relationship",),
        settings=("scoring.relationship",),
    ),
    Model(
        name="offer",
        title="Their reasons and our offer",
        sentence="Why they would buy or not, how they see us, and what our product is to them.",
        figures=("buying", "positioning", "mix", "product"),
    ),
    Model(
        name="market",
        title="Market and rivals",
        sentence="What is around the account, from the country down to the front line.",
        figures=("environment", "swot", "lifecycle", "competition"),
        settings=("scoring.environment", "scoring.lifecycle", "scoring.competition"),
    ),
    Model(
        name="doing",
        title="Objectives, actions, rhythm, sales",
        sentence="Whether what we want is clear, and whether it is done in time.",
        figures=("plan", "practice", "sales"),
        settings=("scoring.plan",),
    ),
    Model(
        name="control",
        title="Control",
        sentence="What became of the money: billed, received, planned, paid back.",
        figures=("control",),
    ),
    Model(
        name="survey",
        title="Survey",
        sentence="What our own people hold to be important, and how far they agree.",
        figures=("survey",),
    ),
    Model(
        name="growth",
        title="Revenue and white space",
        sentence="What was billed, and what could be sold where.",
        figures=("revenue", "offerings"),
    ),
    Model(
        name="parts",
        title="Sixteen parts of a plan",
        sentence="Whether the plan is whole: relationship, service, value, risk, four parts each.",
        figures=("rsvr",),
        settings=("scoring.parts",),
    ),
    Model(
        name="groups",
        title="Groups",
        sentence="A parent with its subsidiaries as one customer, each account counted once.",
        figures=("group",),
    ),
    Model(
        name="fit",
        title="Where the method fits",
        sentence="How much of it an account is worth.",
        figures=("rsvr.fit", "rsvr.plan_kind"),
        settings=("scoring.fit",),
    ),
    Model(
        name="contradictions",
        title="Contradictions",
        sentence="Numbers of one plan that cannot both be right, or ask for opposite things.",
        figures=("contradictions",),
        settings=("scoring.contradictions",),
    ),
    Model(
        name="completeness",
        title="Completeness",
        sentence="How much of what a plan is asked it has answered.",
        figures=("completeness",),
    ),
    Model(
        name="confidence",
        title="Confidence, age and what is missing",
        sentence="How sure a figure is, and why some are not told at all.",
        figures=(),
        settings=("scoring.evidence",),
    ),
)

OTHER = Model(
    name="other",
    title="Further figures and settings",
    sentence="What belongs to none of the models above.",
    figures=(),
)


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
        return tuple(dict.fromkeys(page for figure in self.figures for page in figure.pages))


def figures_of_item(item: str) -> tuple[Definition, ...]:
    """The figures that come from an item, in the order of their definitions."""
    return tuple(
        definition for definition in DEFINITIONS.values() if item in definition.item.split()
    )


def item_rows(
    model_of: dict[str, str], pages: Sequence[SitePage]
) -> tuple[tuple[str, tuple[ItemRow, ...]], ...]:
    """By priority the items with their figures; `model_of` names the model of each figure."""
    rows = [
        ItemRow(
            item=item,
            figures=tuple(
                ItemFigure(
                    title=say(definition.title),
                    anchor=anchor(definition.key),
                    formula=say(definition.formula),
                    model=model_of.get(definition.key, ""),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCard:
    """A figure as the page defines it."""

    definition: Definition
    anchor: str
    source: str
    """The item of the method it comes from, by number and name."""


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """The models with thresholds and figures, then the table of all items."""
    site = page.site
    leaves = {(file, path): says for file in FILES for path, says in _leaves(site.settings, file)}
    about = page.links.to(page_href("method/about.md"))
    page.head(about=about if site.settings.site.tells_of_method else "")
    for model in (*MODELS, OTHER):
        thresholds = [
            _threshold(site, page.links, place, leaves.pop(place))
            for place in list(leaves)
            if model is OTHER or _belongs(place, model)
        ]
        cards = tuple(_card(definition) for definition in figures_of(model))
        if model is OTHER and not (thresholds or cards):
            continue
        page.section(
            f"model-{model.name}",
            say(model.title),
            sentence=say(model.sentence),
            block="model",
            model=model,
            thresholds=thresholds,
            cards=cards,
            both=lambda group, word: _both(site.settings, group, word),
            questions=QUESTIONS,
            rungs=RUNGS,
            values=VALUES,
            costs=COSTS,
        )
    page.section(
        "items",
        say("Every item of the method"),
        sentence=say("Where each item of the source went: its figures, formulas and pages."),
        groups=item_rows(_model_of(), page.pages),
    )
    return {}


def _model_of() -> dict[str, str]:
    """By figure the model whose thresholds decide it."""
    return {key: home.name for key in DEFINITIONS if (home := _home(key)).settings}


def figures_of(model: Model) -> tuple[Definition, ...]:
    """The figures of a model, in the order of their definitions; OTHER has what is left."""
    return tuple(
        definition for definition in DEFINITIONS.values() if _home(definition.key) is model
    )


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
    items = [_item_name(item) for id in definition.item.split() for item in ITEMS if item.id == id]
    source = say("; ").join(items) if items else say("our own addition")
    return FigureCard(definition=definition, anchor=anchor(definition.key), source=source)


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
