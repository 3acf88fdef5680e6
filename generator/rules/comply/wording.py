"""The rules that read: words and numbers in any text or comment that no plan may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from generator.audience.classes import HIGHEST, Audiences, level
from generator.form import FORM, Playbook
from generator.problems import Level, Problem
from generator.read.document import DataPath, Document
from generator.rules.comply.lexicon import HAS_CHINESE, WORD, folded, lexicon_of, sentences
from generator.rules.comply.names import (
    called,
    leaves_out_of_whom,
    names_a_firm,
    names_somebody,
    names_whose_prices,
    says_something_of_somebody,
)
from generator.rules.comply.parts import parts_of
from generator.rules.comply.patterns import labels, number_behind, personal_numbers, secret_in
from generator.rules.comply.private_gain import GAIN_WEIGHTS, PrivateGain
from generator.rules.comply.rivals import RIVAL_WEIGHTS, RivalDealings
from generator.settings import Settings

_COMMENT = re.compile(
    r"(?:^|(?<=\s))#(?!\s*(?:yaml-language-server|\$schema):)[^\n]*", re.MULTILINE
)
_LETTERS_OR_LONG = re.compile(r"[^\W\d_]|\d{6}|\d[\d .()/+-]{6}")
# What speaks of a person, whoever is named
_OF_PERSONS = (
    "relationship.contacts.*.observed.*.fact",
    "relationship.contacts.*.title",
    "relationship.interactions.*.note",
    "value.return.courtesies.*.purpose",
    "value.return.courtesies.*.kind",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedText:
    """One text, with its place."""

    document: Document
    text: str
    path: DataPath = ()
    """Empty for a comment."""
    offset: int = 0
    """Where a comment begins."""

    @property
    def pattern(self) -> str:
        """The field, with '*' for entries: 'actions.*.what'."""
        return FORM.pattern_of(self.path)

    @property
    def is_of_a_person(self) -> bool:
        """Whether the field is there to speak of a person."""
        return self.pattern in _OF_PERSONS

    def problem(self, rule: str, message: str, level: Level = "error") -> Problem:
        """A finding about it."""
        entry = next((str(step) for step in reversed(self.path) if isinstance(step, str)), "")
        problem = self.document.problem(self.path, rule, message, level=level, entry=entry)
        if self.path:
            return problem
        before = self.document.text[: self.offset]
        return replace(
            problem,
            line=before.count("\n") + 1,
            column=self.offset - before.rfind("\n"),
        )


def texts_of(document: Document, wanted: Callable[[str], object] = bool) -> Iterator[JudgedText]:
    """Every text of a playbook with letters or a longer number in it, then its comments.

    Only those `wanted`, by what they say.
    """
    for path, text in _leaves(document.data or {}, ()):
        if _LETTERS_OR_LONG.search(text) and wanted(text):
            yield JudgedText(document=document, text=text, path=path)
    for comment in _COMMENT.finditer(document.text):
        if wanted(comment[0]):
            yield JudgedText(document=document, text=comment[0], offset=comment.start())


def values_of(document: Document) -> Iterator[str]:
    """The texts alone: to see quickly that there is nothing to be found."""
    values: list[str] = []
    _collect(document.data or {}, values)
    yield from filter(_LETTERS_OR_LONG.search, values)
    if "#" in document.text:
        yield from _COMMENT.findall(document.text)


def _leaves(node: Any, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _leaves(value, (*path, index))


def _collect(node: Any, values: list[str]) -> None:
    for value in node.values() if isinstance(node, dict) else node:
        if isinstance(value, str):
            values.append(value)
        elif value:
            _collect(value, values)


# Numbers and secrets have signs and digits that words have not
_MAYBE_NUMBER = re.compile(r"@|\d(?:[ ().\-/]{0,2}\d){5}")
_SHORT_NAME, _LONG_NAME = 2, 4
_FAMILY_NAMES = (
    "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕施张孔曹严金魏陶姜谢邹苏潘葛范彭鲁马方俞任袁柳唐罗薛顾孟黄"
    "萧尹姚邵汪毛戴宋庞熊纪舒项祝董梁杜阮蓝季贾江童郭梅林钟徐邱骆高夏蔡田樊胡凌霍万柯管卢莫丁邓洪左石"
    "崔吉龚程陆翁曲段侯宁武刘龙叶黎白乔谭廖温庄柴阎连易耿欧聂冷辛简曾关游"
)
"""Family names that nine in ten Chinese have."""
_PERSONS = ("receivers", "officials", "kin")
"""Lists of those of whom something may be said."""
_REMEMBERED = 100_000
_WORDS, _NUMBERS, _SECRETS, _GAIN, _RIVALS = 1, 2, 4, 8, 16
_NO_NUMBERS = ("account.crm.*", "account.website", "account.documents.*.url", "opportunities.*.crm")
"""Ids of other systems and addresses of pages have long numbers of their own."""


class Wording:
    """The word lists of compliance.yaml, ready to be looked for."""

    def __init__(self, settings: Settings) -> None:
        """Every list once; every playbook is then held against all of them."""
        given, words = settings.compliance, settings.compliance.words
        self._audiences = settings.audiences
        self._bribery = lexicon_of(words.bribery, in_parts=True)
        self._benefit = lexicon_of(words.benefit)
        self._condition = lexicon_of(words.condition)
        self._when, self._event = lexicon_of(words.when), lexicon_of(words.event)
        self._life = lexicon_of(words.private_life)
        self._confidential = lexicon_of(words.confidential)
        self._pronouns = lexicon_of(given.personal_data.pronouns)
        titles = given.personal_data.titles
        chinese = {title for each in titles.values() for title in each if HAS_CHINESE.search(title)}
        others = {
            code: [each for each in some if each not in chinese] for code, some in titles.items()
        }
        self._titles = lexicon_of(others)
        ranks = "|".join(sorted(map(re.escape, chinese), key=len, reverse=True)) or "$^"
        self._addressed = re.compile(f"[{_FAMILY_NAMES}]副?(?:{ranks})")
        self._harmless = lexicon_of(words.harmless)
        self._parts = parts_of(words, (*GAIN_WEIGHTS, *RIVAL_WEIGHTS))
        self._gain = PrivateGain(words, self._parts)
        self._rivals = RivalDealings(words, self._parts)
        self._of_persons, self._of_things = (
            lexicon_of(
                {
                    code: [
                        term
                        for term in terms
                        if (term in words.of_things.get(code, ())) is things_have_it
                    ]
                    for code, terms in words.special.items()
                }
            )
            for things_have_it in (False, True)
        )
        self._mailboxes = frozenset(given.personal_data.mailboxes)
        self._number_of, self._secret = _labels(words.number_of), _labels(words.secret)
        # What one of them must be in a text for any rule to find something
        self._first = (
            self._bribery,
            self._benefit,
            self._life,
            self._of_persons,
            self._of_things,
            self._confidential,
        )
        self._keys = frozenset().union(*(lexicon.keys for lexicon in self._first))
        self._stems = frozenset().union(*(lexicon.stems for lexicon in self._first))
        self._lengths = sorted({len(stem) for stem in self._stems})
        # Words, ids and days come again and again over a portfolio
        self._begins_one = cache(self._begins)
        self._suspicions = lru_cache(maxsize=_REMEMBERED)(self._look)

    def findings(self, document: Document, playbook: Playbook) -> Iterator[Problem]:
        """Everything that the texts and comments of one playbook give away."""
        if not any(map(self._suspicions, values_of(document))):
            return
        people = _People.of(playbook)
        for text in texts_of(document, self._suspicions):
            suspicions = self._suspicions(text.text)
            if suspicions & (_WORDS | _GAIN | _RIVALS):
                yield from self._told(text, people, suspicions)
            yield from self._numbers(text) if suspicions & _NUMBERS else ()
            yield from _secret(text, self._secret) if suspicions & _SECRETS else ()

    def _look(self, text: str) -> int:
        """Which kinds of rules are worth asking of a text, wherever it stands."""
        plain = folded(text)
        words = _WORDS if self._may_have(plain) else 0
        possible = self._parts.possible(plain)
        words |= _GAIN if self._gain.may_have(possible) else 0
        words |= _RIVALS if self._rivals.may_have(possible) else 0
        numbers = _NUMBERS if self._number_in(text) else 0
        return words | numbers | (_SECRETS if secret_in(text, self._secret) else 0)

    def _may_have(self, plain: str) -> bool:
        """Whether a folded text has any word from which one of the rules starts."""
        return any(map(self._begins_one, WORD.findall(plain))) or any(
            lexicon.may_have(plain) for lexicon in self._first
        )

    def _begins(self, word: str) -> bool:
        """Whether a word is one of those from which a rule starts."""
        return word in self._keys or any(word[:n] in self._stems for n in self._lengths)

    def _told(self, text: JudgedText, people: _People, suspicions: int) -> Iterator[Problem]:
        """What the sentences of one text give away, each rule once."""
        by_rule = dict[str, Problem]()
        named = _Named.in_text(text.text, people)
        for whole in sentences(folded(text.text)):
            sentence = self._harmless.without(whole)
            problems = [
                *(self._by_words(text, whole, sentence, named) if suspicions & _WORDS else ()),
                *(self._of_gain(text, sentence, named) if suspicions & _GAIN else ()),
                *(self._of_rivals(text, whole, named) if suspicions & _RIVALS else ()),
            ]
            for problem in problems:
                by_rule.setdefault(problem.rule, problem)
        yield from by_rule.values()

    def _by_words(
        self, text: JudgedText, whole: str, sentence: str, named: _Named
    ) -> Iterator[Problem]:
        """By single words: of the whole sentence, or of it without what is harmless."""
        if (word := self._bribery.find(sentence)) and not self._gain.is_refused(sentence):
            yield text.problem(
                "ab7",
                f"'{word}' speaks of a bribe: nobody here gives or takes one; tell the compliance"
                " officer and delete it, or name the approval in a waiver of ab7",
            )
        if (word := self._benefit.find(sentence)) and (hangs := self._depends(sentence)):
            yield _depending(text, word, hangs)
        if word := self._life.find(sentence):
            yield text.problem(
                "pd1", f"'{word}': days of birth and homes stay out of plans; delete it"
            )
        if word := self._of_a_person(text, sentence, named):
            yield text.problem(
                "pd2",
                f"'{word}': health, faith, party, union, orientation, origin, family and money"
                " troubles of a person are nobody's business; delete it",
            )
        if self._customer_may_see(text) and (word := self._confidential.find(whole)):
            yield text.problem(
                "cf1",
                f"'{word}' in a field that the customer may see; move it to account.notes,"
                " or change the class of the field in site_config/audiences.yaml",
            )

    def _of_gain(self, text: JudgedText, sentence: str, named: _Named) -> Iterator[Problem]:
        """What somebody is to get for himself; the register of courtesies has its own rules."""
        if text.pattern.startswith(_KEPT) or not self._gain.may_have(
            self._parts.possible(sentence)
        ):
            return
        is_somebody = named.is_given or self._names_a_person(sentence, named.names)
        words = self._gain.find(
            sentence, is_somebody=is_somebody or bool(self._titles.find(sentence))
        )
        if words and (hangs := self._depends(sentence)):
            yield _depending(text, words[0], hangs)
        elif words:
            yield text.problem(
                "ab1",
                f"{_listed(words)}: nobody there gets money, what can be turned into it, or"
                " anything for the family; delete it and tell the compliance officer; what is"
                " within the limits stands under value.return.courtesies",
            )

    def _of_rivals(self, text: JudgedText, sentence: str, named: _Named) -> Iterator[Problem]:
        """What came to us from a rival as it should not, or is agreed with one."""
        words = self._rivals.find(sentence, named.rivals, firm=named.firm, owner=named.owner)
        if words:
            yield text.problem(
                "cf3",
                f"{_listed(words)}: what a rival offers or how bids are judged is not ours to know,"
                " and nothing is agreed with a rival; delete it and tell the compliance officer",
            )

    def _depends(self, sentence: str) -> str | None:
        """The words that make something depend on the customer's decision."""
        if alone := self._condition.find(sentence):
            return alone
        when, event = self._when.find(sentence), self._event.find(sentence)
        return f"{when} … {event}" if when and event else None

    def _of_a_person(self, text: JudgedText, sentence: str, named: _Named) -> str | None:
        """What the sentence says of a person that is nobody's business."""
        word = self._of_persons.find(sentence)
        if self._names_a_person(sentence, named.names):
            return word or self._of_things.find(sentence)
        if word is None or text.is_of_a_person or named.is_spoken_of:
            return word
        is_somebody = leaves_out_of_whom(sentence) or self._titles.find(sentence)
        return word if is_somebody or self._parts.found(sentence, _PERSONS) else None

    def _names_a_person(self, sentence: str, names: frozenset[str]) -> bool:
        if self._pronouns.find(sentence) or self._addressed.search(sentence):
            return True
        return any(name in sentence for name in names)

    def _customer_may_see(self, text: JudgedText) -> bool:
        return bool(text.path) and self._audiences.may_see("customer", text.pattern)

    def _numbers(self, text: JudgedText) -> Iterator[Problem]:
        if text.pattern not in _NO_NUMBERS:
            what = self._number_in(text.text)
            yield text.problem(
                "pd1", f"{what}: it belongs into the CRM, not into a plan; delete it"
            )

    def _number_in(self, text: str) -> str | None:
        """What kind of somebody's own number or address a text has."""
        if not _MAYBE_NUMBER.search(text):
            return None
        what = next(personal_numbers(text, self._mailboxes), None)
        return what or ("a person's number" if number_behind(self._number_of, text) else None)


def _depending(text: JudgedText, word: str, hangs: str) -> Problem:
    return text.problem(
        "ab5",
        f"'{word}' with '{hangs}': nothing for a person depends on what the customer decides;"
        " take it out of the plan and tell the compliance officer",
    )


def _listed(words: Iterable[str]) -> str:
    return " with ".join(f"'{word}'" for word in words)


def _secret(text: JudgedText, label: re.Pattern[str]) -> Iterator[Problem]:
    if what := secret_in(text.text, label):
        yield text.problem(
            "cf2",
            f"{what}: git keeps it for ever and everyone can read it; change it where it is"
            " used, then delete it here",
        )


def _labels(terms: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    return labels({term for each in terms.values() for term in each})


@dataclass(frozen=True, slots=True)
class _People:
    """Whom a plan knows by name."""

    names: frozenset[str]
    """Of the contacts, whole and by their last part, folded."""
    companies: frozenset[str]
    """The words of the account's names: no person."""
    known: frozenset[str]
    """The words of the names of the account and of the contacts: no other firm."""
    rivals: frozenset[str]
    """Who competes with us there, folded: the names of rivals and of alternatives."""

    @classmethod
    def of(cls, playbook: Playbook) -> _People:
        """The contacts and the account of a plan."""
        contacts = (playbook.relationship.contacts if playbook.relationship else None) or ()
        given = [folded(contact.name) for contact in contacts if contact.name]
        lasts = [name.split()[-1] for name in given if " " in name.strip()]
        account = playbook.account
        companies = frozenset(
            word
            for name in (account.name or "", *(account.aliases or ()))
            for word in WORD.findall(folded(name))
        )
        return cls(
            names=frozenset(name for name in (*given, *lasts) if len(name) >= _SHORT_NAME),
            companies=companies,
            known=companies.union(word for name in given for word in WORD.findall(name)),
            rivals=frozenset(_rivals(playbook)),
        )


@dataclass(frozen=True, slots=True)
class _Named:
    """Whom a text names, beside those whom the plan knows."""

    names: frozenset[str]
    """Of persons, folded."""
    is_given: bool
    """Whether somebody gets, wants or has something."""
    is_spoken_of: bool
    """Whether something is said of somebody."""
    rivals: frozenset[str]
    firm: str
    """With whom one deals; '' where nobody is named."""
    owner: str
    """Of whose prices it speaks."""

    @classmethod
    def in_text(cls, text: str, people: _People) -> _Named:
        """What one text says, and its plan."""
        is_given = names_somebody(text, people.companies)
        return cls(
            names=people.names.union(called(text)),
            is_given=is_given,
            is_spoken_of=is_given or says_something_of_somebody(text),
            rivals=people.rivals,
            firm=names_a_firm(text, people.known),
            owner=names_whose_prices(text, people.known),
        )


def _rivals(playbook: Playbook) -> Iterator[str]:
    """The names of rivals and alternatives, folded; a rival's first word where all are names."""
    competition, value = playbook.competition, playbook.value
    for rival in (competition.rivals if competition else None) or ():
        words = (rival.name or rival.id).split()
        yield folded(" ".join(words))
        if len(words[0]) >= _LONG_NAME and all(word[0].isupper() for word in words):
            yield folded(words[0])
    for alternative in (value.alternatives if value else None) or ():
        yield folded(alternative.name)


# What only few may see, told again where more may see it

# What an id or a number looks like; a plain word comes about anywhere
_TELLING_NUMBER = re.compile(r"(?=.*\d)(?=.*[^\W\d_]).{5,}|\d{6,}")
_A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TELLING_WORDS, _TELLING_CHARACTERS = 4, 8
_KEPT = ("value.return.courtesies.",)
"""The register of courtesies; where personal data comes from may be told in words of others too."""


def class_findings(document: Document, audiences: Audiences) -> Iterator[Problem]:
    """cf1: numbers and sentences of restricted fields in fields of a lower class."""
    if "courtesies" not in document.text:
        return
    texts = [text for text in texts_of(document) if text.path]
    kept = [text for text in texts if _is_restricted(text, audiences) and _is_telling(text.text)]
    if not kept:
        return
    for text in texts:
        if level(audiences.class_of(text.pattern)) >= level(HIGHEST):
            continue
        plain = folded(text.text)
        source = next((source for source in kept if folded(source.text) in plain), None)
        if source is not None:
            place = document.value_place(source.path)
            yield text.problem(
                "cf1",
                f"this repeats {source.pattern} of line {place.line}, which only few may see"
                f" ('{audiences.class_of(source.pattern)}'); this field is"
                f" '{audiences.class_of(text.pattern)}': take it out here",
            )


def _is_restricted(text: JudgedText, audiences: Audiences) -> bool:
    return text.pattern.startswith(_KEPT) and audiences.class_of(text.pattern) == HIGHEST


def _is_telling(text: str) -> bool:
    if _A_DATE.fullmatch(text):
        return False
    if HAS_CHINESE.search(text):
        return len(text) >= _TELLING_CHARACTERS
    return bool(_TELLING_NUMBER.fullmatch(text)) or len(text.split()) >= _TELLING_WORDS
