"""Known gaps: what was missing when a team switched the gate on, so that only new gaps fail.

A gap is known by rule, account and entry, never by its line. Where several are alike, as many pass
as were written down.
"""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.figures import Portfolio
from generator.model import faults_of
from generator.model.base import Strict, about, needed
from generator.model.scalars import Day, Line, Slug, Whole
from generator.model.shape import did_you_mean
from generator.problems import Problem, in_order
from generator.read import Document
from generator.read.text import Limits
from generator.rules.rulebook import Rules
from generator.rules.validate.built_in import NOT_WRITTEN

_PLAIN = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_NOT_TEXT = re.compile(r"[0-9.]*|true|false|null|yes|no|on|off|y|n")
LIMITS = Limits(size=50_000_000, values=5_000_000)
"""The program writes it: of 10,000 accounts with fifty gaps each it can be read again."""
HEAD = """\
# Gaps that were there when the gate was switched on: they pass, new ones fail.
# Written by `playbook check --write-baseline`. May get shorter; a change that adds to it fails.
"""


class KnownGap(Strict):
    """A gap that passes."""

    rule: Slug = needed("The rule that does not hold.")
    account: Slug = needed("The account's id.")
    entry: Line | None = about("The entry or field it is about; lines do not count.")
    count: Whole | None = about("How many are alike; default 1.")


class BaselineFile(Strict):
    """A baseline file."""

    written: Day = needed("The day it was written.")
    gaps: tuple[KnownGap, ...] = needed("The known gaps.")


class GapIdentity(NamedTuple):
    """What makes a gap the same gap."""

    account: str
    rule: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The known gaps by what makes them the same, and when they were written down."""

    written: datetime.date
    counts: Counter[GapIdentity]
    path: str = ""

    @property
    def total(self) -> int:
        """How many gaps were written down."""
        return self.counts.total()


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Findings told apart by a baseline."""

    new: tuple[Problem, ...]
    known: tuple[Problem, ...]
    mended: Counter[GapIdentity]
    """What was written down and is no longer missing."""


def mark_of(problem: Problem) -> GapIdentity:
    """What makes a finding the same gap."""
    return GapIdentity(problem.account, problem.rule, problem.entry)


def split(problems: Iterable[Problem], baseline: Baseline | None) -> Split:
    """New findings, known ones, and what is mended since."""
    left: Counter[GapIdentity] = Counter(baseline.counts if baseline else ())
    new, known = [], []
    for problem in problems:
        if left[mark_of(problem)] > 0:
            left[mark_of(problem)] -= 1
            known.append(problem)
        else:
            new.append(problem)
    return Split(new=tuple(new), known=tuple(known), mended=+left)


def gaps_to_know(portfolio: Portfolio) -> tuple[Problem, ...]:
    """Today's gaps that a baseline takes in: errors and warnings of completeness rules.

    What is wrong in form, what points nowhere, and what has run out it never takes in.
    A placeholder in the way of a rule is such a gap, and bears the name of its field.
    """
    rules = {rule.id for rule in portfolio.settings.rules.rules if rule.always is None}
    return tuple(
        problem
        for problem in portfolio.findings
        if problem.rule in rules or (problem.rule == NOT_WRITTEN and problem.entry)
    )


def baseline_text(problems: Iterable[Problem], today: datetime.date) -> str:
    """The file with these gaps: sorted, one a line, so that a difference can be read."""
    counts = Counter(map(mark_of, problems))
    rows = "".join(f"  - {{{', '.join(_parts(mark, counts[mark]))}}}\n" for mark in sorted(counts))
    return f"{HEAD}written: {today}\ngaps:{' []' if not counts else ''}\n{rows}"


def _parts(mark: GapIdentity, count: int) -> Iterator[str]:
    yield f"account: {_scalar(mark.account)}"
    yield f"rule: {_scalar(mark.rule)}"
    if mark.entry:
        yield f"entry: {_scalar(mark.entry)}"
    if count > 1:
        yield f"count: {count}"


def _scalar(text: str) -> str:
    """Plain where it reads as it stands, else in quotes."""
    is_plain = _PLAIN.fullmatch(text) and not _NOT_TEXT.fullmatch(text)
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def baseline_of(document: Document, rules: Rules) -> tuple[Baseline | None, tuple[Problem, ...]]:
    """The baseline in a file, and what is wrong with it; None when it cannot be used.

    Accounts that are gone are no mistake: their gaps are mended.
    """
    problems = [_plain(problem) for problem in document.problems]
    if document.data is None:
        return None, tuple(problems)
    written, faults = faults_of(BaselineFile, document.data, whole="every baseline")
    problems.extend(
        _plain(document.problem(fault.path, fault.rule, fault.message, at_key=fault.at_key))
        for fault in faults
        if not fault.noted
    )
    if written is None:
        return None, in_order(problems)
    problems.extend(_plain(problem) for problem in _mistakes(document, written, rules))
    counts: Counter[GapIdentity] = Counter()
    for gap in written.gaps:
        counts[GapIdentity(gap.account, gap.rule, gap.entry or "")] += gap.count or 1
    return Baseline(written=written.written, counts=counts, path=document.path), in_order(problems)


def _mistakes(document: Document, written: BaselineFile, rules: Rules) -> Iterator[Problem]:
    """Rules that there are none of or that no baseline takes in, and gaps that stand twice."""
    known = {rule.id: rule for rule in rules.rules}
    seen: set[GapIdentity] = set()
    for index, gap in enumerate(written.gaps):
        path = ("gaps", index)
        mark = GapIdentity(gap.account, gap.rule, gap.entry or "")
        if gap.rule == NOT_WRITTEN:
            pass
        elif gap.rule not in known:
            message = f"no rule '{gap.rule}'{did_you_mean(gap.rule, tuple(known))}"
            yield document.problem((*path, "rule"), "baseline-entry", message)
        elif known[gap.rule].always:
            message = f"'{gap.rule}' is asked always; mend it in the plan and delete this line"
            yield document.problem((*path, "rule"), "baseline-entry", message)
        if mark in seen:
            message = "this gap stands here already; write 'count: 2' for two alike"
            yield document.problem(path, "baseline-entry", message)
        seen.add(mark)


def grown(document: Document, now: Baseline, before: Baseline) -> tuple[Problem, ...]:
    """A finding for each line that a change adds to the baseline it began with."""
    added = now.counts - before.counts
    gaps = (document.data or {}).get("gaps") or []
    problems = []
    for index, gap in enumerate(gaps):
        mark = GapIdentity(gap.get("account", ""), gap.get("rule", ""), gap.get("entry", ""))
        if added.pop(mark, 0):
            message = (
                f"this change adds '{mark.rule}' of '{mark.account}' to the known gaps;"
                " mend it in the plan instead"
            )
            problems.append(_plain(document.problem(("gaps", index), "baseline-grown", message)))
    return tuple(problems)


def _plain(problem: Problem) -> Problem:
    return replace(problem, account="")
