"""A language of the site: its code, its locale for numbers and days, its translations."""

from __future__ import annotations

import codecs
import gettext
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from generator.language.faults import open_quote, strange_place

Code = Literal["en", "zh"]
LANGUAGES: Mapping[Code, tuple[str, str]] = {
    "en": ("English", "en_GB"),
    "zh": ("中文", "zh_Hans_CN"),
}
"""By code: what the language calls itself, and its locale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language and what is said in it; English says everything as it is written."""

    code: Code
    translations: gettext.NullTranslations

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return LANGUAGES[self.code][0]

    @property
    def locale(self) -> str:
        """The locale of numbers and days."""
        return LANGUAGES[self.code][1]


ENGLISH = Language(code="en", translations=gettext.NullTranslations())


def language_from(code: Code, po: bytes) -> Language:
    """A language with the translations of a PO file, in UTF-8.

    What is not translated there, or marked as fuzzy, is said in English. Raises ValueError, with a
    line where there is one, for what is no PO file, and for a place that has no value.
    """
    # A second language pays for its reader; `check` and English pages do without
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    po = po.removeprefix(codecs.BOM_UTF8)
    try:
        catalog = read_po(io.BytesIO(po), locale=LANGUAGES[code][1], abort_invalid=True)
    except PoFileError as error:
        raise ValueError(f"line {error.lineno + 1}: {error.args[0]}") from error
    except ValueError as error:  # a plural without its number, bytes that are not UTF-8
        raise ValueError(f"not a file of translations: {error}") from error
    _tell_faults(po.decode(), catalog)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Language(code=code, translations=gettext.GNUTranslations(compiled))


def _tell_faults(po: str, catalog: Iterable[Any]) -> None:
    if line := open_quote(po):
        raise ValueError(f"line {line}: a text without its closing quote")
    for message in catalog:
        texts, translations = _forms(message.id), _forms(message.string)
        for translation in translations if any(texts) else ():
            if place := strange_place(texts, translation):
                shown = texts[0]
                raise ValueError(f"line {message.lineno}: '{shown}' has no {place}")


def _forms(text: Any) -> tuple[str, ...]:
    """A text, or all forms of one with a count."""
    return (text,) if isinstance(text, str) else tuple(text)
