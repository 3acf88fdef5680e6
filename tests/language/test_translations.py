"""Both languages: nothing lacks a translation, no place of a value is lost, nothing stays English."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from generator.figures import Portfolio
from generator.messages import PLACES, PO, known, messages, renewed
from generator.pages import SiteTree, render
from generator.read import Workspace
from generator.settings import language_of
from tests.said_alike import english_left, said_alike, written_by_people

ALIKE = Path(__file__).parent / "said_alike.txt"


def forms(text: Any) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (str(text),)


TRANSLATED = [(message.id, message.string) for message in known() if message.id]


def test_the_file_has_what_pages_say_and_nothing_else() -> None:
    assert PO.read_bytes() == renewed(known(), messages()), "run 'make docs'"


def test_everything_is_translated() -> None:
    assert [id for id, string in TRANSLATED if not all(forms(string))] == []


def test_each_place_of_a_value_is_kept() -> None:
    """The number of a count may be left out, as may what one of its English forms leaves out."""
    assert [id for id, string in TRANSLATED if not keeps_places(id, string)] == []
    assert not keeps_places("Notice by {day}", "通知")
    assert not keeps_places("Notice by {day}", "{day} {hour}")
    assert not keeps_places("Notice by {day}", "{tag}")
    assert keeps_places(("{count} day, {name}", "{count} days, {name}"), ("{name}", "{name}"))


def keeps_places(id: Any, string: Any) -> bool:
    """Whether a translation has the places of its English text, those of a count apart."""
    wanted = [set(PLACES.findall(form)) for form in forms(id)]
    least, most = set.intersection(*wanted), set.union(*wanted)
    if len(wanted) > 1:
        least = {place for place in least if "count" not in place}
    return all(least <= set(PLACES.findall(form)) <= most for form in forms(string))


def test_an_english_word_in_chinese_is_one_that_is_listed() -> None:
    """Words that are written like that in a file, names of programs, codes of the method."""
    listed = latin_words()
    unlisted: dict[str, str] = {}
    for id, string in TRANSLATED:
        for form in forms(string):
            bare = re.sub(r"<code>.*?</code>|`.*?`", "", PLACES.sub("", form))
            for word in re.findall(r"[A-Za-z][A-Za-z_.-]*", bare):
                if word not in listed:
                    unlisted[word] = str(forms(id)[0])
    assert unlisted == {}


def latin_words() -> frozenset[str]:
    lines = (Path(__file__).parent / "latin_words.txt").read_text().splitlines()
    return frozenset(word for line in lines if line[0] != "#" for word in line.split())


@pytest.fixture(scope="module")
def chinese_site(repository: Path, example_portfolio: Portfolio) -> SiteTree:
    return render(example_portfolio, language=language_of(Workspace.at(repository), "zh"))


def test_no_english_word_is_left_on_a_chinese_page(
    example_portfolio: Portfolio, chinese_site: SiteTree
) -> None:
    """Not beside Chinese ones either, unless somebody wrote it in a plan."""
    theirs = written_by_people(example_portfolio)
    assert english_left(chinese_site, theirs, latin_words()) == {}


def test_nothing_on_a_page_stays_english(
    example_portfolio: Portfolio, example_site: SiteTree, chinese_site: SiteTree
) -> None:
    """What both sites say alike and nobody wrote in a plan stands on a list, with the reason."""
    theirs = written_by_people(example_portfolio)
    alike = said_alike(example_site, chinese_site, theirs)
    listed = {
        line.strip() for line in ALIKE.read_text().splitlines() if line and not line.startswith("#")
    }
    alike_texts = {text for texts in alike.values() for text in texts}
    assert sorted(alike_texts - listed) == []
    assert sorted(listed - alike_texts) == [], "no longer said alike: take it off the list"
