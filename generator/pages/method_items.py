"""Every item of the method: its name, how central it is, and where a background item went.

Which figures an item has, their formulas, thresholds and pages follow from the definitions; only
what has no figure is told here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Priority = Literal["core", "supporting", "background"]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the method."""

    id: str
    name: str
    chinese: str
    priority: Priority
    instead: str = ""
    """Of a background item: where it appears, or why not."""


ITEMS = (
    Item("A1", "Opening survey", "开场问卷", "supporting"),
    Item(
        "A2",
        "Contrasts and the discussion in four steps",
        "对比与听想答辩",
        "background",
        "No figure: a way to lead a meeting. Decisions keep the options that were heard.",
    ),
    Item("A3", "Ten qualification questions", "十个鉴别问题", "core"),
    Item("A4", "Why they buy or not, and ways to make them", "购买原因与办法", "supporting"),
    Item("B1", "Country, market, front line", "环境、市场、一线", "supporting"),
    Item("B2", "The order of looking", "先看后做再比", "supporting"),
    Item("B3", "Six factors of the country and the world", "PESTLE", "supporting"),
    Item("B4", "Six factors of the market", "6C", "supporting"),
    Item("B5", "Strengths, weaknesses, opportunities, threats", "SWOT", "supporting"),
    Item("B6", "Three responses", "三种应变", "supporting"),
    Item("B7", "Measurable objectives in a chain", "MOST 与 SMART", "supporting"),
    Item(
        "B8",
        "Seven S and seven M",
        "7S、7M",
        "background",
        "Left out: the source has the names only, and they describe our own firm, not an account.",
    ),
    Item(
        "B9",
        "Generic strategies",
        "差异化、低成本、焦点",
        "background",
        "No figure: the strategy in a sentence stands on top of the plan.",
    ),
    Item("B10", "Four Ps beside four Cs", "4P 与 4C", "supporting"),
    Item(
        "B11",
        "Further Ps and Cs",
        "8P、8C",
        "background",
        "Left out: the source has the names only.",
    ),
    Item(
        "B12",
        "Six steps of selling, and the loop of plan, do, check, act",
        "六步销售与 PDCA",
        "supporting",
    ),
    Item("B13", "Analysis, plan, execution, control", "分析、计划、执行、控制", "supporting"),
    Item("B14", "Life cycle of a market with its shake-outs", "市场生命周期", "supporting"),
    Item(
        "B15",
        "From a seller's to a buyer's market",
        "卖方市场到买方市场",
        "background",
        "No figure of its own: supply against demand is an input of the life cycle.",
    ),
    Item(
        "B16",
        "What business was won by in the past",
        "机遇、政策、关系、胆识",
        "background",
        "No figure: outcomes keep the reason of each win and loss.",
    ),
    Item("B17", "Positioning", "定位", "supporting"),
    Item(
        "B18",
        "Selling proposition, image, position",
        "USP、形象、定位",
        "background",
        "No figure: the place wanted in their mind is a sentence of the positioning.",
    ),
    Item(
        "B19",
        "Four marks of a message",
        "VIPS",
        "background",
        "Left out: it judges an advertisement, not an account.",
    ),
    Item(
        "B20",
        "Feature and benefit, corporate identity",
        "FBI、CIS",
        "background",
        "Left out: the source has the letters only.",
    ),
    Item(
        "B21",
        "Needs of persons",
        "马斯洛需要层次",
        "background",
        "Shown with a contact as what they look for at work; never scored.",
    ),
    Item("B22", "Push and pull", "推与拉", "supporting"),
    Item(
        "B23",
        "Timing, fit, people",
        "时机、致宜、善任",
        "background",
        "No figure: timing and terrain are two of the five factors.",
    ),
    Item("C1", "Five factors", "道天地将法", "supporting"),
    Item("C2", "Seven comparisons", "七计", "supporting"),
    Item(
        "C3",
        "Four grades of attack",
        "伐谋、伐交、伐兵、攻城",
        "background",
        "No figure: the share of price issues says when it has come to a siege.",
    ),
    Item("C4", "Five conditions for victory", "知胜有五", "supporting"),
    Item("C5", "Initiative", "致人而不致于人", "supporting"),
    Item(
        "C6",
        "Pairs of opposites",
        "奇正、主客、劳逸",
        "background",
        "Left out: nothing in it can be counted.",
    ),
    Item("D0", "Where the method fits", "从 4P 到 RSVR", "core"),
    Item("D1", "Sixteen parts", "十六个部分", "core"),
    Item("R1", "Customer selection", "客户甄选", "core"),
    Item("R2", "Service as a relationship", "客户服务", "core"),
    Item("R3", "Communication", "客户沟通", "core"),
    Item("R4", "Upgrading", "客户提升", "core"),
    Item("S1", "Service objects", "服务对象", "core"),
    Item("S2", "Service degree", "服务程度", "core"),
    Item("S3", "Service cost", "服务成本", "core"),
    Item("S4", "Service standard", "服务标准", "core"),
    Item("S5", "When service decides; the chain behind", "服务为先的条件、前网后链", "supporting"),
    Item("S6", "The service triangle", "服务营销三角", "supporting"),
    Item("V1", "Value composition", "价值构成", "core"),
    Item("V1b", "The balance of a deal", "成交的天平", "core"),
    Item("V1c", "Nine levers of a deal", "成交九力", "supporting"),
    Item("V1d", "Five levels of a product", "产品五层次", "supporting"),
    Item(
        "V1e",
        "Ten words of value",
        "价值十词",
        "background",
        "Left out: the twelve lines of value and cost say the same in money.",
    ),
    Item("V2", "Value standard", "价值标准", "core"),
    Item("V3", "Value negotiation", "价值谈判", "core"),
    Item("V4", "Value return", "价值回报", "core"),
    Item("K1", "Risk structure", "风险结构", "core"),
    Item("K2", "Risk prevention", "风险防控", "core"),
    Item("K3", "Risk calculation", "风险计算", "core"),
    Item("K4", "Reference customer", "榜样客户", "core"),
    Item("E1", "Day, month, year", "日、月、年", "supporting"),
    Item("E2", "The formula of success", "成功的法则", "supporting"),
    Item(
        "E3",
        "The cycle of habits",
        "成功循环与三习惯",
        "background",
        "No figure: whether the rhythm is kept is what the cadence tells.",
    ),
    Item("E4", "From knowing to doing", "不缺与缺", "supporting"),
    Item(
        "E5",
        "From knowledge to attention",
        "知识到重视",
        "background",
        "Left out: it is the ladder behind knowing and doing.",
    ),
    Item(
        "E6",
        "Quality of execution",
        "精、准、快、强度",
        "background",
        "Left out: four marks for each action would be opinion only.",
    ),
    Item(
        "E7",
        "Kinds of knowledge",
        "知识的类别",
        "background",
        "Left out: it describes our people, and judging them is not this product's business.",
    ),
    Item(
        "E8",
        "Capability by stage of the market",
        "各阶段所需能力",
        "background",
        "No figure: the stage is told, what it asks of us is for the team to say.",
    ),
    Item("E9", "Control: input, cost, cash, profit", "营销管理控制系统", "supporting"),
    Item("E10", "Measure before fact; results are outside", "先定标准、成果在外", "supporting"),
    Item(
        "E11",
        "The right thing, and things right",
        "做对的事与把事做对",
        "background",
        "No figure: tier and posture choose the right thing, cadence and readiness show how it is"
        " done.",
    ),
    Item(
        "E12",
        "No process guarantees profit",
        "没有终极答案",
        "background",
        "Everywhere: each weight and threshold is yours to change, each number explains itself,"
        " and none promises profit.",
    ),
    Item(
        "E13",
        "Further sayings",
        "其他警句",
        "background",
        "Left out: no feature can come of a saying.",
    ),
)
