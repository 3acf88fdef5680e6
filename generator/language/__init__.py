"""The language that pages speak: phrases in English, found again in the team's translations."""

from __future__ import annotations

from generator.language.language import ENGLISH, LANGUAGES, Language, language_from
from generator.language.phrase import Phrase, Phrases, phrase, phrases
from generator.language.speech import said, say, say_count, speaking, spoken

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "Language",
    "Phrase",
    "Phrases",
    "language_from",
    "phrase",
    "phrases",
    "said",
    "say",
    "say_count",
    "speaking",
    "spoken",
]
