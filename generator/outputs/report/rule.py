"""A completeness rule explained for the terminal."""

from __future__ import annotations

from generator.rules.validate.built_in import BY_APPROVAL, STAGES, BuiltIn
from generator.settings import Settings
from generator.settings.rules import Applies, Rule


def rule_text(rule: Rule, settings: Settings) -> str:
    """What a rule asks, of whom, why, and where it stands."""
    index = next(i for i, one in enumerate(settings.rules.rules) if one.id == rule.id)
    state = " (switched off)" if rule.off else ""
    return (
        f"{rule.id}: {rule.title or rule.id} ({rule.level}){state}\n"
        f"Applies to: {applies_words(rule.applies)}\n"
        f"Finding: {rule.finding}\n"
        f"Why: {rule.reason.strip()}\n"
        f"Set in: {settings.where('rules', 'rules', index, 'id')}\n"
    )


def built_in_text(rule: BuiltIn) -> str:
    """What a rule of the program's own asks, and what lets it pass."""
    reach = "nothing; it is always checked"
    if rule.id == BY_APPROVAL:
        reach = "a waiver with reason, by, until and the number of an approval"
    return (
        f"{rule.id}: {rule.says} ({rule.level})\n"
        f"Part of: {STAGES[rule.stage]}\n"
        f"Let pass by: {reach}\n"
    )


def applies_words(to: Applies | None) -> str:
    """Whom a rule is for, in words."""
    if to is None:
        return "every account"
    parts = []
    if to.tier:
        parts.append(f"tier {', '.join(to.tier)}")
    if to.status:
        parts.append(f"status {', '.join(to.status)}")
    if to.size:
        parts.append(f"size {', '.join(to.size)}")
    if to.days_to_renewal is not None:
        parts.append(f"within {to.days_to_renewal} days of the notice day or contract end")
    return "; ".join(parts) or "every account"
