"""Who is meant by an id, a contact or one of us, and how their name may be written in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.errors import WorkspaceError
from generator.model.shape import did_you_mean
from generator.read import Document
from generator.read.document import DataPath

# Between the words of a name: spaces, a line's end, the '#' of a comment that goes on below
_GAP = r"[\s\u00a0\u3000]+(?:#[ \t]*)?"
# Han, kana and hangul are written without spaces: a name may stand right beside other words
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_BEFORE = r"(?<!\w)(?<!\w[-.@])"
_BEHIND = r"(?!\w)(?![-@]\w)(?!\.[\w-]+@)"
_CAPITAL = "[A-Z\u00c0-\u00de\u0100-\u017f]"
_NOTHING = "(?!)"
_SHORTEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Spellings:
    """A person's name in all its forms, and names of others that hold one of them."""

    names: tuple[str, ...]
    id: str = ""
    """Searched as well where it is made of several words, as names are."""
    others: tuple[str, ...] = ()
    """Longer names of others, which are left alone."""

    def pattern(self) -> re.Pattern[str]:
        """Finds the names; a hit that is theirs has the group 'them'."""
        forms = list(self._forms())
        kept = [name for name in self.others if _holds(name, forms)]
        return _either(_all(kept), [*self._alone(), *_all(forms)])

    def parts(self) -> re.Pattern[str] | None:
        """Finds what may be theirs, a word of the name or the id within another; None without any.

        Whole names, theirs and those of others, are no hits.
        """
        words = {
            word
            for name in self.names
            for word in name.replace(",", " ").split()
            if len(name.split()) > 1 and len(word) >= _SHORTEST and not _IS_UNSPACED.search(word)
        }
        patterns = _all(words)
        if self.has_telling_id():
            patterns.append(re.escape(self.id))
        whole = [*self._forms(), *(name for name in self.others if _holds(name, words))]
        return _either(_all(whole), patterns) if patterns else None

    def has_telling_id(self) -> bool:
        """Whether the id gives the person away; a single word may be any word."""
        return "-" in self.id

    def _forms(self) -> Iterator[str]:
        if self.has_telling_id():
            yield self.id
        for name in self.names:
            yield name
            words = name.split()
            if len(words) > 1 and not _IS_UNSPACED.search(name):
                yield f"{words[-1]} {' '.join(words[:-1])}"

    def _alone(self) -> Iterator[str]:
        """'Rossi, Anna', but not where it may be two persons: 'Marco Rossi, Anna Bianchi'."""
        for name in self.names:
            words = name.split()
            if len(words) > 1 and not _IS_UNSPACED.search(name):
                turned = _whole(f"{words[-1]}, {' '.join(words[:-1])}")
                yield rf"(?<!\w )(?<!\w){turned}(?!\s{_CAPITAL})"


def _holds(name: str, forms: Iterable[str]) -> bool:
    """Whether another's name is longer than one of these and holds it."""
    patterns = [re.compile(_inside(form), re.IGNORECASE) for form in forms]
    is_alike = any(pattern.fullmatch(name) for pattern in patterns)
    return not is_alike and any(pattern.search(name) for pattern in patterns)


def _all(names: Iterable[str]) -> list[str]:
    return [_whole(name) for name in sorted(set(names), key=_longest)]


def _either(others: Sequence[str], theirs: Sequence[str]) -> re.Pattern[str]:
    """Either of them, 'them' being theirs; without any of theirs nothing is ever found."""
    theirs_pattern = f"(?P<them>{'|'.join(theirs) or _NOTHING})"
    return re.compile("|".join([*(f"(?:{document})" for document in others), theirs_pattern]))


def spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where the person is named in a text."""
    for match in pattern.finditer(text):
        if match.group("them") is not None:
            yield match.span("them")


def without(pattern: re.Pattern[str], word: str, text: str) -> str:
    """A text with a word in the place of each name."""
    parts, position = [], 0
    for begin, end in spans(pattern, text):
        parts += [text[position:begin], word]
        position = end
    return "".join((*parts, text[position:]))


def is_same_name(name: str, another: str) -> bool:
    """Whether two names are the same but for capitals, spaces and accents."""
    return any(
        re.fullmatch(_inside(pattern), " ".join(other.split()), re.IGNORECASE)
        for pattern, other in ((name, another), (another, name))
        if pattern.strip()
    )


def _whole(name: str) -> str:
    words = name.split()
    before = "" if _IS_UNSPACED.match(words[0][0]) else _BEFORE
    behind = "" if _IS_UNSPACED.match(words[-1][-1]) else _BEHIND
    # a single word in small letters may be any word: 'may' is not May
    inside = f"(?i:{_inside(name)})" if _is_many(name) else _inside(name)
    return f"{before}{inside}{behind}"


def _inside(name: str) -> str:
    """The words of a name, however they are parted and spelled."""
    return _GAP.join("".join(_letters(word)) for word in name.split())


def _is_many(name: str) -> bool:
    return len(name.split()) > 1 or "-" in name


def _letters(word: str) -> Iterator[str]:
    """Each letter: composed, its accent behind it, or without; spaces may part unspaced ones."""
    composed = unicodedata.normalize("NFC", word)
    for place, letter in enumerate(composed):
        ways = sorted({letter, unicodedata.normalize("NFD", letter), *_without_accent(letter)})
        yield f"(?:{'|'.join(map(re.escape, ways))})" if len(ways) > 1 else re.escape(letter)
        after = composed[place + 1 : place + 2]
        if _IS_UNSPACED.match(letter) and after and _IS_UNSPACED.match(after):
            yield r"[ \u00b7\u3000]?"


# Letters that people also write with two plain ones, and those that have none below their accent
_PLAIN_WAYS = {
    "ä": ("ae",), "ö": ("oe",), "ü": ("ue",), "å": ("aa",), "ß": ("ss",), "æ": ("ae",),
    "œ": ("oe",), "ø": ("o", "oe"), "ł": ("l",), "đ": ("d",), "ð": ("d",), "þ": ("th",),
    "\N{LATIN SMALL LETTER DOTLESS I}": ("i",), "ħ": ("h",),
}  # fmt: skip


def _without_accent(letter: str) -> Iterator[str]:
    """A letter as a keyboard without it writes it; kana and hangul have no accents."""
    if letter.isascii() or _IS_UNSPACED.match(letter):
        return
    bare = "".join(
        part for part in unicodedata.normalize("NFD", letter) if unicodedata.category(part) != "Mn"
    )
    ways = (bare, *_PLAIN_WAYS.get(letter.lower(), ()))
    yield from (way.capitalize() if letter.isupper() else way for way in ways if way)


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name


def clean_names(given: Iterable[str]) -> tuple[str, ...]:
    """Names without empty ones, each once."""
    return tuple(dict.fromkeys(" ".join(name.split()) for name in given if name.strip()))


TEAM = "team.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person that a file of the workspace defines."""

    id: str
    account: str
    """The playbook they are a contact of; '' for one of us."""
    name: str
    file: str
    """The path of the file that defines them; '' when none does any more."""

    @property
    def label(self) -> str:
        """As a command takes it."""
        return f"{self.account}/{self.id}" if self.account else self.id


def people_in(documents: Sequence[Document]) -> Iterator[Person]:
    """All contacts and all of us, in the order of the files."""
    for document in documents:
        data = document.data or {}
        if document.path.endswith(f"site_config/{TEAM}"):
            for id_, entry in _mapping(data.get("people")).items():
                yield Person(id=id_, account="", name=_name(entry), file=document.path)
        elif "account" in data:
            for entry in contacts_of(data):
                yield Person(
                    id=str(entry["id"]),
                    account=document.stem,
                    name=_name(entry),
                    file=document.path,
                )


def contacts_of(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The contacts of a playbook that have an id."""
    return [entry for _, entry in placed_contacts(data)]


def placed_contacts(data: Mapping[str, Any]) -> Iterator[tuple[DataPath, dict[str, Any]]]:
    """Them with their paths."""
    entries = _mapping(data.get("relationship")).get("contacts")
    for place, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            yield ("relationship", "contacts", place), entry


def the_person(people: Sequence[Person], given: str, names: Sequence[str]) -> Person:
    """The one person that an id means; WorkspaceError with the choices where it is none or many.

    Where a name is given as well nobody needs to be defined: their traces may be all that is left.
    """
    account, slash, id_ = given.rpartition("/")
    candidates = [
        candidate
        for candidate in people
        if candidate.id == id_ and (not slash or candidate.account == account)
    ]
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        choices = ", ".join(f"{step.label} ({step.name or 'no name'})" for step in candidates)
        us = any(not step.account for step in candidates)
        cure = "one account's with ACCOUNT/ID" + (", one of us with /ID" if us else "")
        raise WorkspaceError(f"'{given}' is more than one person: {choices}; name {cure}")
    if clean_names(names):
        return Person(id=id_, account=account, name="", file="")
    known = sorted(
        {candidate.id for candidate in people} | {candidate.label for candidate in people}
    )
    raise WorkspaceError(
        f"nobody has the id '{given}'{did_you_mean(given, known)}"
        " (to look for a name alone give --name as well)"
    )


def spellings_of(person: Person, people: Sequence[Person], names: Sequence[str]) -> Spellings:
    """How they may be written, apart from others."""
    own_names = clean_names((person.name, *names))
    other_people = (candidate for candidate in people if candidate != person)
    texts = (text for document in other_people for text in (document.name, document.id) if text)
    return Spellings(names=own_names, id=person.id, others=tuple(texts))


def namesakes(person: Person, people: Sequence[Person]) -> frozenset[str]:
    """The files that define somebody else of the same name."""
    return frozenset(
        candidate.file
        for candidate in people
        if candidate != person and person.name and is_same_name(candidate.name, person.name)
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _name(entry: Any) -> str:
    name = _mapping(entry).get("name")
    return name if isinstance(name, str) else ""
