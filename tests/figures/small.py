"""Playbooks as text to figures in one call, with a small catalogue, team and rates of our own."""

from __future__ import annotations

import datetime
import functools
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.figures import Account, Figure, Portfolio, enrich
from generator.read import Document, Workspace, read_text
from generator.rules.gate import judge
from generator.rules.validate import validate
from generator.rules.validate.built_in import BUILT_IN
from generator.settings import Settings, load_settings
from generator.settings.load import laid, settings_from
from tests.workspace import make_workspace

TODAY = datetime.date(2026, 11, 23)

CATALOGUE = """\
industries:
  off: true
  logistics: {label: {en: Logistics}, group: transport}
  shipping: {label: {en: Shipping}, group: transport}
  energy: {label: {en: Energy}}
  mining: {label: {en: Mining}}
regions:
  off: true
  emea: {label: {en: EMEA}}
  apac: {label: {en: APAC}}
sizes:
  - {id: small, label: {en: Small}}
  - {id: medium, label: {en: Medium}}
  - {id: large, label: {en: Large}}
  - {id: enterprise, label: {en: Enterprise}}
uses:
  off: true
  retrofit: {label: {en: Retrofit}, group: drives}
  new-build: {label: {en: New build}, group: drives}
  spares: {label: {en: Spares}}
offerings:
  off: true
  drives: {label: {en: Drives}}
  plan: {label: {en: Plan}}
  parts: {label: {en: Parts}}
  training: {label: {en: Training}}
activities:
  off: true
  visit: {label: {en: Visit}, hours: 4, rate: 90, expense: 120, by: sales}
  check: {label: {en: Check}, hours: 8, rate: 80, expense: 60, by: service}
channels:
  off: true
  meeting: {label: {en: Meeting}, element: feeling}
recognition:
  off: true
  letter: {label: {en: Letter}}
reference_uses:
  off: true
  site-visit: {label: {en: Site visit}}
"""
TEAM = """\
people:
  kim-larsen: {name: Kim Larsen, role: account_manager}
  li-wei: {name: 李伟, role: executive}
  ana-ruiz: {name: Ana Ruiz, role: service}
"""
CURRENCIES = """\
reporting_currency: EUR
rates:
  USD:
    - {from: 2026-01-01, rate: 0.8}
    - {from: 2026-11-23, rate: 0.5}
    - {from: 2026-11-24, rate: 0.25}
  CNY:
    - {from: 2026-11-24, rate: 0.13}
"""
CONFIG = {"catalogue": CATALOGUE, "team": TEAM, "currencies": CURRENCIES}


@functools.cache
def _settings(changes: tuple[tuple[str, str], ...]) -> Settings:
    if changes:
        files = {name: laid(name, read(text, f"site_config/{name}.yaml")) for name, text in changes}
        if not any(file.is_empty for file in files.values()):
            return settings_from({**settings().documents, **files})
    with tempfile.TemporaryDirectory() as folder:
        texts = {**CONFIG, **dict(changes)}.items()
        files_of = {f"site_config/{name}.yaml": text for name, text in texts}
        return load_settings(Workspace.at(make_workspace(Path(folder), files_of)))


def settings(**files: str) -> Settings:
    """The shipped settings with our small catalogue; a keyword replaces a file by its text."""
    return _settings(tuple(sorted(files.items())))


def portfolio(
    texts: Mapping[str, str], *, today: datetime.date = TODAY, with_: Settings | None = None
) -> Portfolio:
    """All accounts of playbooks given as text by id, judged by all rules."""
    chosen = with_ or settings()
    return _judged(tuple(texts.items()), today, _Same(chosen))


class _Same:
    """Settings as the key of a cache: the same object, not an equal one."""

    def __init__(self, of: Settings) -> None:
        self.of = of

    def __hash__(self) -> int:
        return id(self.of)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.of is self.of


def forget() -> None:
    """Compute anew what was computed before."""
    for kept in (read, _enriched, _judged):
        kept.cache_clear()


@functools.lru_cache(maxsize=100)
def read(text: str, path: str) -> Document:
    """A text as it is read, once."""
    return read_text(text.encode(), path)


@functools.lru_cache(maxsize=100)
def _enriched(texts: tuple[tuple[str, str], ...], today: datetime.date, with_: _Same) -> Portfolio:
    documents = [read(text, f"playbooks/{name}.yaml") for name, text in texts]
    return enrich(validate(documents, with_.of, today), with_.of, today)


@functools.lru_cache(maxsize=100)
def _judged(texts: tuple[tuple[str, str], ...], today: datetime.date, with_: _Same) -> Portfolio:
    return judge(_enriched(texts, today, with_))


def account(
    text: str,
    *,
    today: datetime.date = TODAY,
    with_: Settings | None = None,
    others: Mapping[str, str] | None = None,
) -> Account:
    """One account, called 'acme', among others."""
    acme = portfolio({"acme": text, **(others or {})}, today=today, with_=with_).account("acme")
    assert acme is not None
    return acme


def enriched(
    text: str,
    *,
    today: datetime.date = TODAY,
    with_: Settings | None = None,
    others: Mapping[str, str] | None = None,
) -> Account:
    """One account, called 'acme', among others: its figures, without what rules say of it."""
    texts = (("acme", text), *(others or {}).items())
    acme = _enriched(texts, today, _Same(with_ or settings())).account("acme")
    assert acme is not None
    return acme


def plan(sections: str = "", *, status: str = "customer", more: str = "") -> str:
    """A playbook of a status with some sections; `more` goes into the braces of account."""
    return (
        f"schema: 1\naccount: {{name: Acme, status: {status}, reviewed: 2026-10-01{more}}}\n"
        f"summary: A sample.\n{sections}"
    )


def figure(
    key: str,
    sections: str = "",
    *,
    status: str = "customer",
    more: str = "",
    today: datetime.date = TODAY,
    with_: Settings | None = None,
    others: Mapping[str, str] | None = None,
) -> Figure:
    """One figure of a playbook with some sections."""
    text = plan(sections, status=status, more=more)
    return enriched(text, today=today, with_=with_, others=others).figures[key]


def rules(found: Account) -> list[str]:
    """The rules of an account's findings, in order."""
    return [finding.rule for finding in found.findings]


def clean(found: Account) -> None:
    """Nothing in the file is wrong: only rules that ask for more may have found something.

    The small plans say nothing of what compliance asks for: tests/rules/comply looks after that.
    """
    known = {rule.id for rule in settings().rules.rules}
    known |= {rule.id for rule in BUILT_IN if rule.stage == "comply"}
    assert [str(finding) for finding in found.findings if finding.rule not in known] == []
