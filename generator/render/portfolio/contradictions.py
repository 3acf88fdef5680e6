"""Where plans disagree with themselves: by rule, each with both sides and their lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.enrich import Account, Reason
from generator.enrich.definitions import DEFINITIONS
from generator.gate.contradictions import AGREEMENTS
from generator.language import phrase, said, say, say_count
from generator.problems import Problem
from generator.render.formats import listed, opening, quantity, sentences
from generator.render.links import Links
from generator.render.portfolio.naming import Place
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page
from generator.render.words import amount_of, input_name, word_of
from generator.settings.rules import Rule

HERE = "portfolio/contradictions.html"
DAYS = {"interactions": phrase("Last talk"), "decisions": phrase("Decided on")}
"""Entries that have no name but their day."""
SHOWN = 25
"""Of one kind; the rest is a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """One place where an account contradicts itself."""

    name: str
    href: str
    line: int
    source: str
    message: str
    """What disagrees, without the cure where all of a kind have the same."""
    sides: tuple[Place, ...]
    """What disagrees: each with its value, and where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A rule that sets two numbers against each other, and where they disagree."""

    title: str
    reason: str
    cure: str
    """What to do about all of them; empty where each says its own."""
    href: str
    clashes: tuple[Clash, ...]
    accounts: int

    @property
    def more(self) -> int:
        """Those that are not shown."""
        return max(0, len(self.clashes) - SHOWN)


def contradiction_pages(site: Site) -> Iterator[Page]:
    """portfolio/contradictions."""
    kinds = _kinds(site, Links(here=HERE))
    found = [kind for kind in kinds if kind.clashes]
    quiet = [kind for kind in kinds if not kind.clashes]
    render = site.engine.render
    fragments: dict[str, str] = {}
    if len(found) > 1:
        most = max(len(kind.clashes) for kind in found)
        fragments["head"] = render("portfolio/contradictions_head.html.j2", kinds=found, most=most)
    sections = []
    if found:
        fragments["found"] = render("portfolio/contradictions.html.j2", kinds=found, shown=SHOWN)
        sections.append(SkeletonSection(anchor="found", title=say("Today")))
    if quiet:
        fragments["asked"] = render("portfolio/contradictions_asked.html.j2", kinds=quiet)
        title = say("What else is compared") if found else say("What is compared")
        sections.append(SkeletonSection(anchor="asked", title=title))
    markdown = page_markdown(
        title=say("Contradictions"),
        description=say("Where the numbers of one plan disagree."),
        sentence=_sentence(site, found),
        head="head" if "head" in fragments else None,
        sections=sections,
        hide=("toc",),
    )
    yield Page(path="portfolio/contradictions.md", markdown=markdown, fragments=fragments)


def _sentence(site: Site, found: list[Kind]) -> str:
    """How many there are, in how many plans, and which is the most frequent."""
    plans = len({clash.href for kind in found for clash in kind.clashes})
    count = sum(len(kind.clashes) for kind in found)
    if not site.portfolio.accounts:
        return say("No playbook yet, so nothing contradicts itself.")
    if not count:
        return say("No plan contradicts itself today, as far as its numbers are known.")
    told = say_count(
        "{count} contradiction in {plans}: it shows two sides, and one of them is wrong.",
        "{count} contradictions in {plans}: each shows two sides, and one of them is wrong.",
        count,
        plans=say_count("{count} plan", "{count} plans", plans),
    )
    if len(found) == 1:
        return told
    return sentences([told, say("Most often broken: {rule}.", rule=found[0].title)])


def _kinds(site: Site, links: Links) -> list[Kind]:
    """Each rule that compares numbers and is not switched off, those most broken first."""
    rules = {
        rule.id: rule
        for rule in site.settings.rules.rules
        if rule.holds.agree is not None and not rule.off
    }
    clashes: dict[str, list[Clash]] = {id: [] for id in rules}
    for account in site.portfolio.accounts:
        for one in account.findings:
            if one.rule in rules:
                clashes[one.rule].append(_clash(site, links, account, one, rules[one.rule]))
    kinds = [
        Kind(
            title=say(rule.title or opening(rule.id.replace("-", " "))),
            reason=say(rule.reason.strip()),
            cure=rule.shared_cure,
            href=links.rule(rule.id),
            clashes=tuple(clashes[rule.id]),
            accounts=len({one.href for one in clashes[rule.id]}),
        )
        for rule in rules.values()
    ]
    return sorted(kinds, key=lambda kind: -len(kind.clashes))


def _clash(site: Site, links: Links, account: Account, problem: Problem, rule: Rule) -> Clash:
    return Clash(
        name=account.name,
        href=links.account(account.id),
        line=problem.line,
        source=links.source(account.id, problem.line),
        message=problem.fault if rule.shared_cure else problem.message,
        sides=tuple(_place(site, links, account, one) for one in _sides(account, problem, rule)),
    )


def _sides(account: Account, problem: Problem, rule: Rule) -> tuple[Reason, ...]:
    """Both sides of a finding, with their places; nothing for a rule that is not of this kind."""
    completeness = account.figures.get("completeness")
    if account.case is None or completeness is None or rule.holds.agree is None:
        return ()
    found = [
        one
        for one in AGREEMENTS[rule.holds.agree](account.case, completeness)
        if one.entry == problem.entry
    ]
    return found[0].sides if found else ()


def _place(site: Site, links: Links, account: Account, side: Reason) -> Place:
    """A side with its value; it leads to its line, or to the number's own explanation."""
    if side.line is not None:
        href = links.source(account.id, side.line)
    else:
        href = links.number(account.id, side.name) if side.name in DEFINITIONS else ""
    return Place(_name(side), href, _value(site, side))


def _name(side: Reason) -> str:
    """What a side is called; a talk or decision is known by its day, which is the value."""
    for step, name in DAYS.items():
        if f".{step}." in f".{side.name}" and side.name.endswith(".date"):
            return said(name)
    return opening(input_name(side.name))


def _value(site: Site, side: Reason) -> str:
    value = side.value
    if isinstance(value, str) and side.name in DEFINITIONS:
        return word_of(side.name, value, site.settings)
    if isinstance(value, (tuple, list)):
        words = listed(word_of(side.name, str(one), site.settings) for one in value)
        return words or say("none")
    if isinstance(value, (int, float)) and side.name in DEFINITIONS:
        return amount_of(value, side.unit)
    return quantity(value, side.unit)
