"""Read and check site_config: the workspace's own files, the shipped ones where it has none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, RootModel

from generator.errors import SettingsError
from generator.model.account import QUESTIONS
from generator.model.shape import did_you_mean, faults_of
from generator.problems import Problem, errors_among, in_order
from generator.read import Document, Workspace, read_file
from generator.settings.numbers import Scoring, Thresholds, Tiers
from generator.settings.rules import Rules
from generator.settings.settings import Settings
from generator.settings.words import Catalogue, Currencies, Labels, Site, Team
from generator.share import site_config_folder


class _Labels(RootModel[Labels]):
    """labels.yaml is a mapping of groups."""


FILES: dict[str, type[BaseModel]] = {
    "scoring": Scoring,
    "thresholds": Thresholds,
    "tiers": Tiers,
    "catalogue": Catalogue,
    "team": Team,
    "currencies": Currencies,
    "labels": _Labels,
    "rules": Rules,
    "site": Site,
}


def load_settings(workspace: Workspace) -> Settings:
    """All of site_config; a SettingsError carries every finding in it."""
    documents = {name: _document(workspace, name) for name in FILES}
    problems: list[Problem] = []
    models: dict[str, Any] = {}
    for name, model in FILES.items():
        models[name], found = _checked(documents[name], model, f"{name}.yaml")
        problems.extend(found)
    _stop_on(problems)
    settings = Settings(**{**models, "labels": models["labels"].root}, documents=documents)
    _stop_on(_contradictions(settings))
    return settings


def _stop_on(problems: Iterable[Problem]) -> None:
    if errors := errors_among(problems):
        raise SettingsError(in_order(errors))


def _document(workspace: Workspace, name: str) -> Document:
    own = workspace.root / "site_config" / f"{name}.yaml"
    if own.exists() or own.is_symlink():
        return read_file(own, workspace.shown(own))
    return read_file(site_config_folder() / f"{name}.yaml", f"(shipped) site_config/{name}.yaml")


def _checked(document: Document, model: type[BaseModel], whole: str) -> tuple[Any, list[Problem]]:
    problems = [_without_account(problem) for problem in document.problems]
    if document.data is None:
        return None, problems
    built, faults = faults_of(model, document.data, whole=whole)
    problems.extend(
        _without_account(
            document.problem(fault.path, fault.rule, fault.message, at_key=fault.at_key)
        )
        for fault in faults
        if not fault.noted
    )
    return built, problems


def _without_account(problem: Problem) -> Problem:
    return Problem(
        path=problem.path,
        line=problem.line,
        column=problem.column,
        level=problem.level,
        rule=problem.rule,
        message=problem.message,
    )


def _contradictions(settings: Settings) -> Iterator[Problem]:
    """What each file allows but the whole does not."""
    yield from _rules_once(settings)
    for index, question in enumerate(settings.scoring.qualification.knock_outs):
        if question not in QUESTIONS:
            yield _at(
                settings,
                "scoring",
                ("qualification", "knock_outs", index),
                f"unknown question '{question}'{did_you_mean(question, QUESTIONS)}",
            )
    elements = tuple(settings.labels.get("elements", {}))
    for name, channel in settings.catalogue.channels.items():
        if channel.element not in elements:
            yield _at(
                settings,
                "catalogue",
                ("channels", name, "element"),
                f"unknown element '{channel.element}'{did_you_mean(channel.element, elements)}",
            )
    for currency, rates in settings.currencies.rates.items():
        for index, rate in enumerate(rates):
            if rate.rate <= 0:
                yield _at(
                    settings,
                    "currencies",
                    ("rates", currency, index, "rate"),
                    "a rate is more than 0",
                )


def _rules_once(settings: Settings) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, rule in enumerate(settings.rules.rules):
        if rule.id in seen:
            yield _at(
                settings,
                "rules",
                ("rules", index, "id"),
                f"the rule '{rule.id}' is given twice; keep one",
            )
        seen.add(rule.id)
        given = [
            name for name in type(rule.holds).model_fields if getattr(rule.holds, name) is not None
        ]
        if len(given) != 1:
            yield _at(
                settings,
                "rules",
                ("rules", index, "holds"),
                "'holds' takes exactly one of present, each, some, none, covers, figure, all, any,"
                " check",
            )


def _at(settings: Settings, file: str, path: tuple[str | int, ...], message: str) -> Problem:
    return _without_account(settings.documents[file].problem(path, "wrong-setting", message))
