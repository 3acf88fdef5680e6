"""A page as PDF, through the Chromium that is installed; it sees the page and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from generator.errors import BuildError

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""Programs that make PDFs; what has no window comes first, for it takes a third less time."""
SECONDS = 120
_QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--no-first-run",
    "--no-pdf-header-footer",
    # No name is found and nothing answers, not even on this machine
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://0.0.0.0:1",
    "--proxy-bypass-list=<-loopback>",
)


def browser() -> str:
    """The program that makes PDFs; an error with the cure where there is none."""
    program = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if program is None:
        raise BuildError(
            f"no Chromium for the PDF (looked for {', '.join(BROWSERS)}):"
            " install one, or write the page itself with --html"
        )
    return program


def pdf_of(html: str, beside: Path) -> bytes:
    """A page that stands alone as PDF.

    `beside` is a folder for what lasts as long as the work: a browser in a cage of its own may see
    the user's folders and no other's.
    """
    program = browser()
    try:
        with tempfile.TemporaryDirectory(prefix="playbook-brief-", dir=beside) as folder:
            return _printed(program, html, Path(folder))
    except OSError as error:
        raise BuildError(f"cannot make the PDF in {beside}: {error.strerror}") from error


def _printed(program: str, html: str, folder: Path) -> bytes:
    page, made = folder / "brief.html", folder / "brief.pdf"
    page.write_bytes(html.encode())
    # The sandbox does not work for root; elsewhere it stays
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    command = (
        *(program, *_QUIET, *(("--no-sandbox",) if is_root else ())),
        f"--user-data-dir={folder / 'profile'}",
        f"--print-to-pdf={made}",
        page.as_uri(),
    )
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BuildError(f"{Path(program).name} made no PDF within {SECONDS} seconds") from error
    if not made.is_file():
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise BuildError(
            f"{Path(program).name} made no PDF: {lines[-1] if lines else 'no word why'}"
        )
    return made.read_bytes()
