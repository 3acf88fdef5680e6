"""Every rule on every account: findings for the gate, completeness for the page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from generator.figures import Account, Portfolio, Reason
from generator.figures.definitions import DEFINITIONS, JUDGED
from generator.figures.figures import Figures
from generator.figures.findings import completeness, contradictions
from generator.figures.judged import Judged
from generator.figures.ranking import places
from generator.language import phrase
from generator.model.shape import did_you_mean
from generator.problems import Problem, in_order
from generator.read.document import DataPath, Document
from generator.rules.comply import ComplianceCheck
from generator.rules.gate.contradictions import AGREEMENTS, Clash
from generator.rules.gate.holds import NAMED_CHECKS, Gap, Verdict, try_holds
from generator.rules.gate.query import Inquiry
from generator.rules.gate.waiting import Waiting
from generator.rules.rulebook import PLACEHOLDER, Applies, Holds, Rule
from generator.rules.validate.built_in import SINCE
from generator.settings import Settings
from generator.versions import eased, is_eased

TIERS = "ABCD"
FALLBACK_TIER = "C"
HONESTLY_UNKNOWN = phrase("honestly unknown")


def judge(portfolio: Portfolio, only: Collection[str] | None = None) -> Portfolio:
    """The portfolio with the findings of the completeness rules and `completeness` computed.

    `only` some accounts, by id: the others stay without.
    """
    compliance = ComplianceCheck(portfolio.settings, portfolio.today)
    accounts: list[Account] = []

    @cache
    def order() -> Mapping[str, int]:
        return places(accounts)

    accounts.extend(
        _judge_account(account, portfolio, compliance, order if only is None else None)
        if only is None or account.id in only
        else account
        for account in portfolio.accounts
    )
    return replace(portfolio, is_judged=True, accounts=tuple(accounts))


def _judge_account(
    account: Account,
    portfolio: Portfolio,
    compliance: ComplianceCheck,
    order: Callable[[], Mapping[str, int]] | None,
) -> Account:
    if account.case is None:
        return account
    inquiry = Inquiry(account=account, today=portfolio.today, settings=portfolio.settings)
    waiting = Waiting(account.plan.blanks)
    findings = [
        problem for problem in compliance.findings(account.plan) if not waiting.takes(problem)
    ]
    held: list[tuple[int, Verdict]] = []
    waived = _waived(inquiry)
    asked = [
        (index, rule)
        for index, rule in enumerate(portfolio.settings.rules.rules)
        if not rule.off and rule.id not in waived and applies(inquiry, rule.applies)
    ]
    for index, rule in asked:
        if rule.holds.agree is not None:
            continue
        verdict = try_holds(inquiry, rule.holds)
        if verdict.asks or verdict.waits_on:
            held.append((index, verdict))
        problems = (
            problem
            for problem, is_any_enough in _problems(account, rule, verdict)
            if not waiting.takes(problem, is_any_enough=is_any_enough)
        )
        findings.extend(_without_repeats(problems))
    whole = completeness(_held(held, portfolio.settings))
    clashes = []
    for _, rule in asked:
        if rule.holds.agree is not None:
            with inquiry.listening() as lost:
                at_odd = tuple(AGREEMENTS[rule.holds.agree](account.case, whole))
            clashes += [(rule, clash) for clash in at_odd if not lost]
    told = {problem.rule for problem in findings}
    at_odds = [
        _problem(account, rule, _gap(clash)) for rule, clash in clashes if rule.unless not in told
    ]
    own = map(waiting.told, account.findings)
    every = in_order((*own, *unknown_overrides(account), *findings, *at_odds))
    every = _eased(every, portfolio.settings)
    disagree = contradictions(
        [rule.id for rule, _ in clashes], [side for _, clash in clashes for side in clash.sides]
    )
    judged = Judged(case=account.case, findings=every, clashes=frozenset(at_odds), places=order)
    figures = account.figures.with_(whole, disagree, later=Figures(JUDGED, judged))
    return replace(account, findings=every, figures=figures)


def _eased(findings: tuple[Problem, ...], settings: Settings) -> tuple[Problem, ...]:
    """What is new since the version that the workspace was made with, as warnings."""
    upgraded_from = settings.site.upgraded_from
    if upgraded_from is None:
        return findings
    since = {**SINCE, **{rule.id: rule.since for rule in settings.rules.rules if rule.since}}
    new = {rule for rule, version in since.items() if is_eased(version, upgraded_from)}
    return tuple(
        eased(problem, since[problem.rule])
        if problem.rule in new and problem.level == "error"
        else problem
        for problem in findings
    )


def _problems(account: Account, rule: Rule, verdict: Verdict) -> Iterator[tuple[Problem, bool]]:
    """A finding for each gap, and whether one of the paths that it names would do."""
    for gap in verdict.gaps:
        yield _problem(account, rule, gap), gap.is_any_enough


def _without_repeats(problems: Iterable[Problem]) -> Iterable[Problem]:
    """Two halves of a rule may lack the same section: that is said once, with the paths of both."""
    kept: dict[tuple[int, int, str], Problem] = {}
    for problem in problems:
        place = (problem.line, problem.column, problem.message)
        before = kept[place].lacks if place in kept else ()
        kept[place] = replace(problem, lacks=tuple(dict.fromkeys((*before, *problem.lacks))))
    return kept.values()


def _waived(inquiry: Inquiry) -> set[str]:
    """Rules with a complete waiver that has not run out."""
    playbook = inquiry.account.playbook
    return {
        waiver.rule
        for waiver in (playbook.waivers if playbook else None) or ()
        if waiver.until is not None
        and waiver.reason
        and waiver.by
        and waiver.until >= inquiry.today
    }


def effective_tier(inquiry: Inquiry) -> str | None:
    """The higher of the computed and the planned tier; without a computed one planned, else C."""
    playbook = inquiry.account.playbook
    figure = inquiry.account.figures.get("tier")
    computed = figure.value if figure else None
    planned = playbook.account.planned_tier if playbook else None
    given = [tier for tier in (computed, planned) if tier]
    if given:
        return min(given, key=TIERS.index)
    status = playbook.account.status if playbook else None
    return None if status == "former" else FALLBACK_TIER


def applies(inquiry: Inquiry, to: Applies | None) -> bool:
    """Whether a rule is for this account today."""
    playbook = inquiry.account.playbook
    if to is None or playbook is None:
        return True
    account = playbook.account
    if to.tier is not None and effective_tier(inquiry) not in to.tier:
        return False
    if to.status is not None and account.status not in to.status:
        return False
    if to.size is not None and account.size not in to.size:
        return False
    if to.days_to_renewal is not None:
        renewal = inquiry.renewal()
        left = (renewal - inquiry.today).days if renewal else -1
        return 0 <= left <= to.days_to_renewal
    return True


def _problem(account: Account, rule: Rule, gap: Gap) -> Problem:
    message, cure = (
        PLACEHOLDER.sub(lambda match: gap.words.get(match[1], match[0]), text)
        for text in (rule.finding, rule.cure or "")
    )
    path = gap.path or (tuple(rule.at.split(".")) if rule.at else ("account",))
    mark, depth = account.document.nearest(path)
    problem = account.document.problem(
        path,
        rule.id,
        message,
        level=rule.level,
        entry=gap.entry or gap.words.get("field", ""),
        at_key=depth == len(path) and mark.children is not None,
    )
    problem = replace(problem, cure=cure, lacks=gap.lacks, alike=gap.alike)
    if gap.place is None:
        return problem
    return replace(problem, line=gap.place.line, column=gap.place.column)


def _held(held: list[tuple[int, Verdict]], settings: Settings) -> list[Reason]:
    """By rule that asks something whether it holds; leaning on an unknown is not holding.

    One that waits on what could not be read is not judged: it has no value, and lacks that.
    Each rule comes as its place among the rules of site_config.
    """
    reasons = []
    for index, verdict in held:
        holds = not verdict.gaps and not verdict.leans_on_unknown
        note = HONESTLY_UNKNOWN if verdict.leans_on_unknown and not verdict.gaps else None
        reasons.append(
            Reason(
                name=settings.rules.rules[index].id,
                value=holds if verdict.is_judged else None,
                lacks=() if verdict.is_judged else verdict.waits_on,
                setting=settings.where("rules", "rules", index, "id"),
                note=note,
            )
        )
    return reasons


def _gap(clash: Clash) -> Gap:
    return Gap(path=clash.path, entry=clash.entry, words=clash.words)


# What rules, audiences and overrides name and the program does not have would go unnoticed

_SECTIONS = frozenset(f"{key.split('.')[0]}.*" for key in DEFINITIONS)


def unknown_names(settings: Settings) -> tuple[Problem, ...]:
    """A finding for each figure, check and contradiction that settings name and nothing is."""
    rules, audiences = settings.documents["rules"], settings.documents["audiences"]
    problems = [
        problem
        for index, rule in enumerate(settings.rules.rules)
        for problem in _unknown_in(rules, ("rules", index, "holds"), rule.holds)
    ]
    problems.extend(
        audiences.problem(("figures", audience, index), "wrong-setting", _message(key))
        for audience, keys in settings.audiences.figures.items()
        for index, key in enumerate(keys)
        if key not in DEFINITIONS and key not in _SECTIONS
    )
    return tuple(problem.of_no_account for problem in problems)


def _unknown_in(rules: Document, path: DataPath, holds: Holds) -> Iterator[Problem]:
    """What must hold, with names of nothing."""
    for place, key in _keys(path, holds):
        if key not in DEFINITIONS:
            yield rules.problem(place, "wrong-setting", _message(key))
    for name, known in (("check", NAMED_CHECKS), ("agree", AGREEMENTS)):
        word = getattr(holds, name)
        if word is not None and word not in known:
            message = f"unknown word '{word}'{did_you_mean(word, tuple(known))}"
            yield rules.problem((*path, name), "wrong-value", message)
    for name in ("all", "any"):
        for index, inner in enumerate(getattr(holds, name) or ()):
            yield from _unknown_in(rules, (*path, name, index), inner)


def unknown_overrides(account: Account) -> Iterator[Problem]:
    """A finding for each override of a figure that there is none of."""
    playbook = account.playbook
    for index, override in enumerate((playbook and playbook.overrides) or ()):
        if override.figure not in DEFINITIONS:
            path: DataPath = ("overrides", index, "figure")
            yield account.document.problem(path, "unknown-figure", _message(override.figure))


def _message(key: str) -> str:
    return f"no figure '{key}'{did_you_mean(key, tuple(DEFINITIONS))}"


def _keys(path: DataPath, holds: Holds) -> Iterator[tuple[DataPath, str]]:
    """Every figure's key in what must hold, with its place."""
    if holds.figure is not None:
        yield (*path, "figure", "key"), holds.figure.key
    if holds.each is not None and holds.each.above is not None:
        yield (*path, "each", "above"), holds.each.above
    for name in ("each", "some", "none"):
        part = getattr(holds, name)
        for field, condition in ((part and part.where) or {}).items():
            if condition.in_figure is not None:
                yield (*path, name, "where", field, "in_figure"), condition.in_figure
