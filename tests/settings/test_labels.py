"""Every word that the model knows has a label in both languages."""

from __future__ import annotations

import typing
from pathlib import Path
from typing import Any

import pytest

from generator.figures import health, plan_quality, rivals, signals, surroundings
from generator.figures.conclusion import UNCLEAR
from generator.figures.definitions import DEFINITIONS
from generator.figures.sides import Side
from generator.form import account, economics, market, relationship, risk, service, value
from generator.model import scalars
from generator.read import Workspace
from generator.settings import Settings, load_settings, site_config

OFFERING = market.Offering.model_fields["status"].annotation
VERDICTS = ("pursue", "find_out", "park", "not_qualified")
DEALS = ("balanced", "they_will_not_buy", "buys_at_our_loss", "no_deal", UNCLEAR)


def words(*kinds: Any) -> tuple[str, ...]:
    """The words of closed lists, 'or None' left aside."""
    listed: list[str] = []
    for kind in kinds:
        for word in typing.get_args(kind):
            listed.extend([word] if isinstance(word, str) else words(word))
    return tuple(listed)


STATUSES, CELLS = words(account.Status), words(site_config.Cell)
GROUPS = {
    "sides": tuple(Side),
    "statuses": STATUSES,
    "tiers": words(account.Tier),
    "verbs": (*words(site_config.DevelopWord), *words(site_config.MaintainWord)),
    "cell_sentences": tuple(f"{cell}_{status}" for cell in CELLS for status in STATUSES),
    "rows": tuple(dict.fromkeys(cell.split("_")[0] for cell in CELLS)),
    "columns": tuple(dict.fromkeys(cell.split("_")[1] for cell in CELLS)),
    "qualification": VERDICTS,
    "deal": DEALS,
    "deal_sentences": DEALS,
    "rungs": relationship.RUNGS,
    "rung_evidence": relationship.RUNGS[1:],
    "quadrants": tuple("RSVK"),
    "health_words": health.WORDS,
    "urgency": ("rescue", "watch", "none"),
    "urgency_sentences": ("rescue",),
    "programme": ("go", "selective", "stop"),
    "signals": (*signals.Signal, *signals.EventKind, *signals.Alarm),
    "parts": scalars.PARTS,
    "questions": account.QUESTIONS,
    "values": value.VALUES,
    "costs": value.COSTS,
    "levels": words(relationship.Level),
    "stages": words(service.Stage),
    "roles": words(relationship.BuyingRole),
    "risk_classes": words(risk.CustomerRiskClass, risk.OwnRiskClass),
    "offering_statuses": words(OFFERING),
    "grades": words(scalars.Grade),
    "dimensions": ("organisation", "person"),
    "elements": ("information", "ideas", "feeling"),
    "service_factors": tuple(service.Importance.model_fields),
    "diagnoses": (surroundings.NO_CAUSE, *surroundings.LAYERS),
    "postures": ("SO", "WO", "ST", "WT"),
    "lifecycle": surroundings.STAGES,
    "macro_factors": words(market.MacroFactor.model_fields["factor"].annotation),
    "market_factors": words(market.MarketFactor.model_fields["factor"].annotation),
    "four_p": rivals.FOUR_P,
    "comparisons": rivals.COMPARISONS,
    "five_factors": rivals.FACTORS,
    "conditions": rivals.CONDITIONS,
    "rhythm": (*plan_quality.FORWARD.values(), *plan_quality.BACKWARD),
    "phases": plan_quality.PHASES,
    "practice_gaps": (plan_quality.NO_GAP, *plan_quality.REMEDIES),
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load_settings(Workspace.at(tmp_path_factory.mktemp("shipped")))


def test_each_group_has_a_label_for_each_word(settings: Settings) -> None:
    labelled = {group: set(labels) for group, labels in settings.labels.items()}
    assert labelled == {group: set(words) for group, words in GROUPS.items()}


def test_each_figure_names_a_group_that_there_is() -> None:
    """Readers would see a word as the program has it, in both languages."""
    named = {
        definition.key: definition.labels
        for definition in DEFINITIONS.values()
        if definition.labels
    }
    assert {key: group for key, group in named.items() if group not in GROUPS} == {}


def test_every_label_is_in_both_languages(settings: Settings) -> None:
    lacking = [
        f"{group}.{word}"
        for group, labels in settings.labels.items()
        for word, label in labels.items()
        if not label.zh
    ]
    assert lacking == []


def test_the_catalogue_is_in_both_languages(settings: Settings) -> None:
    catalogue = settings.catalogue
    groups = (
        catalogue.industries, catalogue.regions, catalogue.uses, catalogue.offerings, catalogue.activities,
        catalogue.channels, catalogue.recognition, catalogue.reference_uses,
    )  # fmt: skip
    assert [name for group in groups for name, entry in group.items() if not entry.label.zh] == []
    assert [size.id for size in catalogue.sizes] == list(words(account.Size))


def test_tuples_and_closed_lists_of_words_agree() -> None:
    assert words(relationship.Rung) == relationship.RUNGS
    assert words(service.Stage) == service.STAGES
    assert words(relationship.Level) == service.LEVELS
    assert tuple(value.Values.model_fields) == value.VALUES
    assert tuple(value.Costs.model_fields) == value.COSTS
    assert tuple(value.AlternativeCosts.model_fields) == tuple(
        cost for cost in value.COSTS if cost != "opportunity"
    )
    assert set(words(economics.OutcomeKind)) == {"won", "renewed", "expanded", "shrunk", "lost"}


def test_shipped_files_say_what_they_are_for() -> None:
    folder = Path(__file__).resolve().parents[2] / "generator" / "defaults"
    silent = [
        file.name
        for file in sorted(folder.glob("*.yaml"))
        if not file.read_text("utf-8").startswith("# ")
    ]
    assert silent == []
