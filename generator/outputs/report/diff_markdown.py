"""What changed, as the comment of a pull request: sentences first, numbers folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

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
from generator.outputs.report.github import as_text
from generator.pages.links import account_href
from generator.problems import Problem

LIMIT = 60_000
"""Characters: GitHub takes 65,536 a comment, GitLab more."""
_HEADS = {"new": " (new account)", "gone": " (account gone)"}


def diff_markdown(comparison: Comparison, before: str, after: str, site: str = "") -> str:
    """The comparison as Markdown, with links to the pages of a site where one is given.

    Accounts that do not fit into a comment are counted at its end.
    """
    head = f"**{as_text(headline(comparison))}** ({as_text(before)} to {as_text(after)})\n"
    blocks = list(_blocks(comparison, site.rstrip("/")))
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


def _blocks(comparison: Comparison, site: str) -> Iterator[str]:
    yield from _accounts(comparison.by_plans, comparison, site)
    if comparison.settings:
        rows = "".join(f"- {as_text(line)}\n" for line in setting_lines(comparison.settings))
        yield f"#### Changed by site\\_config, not by the plans\n\n{rows}"
        yield from _accounts(comparison.by_settings, comparison, site)


def _accounts(changes: Sequence[AccountChange], comparison: Comparison, site: str) -> Iterator[str]:
    for change in changes:
        if change.is_moved and not change.is_carried:
            yield "".join(_account(summary_of(change, comparison), site))
    if along := carried(changes, comparison):
        rows = "".join(f"- {as_text(line)}\n" for line in along)
        yield f"<details><summary>{CARRIED}</summary>\n\n{rows}\n</details>\n"
    if quiet := untouched_by(changes):
        rows = "".join(f"- {as_text(line)}\n" for line in quiet)
        yield f"<details><summary>{UNMOVED}</summary>\n\n{rows}\n</details>\n"


def _account(one: ChangeSummary, site: str) -> Iterator[str]:
    change = one.change
    name = as_text(one.name)
    if site and change.kind != "gone":
        name = f"[{name}]({site}/{quote(account_href(change.account.id))})"
    yield f"#### {name}{_HEADS.get(change.kind, '')}\n\n"
    yield from (f"- {as_text(sentence)}\n" for sentence in one.verdicts)
    yield from (f"- {_finding(finding)}\n" for finding in change.new)
    yield from (f"- no longer found: {as_text(finding)}\n" for finding in one.gone)
    folded = [*(f"- {as_text(row)}\n" for row in one.numbers)]
    folded += [*(f"- first known: {as_text(row)}\n" for row in one.first)]
    edits = [*(f"- edited: {as_text(row)}\n" for row in one.edits)]
    if folded or edits:
        yield "\n<details><summary>Numbers and edits</summary>\n\n"
        yield from folded
        yield from edits
        yield "\n</details>\n"


def _finding(problem: Problem) -> str:
    place = f" ({as_text(f'{problem.path}:{problem.line}')})"
    return f"new {problem.level}: {as_text(problem.message)}{place}"
