"""Small workspaces in a temporary folder, with a catalogue and a team of their own.

The example portfolio may change freely: tests that need ids take them from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.language import Language
from generator.read import Workspace
from generator.settings import language_of
from generator.share import defaults_folder

CATALOGUE = """\
industries:
  off: true
  logistics: {label: {en: Logistics, zh: 物流}, group: transport}
  shipping: {label: {en: Shipping}, group: transport}
  energy: {label: {en: Energy}}
regions:
  off: true
  emea: {label: {en: EMEA}}
  apac: {label: {en: APAC}}
sizes:
  - {id: small, label: {en: Small}, employees_up_to: 50}
  - {id: medium, label: {en: Medium}, employees_up_to: 250}
  - {id: large, label: {en: Large}, employees_up_to: 5000}
  - {id: enterprise, label: {en: Enterprise}}
uses:
  off: true
  retrofit: {label: {en: Retrofit}, group: drives}
  new-build: {label: {en: New build}, group: drives}
offerings:
  off: true
  drives: {label: {en: Drives}}
  service-plan: {label: {en: Service plan}}
activities:
  off: true
  visit: {label: {en: Visit}, hours: 4, rate: 90, expense: 120, by: sales}
  training: {label: {en: Training}, hours: 8, rate: 80, expense: 60, by: service}
channels:
  off: true
  meeting: {label: {en: Meeting}, element: feeling}
  email: {label: {en: E-mail}, element: information}
recognition:
  off: true
  thank-you-letter: {label: {en: Thank-you letter}}
reference_uses:
  off: true
  site-visit: {label: {en: Site visit}}
"""

TEAM = """\
people:
  kim-larsen: {name: Kim Larsen, role: account_manager, region: emea}
  li-wei: {name: 李伟, role: executive, region: apac, language: zh}
  ana-ruiz: {name: Ana Ruiz, role: service}
"""

CURRENCIES = """\
reporting_currency: EUR
rates:
  USD:
    - {from: 2026-01-01, rate: 0.92, source: sample}
    - {from: 2026-07-01, rate: 0.90, source: sample}
  CNY:
    - {from: 2026-01-01, rate: 0.13, source: sample}
"""

DOLLARS = """\
rates:
  USD:
    - {from: 2015-01-01, rate: 0.9}
"""
"""Settings that know what a dollar is worth: none are shipped."""

SMALL_PLAYBOOK = """\
schema: 1
account: {name: Harbor Logistics, status: prospect}
summary: A sample.
"""


def catalogue_data() -> dict[str, Any]:
    """The small catalogue as data: to YAML 1.1 'off' is no word."""
    given = yaml.safe_load(CATALOGUE)
    return {
        name: {"off" if key is False else key: value for key, value in group.items()}
        if isinstance(group, dict)
        else group
        for name, group in given.items()
    }


def shipped_chinese() -> Language:
    """Chinese as shipped, read once."""
    return language_of(Workspace.at(Path(__file__).parent), "zh")


def shipped_text(name: str) -> str:
    """A file of settings as shipped."""
    return (defaults_folder() / f"{name}.yaml").read_text(encoding="utf-8")


FULL_TEXT = {
    "site_config/site.yaml": """\
name: Account Playbooks
description: A sample.
language: en
attention: 8
search: pagefind
downloads: true
api: true
feed: 10
"""
}
"""What asks for all that a site may carry: the search over every word, files for programs."""


def make_workspace(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A workspace with the files given, by path; the catalogue, team and rates stand by."""
    standing: dict[str, str | bytes] = {
        "site_config/catalogue.yaml": CATALOGUE,
        "site_config/team.yaml": TEAM,
        "site_config/currencies.yaml": CURRENCIES,
    }
    (folder / "playbooks").mkdir(parents=True, exist_ok=True)
    for name, content in {**standing, **(files or {})}.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
