"""Reads and checks settings: the workspace's own in site_config/, laid over those shipped."""

from __future__ import annotations

import copy
import datetime
import functools
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, RootModel

from generator.audience.classes import Audiences, audience_findings
from generator.errors import SettingsError, WorkspaceError
from generator.form.account import QUESTIONS
from generator.form.relationship import RUNGS
from generator.language import ENGLISH, Language, language_from
from generator.language.language import Code
from generator.model.fields import ENTRY, form_of
from generator.model.placeholders import without_placeholders
from generator.model.shape import Fault, did_you_mean, faults_of, findings_of
from generator.problems import Problem, errors_among, in_order
from generator.read import Document, Source, Workspace, plain_bytes
from generator.read.document import DataPath, said_at
from generator.read.wording import PLACEHOLDER
from generator.rules.rulebook import Rules, rule_findings
from generator.settings.overlay import (
    SHIPPED,
    LaidOver,
    is_shipped,
    is_whole_copy,
    laid_over,
    told_once,
)
from generator.settings.settings import Settings
from generator.settings.site_config import (
    Catalogue,
    ComplianceSettings,
    Currencies,
    Labels,
    Scoring,
    SiteSettings,
    Team,
    Thresholds,
    Tiers,
    zone_of,
)
from generator.share import defaults_folder
from generator.versions import is_eased, stops_from


def own_files(settings: Settings) -> tuple[str, ...]:
    """The names, without their ending, of the settings that the workspace has files of its own for.

    A file in which nothing stands is none.
    """
    return tuple(name for name, document in settings.documents.items() if not document.is_empty)


_MAY_BE_WHOLE = ("team", "currencies", "site")
"""What a firm says itself, be it all there is to say."""


def copied_files(settings: Settings) -> tuple[str, ...]:
    """The files that say over again all that is shipped, as those of version 0.1 did."""
    return tuple(
        document.path
        for name, document in settings.documents.items()
        if name not in _MAY_BE_WHOLE and is_whole_copy(document)
    )


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
    "site": SiteSettings,
    "audiences": Audiences,
    "compliance": ComplianceSettings,
}


def load_settings(source: Source) -> Settings:
    """All of site_config; a SettingsError carries every finding in it."""
    own = source.settings_names()
    documents = {name: _document(source, name, own) for name in FILES}
    return settings_from(documents, list(_strangers(source, own)))


def time_zone(source: Source) -> datetime.tzinfo:
    """Whose day it is, by site.yaml alone: before the day is known nothing else is read.

    UTC where it says none, or no right one: that is a finding when all settings are read.
    """
    site = _document(source, "site", source.settings_names()).data
    name = site.get("timezone") if isinstance(site, dict) else None
    return (zone_of(name) if isinstance(name, str) else None) or datetime.UTC


def settings_from(documents: Mapping[str, Document], problems: Iterable[Problem] = ()) -> Settings:
    """The settings in documents, by the names of their files; raises SettingsError."""
    problems = list(problems)
    models: dict[str, Any] = {}
    for name in FILES:
        models[name], faults = _checked(documents[name], name)
        problems.extend(faults)
    _stop_on(problems)
    models["labels"] = models["labels"].root
    models["rules"] = models["rules"].with_renewal_days(
        models["scoring"].contradictions.renewal_days
    )
    settings = Settings(**models, documents=documents, warnings=in_order(problems))
    _stop_on(contradictions(settings))
    return settings


def _stop_on(problems: Iterable[Problem]) -> None:
    if errors := errors_among(problems):
        raise SettingsError(in_order(errors))


def _strangers(source: Source, names: Sequence[str]) -> Iterator[Problem]:
    """Files that look like settings and are not read: a misspelt name would go unnoticed."""
    for name in names:
        stem, _, ending = name.rpartition(".")
        if stem in FILES and ending != "yaml":
            message = f"the name must end in .yaml; rename it to {stem}.yaml"
        else:
            cure = did_you_mean(stem, list(FILES))
            message = f"no settings are read from a file of this name{cure}"
        if stem not in FILES or ending != "yaml":
            path = source.settings_path(name)
            yield Problem(path=path, rule="unknown-setting", message=message)


def _document(source: Source, name: str, own: Sequence[str]) -> LaidOver:
    """The workspace's own file laid over the shipped one."""
    file = f"{name}.yaml"
    document = source.settings_file(file) if file in own else None
    return laid(name, document, source.settings_path(file))


def laid(name: str, document: Document | None, path: str = "") -> LaidOver:
    """A file of the firm's laid over its shipped namesake; where there is none, its path alone."""
    where = document.path if document else path
    return laid_over(document, where, name, form_of(FILES[name]))


def _checked(document: Document, name: str) -> tuple[Any, list[Problem]]:
    return _as_shipped(name) if _is_as_shipped(document) else _checked_file(document, name)


def _is_as_shipped(document: Document) -> bool:
    return isinstance(document, LaidOver) and document.data is document.shipped.data


@functools.cache
def _as_shipped(name: str) -> tuple[Any, list[Problem]]:
    """Of a file that the firm says nothing in; a comparison loads settings over and over."""
    return _checked_file(laid(name, None), name)


def _checked_file(document: Document, name: str) -> tuple[Any, list[Problem]]:
    built: BaseModel | None = None
    faults: tuple[Fault, ...] = ()
    written, blanks = without_placeholders(document)
    data, retired = _without_retired(written, name)
    if document.data is not None:
        built, faults = faults_of(FILES[name], data, whole=f"{name}.yaml")
    placeholders = (document.problem(path, "placeholder", PLACEHOLDER) for path in blanks)
    told = told_once(document, faults)
    problems = (*document.problems, *placeholders, *retired, *findings_of(document, told))
    return built, [problem.of_no_account for problem in problems]


RETIRED: Mapping[str, Mapping[str, str]] = {"catalogue": {"offerings.*.use": "0.2"}}
"""By file the settings that a version has taken away; they are passed over for one release."""


def _without_retired(document: Document, name: str) -> tuple[Any, list[Problem]]:
    """The data without settings that were taken away lately, and a warning for each."""
    data = document.data
    found = [
        (path, since)
        for pattern, since in RETIRED.get(name, {}).items()
        if is_eased(since, upgraded_from="0.0")
        for path in _paths(data, tuple(pattern.split(".")))
    ]
    if found:
        data = copy.deepcopy(data)
        for path, _ in found:
            del said_at(data, path[:-1])[path[-1]]
    return data, [
        document.problem(
            path,
            "unknown-key",
            f"'{path[-1]}' is no setting since {since}, and an error from {stops_from(since)} on;"
            " delete it, or run: playbook migrate",
            level="warning",
            at_key=True,
        )
        for path, since in found
    ]


def _paths(data: Any, steps: tuple[str, ...]) -> Iterator[DataPath]:
    """Where a pattern of keys, * for any, stands in data."""
    if not steps:
        yield ()
    elif isinstance(data, dict):
        for key in data if steps[0] == ENTRY else steps[:1]:
            if key in data:
                yield from ((key, *path) for path in _paths(data[key], steps[1:]))


# What each file allows but the whole does not
class Finding(NamedTuple):
    """The file, where in it, and what is wrong."""

    file: str
    path: DataPath
    message: str
    or_at: DataPath | None = None
    """The other side of it: where to tell it when only that one is the firm's own."""


# A setting that must not be above another: file, the lower one's path, the upper one's
_NOT_ABOVE: tuple[tuple[str, DataPath, DataPath], ...] = (
    ("scoring", ("qualification", "find_out_from"), ("qualification", "pursue_from")),
    ("scoring", ("service", "tier_b_from"), ("service", "tier_a_from")),
    ("thresholds", ("development", "payback_months"), ("development", "never_after_months")),
)


def contradictions(settings: Settings) -> Iterator[Problem]:
    """Findings about settings that are right alone and wrong together."""
    for part in (_names_of_the_form, _scoring, _tiers, _catalogue, _team, _currencies):
        for file, path, message, or_at in part(settings):
            document = settings.documents[file]
            if or_at is not None and is_shipped(document.file_of(path)):
                path = or_at  # noqa: PLW2901 - the same finding, at its other side
            at_key = document.nearest(path)[0].children is not None
            yield document.problem(path, "wrong-setting", message, at_key=at_key).of_no_account


def _names_of_the_form(settings: Settings) -> Iterator[Finding]:
    if not _is_as_shipped(settings.documents["rules"]):
        for path, message in rule_findings(settings.rules):
            yield Finding("rules", path, message)
    for path, message in audience_findings(settings.audiences):
        yield Finding("audiences", path, message)


def _scoring(settings: Settings) -> Iterator[Finding]:
    for index, question in enumerate(settings.scoring.qualification.knock_outs):
        path: DataPath = ("qualification", "knock_outs", index)
        yield from _unknown("scoring", path, "question", question, QUESTIONS)
    for file, lower, upper in _NOT_ABOVE:
        low, high = (settings.setting(file, *path).value for path in (lower, upper))
        if low > high:
            message = f"{lower[-1]} ({low:g}) is above {upper[-1]} ({high:g})"
            yield Finding(file, lower, message, upper)


def _tiers(settings: Settings) -> Iterator[Finding]:
    maintain = settings.tiers.maintain
    for word in type(maintain).model_fields:
        rungs = [RUNGS.index(rung) for rung in getattr(maintain, word).target_rungs]
        if len(rungs) not in (0, 2) or rungs != sorted(rungs):
            message = (
                "target_rungs is the lowest and the highest rung, or [] to hold the one reached"
            )
            yield Finding("tiers", ("maintain", word, "target_rungs"), message)


def _catalogue(settings: Settings) -> Iterator[Finding]:
    catalogue = settings.catalogue
    elements = tuple(settings.labels.get("elements", {}))
    served: dict[str, list[str]] = {}
    for name, channel in catalogue.channels.items():
        path: DataPath = ("channels", name, "element")
        if not is_shipped(settings.documents["catalogue"].file_of(path)):
            yield from _unknown("catalogue", path, "element", channel.element, elements)
        elif channel.element not in elements:
            served.setdefault(channel.element, []).append(name)
    for element, names in served.items():
        who = f"channels {', '.join(names)} serve" if names[1:] else f"channel {names[0]} serves"
        message = f"'{element}' cannot be taken out: the {who} it"
        yield Finding("labels", ("elements", element), message)
    last: float = 0
    for index, size in enumerate(catalogue.sizes):
        path = ("sizes", index, "employees_up_to")
        if size.employees_up_to is not None and size.employees_up_to <= last:
            before: DataPath = ("sizes", index - 1, "employees_up_to")
            yield Finding("catalogue", path, "sizes stand in ascending order", before)
        last = size.employees_up_to or last


def _team(settings: Settings) -> Iterator[Finding]:
    regions = tuple(settings.catalogue.regions)
    for name, person in settings.team.people.items():
        if person.region is not None:
            path: DataPath = ("people", name, "region")
            yield from _unknown("team", path, "region", person.region, regions)


def _unknown(
    file: str, path: DataPath, what: str, word: str, known: Sequence[str]
) -> Iterator[Finding]:
    if word not in known:
        yield Finding(file, path, f"unknown {what} '{word}'{did_you_mean(word, known)}")


def _currencies(settings: Settings) -> Iterator[Finding]:
    own = settings.currencies.reporting_currency
    for currency, rates in settings.currencies.rates.items():
        path: DataPath = ("rates", currency)
        if currency == own:
            message = f"{own} is the reporting currency; its rate is always 1, delete this one"
            yield Finding("currencies", path, message)
        days = set()
        for index, rate in enumerate(rates):
            if rate.rate <= 0:
                yield Finding("currencies", (*path, index, "rate"), "a rate is more than 0")
            if rate.from_ in days:
                message = f"two rates from {rate.from_}; keep one"
                yield Finding("currencies", (*path, index, "from"), message)
            days.add(rate.from_)


# The language of a site
def language_of(workspace: Workspace, code: Code) -> Language:
    """A language as the program speaks it, the workspace's own `site_config/CODE.po` before ours.

    Raises WorkspaceError for a file that cannot be read.
    """
    if code == ENGLISH.code:
        return ENGLISH
    own, ours = workspace.site_config / f"{code}.po", defaults_folder() / f"{code}.po"
    shipped = _as_shipped_in(code, ours)
    if not os.path.lexists(own) or own.absolute() == ours:
        return shipped
    language = _translations(code, own, workspace.shown(own))
    language.translations.add_fallback(shipped.translations)  # for all that it leaves out
    return language


@functools.cache
def _as_shipped_in(code: Code, path: Path) -> Language:
    """A file of thousands of sentences; a second site, or a second edition, asks for it again."""
    return _translations(code, path, f"{SHIPPED}{path.name}")


def _translations(code: Code, path: Path, shown: str) -> Language:
    try:
        return language_from(code, plain_bytes(path, shown))
    except ValueError as error:
        raise WorkspaceError(f"{shown}: {error}") from error


def in_language(settings: Settings, code: Code) -> Settings:
    """The same settings with labels in another language."""
    if settings.site.language == code:
        return settings
    return replace(settings, site=settings.site.model_copy(update={"language": code}))
