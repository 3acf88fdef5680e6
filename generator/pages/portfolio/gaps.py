"""Known gaps: what was missing when the gate was switched on, and how much is mended since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.language import phrase, say, say_count
from generator.pages.formats import day, number
from generator.pages.page import Layout, PortfolioPage
from generator.portfolio.gaps import GapCount, GroupedBy, KnownGaps, gaps_by, gaps_of
from generator.portfolio.people import person_name
from generator.rules.gate.baseline import Baseline

LISTED = 150
TITLES: Mapping[GroupedBy, tuple[str, str]] = {
    GroupedBy.OWNER: (phrase("By owner"), phrase("Owner")),
    GroupedBy.RULE: (phrase("By rule"), phrase("Rule")),
    GroupedBy.ACCOUNT: (phrase("By account"), phrase("Account")),
}
"""Of each table: its title, and that of its first column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An owner, a rule or an account with its gaps."""

    name: str
    href: str
    count: GapCount


def lay_out(page: Layout) -> str:
    """What is left, by owner, by rule and by account."""
    baseline = page.site.baseline
    gaps = gaps_of(page.site.portfolio, baseline)
    if baseline is not None and baseline.total:
        page.head(total=gaps.total, written=baseline.written, plans=gaps.plans)
        for by, (title, first) in TITLES.items():
            counts = gaps_by(page.site.portfolio, gaps, by)
            rows = sorted((_row(page, by, count) for count in counts), key=_most_left)
            page.section(
                by.value,
                say(title),
                block="by",
                rows=rows[:LISTED],
                first=say(first),
                more=max(0, len(rows) - LISTED),
            )
    return _sentence(baseline, gaps)


def _sentence(baseline: Baseline | None, gaps: KnownGaps) -> str:
    """What is left of what was written down."""
    if baseline is None:
        return say("This portfolio keeps no baseline: every gap counts.")
    if not baseline.total:
        return say("The baseline names no gap: every gap counts.")
    left, mended = gaps.total.left, gaps.total.closed
    since = day(baseline.written)
    if not left:
        return say_count(
            "The gap written down on {day} is mended: delete the baseline.",
            "All {count} gaps written down on {day} are mended: delete the baseline.",
            mended,
            day=since,
        )
    if not mended:
        return say_count(
            "{count} gap written down on {day}, none mended yet.",
            "{count} gaps written down on {day}, none mended yet.",
            left,
            day=since,
        )
    return say(
        "{mended} of {all} gaps written down on {day} are mended, {left} are left.",
        mended=number(mended),
        all=number(baseline.total),
        day=since,
        left=number(left),
    )


def _row(page: Layout, by: GroupedBy, count: GapCount) -> Row:
    """A count with its name and where it leads."""
    id, settings = count.id, page.site.settings
    match by:
        case GroupedBy.OWNER:
            name = person_name(settings, id) if id else say("Nobody")
            return Row(name=name, href="", count=count)
        case GroupedBy.RULE:
            title = next((rule.title for rule in settings.rules.rules if rule.id == id), None)
            return Row(name=say(title) if title else id, href=page.links.rule(id), count=count)
        case GroupedBy.ACCOUNT:
            account = page.site.portfolio.account(id)
            href = page.links.account(id) if account else ""
            return Row(name=account.name if account else id, href=href, count=count)


def _most_left(row: Row) -> tuple[int, int, str]:
    return (-row.count.left, -row.count.closed, row.name)


PAGE = PortfolioPage(
    name="gaps",
    title=phrase("Known gaps"),
    description=phrase("What was missing when the gate was switched on, and what is mended since."),
    lay_out=lay_out,
    in_editions=False,
)
