"""The page of references in two sentences: who may be shown, and whose doubts lack proof."""

from __future__ import annotations

from generator.language import say, say_count
from generator.render.formats import number, sentences


def reference_sentence(
    *, shown: int, usable: int, tired: int, doubts: int, lacking: int, helped: int
) -> str:
    """Who may be shown, who is asked too often, and what there is to do.

    `helped` is how many accounts with unproven doubts have a reference of their kind.
    """
    return sentences([_shown(shown, usable, tired), _doubts(doubts, lacking, helped)])


def _shown(shown: int, usable: int, tired: int) -> str:
    if not shown:
        return say(
            "No customer has agreed to be shown yet: ask one, and fill in relationship.reference."
        )
    references = say_count("{count} reference", "{count} references", shown)
    if not tired:
        return say(
            "{usable} of {references} may be shown today.",
            usable=number(usable),
            references=references,
        )
    return say_count(
        "{usable} of {references} may be shown today; {count} is asked for more often than agreed.",
        "{usable} of {references} may be shown today; {count} are asked for more often than"
        " agreed.",
        tired,
        usable=number(usable),
        references=references,
    )


def _doubts(doubts: int, lacking: int, helped: int) -> str:
    if not lacking:
        return say("Every doubt that is written down has its proof.") if doubts else ""
    all_of_them = say_count("{count} doubt", "{count} doubts", doubts)
    if not helped:
        return say_count(
            "{count} of {doubts} has no proof.",
            "{count} of {doubts} have no proof.",
            lacking,
            doubts=all_of_them,
        )
    return say_count(
        "{count} of {doubts} has no proof; {accounts} with such doubts could be shown a customer of"
        " their kind.",
        "{count} of {doubts} have no proof; {accounts} with such doubts could be shown a customer"
        " of their kind.",
        lacking,
        doubts=all_of_them,
        accounts=say_count("{count} account", "{count} accounts", helped),
    )
