"""What an English and a Chinese site say in the same English words, and nobody wrote in a plan.

`python -m tests.said_alike [PART OF A PATH]` prints it by page: texts that are not translated yet.
"""

from __future__ import annotations

import datetime
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from generator.assess import assess
from generator.figures import Portfolio
from generator.figures.name import words_of_id
from generator.language import ENGLISH
from generator.pages import SiteTree, render
from generator.pages.account_page import first_sentence
from generator.pages.formats import opening, shortened
from generator.pages.view import NAME_SIGNS
from generator.read import Workspace
from generator.settings import language_of

REPOSITORY = Path(__file__).resolve().parent.parent
TODAY = datetime.date(2026, 11, 23)
SHOWN_ATTRIBUTES = frozenset(("title", "aria-label", "alt", "placeholder", "data-title"))
WORD = re.compile(r"[A-Za-z][A-Za-z_'-]+")
MARKED = re.compile(r"\*+([^*]+)\*+")
"""Emphasis, which is a text of its own on a page."""
PLACE = re.compile(
    r"(?:site_config|account-playbooks)/[a-z]+\.yaml(:\d+)?|^[a-z0-9_-]+\.yaml:\d+(–\d+)?$"
)
"""A line of a file."""
PATH = re.compile(r"https?://\S+|(?<![/A-Za-z0-9_-])[a-z_]*(?:\.[a-z0-9_-]+)+")
"""An address, or a field as it is written in a playbook or a setting."""
CODE = re.compile(r"^```.*?^```$|`[^`]+`|\]\([^)]*\)", re.DOTALL | re.MULTILINE)
"""Code in Markdown, and where its links lead: typed as it stands in every language."""
CUT = re.compile(r"[A-Z][A-Za-z' ]*…")
"""A name that is too long for its place."""
WORDS_OF_FILES = ("settings/", "rules/", "fields/")
"""Pages that tell what to write into files, or what findings say."""
FREE_KEYS = frozenset(("crm",))
A_SENTENCE = 4
"""So many words in a row that stand in a plan were taken from there."""
QUIET = frozenset(("script", "style", "code", "pre"))


class Texts(HTMLParser):
    """The texts that a page shows or reads aloud, one by one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in SHOWN_ATTRIBUTES and value]
        if tag in QUIET:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and not self._inside:
            self.found.append(text)


def texts_of(html: str) -> list[str]:
    parser = Texts()
    parser.feed(html)
    return parser.found


def pages_of(tree: SiteTree) -> Iterator[tuple[str, str]]:
    """Each page's path and all of its HTML; of its Markdown what a reader sees."""
    for page in tree.pages:
        # ids of headings are addresses
        markdown = re.sub(r" \{:? ?#[a-z0-9-]+\}", "", page.markdown)
        markdown = CODE.sub("", markdown)
        head, _, body = markdown.removeprefix("---\n").partition("---\n")
        meta = [line.partition(": ")[2].strip('"') for line in head.splitlines() if '"' in line]
        lines = [re.sub(r"^#+ ", "", line) for line in body.splitlines()]
        html = "".join(f"<p>{line}</p>" for line in (*meta, *lines))
        yield page.path, html + "".join(page.fragments.values())
    for framed in tree.framed:
        words = f"<p>{framed.title}</p><p>{framed.description}</p>"
        yield framed.path, words + framed.html
    for file in tree.files:
        if file.path.endswith((".html", ".md", ".txt")):
            said = "".join(f"<p>{line}</p>" for line in file.content.decode().splitlines())
            said = re.sub(r"\]\([^()]*\)", "]", said)  # an address
            yield file.path, re.sub(r"\\([^\w\s])", r"\1", said.replace(" | ", "</p><p>"))


def written_by_people(portfolio: Portfolio) -> tuple[str, ...]:
    """All that stands in a playbook or is a name of the team's own, the longest first."""
    settings = portfolio.settings
    named = ("team", "catalogue", "currencies", "site")
    documents = [account.document.data for account in portfolio.accounts]
    documents += [settings.documents[name].data for name in named]
    texts = {" ".join(text.split()) for data in documents for text in _scalars(data)}
    texts |= {part for text in texts for part in MARKED.findall(text)}
    texts |= {shortened(text, NAME_SIGNS) for text in texts}
    texts |= {"".join(word[0] for word in text.split()) for text in texts if " " in text}
    ids = {words_of_id(text) for text in texts}
    texts |= ids | {opening(id) for id in ids}
    texts |= {first_sentence(account.playbook) for account in portfolio.accounts}
    texts |= {finding.message for finding in portfolio.findings}
    for rule in settings.rules.rules:
        texts |= {rule.id, " ".join(rule.message.split()), " ".join(rule.finding.split())}
    texts |= {
        name for account in portfolio.accounts for name in (account.id, account.document.path)
    }
    return tuple(sorted((text for text in texts if WORD.search(text)), key=lambda text: -len(text)))


def _scalars(data: Any, around: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if around in FREE_KEYS or re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", str(key)):
                yield str(key)
            yield from _scalars(value, str(key))
    elif isinstance(data, list):
        for value in data:
            yield from _scalars(value)
    elif data is not None:
        yield str(data)


def said_alike(
    english: SiteTree, translated: SiteTree, own: tuple[str, ...]
) -> Mapping[str, Counter[str]]:
    """By page the texts that are the same on both and have a word of the program's own."""
    theirs = dict(pages_of(translated))
    ours: dict[str, bool] = {}
    left_alike: dict[str, Counter[str]] = {}
    for path, html in pages_of(english):
        if path.endswith("source.html") or path.startswith("settings/"):
            continue  # files as they are written
        same = Counter(texts_of(html)) & Counter(texts_of(theirs[path]))
        for text in same:
            if text not in ours:
                ours[text] = _is_ours(text, own)
        if left := Counter({text: count for text, count in same.items() if ours[text]}):
            left_alike[path] = left
    return left_alike


def english_left(tree: SiteTree, own: tuple[str, ...], listed: frozenset[str]) -> dict[str, str]:
    """By word the first text of a page that has it, though it is nobody's and not listed."""
    first_texts: dict[str, str] = {}
    seen: set[str] = set()
    for path, html in pages_of(tree):
        if path.endswith("source.html") or path.startswith(WORDS_OF_FILES):
            continue
        for text in texts_of(html):
            if text not in seen:
                seen.add(text)
                for word in WORD.findall(_less_theirs(text, own)):
                    if word not in listed:
                        first_texts.setdefault(word, f"{path}: {text}")
    return first_texts


def _less_theirs(text: str, own: tuple[str, ...]) -> str:
    """A text less what people wrote, and less places in files."""
    if not WORD.search(text):
        return ""  # as most Chinese ones
    text = PLACE.sub(" ", text)
    if len(text.split()) >= A_SENTENCE and any(text in written for written in own):
        return ""
    for is_sentence in (True, False):
        for written in own:
            if (" " in written) == is_sentence and written in text:
                text = re.sub(rf"(?<![A-Za-z_]){re.escape(written)}(?![A-Za-z_])", " ", text)
        text = CUT.sub(" ", PATH.sub(" ", text))
    return text


def _is_ours(text: str, own: tuple[str, ...]) -> bool:
    """Whether a word is left once all that people wrote is taken out."""
    text = PLACE.sub(" ", text)
    is_cut = text.endswith("…")
    is_telling = is_cut or len(text.split()) >= A_SENTENCE
    if is_telling and any(text.removesuffix("…") in written for written in own):
        return False
    if not WORD.search(text):
        return False
    for written in own:
        if written in text:
            text = re.sub(rf"(?<![A-Za-z_]){re.escape(written)}(?![A-Za-z_])", " ", text)
            if not WORD.search(text):
                return False
    return WORD.search(text) is not None


def both_sites(portfolio: Portfolio, **options: Any) -> tuple[SiteTree, SiteTree]:
    """The same site in English and in Chinese."""
    chinese = language_of(Workspace.at(REPOSITORY), "zh")
    return (
        render(portfolio, language=ENGLISH, **options),
        render(portfolio, language=chinese, **options),
    )


def main(arguments: list[str]) -> int:
    """Print what is said alike, on pages whose path has one of the given parts."""
    portfolio = assess(Workspace.at(REPOSITORY), TODAY)
    alike = said_alike(*both_sites(portfolio), written_by_people(portfolio))
    seen: set[str] = set()
    for path, texts in alike.items():
        if arguments and not any(part in path for part in arguments):
            continue
        new = [text for text in texts if text not in seen]
        seen.update(new)
        if new:
            print(f"== {path}")
            print("\n".join(f"  {text}" for text in new))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
