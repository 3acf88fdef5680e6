"""Everything the site says in English, and what site_config/zh.po has for it.

`python -m tests.messages` writes zh.po anew: sorted, each text that is used once, translations kept,
new ones empty, unused ones gone. With `--check` it only says whether that would change anything.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from generator.enrich.definitions import DEFINITIONS
from generator.enrich.name import in_words
from generator.model import Playbook
from generator.model.leaves import leaf_patterns
from generator.read import Workspace
from generator.render.field_words import rows_of
from generator.settings import Settings, load_settings
from generator.validate.built_in import BUILT_IN, STAGES

REPOSITORY = Path(__file__).resolve().parent.parent
PO = REPOSITORY / "site_config" / "zh.po"
KEYWORDS: dict[str, Any] = {"say": None, "phrase": None, "phrases": (2,), "say_count": (1, 2)}
IN_TEMPLATES: dict[str, Any] = {**KEYWORDS, "_": None, "gettext": None, "ngettext": (1, 2)}
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
        with path.open("rb") as file:
            for _, message, _, _ in extract("python", file, keywords=KEYWORDS):
                yield _one(message)


def _in_templates() -> Iterator[Message]:
    options = {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
    for path in sorted((REPOSITORY / "templates").rglob("*.j2")):
        with path.open("rb") as file:
            for _, _, message, _ in babel_extract(file, tuple(IN_TEMPLATES), (), options):
                forms = message if isinstance(message, tuple) else (message,)
                yield _one(tuple(one for one in forms if one is not None))


def _one(message: Any) -> Message:
    if isinstance(message, tuple):
        return (message[0], message[1]) if len(message) > 1 else message[0]
    return str(message)


def in_data(settings: Settings) -> Iterator[str]:
    """Texts that stand in tables of the program and in the shipped site_config."""
    for one in DEFINITIONS.values():
        yield from (one.title, one.says, one.formula, one.unit)
    yield from _of_model(Playbook, set())
    for pattern in leaf_patterns():
        yield from (in_words(step) for step in pattern.split(".") if step != "*")
    yield from STAGES.values()
    yield from (one.says for one in BUILT_IN)
    for rule in settings.rules.rules:
        yield rule.title or rule.id.replace("-", " ").capitalize()
        yield rule.reason.strip()


def _of_model(model: Any, seen: set[Any]) -> Iterator[str]:
    if model in seen:
        return
    seen.add(model)
    for row in rows_of(model):
        yield from (one for one in (row.says, row.unit) if one)
        if row.kind.model is not None:
            yield from _of_model(row.kind.model, seen)


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
        found = before.get(_key(message)[0])
        text: Any = found.string if found is not None else ""
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
    lacking = [one for one in known() if one.id and not any(_forms(one.string))]
    print(f"{PO.name}: {len(known()):,} texts, {len(lacking):,} without a translation")
    return 0


def _forms(text: Any) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (str(text),)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
