"""Why a number is what it is: definition, inputs with their lines, confidence, what is missing."""

from __future__ import annotations

import datetime
import functools
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from generator.figures import Figure, Reason
from generator.figures.case import Case
from generator.figures.definition import Rank
from generator.figures.definitions import DEFINITIONS
from generator.figures.name import in_words, joined, steps_of, words_of_id
from generator.language import Language, Phrase, phrase, said, say, say_count, spoken
from generator.model.fields import ENTRY
from generator.pages import formats
from generator.pages.links import Links, anchor
from generator.pages.words import (
    MEDIUM,
    PLACES,
    Sureness,
    certainty_sentences,
    change_sentence,
    input_name,
    is_money,
    lists_nothing,
    mark_of,
    stated,
    step_name,
    title_of,
    value_and_chance,
)
from generator.settings import Settings


def head_of(key: str) -> str:
    """The figure under which a figure opens: another, or itself."""
    return DEFINITIONS[key].under or key


def family(key: str) -> tuple[str, ...]:
    """A figure and those that open under it: numbers made of the same inputs."""
    return (key, *(member.key for member in DEFINITIONS.values() if member.under == key))


def why_anchor(key: str) -> str:
    """The id on an account's page under which a figure opens, alone or with its family."""
    return f"w-{anchor(head_of(key) if key in DEFINITIONS else key)}"


SECTION_OF: dict[str, str] = {key: DEFINITIONS[head_of(key)].section for key in DEFINITIONS}
"""The section of each figure."""

FIGURES: dict[str, tuple[str, ...]] = {
    section: tuple(
        definition.key for definition in DEFINITIONS.values() if definition.section == section
    )
    for section in dict.fromkeys(SECTION_OF.values())
}
"""By section the figures that open there, in order; those of their families follow each."""


_ENTRY_DEPTH = 3
"""A path as deep as 'risk.customer.late-go-live' names an entry: its fields share a row."""
_FLAT = ("risk.credit.", "account.contract.", "economics.development.", "economics.revenue.")
"""Mappings whose fields share a row too."""
_OF_PEOPLE = ("contact", "contacts", "owner", "by")
_OF_ENTRIES: Mapping[str, tuple[str, ...]] = {
    "action": ("actions",),
    "objective": ("objectives",),
    "parent": ("objectives",),
    "risk": ("risk.customer", "risk.own"),
}
"""Fields that hold the id of another entry of the playbook, and the lists of these."""
_OF_ACCOUNTS = ("reference",)
_OF_CATALOGUES = {"industry": "industries", "region": "regions", "uses": "uses"}
_SMALL = 100
_NEAR = 20
"""Lines that one glance at the source takes in."""
_WORTH_LISTING = 4
_WORTH_SAYING = 0.1
"""The share of a figure's doubt from which a row says that it comes of it."""
DO_NOT_HOLD, HOLD = phrase("Do not hold"), phrase("Hold")


@dataclass(frozen=True, slots=True, kw_only=True)
class InputValue:
    """One value of a row; with an address of its own where that is not the row's."""

    label: str
    value: str
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRow:
    """One or more inputs from one place."""

    name: str
    pieces: tuple[InputValue, ...]
    evidence: str
    """Grade, date, weight, limit; empty where the table's common evidence holds."""
    where: str
    href: str | None
    note: str
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleList:
    """Rules that hold, or that do not, with their titles and addresses."""

    title: str
    rules: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InputTable:
    """Rows, and the evidence that holds for all that do not say otherwise."""

    rows: tuple[InputRow, ...]
    common: str
    common_grade: str
    """Its grade, one of the three words of a playbook."""
    lists: tuple[RuleList, ...]
    """Rules by whether they hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabulator:
    """Makes the tables of one account's page."""

    account: str
    settings: Settings
    links: Links
    names: Mapping[str, str]
    """What people are called by id, ours and theirs."""
    accounts: Mapping[str, str]
    """What the accounts of the portfolio are called by id."""
    entries: Mapping[tuple[str, ...], str]
    """What entries of lists are called, by the steps of their paths."""
    remarks: Mapping[str, str]
    """What the playbook says beside an input, by the input's name."""
    anchor_of: Callable[[str], str] = why_anchor
    """Where on the page a figure opens."""
    currency: str = ""
    """That of the page, which amounts in it do not say."""

    def table(self, reasons: Sequence[Reason]) -> InputTable:
        """The inputs as rows in their order."""
        rules = [reason for reason in reasons if isinstance(reason.value, bool) and reason.setting]
        listed = rules if len(rules) >= _WORTH_LISTING else []
        limits = {reason.setting for reason in reasons if reason.threshold is not None}
        others = [
            reason
            for reason in reasons
            if reason not in listed
            and not (reason.threshold is None and reason.setting in limits)
            and not _is_same_currency(reason)
        ]
        grade, common = _common(others, self.settings)
        groups = _groups(others, self.settings)
        return InputTable(
            rows=tuple(self._row(group, common) for group in groups),
            common=common,
            common_grade=grade,
            lists=self._lists(listed),
        )

    def _lists(self, rules: Sequence[Reason]) -> tuple[RuleList, ...]:
        lists = []
        titles = {rule.id: say(rule.title) for rule in self.settings.rules.rules if rule.title}
        for title, value in ((DO_NOT_HOLD, False), (HOLD, True)):
            named = tuple(
                (titles.get(rule.name) or words_of_id(rule.name), self.links.rule(rule.name))
                for rule in rules
                if rule.value is value
            )
            if named:
                lists.append(RuleList(title=title, rules=named))
        return tuple(lists)

    def _row(self, group: list[Reason], common: str) -> InputRow:
        first = group[0]
        where, href = self._where(first)
        last = max((reason.line or 0 for reason in group if _is_near(reason, first)), default=0)
        if first.line is not None and last > first.line:
            where = f"{first.line}–{last}"
        evidence = dict.fromkeys(_evidence(reason, self.settings) for reason in group)
        grades = [grade for grade in evidence if grade not in ("", common)]
        counts = [count for count in dict.fromkeys(map(_counts, group)) if count]
        names = [self.name(first.name if len(group) == 1 else _entry(first))]
        if _is_bare(first):
            names = [self.name(reason.name) for reason in group]
        return InputRow(
            name=formats.listed(names),
            pieces=self._pieces(group if len(names) == 1 else group[:1], href),
            evidence=formats.listed((*grades, *counts, *_doubt(group))),
            where=where,
            href=href,
            note=say("; ").join(self._notes(group)),
            stale=any(reason.stale for reason in group),
        )

    def name(self, name: str) -> str:
        """An input's name, in which entries of lists are called as readers know them."""
        steps = steps_of(name)
        if len(steps) == 2 and steps[0] == "health":
            signal = self.settings.labels["signals"].get(steps[1])
            return signal.in_language(self.settings.site.language) if signal else input_name(name)
        ends = [end for end in range(1, len(steps) + 1) if steps[:end] in self.entries]
        if steps[-2:-1] in (("values",), ("costs",)) and steps[0] == "value":
            return self._of_value(steps, ends)
        if not ends:
            return input_name(name)
        inside = steps[ends[-1] :]
        fields = [step for step in inside[:-1] if step not in PLACES] + list(inside[-1:])
        parts = [self.entries[steps[:end]] for end in ends]
        parts += [step_name(step) for step in fields]
        if len(parts) == 1:
            return parts[0]
        return say("{entry}: {field}", entry=parts[0], field=say(", ").join(parts[1:]))

    def _of_value(self, steps: tuple[str, ...], ends: Sequence[int]) -> str:
        """A line of what they gain or give, which none tells apart by its own name alone."""
        line = self.settings.label(steps[-2], steps[-1])
        theirs = say("what they get") if steps[-2] == "values" else say("what it costs them")
        holder = self.entries[steps[: ends[-1]]] if ends else theirs
        return say("{entry}: {field}", entry=holder, field=formats.within(line))

    def _title(self, name: str) -> str:
        """What the entry is called that an input belongs to; empty where it belongs to none."""
        steps = steps_of(name)
        ends = (end for end in range(len(steps), 0, -1) if steps[:end] in self.entries)
        return next((self.entries[steps[:end]] for end in ends), "")

    def _notes(self, group: Sequence[Reason]) -> tuple[str, ...]:
        """What is said beside the inputs, less what their entry is called."""
        title = self._title(group[0].name)
        written = dict.fromkeys(
            said(note)
            for reason in group
            for note in (reason.note, self.remarks.get(reason.name))
            if note
        )
        if not title:
            return tuple(written)
        prefix = say("{entry}: {field}", entry=title, field="").strip()
        return tuple(note.removeprefix(prefix).lstrip() for note in written if note != title)

    def _pieces(self, group: Sequence[Reason], row: str | None) -> tuple[InputValue, ...]:
        """The values of a row; an address only where it is not the row's or the one before."""
        pieces: list[InputValue] = []
        before = row
        title = self._title(group[0].name)
        for reason in group:
            field = steps_of(reason.name)[-1]
            is_named = len(group) > 1 and steps_of(reason.name) not in self.entries
            if is_named and title and (field == "id" or self.value(reason) == title):
                continue
            if len(group) > 1 and _is_own_id(reason):
                continue
            href = self._where(reason)[1]
            shown = None if href == before or _is_near(reason, group[0]) else href
            is_said = is_named and _says_unit(in_words(field), reason.unit)
            value = self.value(reason.with_(unit=None) if is_said else reason)
            pieces.append(
                InputValue(label=step_name(field) if is_named else "", value=value, href=shown)
            )
            before = href
        return tuple(pieces)

    def value(self, reason: Reason) -> str:
        """An input's value with its unit, in the words of readers."""
        if isinstance(reason.value, (str, tuple)):
            ids = reason.value.split(", ") if isinstance(reason.value, str) else reason.value
            names = self._names(steps_of(reason.name)[-1])
            if all(id in names for id in ids):
                return formats.listed([names[id] for id in ids])
        if reason.unit and " per " in reason.unit and isinstance(reason.value, float):
            return formats.significant(reason.value)
        if isinstance(reason.value, float) and is_money(reason.unit):
            if self._is_foreign(reason):
                return formats.quantity(reason.value, reason.unit)
            return formats.number(reason.value, 0 if abs(reason.value) >= _SMALL else 2)
        if isinstance(reason.value, (str, tuple, Mapping)):
            figure = Figure(key=reason.name, value=reason.value, unit=reason.unit)
            return self.shown(figure)
        return formats.quantity(reason.value, reason.unit)

    def shown(self, figure: Figure) -> str:
        """A figure's value in short; entries are called as readers know them."""
        return value_and_chance(figure, self.settings, self._names_in(figure.key))

    def stated(self, figure: Figure) -> str:
        """A figure that is known: a number exactly, with its range and its unit; else its words."""
        return stated(figure, self.settings, self._names_in(figure.key))

    def _names_in(self, key: str) -> Mapping[str, str]:
        """What the entries are called after which a figure's values are named."""
        if key == "group.accounts":
            return self.accounts
        lists = DEFINITIONS[key].entries if key in DEFINITIONS else ()
        prefix = "risk." if key == "deal.levers" else ""
        return {f"{prefix}{id}": name for id, name in self._entries_of(lists).items()}

    def _entries_of(self, lists: Collection[str]) -> Mapping[str, str]:
        """What the entries of lists are called by id: one of another list may have the same."""
        return {
            steps[-1]: name for steps, name in self.entries.items() if joined(steps[:-1]) in lists
        }

    def _is_foreign(self, reason: Reason) -> bool:
        """Whether an amount is written in another currency than that of the page."""
        written = (reason.unit or "").partition(" ")[0]
        return reason.line is not None and bool(self.currency) and written != self.currency

    def _names(self, field: str) -> Mapping[str, str]:
        """What the ids are called that stand in a field; nothing where it holds none."""
        if field in _OF_PEOPLE:
            return self.names
        if field in _OF_ACCOUNTS:
            return self.accounts
        if field in _OF_ENTRIES:
            return self._entries_of(_OF_ENTRIES[field])
        if field in _OF_CATALOGUES:
            language = self.settings.site.language
            entries = getattr(self.settings.catalogue, _OF_CATALOGUES[field])
            return {id: entry.label.in_language(language) for id, entry in entries.items()}
        return {}

    def _where(self, reason: Reason) -> tuple[str, str | None]:
        if reason.line is not None:
            return self._in_yaml(reason.path, reason.line)
        if reason.setting is not None:
            place = reason.setting.rsplit("/", maxsplit=1)[-1]
            return place, self.links.settings(reason.setting)
        if reason.name in DEFINITIONS:
            return "", f"#{self.anchor_of(reason.name)}"
        return "", None

    def _in_yaml(self, path: str | None, line: int) -> tuple[str, str]:
        """A line of the account's own file, or of another's, which is then named."""
        account = _stem(path) if path else self.account
        place = str(line) if account == self.account else f"{account}.yaml:{line}"
        return place, self.links.source(account, line)


@functools.lru_cache(maxsize=4096)
def _stem(path: str) -> str:
    return PurePosixPath(path).stem


def _groups(reasons: Sequence[Reason], settings: Settings) -> list[list[Reason]]:
    """Fields of one entry with the same evidence stand together, where the first of them is."""
    groups: dict[tuple[str, str], list[Reason]] = {}
    last = {
        _entry(reason): _evidence(reason, settings)
        for reason in reversed(reasons)
        if reason.grade is not None
    }
    for reason in reasons:
        entry = f"{reason.value} {reason.note}" if _is_bare(reason) else _entry(reason)
        evidence = _evidence(reason, settings) if reason.grade is not None else last.get(entry, "")
        groups.setdefault((entry, evidence), []).append(reason)
    return list(groups.values())


def _is_near(reason: Reason, first: Reason) -> bool:
    """Whether a field stands so few lines below its row's first that one address will do."""
    if reason.line is None or first.line is None:
        return False
    return 0 <= reason.line - first.line <= _NEAR


def _is_same_currency(reason: Reason) -> bool:
    """Whether it is the rate of the reporting currency to itself."""
    return reason.name == "exchange rate" and reason.setting is None


def _is_own_id(reason: Reason) -> bool:
    """Whether an entry is told by its id alone, which its row has said."""
    return bool(reason.value == steps_of(reason.name)[-1])


def _is_bare(reason: Reason) -> bool:
    """Whether it stands nowhere and is no figure: such inputs are told apart by value only."""
    return reason.line is None and reason.setting is None and reason.name.startswith("rsvr.")


def _says_unit(label: str, unit: str | None) -> bool:
    """Whether a label already says the unit: 'per year', 'hours'."""
    return label == unit or (label == "per year" and unit in ("a year", "times a year"))


def _entry(reason: Reason) -> str:
    """The entry of a list that an input belongs to; its own name where it stands alone."""
    steps = steps_of(reason.name)
    if len(steps) > _ENTRY_DEPTH or reason.name.startswith(_FLAT):
        return joined(steps[:-1])
    return reason.name


def _evidence(reason: Reason, settings: Settings) -> str:
    if reason.grade is None:
        return ""
    grade = settings.label("grades", reason.grade)
    if reason.as_of is None:
        return grade
    return _dated(grade, reason.as_of, spoken())


@functools.lru_cache(maxsize=4096)
def _dated(grade: str, day: datetime.date, _language: Language) -> str:
    """Few grades on few days, asked for with every input of every figure."""
    return say("{grade}, {day}", grade=grade, day=formats.day(day))


def _common(reasons: Sequence[Reason], settings: Settings) -> tuple[str, str]:
    """Grade and evidence that most inputs of the file share; both empty when no two do."""
    counted = Counter(
        (reason.grade, _evidence(reason, settings))
        for reason in reasons
        if reason.grade is not None
    )
    commonest = counted.most_common(1)
    return commonest[0][0] if commonest and commonest[0][1] > 1 else ("", "")


def _doubt(group: Sequence[Reason]) -> tuple[str, ...]:
    """How much of the figure's doubt comes of the inputs of a row, if that is worth saying."""
    carried = sum(reason.carries or 0.0 for reason in group)
    if carried < _WORTH_SAYING:
        return ()
    # inputs that lessen each other's part carry more than all of it together
    return (say("{share} of the doubt", share=formats.share(min(carried, 1.0))),)


def _counts(reason: Reason) -> str:
    parts = []
    if reason.weight is not None:
        parts.append(say("weight {number}", number=formats.number(reason.weight)))
    if reason.threshold is not None:
        # the limit of a risk is an amount, though what is compared with it begins with a chance
        is_share = reason.unit in ("share", "share a year") and reason.threshold <= 1
        limit = formats.share(reason.threshold, 1) if is_share else formats.number(reason.threshold)
        parts.append(say("limit {number}", number=limit))
    return formats.listed(parts)


_BRIEF = 24
"""Signs up to which a value has room in a line with others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A number and everything that opens below it."""

    key: str
    rank: Rank
    anchor: str
    title: str
    value: str
    is_empty: bool
    """Whether it lists nothing, such as alerts where there is none."""
    full: str | None
    """The exact amount, where the value is shortened."""
    unit: str
    says: str
    formula: str
    method: str
    """Where the method page tells its formula and the source of that."""
    mark: Sureness | None
    lowers: str
    """What lowers the confidence of a figure that has no range."""
    certainty: str
    """Where it lies, what that rests on and what to find out first."""
    table: InputTable
    left_out: tuple[str, ...]
    """What it does without, since nobody has written it."""
    waits_on: tuple[str, ...]
    note: str
    override: str
    change: str
    """Which activity would bring service money in line with the weights, or out of it."""
    also: tuple[Also, ...]
    """Words that follow from this number."""

    @property
    def stands_open(self) -> bool:
        """Whether it is seen without asking: it decides much, or somebody sees it otherwise."""
        return self.rank is Rank.HEADLINE or bool(self.override)

    @property
    def is_brief(self) -> bool:
        """Whether its value has room in a line with others."""
        return len(self.value) <= _BRIEF


@dataclass(frozen=True, slots=True, kw_only=True)
class Also:
    """A figure that is told together with another."""

    title: str
    value: str
    says: str
    certainty: str
    method: str
    """Where the method page tells its formula."""
    mark: Sureness | None
    override: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFigure:
    """A figure that is not known."""

    title: str
    missing: tuple[str, ...]
    """What nobody has written yet."""
    waits_on: tuple[str, ...]
    """What stands in the file and could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explainer(Tabulator):
    """Explains the figures of one account's page."""

    overrides: Mapping[str, str]
    case: Case | None = None
    """By which it is known what would move a verdict."""

    def whys(self, families: Sequence[Sequence[Figure]]) -> tuple[Why, ...]:
        """Families of figures, the first of each first."""
        return tuple(
            self._why(_with_inputs_of(first, following), following)
            for first, *following in families
        )

    def _why(self, figure: Figure, following: Sequence[Figure]) -> Why:
        definition = DEFINITIONS[figure.key]
        table = self.table(figure.reasons)
        exact = figure.value is not None and is_money(figure.unit)
        single = exact and isinstance(figure.value, (int, float))
        return Why(
            key=figure.key,
            rank=definition.rank,
            anchor=why_anchor(figure.key),
            title=title_of(figure.key),
            value=self.shown(figure) if _is_odd(figure) else self._with_currency(figure),
            is_empty=lists_nothing(figure),
            full=formats.money_full(figure.value) if single else None,
            unit=_unit_beside(figure),
            says=say(definition.meaning),
            formula=say(definition.formula),
            method=self.links.method(figure.key),
            mark=mark_of(figure),
            lowers="" if _says_it_all(table, figure) else what_lowers(figure),
            certainty=self.certainty(figure),
            table=table,
            left_out=self.left_out(figure),
            waits_on=tuple(said(name) for name in figure.waits_on),
            note=said(figure.note or ""),
            override=self.overrides.get(figure.key, ""),
            change=self.change(figure),
            also=tuple(self._also(companion) for companion in following),
        )

    def change(self, figure: Figure) -> str:
        """What would bring service money in line with the weights, beside the alignment."""
        if figure.key != "service.alignment" or self.case is None:
            return ""
        return change_sentence(self.case, self._activity)

    def _activity(self, name: str) -> str:
        """What is done for whom, by the name of any of its inputs."""
        steps = steps_of(name)
        named = [steps[:end] for end in range(1, len(steps)) if steps[:end] in self.entries]
        served, activity = (self.entries[entry] for entry in named)
        return say("{served}, {activity}", served=served, activity=activity)

    def left_out(self, figure: Figure) -> tuple[str, ...]:
        """What a figure that is known does without, as readers know it."""
        return tuple(dict.fromkeys(self._lacking(name) for name in figure.missing))

    def _lacking(self, name: str) -> str:
        steps = tuple(step for step in steps_of(name) if step != ENTRY)
        if isinstance(name, Phrase) or steps[:1] != ("value",) or len(steps) == 1:
            return self.name(name if isinstance(name, Phrase) else joined(steps))
        # no reader tells a line of what they gain from one of what they give by its name alone
        holder, field = step_name(steps[-2]), step_name(steps[-1])
        return say("{entry}: {field}", entry=holder, field=field)

    def certainty(self, figure: Figure) -> str:
        """How sure a figure is, in sentences; entries are called as readers know them."""
        return say(". ").join(certainty_sentences(figure, self.name))

    def _with_currency(self, figure: Figure) -> str:
        """A figure's value; with its currency where an amount looks like a count."""
        shown = self.shown(figure)
        bare = shown.removeprefix(formats.MINUS).replace(",", "")
        if not (is_money(figure.unit) and bare.isdigit() and figure.value):
            return shown
        return formats.with_unit(shown, (figure.unit or "").partition(" ")[0])

    def _also(self, figure: Figure) -> Also:
        return Also(
            title=title_of(figure.key),
            value=self._with_currency(figure),
            says=say(DEFINITIONS[figure.key].meaning),
            certainty=self.certainty(figure),
            method=self.links.method(figure.key),
            mark=mark_of(figure),
            override=self.overrides.get(figure.key, ""),
        )


def _says_it_all(table: InputTable, figure: Figure) -> bool:
    """Whether the table's common evidence is the one thing that lowers the confidence."""
    graded = [reason for reason in figure.reasons if reason.confidence is not None]
    return table.common_grade == "estimate" and all(
        reason.grade == "estimate" and not reason.stale for reason in graded
    )


def _unit_beside(figure: Figure) -> str:
    """The unit that the value does not say: of money that is not for a year, or a scale's ends."""
    scale = DEFINITIONS[figure.key].unit
    if figure.unit is None and " to " in scale and isinstance(figure.value, (int, float)):
        return say("of {scale}", scale=say(scale).replace("-", "−"))
    if not _is_odd(figure):
        return ""
    return formats.unit_words((figure.unit or "").removesuffix(" a year"))


def _is_odd(figure: Figure) -> bool:
    """Whether an amount of money is not for a year, as the page says of all others."""
    return is_money(figure.unit) and not (figure.unit or "").endswith(" a year")


def _with_inputs_of(figure: Figure, following: Sequence[Figure]) -> Figure:
    """The figure with the inputs of those told with it, each once, less the family itself."""
    own = {figure.key, *(companion.key for companion in following)}
    inputs = {
        _input_id(reason): reason
        for source in (figure, *following)
        for reason in source.reasons
        if reason.name not in own
    }
    return replace(figure, reasons=tuple(inputs.values())) if following else figure


def _input_id(reason: Reason) -> tuple[str, int | None, str]:
    return reason.name, reason.line, str(reason.value)


def what_lowers(figure: Figure) -> str:
    """What keeps the confidence below 1: how many inputs of which kind; empty when nothing does.

    A figure with a range says which facts its doubt comes of instead.
    """
    if figure.carriers:
        return ""
    reasons = figure.reasons
    stale = sum(reason.stale for reason in reasons)
    opinions = sum(reason.grade == "opinion" for reason in reasons)
    estimates = sum(reason.grade == "estimate" for reason in reasons)
    weak = sum(
        reason.grade is None and reason.confidence is not None and reason.confidence < MEDIUM
        for reason in reasons
    )
    counts = (
        (stale, say_count("{count} past shelf life", "{count} past shelf life", stale)),
        (opinions, say_count("{count} opinion", "{count} opinions", opinions)),
        (estimates, say_count("{count} estimate", "{count} estimates", estimates)),
        (weak, say_count("{count} weak figure", "{count} weak figures", weak)),
    )
    return formats.listed(words for count, words in counts if count)


def most_telling(whys: Sequence[Why]) -> Why | None:
    """The number that is told for all of a fold: what decides most, money before all else."""
    told = [why for why in whys if why.is_brief and not why.is_empty]
    return min(told, key=lambda why: (list(Rank).index(why.rank), why.full is None), default=None)
