"""Playbooks with one sentence in one place, and the compliance findings of a playbook."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.rules.validate.built_in import BUILT_IN
from generator.settings import Settings
from tests.figures.small import account, plan

HERE = Path(__file__).parent
RULES = frozenset(rule.id for rule in BUILT_IN if rule.stage == "comply")
WHO = (
    "personal_data: {source: fair, lawful_basis: legitimate interest, collected_on: 2026-01-01,"
    " review_by: 2027-12-31}"
)
BIRGIT = "id: birgit-holt, name: Birgit Holt, public_official: none"
PLACES: Mapping[str, str] = {
    "note": "account",
    "summary": "summary",
    "action": "actions: [{id: a, what: %s, owner: kim-larsen, due: 2026-12-01}]\n",
    "interaction": (
        f"relationship: {{{WHO}, contacts: [{{{BIRGIT}}}], interactions:"
        " [{date: 2026-11-01, contacts: [birgit-holt], note: %s}]}\n"
    ),
    "observed": (
        f"relationship: {{{WHO}, contacts: [{{{BIRGIT}, observed:"
        " [{fact: %s, date: 2026-11-01, by: kim-larsen}]}]}\n"
    ),
    "decision": "decisions: [{date: 2026-11-01, kind: keep, decision: %s}]\n",
    "concession": ("value: {negotiation: {concessions: [{date: 2026-11-01, by: us, what: %s}]}}\n"),
    "promise": "relationship: {promises: [{what: %s, due: 2026-12-01}]}\n",
}
"""Where people write sentences, as sections of a playbook."""


def rows(name: str) -> list[Any]:
    """The sentences of one of the tables."""
    text = (HERE / f"{name}.yaml").read_text(encoding="utf-8")
    return list(yaml.safe_load(text)[name])


def strangers(fifty: str) -> list[dict[str, Any]]:
    """One fifty of the sentences that strangers wrote, each with whether it is to be stopped."""
    return _sorted("strangers", fifty)


def blind(stranger: str) -> list[dict[str, Any]]:
    """The sentences of one of four strangers; each as with the fifties."""
    return _sorted("blind", stranger)


def tried(kind: str) -> list[dict[str, Any]]:
    """The sentences by which the lists were made, or those held out; each as with strangers."""
    return _sorted("tried", kind)


def _sorted(name: str, part: str) -> list[dict[str, Any]]:
    text = (HERE / f"{name}.yaml").read_text(encoding="utf-8")
    return [
        {"stop": key == "stop", "missed": "", **(row if isinstance(row, dict) else {"text": row})}
        for key, texts in yaml.safe_load(text)[part].items()
        for row in texts
    ]


def noted(sentences: Iterable[str], settings: Settings | None = None) -> set[str]:
    """Those of some sentences, each a note of one plan, that a rule of compliance finds."""
    by_line = dict(enumerate(sentences, start=10))
    notes = "".join(
        f"    - {{date: 2026-11-01, by: kim-larsen, text: {json.dumps(text, ensure_ascii=False)}}}\n"
        for text in by_line.values()
    )
    text = f"""\
schema: 1
account:
  name: Acme
  status: customer
  notes:
{notes}\
summary: A sample.
relationship: {{{WHO}, contacts: [{{{BIRGIT}}}]}}
"""
    first = min(by_line) - text.count("\n", 0, text.index("    - {")) - 1
    found = (finding for finding in account(text, with_=settings).findings if finding.rule in RULES)
    return {by_line[finding.line + first] for finding in found}


def with_sentence(at: str, sentence: str) -> str:
    """A playbook that says a sentence at a place, and knows Birgit Holt."""
    quoted = json.dumps(sentence, ensure_ascii=False)
    knows = f"relationship: {{{WHO}, contacts: [{{{BIRGIT}}}]}}\n"
    if at == "note":
        return plan(knows, more=f", notes: [{{date: 2026-11-01, by: kim-larsen, text: {quoted}}}]")
    if at == "summary":
        return plan(knows).replace("summary: A sample.", f"summary: {quoted}")
    section = PLACES[at] % quoted
    return plan(section if "relationship" in section else section + knows)


def rules_in(text: str) -> set[str]:
    """The rules of compliance that find something."""
    return {finding.rule for finding in account(text).findings if finding.rule in RULES}


def said_of(text: str, rule: str) -> list[str]:
    """What a rule says, with line and column."""
    findings = (str(finding) for finding in account(text).findings if finding.rule == rule)
    return [finding.removeprefix("playbooks/acme.yaml:") for finding in findings]
