"""What changed: for a terminal, as the comment of a pull request, as data for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from generator.compare import AccountChange, Comparison, Effect, SumMove, moved_sums
from generator.compare.edits import MISSING, Edit
from generator.compare.effects import Cause
from generator.figures.figure import measured_in
from generator.outputs.report.changes import (
    CARRIED,
    UNMOVED,
    WHOLE,
    ChangeSummary,
    carried,
    headline,
    setting_lines,
    sum_lines,
    summary_of,
    untouched_by,
)
from generator.outputs.report.findings import as_data, plain_data, printable
from generator.outputs.report.github import as_text
from generator.pages.links import account_href
from generator.problems import Problem
from generator.terminal import json_text

# For a terminal

_KINDS = {"new": "new account", "gone": "account gone"}


def diff_text(comparison: Comparison, before: str, after: str) -> str:
    """The whole comparison as text; ends with a newline."""
    return "".join(f"{printable(line)}\n" for line in _text_lines(comparison, before, after))


def _text_lines(comparison: Comparison, before: str, after: str) -> Iterator[str]:
    yield f"{before} to {after}: {headline(comparison)}"
    if sums := sum_lines(comparison):
        yield ""
        yield f"{WHOLE}:"
        yield from (f"  {line}" for line in sums)
    yield from _text_of_accounts(comparison.by_plans, comparison)
    if comparison.settings:
        yield ""
        yield "Changed by site_config, not by the plans:"
        yield from (f"  {line}" for line in setting_lines(comparison.settings))
        yield from _text_of_accounts(comparison.by_settings, comparison)


def _text_of_accounts(changes: Sequence[AccountChange], comparison: Comparison) -> Iterator[str]:
    for change in changes:
        if change.is_moved and not change.is_carried:
            yield ""
            yield from _text_of_account(summary_of(change, comparison))
    if along := carried(changes, comparison):
        yield ""
        yield f"{CARRIED}:"
        yield from (f"  {line}" for line in along)
    if quiet := untouched_by(changes):
        yield ""
        yield f"{UNMOVED}:"
        yield from (f"  {line}" for line in quiet)


def _text_of_account(summary: ChangeSummary) -> Iterator[str]:
    change = summary.change
    kind = f": {_KINDS[change.kind]}" if change.kind in _KINDS else ""
    yield f"{summary.name} ({summary.path}){kind}"
    yield from (f"  {sentence}" for sentence in summary.verdicts)
    if summary.numbers:
        yield f"  numbers: {'; '.join(summary.numbers)}"
    if summary.first:
        yield f"  first known: {'; '.join(summary.first)}"
    if summary.edits:
        yield f"  edited: {'; '.join(summary.edits)}"
    yield from (f"  new finding: {finding}" for finding in change.new)
    yield from (f"  no longer found: {finding}" for finding in summary.gone)


# As the comment of a pull request: sentences first, numbers folded

LIMIT = 60_000
"""Characters: GitHub takes 65,536 a comment, GitLab more."""


def diff_markdown(comparison: Comparison, before: str, after: str, site: str = "") -> str:
    """The comparison as Markdown, with links to the pages of a site where one is given.

    Accounts that do not fit into a comment are counted at its end.
    """
    head = f"**{as_text(headline(comparison))}** ({as_text(before)} to {as_text(after)})\n"
    blocks = list(_markdown_blocks(comparison, site.rstrip("/")))
    shown: list[str] = []
    size = len(head)
    for block in blocks:
        size += len(block) + 1
        if size > LIMIT:
            break
        shown.append(block)
    rest = len(blocks) - len(shown)
    end = f"\n…and {rest} more; `playbook diff` shows all.\n" if rest else ""
    return "\n".join((head, *shown)) + end


def _markdown_blocks(comparison: Comparison, site: str) -> Iterator[str]:
    if sums := sum_lines(comparison):
        yield f"#### {WHOLE}\n\n" + "".join(f"- {as_text(line)}\n" for line in sums)
    yield from _markdown_of_accounts(comparison.by_plans, comparison, site)
    if comparison.settings:
        rows = "".join(f"- {as_text(line)}\n" for line in setting_lines(comparison.settings))
        yield f"#### Changed by site\\_config, not by the plans\n\n{rows}"
        yield from _markdown_of_accounts(comparison.by_settings, comparison, site)


def _markdown_of_accounts(
    changes: Sequence[AccountChange], comparison: Comparison, site: str
) -> Iterator[str]:
    for change in changes:
        if change.is_moved and not change.is_carried:
            yield "".join(_markdown_of_account(summary_of(change, comparison), site))
    if along := carried(changes, comparison):
        rows = "".join(f"- {as_text(line)}\n" for line in along)
        yield f"<details><summary>{CARRIED}</summary>\n\n{rows}\n</details>\n"
    if quiet := untouched_by(changes):
        rows = "".join(f"- {as_text(line)}\n" for line in quiet)
        yield f"<details><summary>{UNMOVED}</summary>\n\n{rows}\n</details>\n"


def _markdown_of_account(summary: ChangeSummary, site: str) -> Iterator[str]:
    change = summary.change
    name = as_text(summary.name)
    if site and change.kind != "gone":
        name = f"[{name}]({site}/{quote(account_href(change.account.id))})"
    kind = f" ({_KINDS[change.kind]})" if change.kind in _KINDS else ""
    yield f"#### {name}{kind}\n\n"
    yield from (f"- {as_text(sentence)}\n" for sentence in summary.verdicts)
    yield from (f"- {_markdown_of_finding(finding)}\n" for finding in change.new)
    yield from (f"- no longer found: {as_text(finding)}\n" for finding in summary.gone)
    folded = [*(f"- {as_text(row)}\n" for row in summary.numbers)]
    folded += [*(f"- first known: {as_text(row)}\n" for row in summary.first)]
    edits = [*(f"- edited: {as_text(row)}\n" for row in summary.edits)]
    if folded or edits:
        yield "\n<details><summary>Numbers and edits</summary>\n\n"
        yield from folded
        yield from edits
        yield "\n</details>\n"


def _markdown_of_finding(problem: Problem) -> str:
    place = f" ({as_text(f'{problem.path}:{problem.line}')})"
    return f"new {problem.level}: {as_text(problem.message)}{place}"


# As data


def diff_json(comparison: Comparison, before: str, after: str) -> str:
    """The whole comparison, numbers unrounded; ends with a newline."""
    data = {
        "before": before,
        "after": after,
        "summary": headline(comparison),
        "accounts": comparison.accounts,
        "portfolio": [_sum_data(move) for move in moved_sums(comparison)],
        "by_plans": [_change_data(change) for change in comparison.by_plans],
        "settings": [
            {"file": setting.edit.file or setting.file, **_edit_data(setting.edit)}
            for setting in comparison.settings
        ],
        "by_settings": [_change_data(change) for change in comparison.by_settings],
    }
    return json_text(data, indent=2) + "\n"


def _sum_data(move: SumMove) -> dict[str, Any]:
    """Money is in the reporting currency, which may be another one than before."""
    return {
        "key": move.name,
        "before": move.before.value if move.is_whole else None,
        "after": move.after.value if move.is_whole else None,
        "difference": move.difference,
        "unit": measured_in(move.after.unit),
        "unit_before": measured_in(move.before.unit),
    }


def _change_data(change: AccountChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "id": change.account.id,
        "name": change.account.name,
        "path": change.account.document.path,
        "edits": [_edit_data(edit) for edit in change.edits],
        "figures": [_effect_data(effect) for effect in change.effects],
        "new": [as_data(problem) for problem in change.new],
        "gone": [as_data(problem) for problem in change.gone],
    }


def _edit_data(edit: Edit) -> dict[str, Any]:
    """Values as the files have them, as text; null where nothing stood or stands."""
    before, after = (None if value is MISSING else value for value in (edit.before, edit.after))
    return {"field": edit.name, "line": edit.line, "before": before, "after": after}


def _effect_data(effect: Effect) -> dict[str, Any]:
    crossing = effect.crossing
    return {
        "key": effect.key,
        "before": plain_data(effect.before.value),
        "after": plain_data(effect.after.value),
        "range_before": [effect.before.low, effect.before.high],
        "range_after": [effect.after.low, effect.after.high],
        "unit": measured_in(effect.after.unit or effect.before.unit),
        "because": [_cause_data(cause) for cause in effect.causes],
        "together": effect.is_together,
        "crossed": {"figure": crossing.figure, "limit": crossing.limit, "over": crossing.is_over}
        if crossing
        else None,
    }


def _cause_data(cause: Cause) -> dict[str, Any]:
    if cause.edit is None:
        return {"account": cause.account}
    return {"file": cause.file, **_edit_data(cause.edit)}
