"""The rules page: what a plan must have and who lacks it, and what is checked in any case.

What a rule asks is put in words from its data, so that they cannot disagree. A sentence is a
pattern with its places, so that any language can order its words. Names of fields and their words
stay as people write them in the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures import Account
from generator.figures.definitions import DEFINITIONS
from generator.language import phrase, said, say, say_count
from generator.pages.formats import all_of, any_of, number
from generator.pages.links import Links, account_href, anchor
from generator.pages.page import Menu, PageLayout, SitePage
from generator.pages.site import Site
from generator.rules.gate.contradictions import AGREEMENTS_SAY
from generator.rules.gate.holds import CHECKS_SAY
from generator.rules.rulebook import (
    DAY_PHRASE,
    Applies,
    Condition,
    Covers,
    Each,
    FigureTest,
    Holds,
    NoEntry,
    Rule,
    Some,
)
from generator.rules.validate.built_in import BUILT_IN, STAGES, BuiltIn

_EACH = ".*"
_WHO = {
    "prospect": phrase("prospects"),
    "customer": phrase("customers"),
    "former": phrase("former customers"),
}
_COUNTS = {2: phrase("two"), 3: phrase("three")}


def applies_words(to: Applies | None) -> str:
    """Whom a rule is for: 'customers of tier A or B'."""
    if to is None:
        return say("every account")
    who = any_of([said(_WHO[status]) for status in to.status or ()])
    if to.tier and who:
        who = say("{who} of tier {tiers}", who=who, tiers=any_of(to.tier))
    elif to.tier:
        who = say("accounts of tier {tiers}", tiers=any_of(to.tier))
    who = who or say("every account")
    if to.size:
        who = say("{who} of size {sizes}", who=who, sizes=_choice(to.size))
    if to.days_to_renewal is None:
        return who
    return say(
        "{who}, from {days} days before the notice day (else the contract's end)",
        who=who,
        days=to.days_to_renewal,
    )


def holds_words(holds: Holds) -> str:
    """What must hold, as a sentence without its full stop."""
    for name, in_words in _TELLERS.items():
        asked = getattr(holds, name)
        if asked is not None:
            return in_words(asked)
    return say("nothing")


def _present(place: str) -> str:
    return say("{place} is filled in or honestly unknown", place=place)


def _each(each: Each) -> str:
    entries = say("each entry of {place}", place=each.in_)
    if each.where:
        entries = say(
            "each entry of {place} where {conditions}",
            place=each.in_,
            conditions=_conditions(each.where),
        )
    if each.above:
        entries = say(
            "{entries} that the figure '{figure}' lists", entries=entries, figure=_title(each.above)
        )
    return say("{entries} has {fields}", entries=entries, fields=all_of(each.has))


def _some(some: Some) -> str:
    count = int(some.at_least or 1)
    entries = say("{place} has at least one entry", place=some.in_)
    if count != 1:
        entries = say("{place} has at least {count} entries", place=some.in_, count=_count(count))
    if some.has:
        entries = say("{entries} with {fields}", entries=entries, fields=all_of(some.has))
    if some.where:
        entries = say(
            "{entries} where {conditions}", entries=entries, conditions=_conditions(some.where)
        )
    return entries


def _none(none: NoEntry) -> str:
    if not none.where:
        return say("{place} has no entry", place=none.in_)
    return say(
        "{place} has no entry where {conditions}",
        place=none.in_,
        conditions=_conditions(none.where),
    )


def _covers(covers: Covers) -> str:
    return say(
        "between them the entries of {place} have {field} {words}",
        place=covers.in_,
        field=covers.field,
        words=all_of(covers.words),
    )


def _figure(test: FigureTest) -> str:
    clauses = []
    if test.at_least is not None and test.at_most is not None:
        low, high = number(test.at_least), number(test.at_most)
        clauses.append(say("is at least {low} and at most {high}", low=low, high=high))
    elif test.at_least is not None:
        clauses.append(say("is at least {number}", number=number(test.at_least)))
    elif test.at_most is not None:
        clauses.append(say("is at most {number}", number=number(test.at_most)))
    if test.is_ is not None:
        clauses.append(say("is {words}", words=_choice(test.is_)))
    if test.empty is not None:
        clauses.append(say("is an empty list"))
    return say(
        "the figure '{figure}' {clauses}",
        figure=_title(test.key),
        clauses=_clauses(clauses or [say("is known")]),
    )


def _filled(wanted: Mapping[str, Sequence[str]]) -> str:
    """Each place with what is wanted there; 'each of actions has owner and due'."""
    clauses = []
    for place, fields in wanted.items():
        if place.endswith(_EACH):
            entries = say("each of {place}", place=place.removesuffix(_EACH))
            clauses.append(say("{entries} has {fields}", entries=entries, fields=all_of(fields)))
        else:
            clauses.append(say("{place} has {fields}", place=place, fields=all_of(fields)))
    return say("where begun, {sentences}", sentences=say("; ").join(clauses))


def _all(parts: Sequence[Holds]) -> str:
    """Fields that must all be there are one list, not a sentence each."""
    fields = [part.present for part in parts if part.present is not None]
    clauses = [holds_words(part) for part in parts if part.present is None]
    if len(fields) > 1:
        clauses.insert(0, say("{places} are filled in or honestly unknown", places=all_of(fields)))
    elif fields:
        clauses.insert(0, _present(fields[0]))
    return say("; and ").join(clauses)


def _any(parts: Sequence[Holds]) -> str:
    return say(
        "either {sentences}", sentences=say("; or ").join(holds_words(part) for part in parts)
    )


_TELLERS: dict[str, Callable[[Any], str]] = {
    "present": _present,
    "each": _each,
    "some": _some,
    "figure": _figure,
    "covers": _covers,
    "none": _none,
    "all": _all,
    "any": _any,
    "filled": _filled,
    "check": lambda name: said(CHECKS_SAY[name]),
    "agree": lambda name: said(AGREEMENTS_SAY[name]),
}


def _conditions(where: Mapping[str, Condition]) -> str:
    return _clauses(
        [
            say("{field} {clauses}", field=field, clauses=_clauses(_condition(condition)))
            for field, condition in where.items()
        ]
    )


def _condition(condition: Condition) -> list[str]:
    """What is said of a field, one clause each."""
    clauses = []
    if condition.is_ is not None:
        clauses.append(say("is {words}", words=_choice(condition.is_)))
    if condition.has is not None:
        clauses.append(say("has {words}", words=_choice(condition.has)))
    if condition.in_figure is not None:
        clauses.append(say("is one of the figure '{figure}'", figure=_title(condition.in_figure)))
    if condition.present is not None:
        clauses.append(say("is filled in") if condition.present == "true" else say("is empty"))
    if condition.before is not None:
        clauses.append(say("lies before {day}", day=_day(condition.before)))
    if condition.after is not None:
        clauses.append(say("lies after {day}", day=_day(condition.after)))
    if condition.at_least is not None:
        clauses.append(say("is at least {number}", number=number(condition.at_least)))
    return clauses


def _day(phrase: str) -> str:
    """'today-365' is 365 days ago; 'renewal' is the renewal."""
    match = DAY_PHRASE.fullmatch(phrase)
    if match is None or match[2] is None:
        return say("the renewal") if phrase == "renewal" else say("today")
    days, is_before = int(match[3]), match[2] == "-"
    if match[1] == "today":
        if is_before:
            return say_count("{count} day ago", "{count} days ago", days)
        return say_count("the day in {count} day", "the day in {count} days", days)
    if is_before:
        return say_count("{count} day before the renewal", "{count} days before the renewal", days)
    return say_count("{count} day after the renewal", "{count} days after the renewal", days)


def _title(key: str) -> str:
    definition = DEFINITIONS.get(key)
    return say(definition.title) if definition else key


def _count(count: int) -> str:
    return said(_COUNTS[count]) if count in _COUNTS else str(count)


def _choice(words: Sequence[str]) -> str:
    return any_of([word.replace("_", " ") for word in words])


def _clauses(clauses: Sequence[str]) -> str:
    """Clauses that all hold: 'is filled in, is at least 3 and lies before today'."""
    sentence, last = clauses[0], len(clauses) - 1
    for place, clause in enumerate(clauses[1:], 1):
        if place < last:
            sentence = say("{clauses}, {clause}", clauses=sentence, clause=clause)
        else:
            sentence = say("{clauses} and {clause}", clauses=sentence, clause=clause)
    return sentence


NAMED = 12
"""So many failing accounts are named; the rest is a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    """Accounts that fail a rule today: the first of them by name and address, and how many."""

    named: tuple[tuple[str, str], ...]
    count: int

    @property
    def more(self) -> int:
        """Those that are not named."""
        return self.count - len(self.named)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCard:
    """One completeness rule as the page tells it."""

    rule: Rule
    anchor: str
    title: str
    applies: str
    holds: str
    where: str
    href: str | None
    failing: Failing


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """The completeness rules by whom they are for, then what is checked in any case."""
    failing = failing_accounts(page.site, page.links)
    cards = rule_cards(page.site, page.links, failing)
    groups: dict[str, list[RuleCard]] = {}
    for card in cards:
        groups.setdefault(card.applies, []).append(card)
    page.section(
        "rules-completeness",
        say("What a plan must have"),
        sentence=say_count(
            "{count} rule: whom it is for, why it is there, who fails it.",
            "{count} rules: whom each is for, why it is there, who fails it.",
            len(cards),
        ),
        groups=groups,
    )
    page.section(
        "rules-built-in",
        say("What is always checked"),
        sentence=say(
            "That the file can be read, has the right form and agrees with itself and"
            " with others, that nobody is bribed and nobody's private life is written down;"
            " no waiver reaches these, but one of ab7 that names an approval."
        ),
        stages=[(say(title), _of_stage(stage)) for stage, title in STAGES.items()],
        failing=failing,
        anchor=anchor,
    )
    return {}


def rule_cards(site: Site, links: Links, failing: Mapping[str, Failing]) -> tuple[RuleCard, ...]:
    """The completeness rules in the order of rules.yaml."""
    cards = []
    for index, rule in enumerate(site.settings.rules.rules):
        where = site.settings.where("rules", "rules", index, "id")
        cards.append(
            RuleCard(
                rule=rule,
                anchor=anchor(rule.id),
                title=say(rule.title or rule.id.replace("-", " ").capitalize()),
                applies=applies_words(rule.applies),
                holds=holds_words(rule.holds),
                where=where,
                href=links.settings(where),
                failing=failing.get(rule.id, Failing(named=(), count=0)),
            )
        )
    return tuple(cards)


def _of_stage(stage: str) -> tuple[BuiltIn, ...]:
    return tuple(rule for rule in BUILT_IN if rule.stage == stage)


def failing_accounts(site: Site, links: Links) -> dict[str, Failing]:
    """Who fails which rule, by the rule's id; those of the highest tier first."""
    accounts: defaultdict[str, list[Account]] = defaultdict(list)
    for account in sorted(site.portfolio.accounts, key=_by_tier):
        for rule in {finding.rule for finding in account.findings}:
            accounts[rule].append(account)
    return {
        rule: Failing(
            named=tuple(
                (account.name, links.to(account_href(account.id, "findings")))
                for account in failing[:NAMED]
            ),
            count=len(failing),
        )
        for rule, failing in accounts.items()
    }


def _by_tier(account: Account) -> tuple[str, str]:
    figure = account.figures.get("tier")
    tier = figure.value if figure else None
    return tier or "Z", account.name.casefold()


PAGE = SitePage(
    path="rules/index.md",
    title=phrase("Rules"),
    description=phrase("What a plan must have before it merges, and why."),
    lay_out=lay_out,
    menu=Menu.TOP,
    has_contents=True,
)
