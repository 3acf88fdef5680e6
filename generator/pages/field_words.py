"""What a field of the form takes, in words: 'a share, 0 to 1', 'one of prospect, customer'."""

from __future__ import annotations

from collections.abc import Iterator

from generator.language import Phrase, phrase, said, say
from generator.model.form import ENTRY, Field, Limits
from generator.model.kinds import Kind
from generator.pages.formats import listed, number

_WORDS: dict[Kind, Phrase] = {
    Kind.MONEY: phrase("an amount"),
    Kind.SHARE: phrase("a share"),
    Kind.YEAR: phrase("a year such as 2026"),
    Kind.NUMBER: phrase("a number"),
    Kind.SCORE: phrase("a number"),
    Kind.DAY: phrase("a day such as 2026-11-30"),
    Kind.TRUTH: phrase("true or false"),
    Kind.CHOICE: phrase("one of"),
    Kind.ID: phrase("an id"),
    Kind.WEB: phrase("a web address"),
    Kind.CURRENCY: phrase("a currency such as EUR"),
    Kind.LINE: phrase("a line of text"),
    Kind.TEXT: phrase("text"),
    Kind.PROSE: phrase("text of several paragraphs"),
}
_WHOLE = phrase("a whole number")
_MANY = 10_000
"""A limit as high as this is a guard, not something a reader needs to know."""


def words_of(field: Field) -> str:
    """What may stand in a field; its allowed words stand in its `choices`."""
    if field.kind is Kind.LIST:
        entry = field.children[ENTRY]
        if entry.kind is Kind.GROUP:
            return say("a list of entries")
        return say("a list, each {kind}", kind=words_of(entry))
    if field.kind is Kind.MAPPING:
        return _mapping(field)
    if field.kind is Kind.GROUP:
        unknown = say("keys of its own, or honestly unknown")
        return unknown if field.may_be_unknown else say("keys of its own")
    if field.kind is Kind.YEAR:
        return said(_WORDS[field.kind])
    words = said(_WHOLE if field.is_whole else _WORDS.get(field.kind, _WORDS[Kind.TEXT]))
    for bound in _bounds(field.limits):
        words = say("{kind}, {bound}", kind=words, bound=bound)
    return words


def _mapping(field: Field) -> str:
    key, entry = field.keys_of_entries, field.children[ENTRY]
    kind = words_of(key) if key else ""
    if key and key.choices:
        kind = say("one of {words}", words=listed(key.choices))
    if entry.kind is Kind.GROUP:
        return say("keys, each {kind}", kind=kind)
    return say("keys, each {kind}, with {value}", kind=kind, value=words_of(entry))


def _bounds(limits: Limits) -> Iterator[str]:
    least, most = limits.at_least, limits.at_most
    low = _plain(least) if least is not None and least > -_MANY else None
    high = _plain(most) if most is not None and most < _MANY else None
    if low is not None and high is not None:
        yield say("{low} to {high}", low=low, high=high)
        return
    if low is not None:
        yield say("{low} or more", low=low)
    if limits.more_than is not None:
        yield say("more than {low}", low=_plain(limits.more_than))
    if high is not None:
        yield say("at most {high}", high=high)
    if limits.less_than is not None:
        yield say("below {high}", high=_plain(limits.less_than))


def _plain(limit: float) -> str:
    """Without separators, as it would be written in the file."""
    return number(limit).replace(",", "")
