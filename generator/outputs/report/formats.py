"""Findings for people at a terminal, and all the formats in which findings are told, by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.outputs.report.findings import Findings, printable
from generator.outputs.report.github import github
from generator.outputs.report.machine import gitlab, json_lines, json_list, junit, rdjson, sarif
from generator.problems import Problem, errors_among
from generator.rules.gate.together import SectionGaps, file_by_file, in_form_order, is_only_begun
from generator.rules.validate.built_in import NOT_WRITTEN
from generator.terminal import columns

# With the line they are about, or one line each

SNIPPET_WIDTH = 100


def full(findings: Findings) -> str:
    """Each mistake with its line of source and a caret; what a section lacks, rule by rule."""
    lines = {path: text.split("\n") for path, text in findings.sources.items()}
    blocks = []
    for each in _told(findings):
        if isinstance(each, Problem):
            blocks.append(f"{_row(each)}{_snippet(each, lines.get(each.path, ['']))}")
        elif len(each.by_rule) > 1:
            blocks.append(_section_block(each, findings))
        else:
            blocks.append(_rule_block(each, findings, lines.get(each.first.path, [""])))
    return "".join(blocks)


def concise(findings: Findings) -> str:
    """A clickable line for each mistake, and one for all that a section lacks."""
    return "".join(
        _row(each if isinstance(each, Problem) else _as_line(each, findings))
        for each in _told(findings)
    )


def _told(findings: Findings) -> Iterator[Problem | SectionGaps]:
    """Findings as people read them; of those alike in a plan the first, with how many more."""
    alike = Counter((problem.path, problem.alike) for problem in findings.problems if problem.alike)
    for each in file_by_file(findings.problems, findings.order):
        if not isinstance(each, Problem) or not each.alike:
            yield each
        elif count := alike.pop((each.path, each.alike), 0):
            more = f"; {count - 1:,} more {each.alike}" if count > 1 else ""
            yield replace(each, message=f"{each.message}{more}")


def _row(problem: Problem) -> str:
    return f"{printable(str(problem))}\n"


def _as_line(gaps: SectionGaps, findings: Findings) -> Problem:
    """All that a section lacks as one finding, at the place of the first."""
    is_one_rule = len(gaps.by_rule) == 1
    message = _asked(gaps.findings, findings) if is_one_rule else _fill_in(gaps)
    return replace(gaps.first, level=gaps.level, rule=", ".join(gaps.by_rule), message=message)


def _fill_in(gaps: SectionGaps) -> str:
    """The paths to type for a section, what only warnings ask for behind."""
    needed, wanted = ", ".join(gaps.needed), ", ".join(gaps.wanted)
    if not (needed or wanted):
        return _to_write(gaps.findings)
    if needed and wanted:
        return f"fill in {needed}; less urgent: {wanted}"
    return f"fill in {needed or wanted}"


def _asked(problems: Sequence[Problem], findings: Findings) -> str:
    """What a rule asks for: in its message's words, or by its title where they are too many.

    The paths to type stand in front where the message does not spell them.
    """
    if problems[0].rule == NOT_WRITTEN and len(problems) > 1:
        return _to_write(problems)
    message, *others = dict.fromkeys(problem.message for problem in problems)
    paths = in_form_order(path for problem in problems for path in problem.lacks)
    unspelled = [path for path in paths if path not in message]
    if others or len(unspelled) > len(problems):
        rule = problems[0].rule
        title = findings.rules[rule].title if rule in findings.rules else rule
        entries = f" ({', '.join(problem.entry for problem in problems)})"
        return f"{title}: fill in {', '.join(paths)}{entries if len(paths) < len(problems) else ''}"
    return f"fill in {', '.join(paths)}: {message}" if len(unspelled) == len(paths) else message


def _to_write(problems: Sequence[Problem]) -> str:
    """Placeholders together: what is asked for by its path, of the rest how many there are."""
    asked = [problem for problem in problems if not is_only_begun(problem)]
    paths = in_form_order(path for problem in asked for path in problem.lacks)
    rest = len(problems) - len(asked)
    if not asked:
        return f"{counted(rest, 'placeholder')}: write the values or delete the lines"
    more = f"; {rest} more that nothing asks for: write them or delete the lines" if rest else ""
    return f"Placeholders: fill in {by_holder(paths)}{more}"


_PLACES = 8
"""So many places are named: the file itself shows where the others stand."""


def by_holder(paths: Sequence[str]) -> str:
    """Paths, keys of one place together: 'account.contract (end, notice_by), summary'."""
    keys: dict[str, list[str]] = {}
    for path in paths:
        holder, _, key = path.rpartition(".")
        keys.setdefault(holder, []).append(key)
    places = [
        f"{holder} ({', '.join(of)})"
        if holder and of[1:]
        else ".".join(filter(None, (holder, *of)))
        for holder, of in keys.items()
    ]
    more = f" and {len(places) - _PLACES} places more" if len(places) > _PLACES else ""
    return f"{', '.join(places[:_PLACES])}{more}"


def _rule_block(gaps: SectionGaps, findings: Findings, lines: Sequence[str]) -> str:
    """A section in which one rule misses something; its line of source where it has one."""
    first = gaps.first
    row = _row(_as_line(gaps, findings))
    if len(gaps.findings) > 1 or not _is_inside(first, gaps.section, lines):
        return row  # the source has nothing to show of what is not there
    return row + _snippet(first, lines)


def _is_inside(problem: Problem, section: str, lines: Sequence[str]) -> bool:
    """Whether it points into its section, not at the top of a file without that section."""
    source = "".join(lines[problem.line - 1 : problem.line])
    return problem.column > 1 or source.startswith(section)


def _elsewhere(problems: Sequence[Problem], first: Problem) -> str:
    """The lines of a rule's findings, if they are not where the heading points."""
    lines = sorted({problem.line for problem in problems} - {first.line})
    return f" (line {', '.join(map(str, lines))})" if lines else ""


def _section_block(gaps: SectionGaps, findings: Findings) -> str:
    """A heading with the counts, then a line for each rule."""
    first, errors = gaps.first, len(errors_among(gaps.findings))
    counts = ((errors, "error"), (len(gaps.findings) - errors, "warning"))
    known = ", ".join(counted(count, word) for count, word in counts if count)
    heading = (
        f"{first.path}:{first.line}:{first.column}: {gaps.level}:"
        f" the section '{gaps.section}' is incomplete ({known})"
    )
    rows = [
        f"  {'' if problems[0].level == gaps.level else 'warning: '}"
        f"{_asked(problems, findings)}{_elsewhere(problems, first)} [{rule}]"
        for rule, problems in gaps.by_rule.items()
    ]
    return "".join(f"{printable(row)}\n" for row in (heading, *rows))


def _snippet(problem: Problem, lines: Sequence[str]) -> str:
    if problem.line > len(lines):
        return ""
    source = lines[problem.line - 1].rstrip("\r")
    if not source.strip():
        return ""
    start = max(0, problem.column - 1 - SNIPPET_WIDTH // 2) if len(source) > SNIPPET_WIDTH else 0
    seen = printable(source[start : start + SNIPPET_WIDTH]).replace("\t", " ")
    before = seen[: problem.column - 1 - start]
    number = str(problem.line)
    gutter = " " * len(number)
    return f"{number} | {seen}\n{gutter} | {' ' * columns(before)}^\n"


FORMATS: dict[str, Callable[[Findings], str]] = {
    "full": full,
    "concise": concise,
    "json": json_list,
    "json-lines": json_lines,
    "github": github,
    "gitlab": gitlab,
    "junit": junit,
    "sarif": sarif,
    "rdjson": rdjson,
}


def text_of(format_name: str, findings: Findings) -> str:
    """The findings in one of the formats; ends with a newline unless there is nothing to say."""
    return FORMATS[format_name](findings)


def groups_in(format_name: str, findings: Findings) -> int | None:
    """In how many lines or blocks a format tells them; None where it tells one by one."""
    if FORMATS[format_name] not in (full, concise):
        return None
    return sum(1 for _ in _told(findings))


def choose_format(name: str, environment: Mapping[str, str]) -> str:
    """`auto` becomes github within GitHub Actions, full elsewhere."""
    if name != "auto":
        return name
    return "github" if environment.get("GITHUB_ACTIONS") == "true" else "full"


def summary(
    problems: Sequence[Problem],
    accounts: int,
    *,
    of: int | None = None,
    known: int | None = None,
    mended: int = 0,
    groups: int | None = None,
) -> str:
    """One closing line for people.

    `of` says how many playbooks there are when fewer were looked at; `known` counts the findings
    that a baseline let pass, `mended` what it still names though it is no longer missing; `groups`
    says in how many lines or blocks people read the findings.
    """
    errors = len(errors_among(problems))
    plans = counted(accounts, "playbook")
    if of is not None and of != accounts:
        plans += f" looked at, of {of:,}"
    if problems:
        files = len({problem.path for problem in problems})
        sentence = (
            f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}"
            f" in {files:,} of {plans}"
        )
        if groups is not None and groups < len(problems):
            sentence += f", told in {counted(groups, 'group')}"
    else:
        sentence = f"{plans}: {'nothing new' if known else 'all clean'}"
    if known:
        sentence += f"; {counted(known, 'known gap')} let pass"
    if mended:
        sentence += f"; {mended:,} of the baseline mended, write it anew"
    return sentence


def counted(count: int, word: str) -> str:
    """Such as '1 playbook', '2,000 playbooks'."""
    return f"{count:,} {word if count == 1 else f'{word}s'}"
