"""`playbook show`: an account as a person reads it in a terminal, the conclusion first."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from generator.figures import Account, Figure
from generator.figures.definition import Rank
from generator.figures.definitions import DEFINITIONS
from generator.figures.ranking import items
from generator.outputs.report.findings import Findings, help_of, printable
from generator.outputs.report.formats import by_holder, concise, counted
from generator.pages.account_head import ACTIONS_SHOWN, open_actions
from generator.pages.conclusion import conclusion_text
from generator.pages.view import AccountView
from generator.rules.gate.together import FirstStep, first_steps
from generator.settings import Settings

NOT_KNOWN, NOT_JUDGED = "not known", "not judged"
_PATHS = 12
"""More paths than this are told by what they are in."""
_WIDTH = 88
"""Of a line of sentences, in characters."""


def account_text(view: AccountView, *, has_all: bool) -> str:
    """What the account comes to, what to do, its headline figures or all of them, its findings."""
    return "".join(f"{printable(line)}\n" for line in _lines(view, has_all=has_all))


def _lines(view: AccountView, *, has_all: bool) -> Iterator[str]:
    account, settings = view.account, view.site.settings
    steps = first_steps(account, settings)
    yield f"{account.name}  ({account.document.path})"
    yield from _tier_lines(view, is_thin=bool(steps))
    if view.is_read:
        yield from textwrap.wrap(conclusion_text(view), _WIDTH)
    yield from _needs(account)
    yield from _steps_lines(steps)
    if view.is_read:
        yield from _actions(view)
    yield from _figure_lines(view, has_all=has_all, is_thin=bool(steps))
    yield from _finding_lines(account, settings, only_mistakes=bool(steps))


def _tier_lines(view: AccountView, *, is_thin: bool) -> Iterator[str]:
    """The tier with its verbs; what it lacks where nobody knows it."""
    settings, tier = view.site.settings, view.figure("tier")
    if tier is None:
        return
    if tier.value is None:
        lacking = f"; missing: {', '.join(tier.missing)}" if tier.missing and not is_thin else ""
        yield f"Tier {shown_value(view, tier)}{lacking}"
        return
    urgency = view.value("selection.urgency")
    urgent = f" · {settings.label('urgency', urgency)}" if urgency in ("rescue", "watch") else ""
    develop, maintain = (_verb(view, f"selection.{word}") for word in ("develop", "maintain"))
    yield f"{settings.label('tiers', tier.value)}{urgent} · win: {develop} · keep: {maintain}"


def _actions(view: AccountView) -> Iterator[str]:
    """The next actions, who does them by when."""
    actions = open_actions(view)
    if not actions:
        return
    yield ""
    yield "Do next:"
    for number, action in enumerate(actions[:ACTIONS_SHOWN], start=1):
        by = f", by {action.due}" if action.due else ""
        late = ", overdue" if action.due and action.due < view.today else ""
        yield f"  {number}. {action.what or action.id}"
        yield f"     {view.person(action.owner) or 'nobody'}{by}{late}"
    if (more := len(actions) - ACTIONS_SHOWN) > 0:
        yield f"  and {more} more"


def _figure_lines(view: AccountView, *, has_all: bool, is_thin: bool) -> Iterator[str]:
    """The headline figures with their keys, or every one; of a thin plan only what is known."""
    figures = [figure for key, figure in view.account.figures.items() if key in DEFINITIONS]
    shown = [
        figure
        for figure in figures
        if (has_all or DEFINITIONS[figure.key].rank is Rank.HEADLINE)
        and not (is_thin and figure.value is None)
    ]
    section = ""
    for figure in shown:
        head = figure.key.partition(".")[0] if has_all else "headline"
        if head != section:
            section = head
            yield ""
        yield f"  {DEFINITIONS[figure.key].title:<34} {shown_value(view, figure):<48} {figure.key}"
    if not has_all:
        yield ""
        yield f"{counted(len(figures), 'figure')} in all: playbook show {view.account.id} --all"
    elif more := len(figures) - len(shown):
        yield ""
        yield f"{counted(more, 'figure')} not known yet"


def _steps_lines(steps: Sequence[FirstStep]) -> Iterator[str]:
    """Of a thin plan what to fill in first, and why."""
    if not steps:
        return
    yield ""
    yield "First steps:"
    for number, step in enumerate(steps, start=1):
        is_long = len(step.paths) > _PATHS
        yield f"  {number}. {by_holder(step.paths) if is_long else ', '.join(step.paths)}"
        yield f"     {step.reason}"


def _finding_lines(account: Account, settings: Settings, *, only_mistakes: bool) -> Iterator[str]:
    """What is wrong, then what each section lacks; of a thin plan how much that is."""
    if not account.findings:
        return
    mistakes = tuple(problem for problem in account.findings if not problem.lacks)
    gaps = len(account.findings) - len(mistakes)
    yield ""
    yield f"Findings: {len(account.findings)}"
    rules = {rule.id: help_of(rule) for rule in settings.rules.rules}
    listed = Findings(
        problems=mistakes if only_mistakes else account.findings, rules=rules, order=tuple(rules)
    )
    yield from (f"  {line}" for line in concise(listed).splitlines())
    if only_mistakes and gaps:
        yield f"  {gaps} for what is not filled in: playbook check {account.document.path}"


def _verb(view: AccountView, key: str) -> str:
    """A word of the cell; what is said instead where there is none."""
    figure = view.account.figures[key]
    if figure.value is None:
        return f"nothing ({figure.note})" if figure.note else NOT_KNOWN
    return view.site.settings.label("verbs", figure.value).lower()


def _needs(account: Account) -> Iterator[str]:
    """What needs a person, the most urgent first; findings stand below."""
    every = [item for item in items(account) if item.section != "findings"]
    if not every:
        return
    yield ""
    yield "Needs attention:"
    for item in every:
        due = f" (by {item.due})" if item.due and str(item.due) not in item.text else ""
        yield f"  {item.level:<5}  {item.text}{due}"


def shown_value(view: AccountView, figure: Figure) -> str:
    """A figure's value in words, exact, with its unit and range."""
    if figure.value is None:
        if figure.waits_on:
            return f"{NOT_JUDGED}: waits on {', '.join(figure.waits_on)}"
        return NOT_KNOWN + (f" ({figure.note})" if figure.note else "")
    return view.explainer.stated(figure)
