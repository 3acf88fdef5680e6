"""The template engine: values in, HTML out. User text is only ever a value, always escaped."""

from __future__ import annotations

import contextlib
import hashlib
import pickle
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from generator.figures.name import words_of_id
from generator.language import said, say, say_count, spoken
from generator.pages import formats
from generator.pages.drawings.amounts import said_days
from generator.pages.encoder import as_markdown
from generator.share import templates_folder

_FILTERS = {
    "money": formats.money,
    "money_beside": formats.money_beside,
    "money_full": formats.money_full,
    "signed_money": formats.signed_money,
    "share": formats.share,
    "signed_points": formats.signed_points,
    "signed_share": formats.signed_share,
    "number": formats.number,
    "words_of_id": words_of_id,
    "day": formats.day,
    "short_day": formats.short_day,
    "distance": formats.distance,
    "plural": formats.plural,
    "within": formats.within,
    "shortened": formats.shortened,
    "capitalize": formats.opening,
    "quantity": formats.quantity,
    "month": formats.month,
    "unit_words": formats.unit_words,
    "listed": formats.listed,
    "all_of": formats.all_of,
    "any_of": formats.any_of,
    "running": formats.running,
    "say": say,
    "said_days": said_days,
}


def _gettext(text: str) -> str:
    return spoken().translations.gettext(text)


def _ngettext(single: str, many: str, count: int) -> str:
    return spoken().translations.ngettext(single, many, count)


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates, kept for the next run; where they cannot be kept they are not."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Find a template that was kept; one that is torn is compiled anew."""
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, pickle.UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one template."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled(what: str) -> _Compiled | None:
    """The user's own folder among the temporary files; none where Python shall keep nothing.

    What this module says of the environment is part of what was compiled, and so is `what` it is
    for: a template is compiled with or without the encoder of HTML.
    """
    if sys.dont_write_bytecode:
        return None
    digest = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]
    try:
        return _Compiled(pattern=f"playbook-{what}-{digest}-%s")
    except (OSError, RuntimeError):  # somebody else's folder has its name
        return None


@cache
def environment() -> Environment:
    """The templates of this program, each compiled once: that takes longer than rendering.

    They come from the folder that travels with the program, and nowhere else.
    """
    made = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        optimized=False,  # what was compiled depends on the template alone, not on filters
        bytecode_cache=_compiled("html"),
        cache_size=-1,  # all of them stay
        finalize=said,  # a phrase that is shown is said, wherever it comes from
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.filters.update(_FILTERS)
    made.globals.update(say=say, say_count=say_count, said=said)
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=_gettext, ngettext=_ngettext, newstyle=True
    )
    return made


def _as_markdown(value: Any) -> Any:
    """What is shown in Markdown: text to the last sign, but for what is marked as an address."""
    shown = said(value)
    return shown if isinstance(shown, Markup) else as_markdown(str(shown))


@cache
def _markdown_environment() -> Environment:
    """The same templates for Markdown; none of them may be shared with pages of HTML."""
    return environment().overlay(
        autoescape=False, finalize=_as_markdown, bytecode_cache=_compiled("markdown")
    )


_EMPTY_LINES = re.compile(r"\n{3,}")


def _without_indentation(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


class Engine:
    """Renders the templates of this program."""

    def __init__(self) -> None:
        """All engines share what was compiled."""
        self._environment = environment()

    def render(self, template: str, /, **values: Any) -> str:
        """A template's HTML without the indentation and empty lines that its statements leave."""
        return _without_indentation(self._environment.get_template(template).render(values))

    def render_block(self, template: str, block: str, /, **values: Any) -> str:
        """One block of a template alone, in the same form."""
        compiled = self._environment.get_template(template)
        html = "".join(compiled.blocks[block](compiled.new_context(values)))
        return _without_indentation(html)

    def has_block(self, template: str, block: str) -> bool:
        """Whether a template has a block of this name."""
        return block in self._environment.get_template(template).blocks

    def render_text(self, template: str, block: str, /, **values: Any) -> str:
        """One block as plain text, not yet escaped for where it goes; empty where there is none."""
        if not self.has_block(template, block):
            return ""
        return Markup(self.render_block(template, block, **values)).unescape()  # noqa: S704

    def render_markdown(self, template: str, /, **values: Any) -> str:
        """A template of Markdown; whatever it shows is escaped as a line of text."""
        text = _markdown_environment().get_template(template).render(values)
        return _EMPTY_LINES.sub("\n\n", text).strip() + "\n"

    def render_exactly(self, template: str, /, **values: Any) -> str:
        """A template's text with its white space, for pages where that counts."""
        return self._environment.get_template(template).render(values)

    def asset(self, name: str) -> str:
        """The text of a file under templates/assets."""
        return self.text(f"assets/{name}")

    def vendored(self, name: str) -> str:
        """The text of a file of somebody else's library, which the site carries as it is."""
        return self.text(f"vendor/{name}")

    def text(self, name: str) -> str:
        """The text of a file among the templates, as it stands there."""
        loader = self._environment.loader
        if loader is None:
            raise RuntimeError("the engine has no templates")
        return loader.get_source(self._environment, name)[0]

    def assets(self, ending: str) -> tuple[str, ...]:
        """Names of the files under templates/assets with an ending, sorted."""
        names = self._environment.list_templates()
        assets = (name.removeprefix("assets/") for name in names if name.startswith("assets/"))
        return tuple(sorted(name for name in assets if name.endswith(ending)))
