"""Which playbook is whose: accounts of the export and the playbooks that are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.change.crm.cells import free_id
from generator.change.crm.mapping import Mapping as CrmMapping
from generator.change.edit.edit import is_safe_to_edit
from generator.problems import Level, Problem
from generator.read import Document


@dataclass(slots=True, kw_only=True)
class Matches:
    """The playbook of each account that has one, the ids of all, and what was not clear."""

    documents: dict[str, Document] = field(default_factory=dict)
    """By the account's key in the CRM."""
    ids: dict[str, str] = field(default_factory=dict)
    """The playbook's id for every account, also for those that are still to be made."""
    left_alone: set[str] = field(default_factory=set)
    """Keys of accounts whose playbook cannot be read or is there twice."""
    problems: list[Problem] = field(default_factory=list)


def match(names: Mapping[str, str], documents: Sequence[Document], how: CrmMapping) -> Matches:
    """Playbooks by their id in the CRM, else by the account's name.

    `names` are the accounts of the export, by key.
    """
    found = Matches()
    readable = [one for one in documents if is_safe_to_edit(one)]
    by_key = _by_key(readable, how)
    _claim_known(found, names, by_key, how)
    unbound = [one for one in readable if _key_of(one, how) is None]
    for key, name in names.items():
        if key not in found.documents and key not in found.left_alone:
            _claim_named(found, key, name, unbound)
    _leave_broken(found, names, (one for one in documents if not is_safe_to_edit(one)))
    _gone(found, names, by_key, how)
    taken = {one.stem for one in documents}
    for key, name in names.items():
        if key not in found.ids:
            found.ids[key] = free_id(name, "account", taken)
            taken.add(found.ids[key])
    return found


def _key_of(document: Document, how: CrmMapping) -> str | None:
    """The account's id in this CRM, as its playbook has it."""
    found = _account(document).get("crm")
    key = found.get(how.system) if isinstance(found, dict) else None
    return how.key(key) if isinstance(key, str) else None


def _account(document: Document) -> dict[str, Any]:
    account = (document.data or {}).get("account")
    return account if isinstance(account, dict) else {}


def _by_key(documents: Iterable[Document], how: CrmMapping) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for document in documents:
        if (key := _key_of(document, how)) is not None:
            found.setdefault(key, []).append(document)
    return found


def _claim_known(
    found: Matches,
    names: Mapping[str, str],
    by_key: Mapping[str, Sequence[Document]],
    how: CrmMapping,
) -> None:
    """Playbooks that name their id in the CRM; of merged accounts the one that goes on first."""
    for key in sorted(by_key, key=lambda one: (how.current(one) != one, one)):
        current = how.current(key)
        if current not in names:
            continue
        first, *others = by_key[key]
        if others:
            found.left_alone.add(current)
            found.ids[current] = first.stem
            found.problems += [_twice(one, key, first, how) for one in others]
        elif current in found.documents:
            found.problems.append(_merged(first, key, current, found.documents[current], how))
        elif current not in found.left_alone:
            found.documents[current] = first
            found.ids[current] = first.stem


def _claim_named(found: Matches, key: str, name: str, unbound: Sequence[Document]) -> None:
    """A playbook of the same name that no account of this CRM has yet."""
    same = [one for one in unbound if _has_name(one, name) and one.stem not in found.ids.values()]
    if len(same) == 1:
        found.documents[key] = same[0]
    if same:
        found.ids[key] = same[0].stem
    if len(same) > 1:
        found.left_alone.add(key)
        message = (
            f"'{name}' is also the name in {same[0].path}; write the account's id in the CRM under"
            " account.crm in the right one"
        )
        problem = same[1].problem(("account", "name"), "crm-ambiguous", message)
        found.problems.append(problem)


def _has_name(document: Document, name: str) -> bool:
    account = _account(document)
    aliases = account.get("aliases")
    names = [account.get("name"), *(aliases if isinstance(aliases, list) else ())]
    return name.casefold() in {one.casefold() for one in names if isinstance(one, str)}


def _leave_broken(found: Matches, names: Mapping[str, str], broken: Iterable[Document]) -> None:
    """What cannot be read stays as it is; nor is a second playbook made for its account."""
    for document in broken:
        found.problems += document.problems
        for key, name in names.items():
            is_it = free_id(name, "account", ()) == document.stem or name in document.text
            if key not in found.documents and is_it:
                found.left_alone.add(key)
                found.ids.setdefault(key, document.stem)


def _gone(
    found: Matches,
    names: Mapping[str, str],
    by_key: Mapping[str, Sequence[Document]],
    how: CrmMapping,
) -> None:
    for key, documents in by_key.items():
        if how.current(key) not in names:
            message = (
                f"'{key}' is not in {how.source} of {how.as_of}; set the status to former, or name"
                " the account it became under merged in the mapping"
            )
            found.problems += [_at_id(one, how, "crm-account-gone", message) for one in documents]


def _twice(document: Document, key: str, first: Document, how: CrmMapping) -> Problem:
    message = f"'{key}' is also the account of {first.path}; neither was changed, keep one"
    return _at_id(document, how, "crm-twice", message, level="error")


def _merged(
    document: Document, key: str, current: str, other: Document, how: CrmMapping
) -> Problem:
    message = (
        f"'{key}' was merged into '{current}'; move what still holds to {other.path}, then delete"
        " this file"
    )
    return _at_id(document, how, "crm-merged", message)


def _at_id(
    document: Document, how: CrmMapping, rule: str, message: str, level: Level = "warning"
) -> Problem:
    return document.problem(("account", "crm", how.system), rule, message, level=level)
