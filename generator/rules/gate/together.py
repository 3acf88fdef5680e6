"""Findings as people read them: what several plans have for one cause, then plan by plan.

Of a plan, what a section lacks stands together, all else by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.figures import Account
from generator.figures.name import steps_of
from generator.form import FORM
from generator.language import Phrase, phrase
from generator.model.fields import ENTRY, Field
from generator.problems import CURE_AFTER, Cause, Level, Problem
from generator.rules.rulebook import Rule
from generator.rules.validate.built_in import NOT_WRITTEN
from generator.settings import Settings

FIRST_STEPS = 5
"""So many sections are named to somebody who has just begun a plan."""
THIN_BELOW = 50
"""A plan is thin as long as it has answered less than this of 100 that it is asked."""


_NEEDED = frozenset(
    name
    for name, field in FORM.names.items()
    if field.is_required
    and ENTRY not in field.pattern
    and FORM.names[steps_of(name)[0]].is_required
)
"""What no file can do without, by path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionGaps:
    """All that one section of a plan lacks."""

    section: str
    findings: tuple[Problem, ...]
    """In the order in which a person fills the plan in."""
    needed: tuple[str, ...]
    """The paths to type so that the gate lets the plan pass."""
    wanted: tuple[str, ...]
    """The paths to type that only warnings ask for."""

    @property
    def first(self) -> Problem:
        """What comes first, for its place and its reason."""
        return self.findings[0]

    @property
    def level(self) -> Level:
        """The worst level of its findings."""
        return min(finding.level for finding in self.findings)

    @property
    def by_rule(self) -> Mapping[str, tuple[Problem, ...]]:
        """Its findings by the rule that asks for it."""
        rules = dict.fromkeys(finding.rule for finding in self.findings)
        return {
            rule: tuple(finding for finding in self.findings if finding.rule == rule)
            for rule in rules
        }

    @property
    def sentence(self) -> Phrase:
        """What to fill in."""
        needed, wanted = ", ".join(self.needed), ", ".join(self.wanted)
        if not (needed or wanted):
            return phrase("Write what stands as a placeholder, or delete the line")
        if needed and wanted:
            return phrase("Fill in {needed}; less urgent: {wanted}", needed=needed, wanted=wanted)
        return phrase("Fill in {needed}", needed=needed or wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep:
    """A section to fill in next."""

    paths: tuple[str, ...]
    reason: str
    """Why, in a sentence: that of the rule which asks first."""
    titles: tuple[str, ...]
    """What the rules that ask are called, the first first; none where none of the team's asks."""


def file_by_file(
    problems: Iterable[Problem], rules: Iterable[str]
) -> Iterator[Problem | SectionGaps]:
    """Findings in order as people read them: of each file its mistakes, then what it lacks.

    What several plans have for one cause is told once, before all else, where it is mended.
    """
    order = {rule: place for place, rule in enumerate(rules)}
    by_cause: dict[Cause, list[Problem]] = {}
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.path, []).append(problem)
        if problem.cause:
            by_cause.setdefault(problem.cause, []).append(problem)
    shared = {cause: of for cause, of in by_cause.items() if len({each.path for each in of}) > 1}
    yield from sorted(_at_cause(cause, of) for cause, of in shared.items())
    for every in by_file.values():
        of_file = [problem for problem in every if problem.cause not in shared]
        yield from (problem for problem in of_file if not problem.lacks)
        yield from _sections(of_file, order)


_NAMED = 3
"""So many of the plans that have a finding for one cause are named."""


def _at_cause(cause: Cause, problems: Sequence[Problem]) -> Problem:
    """One finding for all plans that have one for the same cause, where it is mended."""
    plans = tuple(dict.fromkeys(problem.account for problem in problems))
    more = f" and {len(plans) - _NAMED:,} more" if len(plans) > _NAMED else ""
    named = f"{', '.join(plans[:_NAMED])}{more}"
    return replace(
        min(problems),
        path=cause.path,
        line=cause.line,
        column=cause.column,
        level=min(problem.level for problem in problems),
        rule=", ".join(sorted({problem.rule for problem in problems})),
        message=f"{cause.fault}, in {len(plans):,} plans ({named}){CURE_AFTER}{cause.cure}",
        account="",
    )


def is_thin(account: Account) -> bool:
    """Whether a plan has only been begun: the list of what it does not say yet would be long."""
    figure = account.figures.get("completeness")
    return figure is not None and figure.value is not None and bool(figure.value < THIN_BELOW)


def first_steps(account: Account, settings: Settings) -> tuple[FirstStep, ...]:
    """What to fill in first in a thin plan; nothing in any other."""
    if not is_thin(account):
        return ()
    rules = {rule.id: rule for rule in settings.rules.rules}
    sections = gaps_by_section(account.findings, rules)
    asked = [gaps for gaps in sections if gaps.needed or gaps.wanted]
    return tuple(
        FirstStep(
            paths=gaps.needed or gaps.wanted,
            reason=_reason(gaps.first, rules),
            titles=_titles(gaps.findings, rules),
        )
        for gaps in asked[:FIRST_STEPS]
    )


def _titles(problems: Iterable[Problem], rules: Mapping[str, Rule]) -> tuple[str, ...]:
    """What the rules behind some findings are called."""
    asking = (rules.get(problem.asked_by or problem.rule) for problem in problems)
    return tuple(dict.fromkeys(rule.title for rule in asking if rule and rule.title))


def _reason(problem: Problem, rules: Mapping[str, Rule]) -> str:
    """Why something is asked for; what no rule of the team asks for says so itself."""
    rule = rules.get(problem.asked_by or problem.rule)
    return rule.reason.strip() if rule else problem.message


def gaps_by_section(problems: Iterable[Problem], rules: Iterable[str]) -> tuple[SectionGaps, ...]:
    """What a plan lacks, section by section, first steps first.

    They come in the order of `rules`, which is that of rules.yaml.
    """
    return tuple(each for each in file_by_file(problems, rules) if isinstance(each, SectionGaps))


def _sections(problems: Iterable[Problem], order: Mapping[str, int]) -> Iterator[SectionGaps]:
    """What each section of one file lacks."""
    by_section = _in_order(problems, order)
    paths = _by_home(by_section)
    for section, findings in by_section.items():
        needed, wanted = (
            tuple(dict.fromkeys(path for of, path in paths[section] if of == level))
            for level in ("error", "warning")
        )
        yield SectionGaps(
            section=section,
            findings=tuple(findings),
            needed=needed,
            wanted=tuple(path for path in wanted if path not in needed),
        )


def is_only_begun(finding: Problem) -> bool:
    """Whether it tells of a placeholder that neither the form nor a rule asks for."""
    return finding.rule == NOT_WRITTEN and finding.level == "warning" and not finding.asked_by


def _in_order(
    problems: Iterable[Problem], order: Mapping[str, int]
) -> Mapping[str, Sequence[Problem]]:
    """What is lacking by section, both in the order of the rules.

    A section stands where the first of its rules stands; what any file needs, for which there is no
    rule, makes its section the first.
    """

    def rank(problem: Problem) -> int:
        return order.get(problem.asked_by or problem.rule, len(order))

    lacking = sorted(
        (problem for problem in problems if problem.lacks),
        key=lambda problem: (rank(problem), _place_in_form(problem.lacks[0]), problem),
    )
    by_section: dict[str, list[Problem]] = {}
    for problem in lacking:
        by_section.setdefault(_section_of(problem.lacks[0]), []).append(problem)
    first = {
        section: min(-1 if finding.lacks[0] in _NEEDED else rank(finding) for finding in findings)
        for section, findings in by_section.items()
    }
    return {section: by_section[section] for section in sorted(by_section, key=first.__getitem__)}


def _by_home(by_section: Mapping[str, Sequence[Problem]]) -> dict[str, list[tuple[Level, str]]]:
    """By section the paths to type in it, each with the level of the finding that asks for it.

    A path of a section in which nothing else is missing stays with the finding that names it.
    """
    own: dict[str, list[tuple[Level, str]]] = {section: [] for section in by_section}
    of_others: dict[str, list[tuple[Level, str]]] = {section: [] for section in by_section}
    for section, findings in by_section.items():
        for finding in findings:
            for path in () if is_only_begun(finding) else in_form_order(finding.lacks):
                home = _section_of(path)
                paths = of_others[home] if home in own and home != section else own[section]
                paths.append((finding.level, path))
    return {section: own[section] + of_others[section] for section in by_section}


def in_form_order(paths: Iterable[str]) -> tuple[str, ...]:
    """Paths in the order of the form, each once."""
    return tuple(sorted(dict.fromkeys(paths), key=_place_in_form))


def _section_of(path: str) -> str:
    """The section of a path; a single value at the top, such as the summary, is the account's."""
    section = steps_of(path)[0]
    field = FORM.children.get(section)
    return "account" if field is not None and field.is_leaf else section


def _place_in_form(path: str) -> tuple[int, ...]:
    """Where a field stands in the form, step by step; entries of a list in no order."""
    field: Field | None = FORM
    places = []
    for step in steps_of(path):
        keys = field.keys if field else ()
        places.append(keys.index(step) if step in keys else 0)
        field = field and (field.children.get(step) or field.entry)
    return tuple(places)
