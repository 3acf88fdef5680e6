"""Take the README's pictures of the example site, light and dark: `make pictures`.

Small files, as WebP. They stand in `.ci/pictures/`, which no wheel holds.
"""

from __future__ import annotations

import base64
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from playwright.sync_api import sync_playwright  # noqa: E402

from generator.site import pdf  # noqa: E402

PAGE = "accounts/moravec-drivetrain.html"
WIDTH, HEIGHT = 1280, 800
QUALITY = 80
SCHEMES = ("light", "dark")
MOST_BYTES = 100_000


def main() -> int:
    """Write a picture for each scheme; 1 where the site is not built or a picture is too large."""
    page = REPOSITORY / "site" / PAGE
    if not page.is_file():
        sys.stderr.write("there is no site yet: run 'make site'\n")
        return 1
    sizes = [_take(page, scheme) for scheme in SCHEMES]
    return int(max(sizes) > MOST_BYTES)


def _take(page: Path, scheme: str) -> int:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=pdf.browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        tab = context.new_page()
        tab.goto(page.as_uri())
        tab.evaluate("document.fonts.ready")
        wanted = {"format": "webp", "quality": QUALITY}
        shot = context.new_cdp_session(tab).send("Page.captureScreenshot", wanted)
        browser.close()
    picture = base64.b64decode(shot["data"])
    place = REPOSITORY / ".ci" / "pictures" / f"account-{scheme}.webp"
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(picture)
    sys.stdout.write(f"{place.relative_to(REPOSITORY)}: {len(picture):,} bytes\n")
    return len(picture)


if __name__ == "__main__":
    sys.exit(main())
