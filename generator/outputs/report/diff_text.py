"""What changed, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.compare import AccountChange, Comparison
from generator.outputs.report.changes import (
    CARRIED,
    UNMOVED,
    ChangeSummary,
    carried,
    headline,
    setting_lines,
    summary_of,
    untouched_by,
)
from generator.outputs.report.findings import printable

_HEADS = {"new": "new account", "gone": "account gone"}


def diff_text(comparison: Comparison, before: str, after: str) -> str:
    """The whole comparison as text; ends with a newline."""
    return "".join(f"{printable(line)}\n" for line in _lines(comparison, before, after))


def _lines(comparison: Comparison, before: str, after: str) -> Iterator[str]:
    yield f"{before} to {after}: {headline(comparison)}"
    yield from _accounts(comparison.by_plans, comparison)
    if comparison.settings:
        yield ""
        yield "Changed by site_config, not by the plans:"
        yield from (f"  {line}" for line in setting_lines(comparison.settings))
        yield from _accounts(comparison.by_settings, comparison)


def _accounts(changes: Sequence[AccountChange], comparison: Comparison) -> Iterator[str]:
    for change in changes:
        if change.is_moved and not change.is_carried:
            yield ""
            yield from _account(summary_of(change, comparison))
    if along := carried(changes, comparison):
        yield ""
        yield f"{CARRIED}:"
        yield from (f"  {line}" for line in along)
    if quiet := untouched_by(changes):
        yield ""
        yield f"{UNMOVED}:"
        yield from (f"  {line}" for line in quiet)


def _account(one: ChangeSummary) -> Iterator[str]:
    change = one.change
    kind = f": {_HEADS[change.kind]}" if change.kind in _HEADS else ""
    yield f"{one.name} ({one.path}){kind}"
    yield from (f"  {sentence}" for sentence in one.verdicts)
    if one.numbers:
        yield f"  numbers: {'; '.join(one.numbers)}"
    if one.first:
        yield f"  first known: {'; '.join(one.first)}"
    if one.edits:
        yield f"  edited: {'; '.join(one.edits)}"
    yield from (f"  new finding: {finding}" for finding in change.new)
    yield from (f"  no longer found: {finding}" for finding in one.gone)
