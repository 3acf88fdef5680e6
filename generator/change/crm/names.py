"""Names as ids: readable in every script, free of what the site or Windows keeps, never another's.

Chinese is spelled as its readers spell it (pinyin), any other script letter by letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping

from generator.read.source import MAX_ID, is_kept_name

# Letters that have no plain one below their accent
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d"})
_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+")


def composed(name: str) -> str:
    """A name with its accents in its letters: two spellings of one name are the same text."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def plain_name(name: str) -> str:
    """A name as names are compared: without case, accents composed, one space between words."""
    return " ".join(composed(name).casefold().split())


def id_of(name: str) -> str:
    """A name as an id: letters without accents, digits, hyphens; '' where it has neither."""
    bare = composed(name.lower().translate(_LETTERS))
    spelled = "".join(map(_plain_letter, _CHINESE.sub(_pinyin, bare)))
    return _cut(re.sub(r"[^a-z0-9]+", "-", spelled.lower()).strip("-"), MAX_ID)


def _pinyin(characters: re.Match[str]) -> str:
    """Syllables with hyphens; whole words are looked up, since 行 is read in more than one way."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - a tenth of a second, for Chinese alone

    return "-" + "-".join(lazy_pinyin(characters[0])) + "-"


def _plain_letter(letter: str) -> str:
    """The ASCII of one letter or mark; a sign that is neither stays, and parts words."""
    if letter.isascii():
        return letter
    bare = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    if bare or not (letter.isalnum() or unicodedata.category(letter).startswith("M")):
        return bare
    from anyascii import anyascii  # noqa: PLC0415 - for other scripts alone

    return str(anyascii(letter))


def _cut(id_: str, length: int) -> str:
    return id_[:length].strip("-")


def free_id(name: str, fallback: str, taken: Container[str]) -> str:
    """The id of a name, with a number where it is taken, by somebody else or by the site."""
    base = id_of(name) or fallback
    number, id_ = 1, base
    while id_ in taken or is_kept_name(id_):
        number += 1
        id_ = f"{_cut(base, MAX_ID - len(str(number)) - 1)}-{number}"
    return id_


def ids_of(
    names: Mapping[str, str],
    fallback: str,
    remembered: Mapping[str, str],
    others: Iterable[str] = (),
) -> dict[str, str]:
    """An id for each name by its key, no two alike; what is remembered stays and is its own.

    `others` are ids that somebody else has.

    Where the key is the name itself, two that differ in case or spaces alone are one name.
    """
    taken = {*remembered.values(), *others}
    ids, same = dict[str, str](), dict[tuple[bool, str], str]()
    for key, name in names.items():
        word = (True, plain_name(name)) if key == name else (False, key)
        ids[key] = remembered.get(key) or same.get(word) or free_id(name, fallback, taken)
        same[word] = ids[key]
        taken.add(ids[key])
    return ids


def known_ids(
    names: Mapping[str, str], entries: Mapping[str, str], remembered: Mapping[str, str]
) -> dict[str, str]:
    """The entry of each name, by its key; a name that has none is left out.

    `entries` are words by their id. An id that the CRM gives counts before the name, the name
    before the id that it makes, and that only where nobody else has a claim to it.
    """
    by_word: dict[str, list[str]] = {}
    for id_, word in entries.items():
        by_word.setdefault(plain_name(word), []).append(id_)
    ids: dict[str, str] = {}
    for key, name in names.items():
        same, before = by_word.get(plain_name(name), []), remembered.get(key, "")
        if before in entries and (key != name or not same or before in same):
            ids[key] = before
    for key, name in names.items():
        same = by_word.get(plain_name(name), [])
        if key not in ids and same:
            ids[key] = next((id_ for id_ in same if id_ not in ids.values()), same[0])
    return {**ids, **_by_spelling(names, entries, ids, remembered)}


def _by_spelling(
    names: Mapping[str, str],
    entries: Mapping[str, str],
    ids: Mapping[str, str],
    remembered: Mapping[str, str],
) -> dict[str, str]:
    """Entries by the ids that names make, where one name alone makes it and no other has it."""
    owned = {*ids.values(), *remembered.values()}
    makers: dict[str, list[str]] = {}
    for key, name in names.items():
        if key not in ids:
            makers.setdefault(id_of(name), []).append(key)
    return {
        keys[0]: id_
        for id_, keys in makers.items()
        if len(keys) == 1 and id_ in entries and id_ not in owned
    }
