"""Everything the site says in English, and what generator/defaults/zh.po has for it.

`python -m generator.messages` writes zh.po anew: sorted, each text that is used once, translations
kept, new ones empty, unused ones gone. With `--check` it only says whether that would change it.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract
from mkdocs.utils.yaml import yaml_load

from generator.figures import group
from generator.figures.definitions import DEFINITIONS
from generator.figures.name import in_words
from generator.figures.plan_quality import BACKWARD, CHECKS, FIELDS, FORWARD
from generator.figures.service import LINKS
from generator.figures.sides import WIN_PROBABILITY
from generator.form import FORM, leaf_patterns, service
from generator.form.relationship import RUNGS
from generator.form.value import COSTS, VALUES
from generator.model.fields import form_of
from generator.model.kinds import Kind
from generator.pages import account_page, edition
from generator.pages.account_sections import FOUR_P
from generator.pages.method import ITEMS
from generator.pages.models import MODELS, OTHER
from generator.pages.words import choices_by_field
from generator.read import Workspace
from generator.rules.validate.built_in import BUILT_IN, KINDS, STAGES
from generator.settings import Settings, load_settings
from generator.settings.site_config import Scoring, Thresholds, Tiers
from generator.share import defaults_folder

REPOSITORY = Path(__file__).resolve().parent.parent
PO = defaults_folder() / "zh.po"
IN_PYTHON = {
    "say": slice(0, 1),
    "phrase": slice(0, 1),
    "phrases": slice(1, 2),
    "say_count": slice(0, 2),
}
"""Which of their arguments are texts."""
IN_TEMPLATES = (*IN_PYTHON, "_", "gettext", "ngettext")
HEADER = """\
# What the site says, in Simplified Chinese. Change the words freely; keep what stands in {braces}
# or after a per cent sign: it is the place of a value. A text that lacks here is said in English.
"""
Message = str | tuple[str, str]
PLACES = re.compile(r"\{[a-z_]*[^{}]*\}|%\([a-z_]+\)[sd]|<[^<>]+>")


def messages() -> set[Message]:
    """Every text that pages say, the two forms of a count as a pair."""
    return {*_in_python(), *_in_templates(), *in_data(load_settings(Workspace.at(REPOSITORY)))}


def _in_python() -> Iterator[Message]:
    for path in sorted((REPOSITORY / "generator").rglob("*.py")):
        if b"from generator.language " not in path.read_bytes():
            continue  # what is called `say` there is something else
        for node in ast.walk(ast.parse(path.read_bytes())):
            # however deep within another call, which Babel's own reader passes over
            if isinstance(node, ast.Call) and (which := IN_PYTHON.get(_name(node))):
                texts = tuple(_texts(node.args[which]))
                if len(texts) == which.stop - which.start:  # else it is a text of a table
                    yield _one(texts)


def _name(call: ast.Call) -> str:
    return str(getattr(call.func, "id", ""))


def _texts(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _in_templates() -> Iterator[Message]:
    options = {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
    options["newstyle_gettext"] = "true"  # as the engine has it: a per cent sign is doubled
    for path in sorted((REPOSITORY / "templates").rglob("*.j2")):
        with path.open("rb") as file:
            for _, _, message, _ in babel_extract(file, IN_TEMPLATES, (), options):
                forms = message if isinstance(message, tuple) else (message,)
                if texts := tuple(form for form in forms if form is not None):
                    yield _one(texts)  # without one it is a text of a table


def _one(message: Any) -> Message:
    if isinstance(message, tuple):
        return (message[0], message[1]) if len(message) > 1 else message[0]
    return str(message)


def in_data(settings: Settings) -> Iterator[str]:
    """Texts that stand in tables of the program and in the shipped site_config."""
    for definition in DEFINITIONS.values():
        yield from (definition.title, definition.meaning, definition.formula, definition.unit)
    for field in FORM.walk():
        yield from (text for text in (field.meaning, field.unit) if text)
    for pattern in leaf_patterns():
        yield from (in_words(step) for step in pattern.split(".") if step != "*")
    yield from STAGES.values()
    yield from _of_figures(settings)
    yield from (settings.site.name, settings.site.description)
    yield from (text for rule in BUILT_IN for text in (rule.says, rule.reason) if text)
    for rule in settings.rules.rules:
        yield rule.title or rule.id.replace("-", " ").capitalize()
        yield rule.reason.strip()
    yield from (group.because for group in settings.rules.optional or ())
    yield from _of_method()
    for target in KINDS.values():
        yield from (target.name, target.place, target.says)
    yield from edition.SECTIONS.values()
    yield from _of_frame()


def _of_method() -> Iterator[str]:
    for model in (*MODELS, OTHER):
        yield from (model.title, model.sentence)
    for item in ITEMS:
        yield from (item.name, item.instead)
    yield from (section.title for section in account_page.SECTIONS.values())
    for numbers in (Scoring, Thresholds, Tiers):
        yield from _of_numbers(numbers)


def _of_frame() -> Iterator[str]:
    """What mkdocs.yml says around pages: the navigation, the switches of the theme."""
    with (REPOSITORY / "mkdocs.yml").open("rb") as file:
        config = yaml_load(file)
    yield config["site_name"]
    yield from _titles(config["nav"])
    yield from (scheme["toggle"]["name"] for scheme in config["theme"]["palette"])


def _titles(nav: list[Any]) -> Iterator[str]:
    for entry in nav:
        for title, below in entry.items():
            yield title
            yield from _titles(below) if isinstance(below, list) else ()


def _of_numbers(model: Any) -> Iterator[str]:
    """What is said of each number; what holds others is not shown."""
    yield from (
        field.meaning for field in form_of(model).walk() if field.is_leaf or field.kind is Kind.LIST
    )


def _of_figures(settings: Settings) -> Iterator[str]:
    """Words of figures and of what they are made from, which come from other tables."""
    for words in choices_by_field().values():
        yield from (in_words(word) for word in words if word[:1].islower())
    for name in ("scoring", "thresholds", "tiers"):
        yield from (in_words(key) for key in _keys(settings.documents[name].data))
    for words_of in ("verbs", "dimensions", "elements", "signals"):
        yield from (in_words(word) for word in settings.labels[words_of])
    yield from (*RUNGS, *service.LEVELS, *service.STAGES, *FIELDS, *CHECKS, *LINKS)
    yield from (*FORWARD.values(), *BACKWARD)
    yield from (in_words(word) for word in (*FORWARD.values(), *BACKWARD))
    names = (*(added.name for added in group.SUMS.values()), ".".join(WIN_PROBABILITY))
    yield from (in_words(step) for name in names for step in name.split("."))
    yield from (
        "price",
        *(f"values.{line}" for line in VALUES),
        *(f"costs.{line}" for line in COSTS),
    )
    yield from ("price · contribution margin", "error", "warning", "of 2", "of 6", "talks", "times")
    yield from ("hours", "units", "per year", "cost to serve", "own expected loss")
    yield from (wish for _, wish in FOUR_P)


def _keys(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from (key for key in data if isinstance(key, str))
        for value in data.values():
            yield from _keys(value)


def known() -> Catalog:
    """What zh.po holds."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans_CN", abort_invalid=True)


def renewed(before: Catalog, wanted: set[Message]) -> bytes:
    """The file with the wanted texts, sorted, and the translations that were there."""
    catalog = Catalog(locale="zh_Hans_CN", header_comment=HEADER.rstrip(), fuzzy=False)
    for message in sorted(wanted, key=_key):
        if not _key(message)[0].strip():
            continue
        message_before = before.get(_key(message)[0])
        text: Any = message_before.string if message_before is not None else ""
        if isinstance(message, tuple):
            text = text if isinstance(text, tuple) else (text,)
        elif isinstance(text, tuple):
            text = text[0]
        catalog.add(message, string=text)
    written = io.BytesIO()
    write_po(written, catalog, width=0, no_location=True, omit_header=True)
    head = (
        f'{HEADER}msgid ""\nmsgstr ""\n"Language: zh_Hans_CN\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    )
    return head.encode() + written.getvalue()


def _key(message: Message) -> tuple[str, str]:
    return message if isinstance(message, tuple) else (message, "")


def main(arguments: list[str]) -> int:
    """Write the file anew, or say whether it would change."""
    content = renewed(known(), messages())
    if "--check" in arguments:
        if content != PO.read_bytes():
            print(f"{PO.name} is not up to date: run 'make docs'", file=sys.stderr)
            return 1
        return 0
    PO.write_bytes(content)
    lacking = [message for message in known() if message.id and not any(_forms(message.string))]
    print(f"{PO.name}: {len(known()):,} texts, {len(lacking):,} without a translation")
    return 0


def _forms(text: Any) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (str(text),)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
