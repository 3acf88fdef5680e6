"""Read and check site_config: the workspace's own files, the shipped ones where it has none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, RootModel

from generator.errors import SettingsError
from generator.model.shape import did_you_mean, faults_of
from generator.problems import Problem, errors_among, in_order
from generator.read import Document, Source, read_file
from generator.settings.audiences import Audiences
from generator.settings.compliance import Compliance
from generator.settings.contradictions import contradictions
from generator.settings.numbers import Scoring, Thresholds, Tiers
from generator.settings.rules import Rules
from generator.settings.settings import Settings
from generator.settings.words import Catalogue, Currencies, Labels, Site, Team
from generator.share import site_config_folder

SHIPPED = "(shipped) "


def own_files(settings: Settings) -> tuple[str, ...]:
    """The names, without their ending, of the settings that the workspace has files of its own for.

    A file in which nothing stands is none.
    """
    return tuple(
        name
        for name, document in settings.documents.items()
        if not document.path.startswith(SHIPPED)
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
    "site": Site,
    "audiences": Audiences,
    "compliance": Compliance,
}


def load_settings(source: Source) -> Settings:
    """All of site_config; a SettingsError carries every finding in it."""
    own = source.settings_names()
    documents = {name: _document(source, name, own) for name in FILES}
    return settings_from(documents, list(_strangers(source, own)))


def settings_from(documents: Mapping[str, Document], problems: Iterable[Problem] = ()) -> Settings:
    """The settings in documents, by the names of their files; raises SettingsError."""
    problems = list(problems)
    models: dict[str, Any] = {}
    for name, model in FILES.items():
        models[name], found = _checked(documents[name], model, f"{name}.yaml")
        problems.extend(found)
    _stop_on(problems)
    models["labels"] = models["labels"].root
    models["rules"] = models["rules"].with_renewal_days(
        models["scoring"].contradictions.renewal_days
    )
    settings = Settings(**models, documents=documents)
    # A shipped file may name what a workspace's own catalogue does not have: nobody here can mend
    # that, and it does no harm. That the shipped files agree among themselves is for the tests.
    _stop_on(one for one in contradictions(settings) if not one.path.startswith(SHIPPED))
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
            yield Problem(
                path=source.settings_path(name),
                line=1,
                column=1,
                level="error",
                rule="unknown-setting",
                message=message,
            )


def _document(source: Source, name: str, own: Sequence[str]) -> Document:
    """The workspace's own file; the shipped one where there is none, or nothing stands in it."""
    file = f"{name}.yaml"
    if file in own and not (document := source.settings_file(file)).is_empty:
        return document
    return read_file(site_config_folder() / file, f"{SHIPPED}site_config/{file}")


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
    return replace(problem, account="")
