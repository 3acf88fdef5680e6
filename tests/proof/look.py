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
      if (value.includes("qz")) found.texts.push(value);
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
    found: dict[str, Any] = page.evaluate(LOOK)
    found["outside"] = [one for one in asked if not one.startswith((home, "data:image/", "blob:"))]
    return found


def faults_of(found: dict[str, Any]) -> Iterator[str]:
    """What no page may have."""
    for name in ("ran", "handlers", "links", "frames", "outside"):
        yield from (f"{name}: {one[:120]}" for one in found[name])


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


def texts_in(found: list[str], strings: dict[int, str]) -> tuple[set[int], list[str]]:
    """Places whose string stands whole in one of the texts; texts that are neither whole nor cut.

    A line that is too long for its place is cut and ends in an ellipsis, as any text would.
    """
    whole: set[int] = set()
    torn = []
    for text in map(as_line, found):
        for mark in MARK.finditer(text):
            place = int(mark[1])
            wanted = as_line(marked(place, strings[place]))
            shown = text[mark.start() : mark.start() + len(wanted)]
            if shown == wanted:
                whole.add(place)
            elif not _is_cut(text[mark.start() :], wanted):
                torn.append(f"{wanted!r} is shown as {shown!r}")
    return whole, torn


def _is_cut(text: str, wanted: str) -> bool:
    """Whether a text begins as wanted and ends early in an ellipsis or a bracket of its own."""
    same = next(
        (at for at, (one, other) in enumerate(zip(text, wanted, strict=False)) if one != other),
        min(len(text), len(wanted)),
    )
    return text[same : same + 1] in ("…", "") or text[same : same + 2] == " …"
