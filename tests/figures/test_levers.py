"""What it takes to mend a deal: by hand, and written into the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.figures.remedy import Remedy, Room, remedy_of
from tests.figures.small import enriched, figure, plan, settings

REPOSITORY = Path(__file__).parents[2]

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


def remedy(text: str) -> Room | Remedy | None:
    """What mends a deal."""
    case = enriched(plan(text)).case
    assert case is not None
    return remedy_of(case)


def uses_of(sections: str) -> list[tuple[str, float]]:
    """Name and amount of each move, rounded."""
    least = remedy(sections)
    assert isinstance(least, Remedy)
    return [(use.move.name, round(use.amount, 3)) for use in least.uses]


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
    assert remedy(but((", production_cost: 40", ""))) is None
    assert remedy("value: {mode: score}\n") is None


# What mends it. The floor is our full cost over 1 - 0.10; a move is at most 0.30 of today's value

WORTH = (("product: {amount: 60,", "product: {amount: 200,"),)
"""They get 210 for 107 and gain 103."""
DEAR = (*WORTH, ("production_cost: 40", "production_cost: 80"))
"""Our full cost is 94, so the price of 100 is under its floor of 104.44: 4 are lacking of 90."""


@pytest.mark.parametrize(
    ("changes", "uses"),
    [
        # the price up by 4 / 0.9, 4.4 of 100; production down by 4 is 5 of 80
        (DEAR, [("price", 4.444)]),
        # they gain 4 only, less than the price would take: production
        ((("product: {amount: 60,", "product: {amount: 101,"), DEAR[1]), [("production_cost", 4)]),
        # what they pay is written, so that a higher price takes nothing from them
        (
            (
                ("product: {amount: 60,", "product: {amount: 101,"),
                DEAR[1],
                ("effort: 0", "effort: 0\n    monetary: 100"),
            ),
            [("price", 4.444)],
        ),
        # they lack 37: the price may fall by 30, the product brings 30 for 10 of our 54; both it is,
        # for the price brings 1 for 1 of 100 and the product 3 for 1 of 54
        ((), [("-price", 7), ("values.product", 10)]),
        # 34 of 124 are lacking: production gives 33 at most, the price 27; 27 at a ninetieth of
        # their size each are less than 33 at a hundred-and-tenth and 1 of the price
        (
            (*WORTH, ("production_cost: 40", "production_cost: 110")),
            [("price", 1.111), ("production_cost", 33)],
        ),
        # 1.5 are lacking: 4 for 1 of our 54, of the 2 that switching costs them
        ((("product: {amount: 60,", "product: {amount: 95.5,"),), [("costs.switching", 0.375)]),
    ],
)
def test_the_least_that_does_it(
    changes: tuple[tuple[str, str], ...], uses: list[tuple[str, float]]
) -> None:
    assert uses_of(but(*changes)) == uses


def test_a_measure_of_ours_saves_what_it_costs_and_more() -> None:
    """0.5 x 40 x 0.5 = 10 for a cost of 2: each unit more saves 5, up to 0.3 x 2 = 0.6 units."""
    own = (
        "own: []",
        (
            "own: [{id: misuse, class: misuse, probability: 0.5, loss: 40, measure: m,"
            " effectiveness: 0.5, measure_cost: 2}]"
        ),
    )
    # our cost is 40 + 10 + 4 + 2 + 10 = 66, the price of 71 lacks 66 - 63.9 = 2.1, they gain 132
    text = but(*WORTH, own, ("price: 100", "price: 71"))
    assert figure("deal.levers", text).value["risk.misuse"] == 5
    assert uses_of(text) == [("risk.misuse", 0.525)]


@pytest.mark.parametrize(
    ("changes", "ours", "theirs"),
    [
        # 100 x 0.9 - 54 = 36, over 0.9
        (WORTH, 40, 103),
        # at the floor itself: 94 of 104.444 x 0.9 are our cost
        ((*DEAR, ("price: 100", "price: 104.44444444444444")), 0, 98.556),
        # a margin of the account's own: 100 x 0.46 is our cost of 46 less
        ((*WORTH, ("price: 100,", "price: 100, minimum_margin: 0.46,")), 0, 103),
    ],
)
def test_where_both_hold_the_room_is_told(
    changes: tuple[tuple[str, str], ...], ours: float, theirs: float
) -> None:
    room = remedy(but(*changes))
    assert isinstance(room, Room)
    assert room.ours == pytest.approx(ours, abs=1e-9)
    assert room.theirs == pytest.approx(theirs, abs=1e-3)


def test_where_no_two_moves_do_it_it_says_so() -> None:
    """124 are lacking: the price gives 27, production 60."""
    text = but(*WORTH, ("production_cost: 40", "production_cost: 200"))
    assert remedy(text) is None
    assert note_of(text) == (
        "no two moves within 30% of today's values mend the deal: the price is under its floor, or they gain nothing"
    )


def test_how_far_a_move_may_go_is_a_setting() -> None:
    text = plan(but(*WORTH, ("production_cost: 40", "production_cost: 110")))
    scoring = (REPOSITORY / "generator/defaults/scoring.yaml").read_text(encoding="utf-8")
    far = settings(scoring=scoring.replace("reach: 0.30", "reach: 0.40"))
    case = enriched(text, with_=far).case
    assert case is not None
    least = remedy_of(case)
    # production alone is enough: 34 of 44; the price needs 37.8 of 40
    assert isinstance(least, Remedy)
    assert [(use.move.name, round(use.amount, 3)) for use in least.uses] == [
        ("production_cost", 34)
    ]


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        (
            DEAR,
            "the least that mends the deal: the price up by 4.45 (4.4%) to 104.45; they then gain 98.5",
        ),
        (
            (),
            (
                "the least that mends the deal: the price down by 7.01 (7.0%) to 92.99, 10 spent on product value; they then begin to gain"
            ),
        ),
        (
            WORTH,
            (
                "both sides gain: the price may fall by 40 to its floor, or rise by 103 before they"
                " gain nothing"
            ),
        ),
        (
            (*WORTH, ("effort: 0", "effort: 0\n    monetary: 100")),
            "both sides gain: the price may fall by 40 to its floor; they gain 103",
        ),
    ],
)
def test_what_it_takes_in_a_sentence(changes: tuple[tuple[str, str], ...], note: str) -> None:
    assert note_of(but(*changes)) == note


def test_service_for_somebody_is_lowered_by_name() -> None:
    """Only service costs anything: 100 x 0.9 against 100; 10 of 100, within 30."""
    text = but(
        *WORTH,
        ("production_cost: 40, marketing_cost: 10", "production_cost: 0, marketing_cost: 0"),
        (", measure_cost: 4", ", measure_cost: 0"),
        (
            "objects: []",
            (
                "objects: [{id: board, name: The board, activities: [{activity: visit, per_year: 10,"
                " hours: 1, rate: 10, expense: 0}]}]"
            ),
        ),
        ("product: {amount: 200,", "product: {amount: 100,"),
    )
    # they gain 110 - 107 = 3, so that a price of 111.11 is out of the question
    assert uses_of(text) == [("service.board", 10)]
    assert "service for The board down by 10 (10.0%) to 90" in str(note_of(text))


def test_without_a_lever_there_is_an_answer_all_the_same() -> None:
    """What they pay is written and nothing is spent on them: production is to fall by 4 of 80."""
    text = but(
        ("product: {amount: 60, lever: {spend: 10, gain: 30}}", "product: 200"),
        ("service: {amount: 10, lever: {spend: 10, gain: 15}}", "service: 10"),
        ("switching: {amount: 2, lever: {spend: 1, gain: 4}}", "switching: 2"),
        ("effort: 0", "effort: 0\n    monetary: 100\n    risk: 5"),
        ("production_cost: 40", "production_cost: 80"),
    )
    levers = figure("deal.levers", text)
    assert levers.value == {}
    assert levers.note == (
        "the least that mends the deal: the price up by 4.45 (4.4%) to 104.45; they then gain 103"
    )
