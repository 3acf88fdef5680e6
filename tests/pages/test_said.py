"""What the pages of the method, the rules and the fields say can be said in another language."""

from __future__ import annotations

import gettext
from pathlib import Path

from generator.assess import assess
from generator.audience.edition import edition_of
from generator.language import Language, language_from, speaking
from generator.messages import messages
from generator.pages import fields, method, rules
from generator.pages.edition import render_edition
from generator.pages.fields import sections_of
from generator.pages.rules import applies_words, holds_words
from generator.read import Workspace
from generator.rules.rulebook import Applies, Holds
from generator.settings import load_settings
from tests.everything import TODAY, everything_workspace
from tests.pages.sites import page_of, site_of

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


class Asked(gettext.NullTranslations):
    """Remembers what was looked up."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def gettext(self, message: str) -> str:
        self.texts.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.texts.add(msgid1)
        return super().ngettext(msgid1, msgid2, n)


def chinese(**texts: str) -> Language:
    po = "".join(
        f'msgid "{original}"\nmsgstr "{translated}"\n\n' for original, translated in texts.items()
    )
    return language_from("zh", (HEAD + po).encode())


def test_each_text_of_these_pages_is_collected_for_translation(tmp_path: Path) -> None:
    asked = Asked()
    language = Language(code="zh", translations=asked)
    site = site_of(tmp_path)
    with speaking(language):
        for module in (method, rules, fields):
            assert page_of(module.PAGE, site).fragments
    whole = assess(Workspace.at(everything_workspace(tmp_path / "all")), TODAY)
    render_edition(edition_of(whole, "customer", "everything"), "customer", language=language)
    collected = {message if isinstance(message, str) else message[0] for message in messages()}
    assert sorted(asked.texts - collected) == []
    assert len(asked.texts) > 800


def test_another_language_orders_the_words_of_a_rule_itself() -> None:
    language = chinese(
        **{
            "customers": "现有客户",
            "{who} of tier {tiers}": "{tiers} 级{who}",
            "{words} or {last}": "{words} 或 {last}",
            "{place} has no entry where {conditions}": "{place} 中没有这样的项：{conditions}",
            "{clauses} and {clause}": "{clauses}，且 {clause}",
            "lies before {day}": "早于{day}",
            "today": "今天",
            "is empty": "为空",
        }
    )
    none = {"in": "x", "where": {"d": {"before": "today"}, "e": {"present": "false"}}}
    with speaking(language):
        assert applies_words(
            Applies.model_validate({"status": "customer", "tier": ["A", "B"]})
        ) == ("A 或 B 级现有客户")
        words = holds_words(Holds.model_validate({"none": none}))
    assert words == "x 中没有这样的项：d 早于今天，且 e 为空"


def test_the_tables_of_the_fields_are_the_same_in_another_language(tmp_path: Path) -> None:
    audiences = load_settings(Workspace.at(tmp_path)).audiences

    def places() -> list[tuple[str, str]]:
        sections = sections_of(audiences)
        return [(table.place, table.anchor) for _, tables in sections for table in tables]

    english = places()
    with speaking(chinese(**{"a list of entries": "条目列表", "keys, each {kind}": "{kind}"})):
        assert places() == english


def test_a_per_cent_sign_is_found_again(tmp_path: Path) -> None:
    site = site_of(tmp_path, {})
    (risk,) = (page for page in method.MODEL_PAGES if page.path == "method/risk.md")
    page = page_of(risk, site)
    example = next(message for message in messages() if "A receivable of 130,000" in str(message))
    assert isinstance(example, str)
    with speaking(chinese(**{example: "概率为 3%%。"})):
        translated = page_of(risk, site)
    assert "fails with 3 % and" in page.fragments["head"]
    assert "概率为 3%。" in translated.fragments["head"]
