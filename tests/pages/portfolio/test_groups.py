"""Groups as trees: what the whole amounts to, what each account brings itself, who lacks what."""

from __future__ import annotations

import re

from generator.pages.portfolio import groups
from generator.pages.portfolio.groups import GROUPS_SHOWN, ROWS_SHOWN
from tests.figures.small import plan
from tests.figures.test_fit_and_group import GROUP, revenue
from tests.pages.portfolio.reading import page_of, rows_of, sentence_of, text_of

NAMED = {
    id: text.replace("Acme", name)
    for (id, text), name in zip(GROUP.items(), ("Acme", "North", "South", "Far", "O"), strict=True)
}


def test_the_first_sentence_has_the_largest_group_as_one_customer() -> None:
    # 100 + 20 + 400 USD at 0.5 + 3
    assert sentence_of(page_of(groups.PAGE, NAMED)) == (
        "1 group with 4 accounts. Acme, as one customer: 323 EUR billed last year."
    )


def test_each_stands_under_its_parent_with_its_own_and_all_below() -> None:
    page = page_of(groups.PAGE, NAMED)
    assert list(page.fragments) == ["g-acme"]
    fragment = page.fragments["g-acme"]
    assert text_of(fragment).startswith("Revenue last year 323 EUR parent 100")
    assert rows_of(fragment) == [
        "Account Status Tier Owner Revenue last year",
        "Acme Customer ? – 100",
        "└ North Customer ? – 20 with all below 23",
        "└ Far Customer ? – 3",
        "└ South Customer ? – 200",
    ]
    assert re.findall('<tr class="d([0-9])', fragment) == ["0", "1", "2", "1"]


def test_what_nobody_and_what_somebody_does_not_know_is_named() -> None:
    texts = NAMED | {"south": revenue(9, "acme", "CNY").replace("Acme", "South")}
    text = text_of(page_of(groups.PAGE, texts).fragments["g-acme"])
    assert text.startswith("Revenue last year 123 EUR parent 100")
    assert (
        "Not known of any of them: price or contract a year, contribution a year, expected profit,"
        " our margin a year, our expected loss a year, their expected loss a year, they gain a year,"
        " white space a year." in text
    )
    assert text.endswith("Who is missing from a sum Revenue last year South")


def test_a_group_of_which_nothing_is_known_is_still_a_tree() -> None:
    texts = {"acme": plan(), "north": plan(more=", parent: acme").replace("Acme", "North")}
    page = page_of(groups.PAGE, texts)
    assert sentence_of(page) == "1 group with 2 accounts."
    fragment = page.fragments["g-acme"]
    assert rows_of(fragment) == [
        "Account Status Tier Owner",
        "Acme Customer ? –",
        "└ North Customer ? –",
    ]
    assert "EUR" not in text_of(fragment)


def test_the_parent_may_know_nothing_itself() -> None:
    texts = {"acme": plan(), "north": revenue(20, "acme").replace("Acme", "North")}
    text = text_of(page_of(groups.PAGE, texts).fragments["g-acme"])
    assert text.startswith("Revenue last year 20 EUR parent not known")


def test_prospects_and_former_customers_of_a_group_stand_apart() -> None:
    chance = ", development: {win_probability: 0.25}"
    prospect = revenue(0, "acme").replace("customer", "prospect")
    texts = NAMED | {
        "bet": prospect.replace(
            "revenue: [{year: 2025, amount: 0}]", f"price: 800{chance}"
        ).replace("Acme", "Bet"),
        "old": revenue(7000, "acme").replace("customer", "former").replace("Acme", "Old"),
    }
    fragment = page_of(groups.PAGE, texts).fragments["g-acme"]
    text = text_of(fragment)
    assert text.startswith(
        "Revenue last year 323 EUR parent 100"
        " Price or contract a year – weighted prospects 200 parent not known"
    )
    assert rows_of(fragment)[2:4] == [
        "└ Bet Prospect ? – – 800",
        "└ North Customer ? – 20 with all below 23 –",
    ]
    assert "Former customers are in no sum: Old." in text


def test_an_owner_stands_with_the_name_of_the_team() -> None:
    texts = {
        "acme": plan(more=", owner: li-wei"),
        "north": plan(more=", owner: gone, parent: acme").replace("Acme", "North"),
    }
    assert rows_of(page_of(groups.PAGE, texts).fragments["g-acme"])[1:] == [
        "Acme Customer ? 李伟",
        "└ North Customer ? gone",
    ]


def test_the_most_profit_first_then_the_most_accounts() -> None:
    texts = {
        "acme": plan(),
        "a": plan(more=", parent: acme"),
        "big": plan().replace("Acme", "Big"),
        "b": plan(more=", parent: big"),
        "c": plan(more=", parent: big"),
    }
    page = page_of(groups.PAGE, texts)
    assert list(page.fragments) == ["g-big", "g-acme"]
    assert sentence_of(page) == "2 groups with 5 accounts."


def test_parents_that_are_missing_or_lead_in_a_circle_make_no_group() -> None:
    texts = {
        "acme": plan(more=", parent: gone"),
        "a": plan(more=", parent: b"),
        "b": plan(more=", parent: a"),
        "self": plan(more=", parent: self"),
    }
    page = page_of(groups.PAGE, texts)
    assert sentence_of(page) == (
        "No account names a parent: set account.parent to see groups as one customer."
    )
    assert page.fragments == {}


def test_many_groups_and_many_accounts_of_one_are_cut_and_counted() -> None:
    texts: dict[str, str] = {}
    for place in range(GROUPS_SHOWN + 1):
        texts[f"top{place}"] = plan().replace("Acme", f"Top {place}")
        texts[f"sub{place}"] = plan(more=f", parent: top{place}")
    page = page_of(groups.PAGE, texts)
    assert len(page.fragments) == GROUPS_SHOWN
    assert sentence_of(page) == "41 groups with 82 accounts. The 40 largest stand below."
    texts = {"acme": plan()}
    texts |= {f"sub{place}": plan(more=", parent: acme") for place in range(ROWS_SHOWN + 1)}
    fragment = page_of(groups.PAGE, texts).fragments["g-acme"]
    assert len(rows_of(fragment)) == 1 + ROWS_SHOWN
    assert "and 2 accounts more; the sums above count them." in text_of(fragment)
