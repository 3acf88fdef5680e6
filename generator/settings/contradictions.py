"""What each file of site_config allows but the whole does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.model.account import QUESTIONS
from generator.model.relationship import RUNGS
from generator.model.shape import did_you_mean
from generator.problems import Problem
from generator.read.document import DataPath
from generator.settings.audiences import audience_findings
from generator.settings.rule_paths import optional_findings, rule_findings
from generator.settings.settings import Settings
from generator.settings.words import Catalogue

Finding = tuple[str, DataPath, str]
"""The file, where in it, and what is wrong."""

# A setting that must not be above another: file, the lower one's path, the upper one's
_NOT_ABOVE: tuple[tuple[str, DataPath, DataPath], ...] = (
    ("scoring", ("qualification", "find_out_from"), ("qualification", "pursue_from")),
    ("scoring", ("service", "tier_b_from"), ("service", "tier_a_from")),
    ("thresholds", ("development", "payback_months"), ("development", "never_after_months")),
)


def contradictions(settings: Settings) -> Iterator[Problem]:
    """Findings about settings that are right alone and wrong together."""
    for part in (_rules, _audiences, _scoring, _tiers, _catalogue, _team, _currencies):
        for file, path, message in part(settings):
            document = settings.documents[file]
            at_key = document.nearest(path)[0].children is not None
            problem = document.problem(path, "wrong-setting", message, at_key=at_key)
            yield replace(problem, account="")


def _audiences(settings: Settings) -> Iterator[Finding]:
    for path, message in audience_findings(settings.audiences):
        yield "audiences", path, message


def _rules(settings: Settings) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, rule in enumerate(settings.rules.rules):
        if rule.id in seen:
            message = f"the rule '{rule.id}' is given twice; keep one"
            yield "rules", ("rules", index, "id"), message
        seen.add(rule.id)
    for path, message in rule_findings(settings.rules.rules):
        yield "rules", path, message
    for path, message in optional_findings(settings.rules.optional or ()):
        yield "rules", path, message


def _scoring(settings: Settings) -> Iterator[Finding]:
    for index, question in enumerate(settings.scoring.qualification.knock_outs):
        if question not in QUESTIONS:
            message = f"unknown question '{question}'{did_you_mean(question, QUESTIONS)}"
            yield "scoring", ("qualification", "knock_outs", index), message
    for file, lower, upper in _NOT_ABOVE:
        low, high = (settings.setting(file, *path).value for path in (lower, upper))
        if low > high:
            yield file, lower, f"{lower[-1]} ({low:g}) is above {upper[-1]} ({high:g})"


def _tiers(settings: Settings) -> Iterator[Finding]:
    maintain = settings.tiers.maintain
    for word in type(maintain).model_fields:
        rungs = [RUNGS.index(rung) for rung in getattr(maintain, word).target_rungs]
        if len(rungs) not in (0, 2) or rungs != sorted(rungs):
            message = (
                "target_rungs is the lowest and the highest rung, or [] to hold the one reached"
            )
            yield "tiers", ("maintain", word, "target_rungs"), message


def _catalogue(settings: Settings) -> Iterator[Finding]:
    catalogue = settings.catalogue
    elements = tuple(settings.labels.get("elements", {}))
    for name, channel in catalogue.channels.items():
        if channel.element not in elements:
            message = (
                f"unknown element '{channel.element}'{did_you_mean(channel.element, elements)}"
            )
            yield "catalogue", ("channels", name, "element"), message
    yield from _sizes(catalogue)


def _sizes(catalogue: Catalogue) -> Iterator[Finding]:
    last: float = 0
    seen: set[str] = set()
    for index, size in enumerate(catalogue.sizes):
        if size.id in seen:
            yield "catalogue", ("sizes", index, "id"), f"the size '{size.id}' is given twice"
        elif size.employees_up_to is not None and size.employees_up_to <= last:
            path: DataPath = ("sizes", index, "employees_up_to")
            yield "catalogue", path, "sizes stand in ascending order"
        seen.add(size.id)
        last = size.employees_up_to or last


def _team(settings: Settings) -> Iterator[Finding]:
    regions = tuple(settings.catalogue.regions)
    for name, person in settings.team.people.items():
        if person.region is not None and person.region not in regions:
            message = f"unknown region '{person.region}'{did_you_mean(person.region, regions)}"
            yield "team", ("people", name, "region"), message


def _currencies(settings: Settings) -> Iterator[Finding]:
    own = settings.currencies.reporting_currency
    for currency, rates in settings.currencies.rates.items():
        path: DataPath = ("rates", currency)
        if currency == own:
            message = f"{own} is the reporting currency; its rate is always 1, delete this one"
            yield "currencies", path, message
        days = set()
        for index, rate in enumerate(rates):
            if rate.rate <= 0:
                yield "currencies", (*path, index, "rate"), "a rate is more than 0"
            if rate.from_ in days:
                message = f"two rates from {rate.from_}; keep one"
                yield "currencies", (*path, index, "from"), message
            days.add(rate.from_)
