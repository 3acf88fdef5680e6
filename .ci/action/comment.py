"""Write what a change means as a comment of its pull request, or in the place of the one before.

Says on $GITHUB_OUTPUT whether it was written: a token of a fork may only read.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MARK = "<!-- account-playbooks: what this change means -->"
MAY_NOT = {401, 403, 404}
A_PAGE = 100


def main() -> int:
    """The exit code: 0 whether written or not, 1 when the host answers what it never should."""
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
    number = event.get("pull_request", {}).get("number")
    if number is None:
        return said(written=None)
    body = f"{MARK}\n{Path(os.environ['PLAYBOOK_DIFF']).read_text(encoding='utf-8')}"
    address = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/issues"
    try:
        marked = list(comments(f"{address}/{number}/comments"))
        if not any(
            replaced(f"{address}/comments/{comment['id']}", comment, body) for comment in marked
        ):
            ask("POST", f"{address}/{number}/comments", {"body": body})
    except urllib.error.HTTPError as error:
        if error.code not in MAY_NOT:
            sys.stdout.write(
                f"::error::the comment was not written: the host answers {error.code}\n"
            )
            return 1
        sys.stdout.write("::notice::no comment: the token may not write; see the job's summary\n")
        return said(written=False)
    return said(written=True)


def comments(address: str) -> Iterator[dict[str, Any]]:
    """Our own comments on the pull request, however many others there are."""
    page = 1
    while batch := ask("GET", f"{address}?per_page={A_PAGE}&page={page}"):
        yield from (comment for comment in batch if str(comment["body"]).startswith(MARK))
        if len(batch) < A_PAGE:
            return
        page += 1


def replaced(address: str, comment: dict[str, Any], body: str) -> bool:
    """Whether a comment says it now; not one that only bears our mark and is another's."""
    if comment["body"] == body:
        return True
    try:
        ask("PATCH", address, {"body": body})
    except urllib.error.HTTPError as error:
        if error.code in MAY_NOT:
            return False
        raise
    return True


def ask(method: str, address: str, data: dict[str, str] | None = None) -> Any:
    """What the host answers."""
    request = urllib.request.Request(  # noqa: S310 - the runner gives the address
        address,
        method=method,
        data=json.dumps(data).encode() if data else None,
        headers={
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {os.environ['PLAYBOOK_TOKEN']}",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return json.load(answer)


def said(*, written: bool | None) -> int:
    """Tell the steps that follow."""
    if written is not None:
        with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as output:
            output.write(f"written={str(written).lower()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
