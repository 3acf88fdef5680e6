"""The rules page: what a plan must have and who lacks it, and what is checked in any case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from generator.figures import Account
from generator.language import say, say_count
from generator.pages.links import Links, account_href, anchor
from generator.pages.rule_words import applies_words, holds_words
from generator.pages.site import Site
from generator.pages.skeleton import SkeletonSection, page_markdown
from generator.pages.tree import Page
from generator.rules.rulebook import Rule
from generator.rules.validate.built_in import BUILT_IN, STAGES, BuiltIn

HERE = "rules/index.html"
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


def rules_pages(site: Site) -> Iterator[Page]:
    """rules/index."""
    cards = rule_cards(site)
    groups: dict[str, list[RuleCard]] = {}
    for card in cards:
        groups.setdefault(card.applies, []).append(card)
    fragments = {
        "rules-completeness": site.engine.render("rules/completeness.html.j2", groups=groups),
        "rules-built-in": site.engine.render(
            "rules/built_in.html.j2",
            stages=[(say(title), _of_stage(stage)) for stage, title in STAGES.items()],
            failing=_failing(site),
            anchor=anchor,
        ),
    }
    yield Page(path="rules/index.md", markdown=_markdown(cards), fragments=fragments)


def _markdown(cards: tuple[RuleCard, ...]) -> str:
    return page_markdown(
        title=say("Rules"),
        description=say("What a plan must have before it merges, and why."),
        sentence=say(
            "A plan is complete when every rule that applies to it holds."
            " Most rules are your team's: change them in site_config/rules.yaml."
        ),
        sections=[
            SkeletonSection(
                anchor="rules-completeness",
                title=say("What a plan must have"),
                sentence=say_count(
                    "{count} rule: whom it is for, why it is there, who fails it.",
                    "{count} rules: whom each is for, why it is there, who fails it.",
                    len(cards),
                ),
            ),
            SkeletonSection(
                anchor="rules-built-in",
                title=say("What is always checked"),
                sentence=say(
                    "That the file can be read, has the right form and agrees with itself and"
                    " with others, that nobody is bribed and nobody's private life is written down;"
                    " no waiver reaches these, but one of ab7 that names an approval."
                ),
            ),
        ],
    )


def rule_cards(site: Site) -> tuple[RuleCard, ...]:
    """The completeness rules in the order of rules.yaml."""
    failing = _failing(site)
    links = Links(here=HERE)
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
    return tuple(one for one in BUILT_IN if one.stage == stage)


def _failing(site: Site) -> dict[str, Failing]:
    """Who fails which rule, by the rule's id; those of the highest tier first."""
    accounts: defaultdict[str, list[Account]] = defaultdict(list)
    for account in sorted(site.portfolio.accounts, key=_by_tier):
        for rule in {one.rule for one in account.findings}:
            accounts[rule].append(account)
    links = Links(here=HERE)
    return {
        rule: Failing(
            named=tuple(
                (one.name, links.to(account_href(one.id, "findings"))) for one in found[:NAMED]
            ),
            count=len(found),
        )
        for rule, found in accounts.items()
    }


def _by_tier(account: Account) -> tuple[str, str]:
    figure = account.figures.get("tier")
    tier = figure.value if figure else None
    return tier or "Z", account.name.casefold()
