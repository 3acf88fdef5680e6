"""Where plans disagree with themselves: by rule, each with both sides."""

from __future__ import annotations

from dataclasses import dataclass

from generator.figures import Account, Portfolio, Reason
from generator.problems import Problem
from generator.rules.gate.contradictions import AGREEMENTS
from generator.rules.rulebook import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """One place where an account contradicts itself."""

    account: Account
    finding: Problem
    sides: tuple[Reason, ...]
    """What disagrees: each with its value, and where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreeingRule:
    """A rule that sets two numbers against each other, and where they disagree."""

    rule: Rule
    contradictions: tuple[Contradiction, ...]

    @property
    def accounts(self) -> int:
        """How many plans have one."""
        return len({each.account.id for each in self.contradictions})


def comparisons(portfolio: Portfolio) -> tuple[DisagreeingRule, ...]:
    """Each rule that compares numbers and is not switched off, those most broken first."""
    rules = {
        rule.id: rule
        for rule in portfolio.settings.rules.rules
        if rule.holds.agree is not None and not rule.off
    }
    by_rule: dict[str, list[Contradiction]] = {id: [] for id in rules}
    for account in portfolio.accounts:
        for finding in account.findings:
            if finding.rule in rules:
                sides = _sides(account, finding, rules[finding.rule])
                by_rule[finding.rule].append(
                    Contradiction(account=account, finding=finding, sides=sides)
                )
    compared = [
        DisagreeingRule(rule=rule, contradictions=tuple(by_rule[id])) for id, rule in rules.items()
    ]
    return tuple(sorted(compared, key=lambda each: -len(each.contradictions)))


def _sides(account: Account, finding: Problem, rule: Rule) -> tuple[Reason, ...]:
    """Both sides of a finding, with their places; nothing for a rule that is not of this kind."""
    completeness = account.figures.get("completeness")
    if account.case is None or completeness is None or rule.holds.agree is None:
        return ()
    matching = [
        disagreement
        for disagreement in AGREEMENTS[rule.holds.agree](account.case, completeness)
        if disagreement.entry == finding.entry
    ]
    return matching[0].sides if matching else ()
