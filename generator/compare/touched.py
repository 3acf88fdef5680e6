"""Which accounts an edit can reach: those edited, and those whose numbers lean on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.figures import Portfolio
from generator.figures.case import Case
from generator.read.document import Document


def edited(before: Portfolio, after: Portfolio) -> set[str]:
    """The ids of accounts that came, went, or whose file says something else."""
    old, new = (_documents(one) for one in (before, after))
    return {name for name in old.keys() | new.keys() if not _same(old.get(name), new.get(name))}


def _documents(portfolio: Portfolio) -> dict[str, Document]:
    return {one.id: one.document for one in portfolio.accounts}


def _same(one: Document | None, other: Document | None) -> bool:
    if one is None or other is None:
        return False
    return one is other or (one.text == other.text and one.problems == other.problems)


def touched(before: Portfolio, after: Portfolio) -> set[str]:
    """The ids of all accounts for which a figure or a finding may differ.

    Rather one too many than one too few: parents and subsidiaries of what was edited, users of
    its reference, everyone who names it when it came or went, and whole portfolios where a figure
    ranks accounts against each other. Settings are not looked at.
    """
    changed = edited(before, after)
    if not changed:
        return set()
    return changed.union(
        _family(changed, before, after),
        _users(changed, before, after),
        _namers(changed, before, after),
        _circles(before, after),
        _ranked(before, after),
    )


def _cases(*portfolios: Portfolio) -> Iterator[Case]:
    for portfolio in portfolios:
        yield from (one.case for one in portfolio.accounts if one.case is not None)


def _family(changed: set[str], *portfolios: Portfolio) -> set[str]:
    """All above and all below, by the parents of both states."""
    pairs = {
        (case.plan.id, case.playbook.account.parent)
        for case in _cases(*portfolios)
        if case.playbook.account.parent
    }
    above: dict[str, set[str]] = {}
    below: dict[str, set[str]] = {}
    for child, parent in pairs:
        above.setdefault(child, set()).add(parent)
        below.setdefault(parent, set()).add(child)
    return _reach(changed, above) | _reach(changed, below)


def _reach(start: Iterable[str], steps: dict[str, set[str]]) -> set[str]:
    found = set(start)
    rest = list(found)
    while rest:
        new = steps.get(rest.pop(), set()) - found
        found |= new
        rest.extend(new)
    return found


def _users(changed: set[str], *portfolios: Portfolio) -> set[str]:
    """Accounts whose doubts name an edited one as their reference."""
    return {
        case.plan.id
        for case in _cases(*portfolios)
        for doubt in (case.playbook.risk.customer if case.playbook.risk else None) or ()
        if doubt.reference in changed
    }


def _namers(changed: set[str], before: Portfolio, after: Portfolio) -> set[str]:
    """Accounts whose text has the id of one that came or went: it points nowhere, or somewhere."""
    olds, news = ({one.id for one in side.accounts} for side in (before, after))
    moved = changed & (olds ^ news)
    return {
        one.id
        for side in (before, after)
        for one in side.accounts
        if any(name in one.document.text for name in moved)
    }


def _circles(before: Portfolio, after: Portfolio) -> set[str]:
    """Where links between organisations differ, everyone who has or names one."""
    if _links(before) == _links(after):
        return set()
    return {
        case.plan.id
        for case in _cases(before, after)
        if case.neighbours.organisations[case.plan.id].near
    }


def _links(portfolio: Portfolio) -> list[object]:
    return [
        (case.plan.id, case.plan.name, link.to, link.reached)
        for case in _cases(portfolio)
        for link in (case.playbook.relationship and case.playbook.relationship.links) or ()
    ] + [(case.plan.id, case.plan.name) for case in _cases(portfolio)]


def _ranked(before: Portfolio, after: Portfolio) -> set[str]:
    """Accounts that are ranked among all: by order value, and by profit where the median rules."""
    old, new = next(_cases(before), None), next(_cases(after), None)
    found: set[str] = set()
    if old is None or new is None:
        return found
    if old.neighbours.order_values != new.neighbours.order_values:
        found |= {
            case.plan.id
            for case in _cases(before, after)
            if case.fact("fit", "order_value").value is not None
        }
    if old.neighbours.cut_off(old).value != new.neighbours.cut_off(new).value:
        found |= {case.plan.id for case in _cases(before, after)}
    return found
