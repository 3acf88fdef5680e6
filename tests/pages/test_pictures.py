"""Each model of the method has a picture, drawn with the limits in force."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.language import speaking
from generator.pages import worked
from generator.pages.method import MODEL_PAGES
from generator.pages.models import MODELS
from generator.share import defaults_folder
from tests.figures.small import clean, enriched, plan
from tests.pages.sites import page_of, site_of
from tests.workspace import shipped_chinese

CHINESE = shipped_chinese()
_PICTURE = re.compile(
    r'<figure class="ap-pic"><figcaption>(?P<title>[^<]+)</figcaption>(?P<drawing>.+?)</figure>',
    re.DOTALL,
)
_WIDTH = re.compile(r"(?:width|left):(-?[\d.]+)%")


def pictures(folder: Path, files: dict[str, str | bytes] | None = None) -> dict[str, str]:
    """The pictures of each model's page, as HTML."""
    site = site_of(folder, files or {})
    heads = {
        model.name: page_of(page, site).fragments["head"]
        for model, page in zip(MODELS, MODEL_PAGES, strict=False)
    }
    return {
        name: "".join(drawn[0] for drawn in _PICTURE.finditer(head)) for name, head in heads.items()
    }


def text_of(html: str) -> str:
    """What is read of it."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_every_model_has_a_picture_with_a_title(tmp_path: Path) -> None:
    for language in (None, CHINESE):
        if language is None:
            drawn = pictures(tmp_path / "en")
        else:
            with speaking(language):
                drawn = pictures(tmp_path / "zh")
        assert [name for name in drawn if not drawn[name]] == []
        assert list(drawn) == [model.name for model in MODELS]


def test_nothing_is_drawn_outside_its_bar(tmp_path: Path) -> None:
    for name, html in pictures(tmp_path).items():
        for width in _WIDTH.findall(html):
            assert 0 <= float(width) <= 100, name


def test_what_shows_numbers_again_is_for_the_eye_alone(tmp_path: Path) -> None:
    for name, html in pictures(tmp_path).items():
        assert html.count('class="ap-bar"') == html.count('class="ap-bar" aria-hidden="true"'), name


@pytest.mark.parametrize(
    ("file", "before", "after", "model", "words"),
    [
        ("scoring", "pursue_from: 70", "pursue_from: 65", "qualification", "Pursue from 65"),
        (
            "scoring",
            "knock_outs: [need, money, authority]",
            "knock_outs: [need]",
            "qualification",
            "A 0 in need: not qualified",
        ),
        (
            "tiers",
            "develop: fast",
            "develop: drop",
            "selection",
            "develop drop (放弃) maintain selectively",
        ),
        (
            "scoring",
            "healthy: 75, watch: 50, at_risk: 25",
            "healthy: 80, watch: 55, at_risk: 20",
            "health",
            "Critical below 20 At risk from 20 Watch from 55 Healthy from 80",
        ),
        ("scoring", "service: 0.25, value: 0.25", "service: 0.2, value: 0.3", "health", "Value 30"),
        ("scoring", "letter: 40", "letter: 35", "attention", "health below 35"),
        ("scoring", "tier_a_from: 0.30", "tier_a_from: 0.35", "service", "A from 35"),
        ("scoring", "alignment_from: 0.75", "alignment_from: 0.8", "service", "weight is from 80"),
        # of a price of 500 a cost of 430 leaves 14 %
        ("thresholds", "minimum_margin: 0.10", "minimum_margin: 0.14", "deal", "Floor from 500"),
        (
            "thresholds",
            "clause_threshold: 5000",
            "clause_threshold: 7000",
            "risk",
            "pays from 7,000 EUR",
        ),
        ("scoring", "same_kind_from: 0.7", "same_kind_from: 0.8", "proof", "Alike from 0.8 on"),
        ("tiers", "[customer, promoter]", "[aware, promoter]", "ladder", "aim for aware to"),
        ("scoring", "level_from: 3", "level_from: 4", "offer", "rated 4 or more"),
        ("scoring", "survey_places: 5", "survey_places: 3", "survey", "Place 1 3 points"),
        ("scoring", "open: 0.30", "open: 0.40", "growth", "chance 40"),
        ("scoring", "fresh_days: 90", "fresh_days: 60", "parts", "reviewed within 60 days"),
        ("scoring", "full_from: 60", "full_from: 55", "fit", "all sixteen parts from 55"),
        (
            "scoring",
            "retention_from: 0.85",
            "retention_from: 0.9",
            "contradictions",
            "Retention of 90",
        ),
        ("scoring", "estimate: 0.15", "estimate: 0.2", "confidence", "± 20"),
    ],
)
def test_a_firms_own_limit_is_drawn(
    tmp_path: Path, file: str, before: str, after: str, model: str, words: str
) -> None:
    shipped = (defaults_folder() / f"{file}.yaml").read_text(encoding="utf-8")
    assert before in shipped
    files: dict[str, str | bytes] = {f"site_config/{file}.yaml": shipped.replace(before, after)}
    page = MODEL_PAGES[[each.name for each in MODELS].index(model)]
    assert words in text_of(page_of(page, site_of(tmp_path, files)).fragments["head"])
    assert words not in text_of(page_of(page, site_of(tmp_path / "shipped", {})).fragments["head"])


def test_a_band_is_as_wide_as_its_limits_say(tmp_path: Path) -> None:
    drawn = pictures(tmp_path)["qualification"]
    assert re.findall(r"flex-grow:([\d.]+)", drawn) == ["50.0", "20.0", "30.0"]


def test_the_examples_numbers_are_those_that_the_figures_have() -> None:
    def keyed(amounts: dict[str, float]) -> str:
        return ", ".join(f"{name}: {amount}" for name, amount in amounts.items())

    value, deal = worked.VALUE, worked.DEAL
    doubts = "".join(
        f"    - {{id: doubt-{place}, probability: {doubt.chance}, loss: {doubt.loss},"
        f" measure: a, effectiveness: {doubt.taken}}}\n"
        for place, doubt in enumerate(worked.DOUBTS)
    )
    objects = "".join(
        f"    - {{id: object-{place}, importance: {{level: {round(10 * weight)}, stage: 1, role: 1}},"
        f" activities: [{{activity: visit, per_year: 1, hours: 0, rate: 0, expense: {cost}}}]}}\n"
        for place, (weight, cost) in enumerate(
            zip(worked.ALIGNMENT.weights, worked.ALIGNMENT.costs, strict=True)
        )
    )
    priced = enriched(
        plan(
            f"economics: {{currency: EUR, price: {deal.price}, production_cost: {deal.cost},"
            " marketing_cost: 0}\nservice: {objects: []}\nrisk: {own: []}\n"
            f"value:\n  values: {{{keyed(dict(value.gains))}}}\n"
            f"  costs: {{{keyed(dict(value.pays))}}}\n",
            status="prospect",
        )
    )
    served = enriched(plan(f"economics: {{currency: EUR}}\nservice:\n  objects:\n{objects}"))
    doubted = enriched(
        plan(f"economics: {{currency: EUR}}\nrisk:\n  customer:\n{doubts}  own: []\n")
    )
    for account in (priced, served, doubted):
        clean(account)
    expected = [
        (priced, "value.total_value", value.worth),
        (priced, "value.total_cost", value.takes),
        (priced, "value.delivered_value", value.delivered),
        (priced, "value.ratio", value.ratio),
        (priced, "deal.seller_cost", deal.cost),
        (priced, "deal.price_max", deal.highest),
        (priced, "deal.window", deal.window),
        (priced, "deal.our_share", deal.share),
        (served, "service.alignment", worked.ALIGNMENT.alignment),
        (doubted, "risk.customer_gross", sum(doubt.expected for doubt in worked.DOUBTS)),
        (doubted, "risk.customer_residual", sum(doubt.left for doubt in worked.DOUBTS)),
    ]
    for account, key, number in expected:
        assert account.figures[key].value == pytest.approx(number), key
