"""What it takes to mend a deal: by hand, and written into the file."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from generator.figures.levers import LeverUse, Remedy, cheapest_remedy, levers
from generator.read import read_text
from tests.figures.small import enriched, figure, plan

DEAL = (
    "economics: {currency: EUR, price: 100, production_cost: 40, marketing_cost: 10}\n"
    "service: {objects: []}\n"
    "risk:\n"
    "  customer: [{id: late, probability: 0.5, loss: 20, measure: m, effectiveness: 0.5,"
    " measure_cost: 4}]\n"
    "  own: []\n"
    "  credit: {receivable: 0, days_late: 0, default_probability: 0, loss_given_default: 0,"
    " cost_of_capital: 0}\n"
    "value:\n"
    "  values:\n"
    "    product: {amount: 60, lever: {spend: 10, gain: 30}}\n"
    "    service: {amount: 10, lever: {spend: 10, gain: 15}}\n"
    "    relationship: 0\n"
    "    quality: 0\n"
    "    image: 0\n"
    "    technology: 0\n"
    "  costs:\n"
    "    switching: {amount: 2, lever: {spend: 1, gain: 4}}\n"
    "    effort: 0\n"
    "    time: 0\n"
    "  alternatives: []\n"
)
"""They get 70 and pay 100 + 5 + 2, so they lack 37; we earn 100 - (40 + 10 + 4)."""


def remedy_of(text: str) -> Remedy | None:
    case = enriched(text).case
    assert case is not None
    return cheapest_remedy(case)


def uses_of(sections: str) -> list[tuple[str, float, float]]:
    """Name, gain and spend of each lever that is used, rounded."""
    remedy = remedy_of(plan(sections))
    assert remedy is not None
    assert not remedy.breaks
    return [(use.lever.name, round(use.gain, 3), round(use.spend, 3)) for use in remedy.uses]


def note_of(sections: str) -> str | None:
    return figure("deal.levers", sections).note


def but(*pairs: tuple[str, str]) -> str:
    """The deal with some texts otherwise."""
    text = DEAL
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_each_lever_gains_so_much_for_its_spend() -> None:
    deal_levers = figure("deal.levers", DEAL)
    # switching 4/1, product 30/10, service 15/10, the measure 0.5 · 20 · 0.5 / 4, the price 1
    assert list((deal_levers.value or {}).items()) == [
        ("costs.switching", 4),
        ("values.product", 3),
        ("values.service", 1.5),
        ("risk.late", pytest.approx(1.25)),
        ("price", 1),
    ]
    assert (deal_levers.unit, deal_levers.missing) == ("gain for spend", ())
    lines = {reason.name: (reason.value, reason.line) for reason in deal_levers.reasons}
    assert lines["value.values.product.lever.gain"] == (30, 12)
    assert lines["value.values.product.lever.spend"] == (10, 12)
    assert lines["risk.customer.late.measure_cost"] == (4, 7)
    assert lines["economics.price"] == (100, 4)
    assert lines["deal.seller_cost"] == (54, None)


def test_the_same_ratio_goes_by_name() -> None:
    even = but(
        ("spend: 10, gain: 15", "spend: 10, gain: 30"), ("spend: 1, gain: 4", "spend: 1, gain: 3")
    )
    names = list(figure("deal.levers", even).value)
    assert names == ["costs.switching", "values.product", "values.service", "risk.late", "price"]


def test_a_lever_moves_with_its_file() -> None:
    gained = figure("deal.levers", but(("spend: 10, gain: 30", "spend: 10, gain: 50")))
    assert gained.value["values.product"] == 5
    assert ("value.values.product.lever.gain", 50, 12) in [
        (reason.name, reason.value, reason.line) for reason in gained.reasons
    ]


def test_an_opinion_makes_the_list_less_sure() -> None:
    sure = figure("deal.levers", DEAL).confidence
    doubt = but(("product: {amount: 60,", "product: {amount: 60, grade: opinion,"))
    assert figure("deal.levers", doubt).value == figure("deal.levers", DEAL).value
    assert (figure("deal.levers", doubt).confidence or 1) < (sure or 0)


@pytest.mark.parametrize(
    ("change", "name", "ratio"),
    [
        # the whole risk is taken away: still its ratio, 0.5 · 20 · 1 / 4, though no more is gained
        (("effectiveness: 0.5", "effectiveness: 1"), "risk.late", 2.5),
        (("effectiveness: 0.5", "effectiveness: 0"), "risk.late", 0),
        (("probability: 0.5", "probability: 0"), "risk.late", 0),
        (("measure_cost: 4", "measure_cost: 0"), "risk.late", None),
        (("measure: m, effectiveness: 0.5, ", ""), "risk.late", None),
        # an amount that is written wins over what it would follow from
        (("effort: 0", "effort: 0\n    risk: 5"), "risk.late", None),
        (("effort: 0", "effort: 0\n    monetary: 100"), "price", None),
        (("production_cost: 40", "production_cost: 140"), "price", 1),
        (("spend: 10, gain: 30", "spend: 10, gain: 0"), "values.product", 0),
        (("spend: 10, gain: 30", "spend: 0, gain: 30"), "values.product", None),
    ],
)
def test_which_levers_there_are(change: tuple[str, str], name: str, ratio: float | None) -> None:
    assert (figure("deal.levers", but(change)).value or {}).get(name) == (
        None if ratio is None else pytest.approx(ratio)
    )


def test_what_costs_nothing_is_named_and_left_out() -> None:
    free = figure("deal.levers", but(("spend: 10, gain: 30", "spend: 0, gain: 30")))
    (named,) = (reason for reason in free.reasons if reason.note == "nothing to divide by")
    assert (named.name, named.line) == ("value.values.product.lever.spend", 12)
    gift = figure("deal.levers", but(("measure_cost: 4", "measure_cost: 0")))
    (named,) = (reason for reason in gift.reasons if reason.note == "nothing to divide by")
    assert (named.name, named.value) == ("risk.customer.late.measure_cost", 0)
    alone = figure("deal.levers", "value: {values: {product: {lever: {spend: 0, gain: 1}}}}\n")
    assert (alone.value, alone.note, alone.missing) == (None, "nothing to divide by", ())


def test_what_the_levers_lack() -> None:
    assert figure("deal.levers").missing == ("value",)
    scores = figure("deal.levers", "value: {mode: score}\n")
    assert (scores.note, scores.missing) == ("needs values in money", ("values in money",))
    bare = figure("deal.levers", "value: {values: {product: 5}}\n")
    assert (bare.missing, bare.note) == (("value.*.lever",), None)
    half = figure("deal.levers", but(("spend: 10, gain: 30", "spend: 10")))
    assert half.missing == ("value.values.product.lever.gain",)
    assert "values.product" not in half.value
    unsaid = figure("deal.levers", but((", measure_cost: 4", "")))
    assert unsaid.missing == ("risk.customer.late.measure_cost",)
    only_half = figure("deal.levers", "value: {values: {product: {lever: {spend: 3}}}}\n")
    assert (only_half.value, only_half.missing) == (None, ("value.values.product.lever.gain",))
    # the list stands without a verdict; what would remedy it does not
    unknown = figure("deal.levers", but((", production_cost: 40", "")))
    assert unknown.value["price"] == 1
    assert unknown.note == "the deal's verdict is not known"
    assert remedy_of(plan(but((", production_cost: 40", "")))) is None
    assert remedy_of(plan("value: {mode: score}\n")) is None


def test_the_least_spend_goes_down_the_list() -> None:
    # 37 are needed: of the 4 only the 2 there are, for 0.5; 30 for 10; 5 of 15, for 3.33
    assert uses_of(DEAL) == [
        ("costs.switching", 2, 0.5),
        ("values.product", 30, 10),
        ("values.service", 5, 3.333),
    ]
    remedy = remedy_of(plan(DEAL))
    assert remedy is not None
    assert [round(use.after, 3) for use in remedy.uses] == [0, 90, 15]
    assert remedy.spend == pytest.approx(0.5 + 10 + 10 / 3, abs=0.001)
    assert remedy.marketing == remedy.spend
    # 13.8333, each part rounded up to three digits
    assert note_of(DEAL) == (
        "both conditions hold once 13.84 EUR a year is spent: 0.5 on switching cost,"
        " 10 on product value, 3.34 on service value"
    )


def test_measure_and_price_come_last() -> None:
    # 57 are needed: 2 + 30 + 15, the 5 the measure leaves at 0.8 each, and 5 off the price
    deal = but(("product: {amount: 60", "product: {amount: 40"))
    assert uses_of(deal) == [
        ("costs.switching", 2, 0.5),
        ("values.product", 30, 10),
        ("values.service", 15, 10),
        ("risk.late", 5, 4),
        ("price", 5, 5),
    ]
    remedy = remedy_of(plan(deal))
    assert remedy is not None
    assert [round(use.after, 3) for use in remedy.uses] == [0, 70, 25, 1, 95]
    assert remedy.spend == pytest.approx(29.5, abs=0.001)
    assert remedy.marketing == pytest.approx(24.5, abs=0.001)
    assert note_of(deal) == (
        "both conditions hold once 29.51 EUR a year is spent: 0.5 on switching cost,"
        " 10 on product value, 10 on service value, 4 on more of the measure against late,"
        " 5.01 off the price"
    )


def test_a_one_off_moves_by_all_its_years() -> None:
    # 90 once over 3 years are 30 a year; of them 4 less a year are 12 less
    deal = but(("switching: {amount: 2,", "switching: {amount: 90, once: true,"))
    remedy = remedy_of(plan(deal))
    assert remedy is not None
    use = remedy.uses[0]
    assert (use.lever.name, use.gain, use.after) == ("costs.switching", 4, 78)
    # 72 once are 24 a year; of them 30 more a year are 90 more
    gained = but(("product: {amount: 60,", "product: {amount: 72, once: true,"))
    remedy = remedy_of(plan(gained))
    assert remedy is not None
    assert (remedy.uses[1].gain, remedy.uses[1].after) == (30, 162)


def test_what_measures_cost_is_no_more_there_to_be_spent() -> None:
    # 60 once are 20 a year, so they lack 77: 2 + 30 + 15 for 20.5, the 5 that the measure leaves
    # for its cost, and 25 off the price. At 2.24 that is 47.74 of the 47.76 we earn, 100 - 52.24
    dear = but(
        ("product: {amount: 60,", "product: {amount: 60, once: true,"),
        ("measure_cost: 4", "measure_cost: 2.24"),
    )
    remedy = remedy_of(plan(dear))
    assert remedy is not None
    assert remedy.spend == pytest.approx(47.74, abs=0.001)
    # at 2.26 it is 47.76 of 47.74
    assert remedy_of(plan(dear.replace("measure_cost: 2.24", "measure_cost: 2.26"))) is None


def test_a_line_that_follows_is_lowered_to_nothing_once() -> None:
    # what the risk costs them follows from the doubt: 5; of 8 the lever gains 5 for 2, and the
    # measure has nothing left to take away
    deal = but(("effort: 0", "effort: 0\n    risk: {lever: {spend: 3.2, gain: 8}}"))
    assert ("costs.risk", 5, 2) in uses_of(deal)
    # twice as dear, the measure comes first and takes 5 for 4; for the lever nothing is left
    dear = but(
        ("effort: 0", "effort: 0\n    risk: {lever: {spend: 8, gain: 8}}"),
        ("product: {amount: 60", "product: {amount: 40"),
    )
    assert [name for name, _, _ in uses_of(dear)][-2:] == ["risk.late", "price"]
    # 3 by the lever, 2 by the measure: what is then written stands for the whole line
    both = dear.replace("spend: 8, gain: 8", "spend: 1, gain: 3")
    remedy = remedy_of(plan(both))
    assert remedy is not None
    gained = {use.lever.name: use.gain for use in remedy.uses}
    after = {use.lever.name: use.after for use in remedy.uses}
    assert (gained["costs.risk"], after["costs.risk"]) == (3, 0)
    assert gained["risk.late"] == 2
    assert after["risk.late"] == pytest.approx(0.7)


def written(text: str, remedy: Remedy) -> str:
    """The file with the remedy in it: what is spent becomes marketing cost."""
    for use in remedy.uses:
        text = _with(text, use.lever.path, use.after)
    return _with(text, ("economics", "marketing_cost"), 10 + remedy.marketing)


def _with(text: str, path: tuple[str | int, ...], number: float) -> str:
    place = read_text(text.encode(), "playbooks/acme.yaml").value_place(path)
    lines = text.splitlines()
    line = lines[place.line - 1]
    old = re.match(r"[0-9.]+", line[place.column - 1 :])
    assert old is not None
    end = place.column - 1 + old.end()
    lines[place.line - 1] = f"{line[: place.column - 1]}{number:.9f}{line[end:]}"
    return "\n".join(lines) + "\n"


def scaled(remedy: Remedy, part: float) -> Remedy:
    """A part of it: each lever so much less."""

    def less(use: LeverUse) -> LeverUse:
        after = use.lever.before + part * (use.after - use.lever.before)
        return replace(use, gain=use.gain * part, after=after)

    return replace(remedy, uses=tuple(less(use) for use in remedy.uses))


@pytest.mark.parametrize(
    "change",
    [
        ("production_cost: 40", "production_cost: 40"),
        # without service the measure and the price have to do it
        ("service: {amount: 10, lever: {spend: 10, gain: 15}}", "service: 10"),
        ("product: {amount: 60", "product: {amount: 89"),
        ("product: {amount: 60", "product: {amount: 40"),
        ("switching: {amount: 2", "switching: {amount: 90, once: true"),
        ("product: {amount: 60", "product: {amount: 72, once: true"),
        # they lack next to nothing
        ("product: {amount: 60", "product: {amount: 96.99"),
        # larger sums: all that a lever may still bring is needed
        ("effort: 0", "effort: 33"),
    ],
)
def test_it_mends_the_deal_and_nine_tenths_do_not(change: tuple[str, str]) -> None:
    text = plan(but(change))
    assert enriched(text).figures["deal.verdict"].value == "they_will_not_buy"
    remedy = remedy_of(text)
    assert remedy is not None
    assert enriched(written(text, remedy)).figures["deal.verdict"].value == "balanced"
    part = enriched(written(text, scaled(remedy, 0.9))).figures["deal.verdict"].value
    assert part == "they_will_not_buy"


@pytest.mark.parametrize(
    ("change", "note"),
    [
        # they lack 37, which takes 13.83; we earn so much and no more: one line on each side
        (("production_cost: 40", "production_cost: 72.17"), None),
        (("production_cost: 40", "production_cost: 72.16"), "both conditions hold once 13.84"),
        (("production_cost: 40", "production_cost: 85"), None),
        # our cost is above the price: their highest, 63, is below it too
        (("production_cost: 40", "production_cost: 95"), None),
    ],
)
def test_no_spend_may_cost_more_than_we_earn(change: tuple[str, str], note: str | None) -> None:
    levers_note = note_of(but(change))
    if note is None:
        assert remedy_of(plan(but(change))) is None
        assert levers_note == "no spend on these levers makes both conditions hold"
    else:
        assert levers_note is not None
        assert levers_note.startswith(note)


def test_levers_that_do_not_gain_enough() -> None:
    # 37 are needed; 2, 30 and 4 of service are there, no measure, and the price is written
    deal = but(
        ("effort: 0", "effort: 0\n    monetary: 100\n    risk: 5"),
        ("spend: 10, gain: 15", "spend: 10, gain: 4"),
    )
    assert remedy_of(plan(deal)) is None
    assert remedy_of(plan(deal.replace("gain: 4}}\n    rel", "gain: 5.1}}\n    rel"))) is not None


@pytest.mark.parametrize(
    ("cost", "price", "note"),
    [
        # they gain 20 at 100, so they would pay up to 120; below our cost, which is that of
        # production and 14, we lose
        (91, 100, "; a price above 105 and below 120 does"),
        (86, 100, "; a price above 100 and below 120 does"),
        (105, 100, "; a price above 119 and below 120 does"),
        (106, 100, ""),
        (107, 100, ""),
    ],
)
def test_a_price_that_would_do_it(cost: float, price: float, note: str) -> None:
    deal = but(
        ("price: 100, production_cost: 40", f"price: {price}, production_cost: {cost}"),
        ("product: {amount: 60", "product: {amount: 117"),
    )
    assert remedy_of(plan(deal)) is None
    assert note_of(deal) == f"no spend on these levers makes both conditions hold{note}"
    # where what they pay is written, the price alone says nothing of what they gain
    fixed = deal.replace("effort: 0", "effort: 0\n    monetary: 100")
    assert note_of(fixed) == "no spend on these levers makes both conditions hold"


@pytest.mark.parametrize(
    ("changes", "after", "note"),
    [
        # they gain 1, we earn 46
        ((("product: {amount: 60", "product: {amount: 98"),), 101, "up by 1 to 101"),
        # they gain 53, we earn 46
        ((("product: {amount: 60", "product: {amount: 150"),), 54, "down by 46 to 54"),
        # 46 each: down
        ((("product: {amount: 60", "product: {amount: 143"),), 54, "down by 46 to 54"),
        # they gain 1.2345: rounded up to three digits
        (
            (("product: {amount: 60", "product: {amount: 98.2345"),),
            101.2345,
            "up by 1.24 to 101.24",
        ),
        # what they pay is written: only we can lose by the price
        (
            (
                ("product: {amount: 60", "product: {amount: 98"),
                ("effort: 0", "effort: 0\n    monetary: 100"),
            ),
            54,
            "down by 46 to 54",
        ),
    ],
)
def test_where_both_hold_the_least_price_that_breaks_them(
    changes: tuple[tuple[str, str], ...], after: float, note: str
) -> None:
    text = plan(but(*changes))
    assert enriched(text).figures["deal.verdict"].value == "balanced"
    remedy = remedy_of(text)
    assert remedy is not None
    assert remedy.breaks
    (use,) = remedy.uses
    assert (use.lever.name, use.lever.path) == ("price", ("economics", "price"))
    assert use.after == pytest.approx(after)
    assert remedy.marketing == 0
    assert abs(remedy.spend) == pytest.approx(abs(after - 100))
    assert enriched(written(text, remedy)).figures["deal.verdict"].value != "balanced"
    near = enriched(written(text, scaled(remedy, 0.9))).figures["deal.verdict"].value
    assert near == "balanced"
    levers_note = enriched(text).figures["deal.levers"].note
    assert levers_note == f"both conditions hold; the price {note} would break them"


def test_a_thousand_is_said_with_three_digits() -> None:
    # 123,456 of 200,000 are needed, at 2 for 1: 61,728
    deal = (
        DEAL.replace("price: 100,", "price: 400000,")
        .replace("product: {amount: 60, lever: {spend: 10, gain: 30}}", "product: 276551")
        .replace("service: {amount: 10, lever: {spend: 10, gain: 15}}", "service: 0")
        .replace("quality: 0", "quality: {amount: 0, lever: {spend: 100000, gain: 200000}}")
        .replace(", lever: {spend: 1, gain: 4}", "")
    )
    note = note_of(deal)
    assert note == ("both conditions hold once 61,800 EUR a year is spent: 61,800 on quality value")


def test_all_levers_are_there_for_other_pages() -> None:
    case = enriched(plan(DEAL)).case
    assert case is not None
    assert {lever.name: lever.gain for lever in levers(case)} == {
        "costs.switching": 4,
        "values.product": 30,
        "values.service": 15,
        "risk.late": 5,
        "price": 46,
    }
