"""A sentence with its values, said in English until a page says it in its own language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Phrase(str):
    """English text that knows what it was made of, so that a page can translate it.

    To all else it is the English text: figures, findings and exports carry it as a string.
    """

    __slots__ = ("pattern", "values")
    pattern: str
    values: Mapping[str, object]

    def __reduce__(self) -> tuple[object, ...]:
        """Made anew in another process."""
        return _made, (self.pattern, dict(self.values))


def phrase(pattern: str, /, **values: object) -> Phrase:
    """A phrase of the program's own; `{name}` in it is the place of a value.

    Values may be phrases themselves. What people wrote is a value, never a pattern. Where a word
    means two things, an empty value tells which: `phrase("open{loop}", loop="")`.
    """
    return _made(pattern, values)


class Phrases(Phrase):
    """Several texts in a row; its pattern is what stands between them."""

    __slots__ = ("parts",)
    parts: tuple[str, ...]

    def __reduce__(self) -> tuple[object, ...]:
        """Made anew in another process."""
        return phrases, (self.parts, self.pattern)


def phrases(parts: Iterable[str], joint: str) -> Phrases:
    """Phrases and words of people as one phrase, with the joint between them."""
    texts = tuple(parts)
    made = Phrases(joint.join(texts))
    made.pattern, made.values, made.parts = joint, {}, texts
    return made


def _made(pattern: str, values: Mapping[str, object]) -> Phrase:
    made = Phrase(pattern.format(**values) if values else pattern)
    made.pattern = pattern
    made.values = values
    return made
