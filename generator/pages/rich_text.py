"""The summary's safe Markdown: paragraphs, lists, emphasis, links to the web and mail; no HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

# A line's end within Chinese text is no space between words.
_CHINESE_BREAK = re.compile(r"([\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])")
SCHEMES = frozenset(("http", "https", "mailto"))


class _Renderer(RendererHTML):
    """Links say that we do not vouch for them."""

    def link_open(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A link's beginning."""
        tokens[index].attrSet("rel", "noopener nofollow")
        return self.renderToken(tokens, index, options, env)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
    parser.disable(["heading", "lheading", "hr", "blockquote", "code", "fence", "reference"])
    parser.disable(["html_block", "image", "autolink", "html_inline", "backticks"])
    parser.validateLink = allowed_link  # type: ignore[method-assign]
    return parser


def rich_text(text: str) -> Markup:
    """User text with the little Markdown that is allowed, as HTML; all else stays text."""
    return Markup(_PARSER.render(_CHINESE_BREAK.sub(r"\1", text)))  # noqa: S704 - the parser escapes all text, HTML is off


def allowed_link(url: str) -> bool:
    """Whether an address may be followed, judged after decoding and without white space."""
    decoded = url
    for _ in range(_ROUNDS):
        decoded = unquote(decoded)
    clean = "".join(sign for sign in decoded if sign.isprintable() and not sign.isspace())
    return urlsplit(clean.lower()).scheme in SCHEMES


_ROUNDS = 3
_PARSER = _parser()
