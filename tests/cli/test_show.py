"""`playbook show`: the conclusion, what to do, the headline figures or every one, in words."""

from __future__ import annotations

import re
from pathlib import Path

from generator.figures.definition import Rank
from generator.figures.definitions import DEFINITIONS
from tests.program import run

DAY = ("--today", "2026-11-23")
FIGURE = re.compile(r"  (.+?) {2,}(.+?) +([a-z_]+(?:\.[a-z_]+)*)")


def figures(text: str) -> dict[str, tuple[str, str]]:
    """By key the title and the value as they are printed."""
    matches = (FIGURE.fullmatch(line) for line in text.splitlines())
    return {match[3]: (match[1], match[2]) for match in matches if match}


def test_the_conclusion_stands_before_everything(repository: Path) -> None:
    """Price 690,000, cost 721,245: a loss of 31,245; 801,384 is the floor, 848,000 their most."""
    shown = run(repository, "show", "quillay-cobre", *DAY).stdout
    assert shown.startswith(
        "Quillay Cobre  (playbooks/americas/quillay-cobre.yaml)\n"
        "Tier D · Keep an eye on it · win: nothing (no growth programme) · keep: restructure\n"
        "We lose 31 k a year (6.9 k to 56 k). A price of 721 k ends the loss, our floor is 801 k,\n"
        "and up to 848 k they gain too. Health is 56, watch; pulled down most by our expected\n"
        "loss and cases closed on time. It costs more than it brings. Fix the terms or leave:\n"
        "reprice, change the channel, cut the cost or re-bundle.\n"
        "\n"
        "Needs attention:\n"
    )
    assert (
        "\nDo next:\n  1. Open cost sheet and index proposal\n     Ana Ruiz, by 2026-12-02\n"
        in shown
    )


def test_headlines_alone_unless_all_are_asked_for(repository: Path) -> None:
    short = figures(run(repository, "show", "skagerhavn-terminals", *DAY).stdout)
    whole = figures(run(repository, "show", "skagerhavn-terminals", "--all", *DAY).stdout)
    headlines = {key for key, each in DEFINITIONS.items() if each.rank is Rank.HEADLINE}
    assert short.keys() == headlines
    assert whole.keys() > headlines
    assert len(whole) > 150


def test_values_are_words_shares_and_exact_money(repository: Path) -> None:
    whole = figures(run(repository, "show", "skagerhavn-terminals", "--all", *DAY).stdout)
    assert whole["selection.develop"] == ("Develop", "all-out (77\u202f% sure)")
    assert whole["relationship.coverage"] == (
        "Contacts kept in touch with",
        "100\N{NARROW NO-BREAK SPACE}%",
    )
    assert whole["deal.our_margin"][1] == "349,649 (311,469 to 387,829) EUR a year"
    raw = re.compile(r"\b[a-z]+_[a-z_]+\b")
    assert {key: value for key, (_, value) in whole.items() if raw.search(value)} == {}
