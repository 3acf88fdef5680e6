"""A page in a browser, looked at for what hostile text did to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.proof.hostile import MARK, marked

# Runs before anything of the page: whoever calls one of these was started by a text
TRAPS = """
  window.proofRan = [];
  for (const name of ["alert", "confirm", "prompt", "print", "open"])
    window[name] = (...words) => { window.proofRan.push(name + "(" + words.join() + ")") };
"""
LOOK = """() => {
  const all = [...document.querySelectorAll("*")];
  const found = {ran: window.proofRan, handlers: [], links: [], scripts: [], frames: [], texts: []};
  const led = /^(javascript|vbscript|data):/;
  for (const one of all) {
    const tag = one.localName;
    for (const {name, value} of one.attributes) {
      if (name.toLowerCase().startsWith("on")) found.handlers.push(`${tag} ${name}=${value}`);
      const address = value.replace(/[\\x00-\\x20]/g, "").toLowerCase();
      const isLink = ["href", "src", "action", "formaction", "xlink:href", "data", "poster",
                      "background", "srcdoc", "srcset"].includes(name);
      if (isLink && led.test(address) && address !== "data:," && !address.startsWith("data:image/"))
        found.links.push(`${tag} ${name}=${value}`);
      // the description that themes do not escape has look-alikes in place of angle brackets
      if (value.includes("qz") && tag !== "meta") found.texts.push(value);
    }
    if (tag === "script")
      found.scripts.push(one.src ? one.getAttribute("src") : one.textContent.slice(0, 60));
    if (["iframe", "frame", "object", "embed", "base", "math", "foreignobject"].includes(tag))
      found.frames.push(tag);
  }
  const part = document.querySelector(".md-content") || document.body;
  found.texts.push(part.textContent);
  return found;
}"""


def look_at(page: Page, address: str, asked: list[str], home: str) -> dict[str, Any]:
    """Open an address and look; `asked` collects what the page asks for."""
    asked.clear()
    page.goto(address, wait_until="load")
    seen: dict[str, Any] = page.evaluate(LOOK)
    seen["outside"] = [
        request for request in asked if not request.startswith((home, "data:image/", "blob:"))
    ]
    return seen


def faults_of(seen: dict[str, Any]) -> Iterator[str]:
    """What no page may have."""
    for name in ("ran", "handlers", "links", "frames", "outside"):
        yield from (f"{name}: {fault[:120]}" for fault in seen[name])


def trapped(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page whose dialogs are traps and whose requests are noted."""
    context.add_init_script(TRAPS)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return page, asked


def as_line(text: str) -> str:
    """Text as a browser shows it: white space is one space."""
    return " ".join(text.split())


def texts_in(
    texts: list[str], own: dict[int, str], others: list[dict[int, str]]
) -> tuple[set[int], list[str]]:
    """Places whose string stands whole in one of the texts; texts that are neither whole nor cut.

    A page may name other accounts too: then it is the string that one of them has at the place.
    """
    whole: set[int] = set()
    torn = []
    for text in map(as_line, texts):
        for mark in MARK.finditer(text):
            place = int(mark[1])
            shown = text[mark.start() :]
            if _stands(shown, marked(place, own[place])):
                whole.add(place)
            elif not any(
                _stands(shown, marked(place, strings[place])) for strings in (own, *others)
            ):
                torn.append(f"{marked(place, own[place])!r} is shown as {shown[:200]!r}")
    return whole, torn


def _stands(text: str, string: str) -> bool:
    """Whether a text begins with a string, whole or cut as any text would be.

    A line that is too long for its place ends in an ellipsis; within a sentence a string's own
    full stop gives way to the sentence's.
    """
    wanted = as_line(string)
    if text.startswith(wanted.rstrip(".;")):
        return True
    same = next(
        (
            at
            for at, (sign, wanted_sign) in enumerate(zip(text, wanted, strict=False))
            if sign != wanted_sign
        ),
        min(len(text), len(wanted)),
    )
    return text[same:].lstrip().startswith("…")
