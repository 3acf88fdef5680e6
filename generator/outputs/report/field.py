"""A field of the form in words: what it means, who may see it, which figures use it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.language import said, say
from generator.model.fields import Field
from generator.model.kinds import Kind
from generator.model.samples import sample_of
from generator.pages.fields import SEEN_BY, words_of
from generator.pages.formats import listed, unit_words
from generator.pages.words import title_of
from generator.portfolio.uses import Uses
from generator.settings import Settings


def field_text(field: Field, settings: Settings, uses: Uses) -> str:
    """What there is to say of a field, in the language that is spoken."""
    return "".join(f"{line}\n" for line in (*form_lines(field, settings), *_use_lines(uses)))


def form_lines(field: Field, settings: Settings) -> Iterator[str]:
    """What the form says of a field."""
    takes = words_of(field)
    if field.choices:
        takes = say("{kind}: {words}", kind=takes, words=listed(field.choices))
    yield say("{kind}: {words}", kind=field.pattern, words=takes)
    if field.meaning:
        yield say(field.meaning)
    if field.unit not in ("", "share"):
        yield say("Unit: {unit}", unit=unit_words(field.unit))
    seen_by = SEEN_BY[settings.audiences.class_of(field.pattern)]
    yield say("Visible to {audience}.", audience=said(seen_by))
    if field.example is not None:
        yield say("Example: {example}", example=str(field.example))
    elif not field.is_leaf or field.kind is Kind.LIST:
        yield say("Example: {example}", example=f"{field.name}: {sample_of(field)}")
    if field.may_be_none:
        yield say("[] says: looked, none.")
    if field.word_names:
        yield from named_words(field, settings)


def named_words(field: Field, settings: Settings) -> Iterator[str]:
    """The words of a field, each with its name."""
    for word in field.choices:
        yield f"  {word}  {settings.label(field.word_names, word)}"


def _use_lines(uses: Uses) -> Iterator[str]:
    if not (uses.direct or uses.through or uses.lacking):
        yield say("No figure of these plans uses it.")
    if uses.direct:
        yield say("Used by:")
        yield from _figures(uses.direct)
    if uses.through:
        yield say("What rests on these:")
        yield from _figures(uses.through)
    if uses.lacking:
        yield say("Missing for:")
        yield from _figures(uses.lacking)


def _figures(keys: Sequence[str]) -> Iterator[str]:
    return ("  " + say("{kind}: {words}", kind=key, words=title_of(key)) for key in keys)
