"""Every kind of page, light and dark, with every fold open: axe finds nothing that keeps people out."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_pages import PAGES
from tests.conftest import Sample

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Colours alone are other ones in the dark
IN_THE_DARK = ["color-contrast"]
LOOK = """async rules => {
  document.querySelectorAll("details").forEach(one => { one.open = true; });
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
  return found.violations.flatMap(rule => rule.nodes.map(
    node => `${rule.id}: ${node.target.join(" ")} ${node.any.map(one => one.message).join("; ")}`
  ));
}"""


def looked_at(page: Page, scheme: Literal["light", "dark"] = "light") -> Any:
    page.evaluate(AXE)
    return page.evaluate(LOOK, RULES if scheme == "light" else IN_THE_DARK)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out(
    browser: Browser, site: Path, address: str, sample: Sample, scheme: Literal["light", "dark"]
) -> None:
    names = {file.name for file in (site / "portfolio").glob("*.html")} - {"index.html"}
    kinds = sorted(f"portfolio/{name}" for name in names)
    # without survey, references and groups, of which these plans have nothing
    assert len(kinds) == 9
    others = ("accounts/harbor/numbers.html", "accounts/harbor/brief.html", "guide/gate.html")
    paths = (*PAGES, *kinds, *others)
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    by_path = {}
    for path in sample(paths, 3):
        page.goto(address + path)
        if problems := looked_at(page, scheme):
            by_path[path] = problems
    context.close()
    assert by_path == {}


def test_axe_would_notice(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        "<html lang=en><title>a</title><main><h1 style='color: #aaa'>Harbor</h1><img src=x></main>"
    )
    kinds = {
        scheme: {problem.partition(":")[0] for problem in looked_at(page, scheme)}
        for scheme in ("light", "dark")
    }
    assert kinds == {"light": {"color-contrast", "image-alt"}, "dark": {"color-contrast"}}
    page.close()
