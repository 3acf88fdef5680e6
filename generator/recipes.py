"""Recipes for a team's own repository: checking, publishing and reminding on a host.

They travel with the program as `templates/recipes/`; its README says what each does and where it
goes. They name a copy of the program and a commit of it, which `recipes_for` fills in.
"""

from __future__ import annotations

import enum
import importlib.metadata
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.share import templates_folder

UNNAMED_URL = "https://git.example.com/tools/account-playbooks"
UNNAMED_COMMIT = "0" * 40
"""What stands in the recipes until somebody names the program that they install."""
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_URL = re.compile(r"https?://[A-Za-z0-9._~:/%@+-]+|(?:git\+)?(?:ssh|file)://[A-Za-z0-9._~:/%@+-]+")


class Host(enum.StrEnum):
    """Where a team's repository lies, or its site."""

    GITHUB = "github"
    GITLAB = "gitlab"
    OWN = "own"
    """A host of the firm, which runs containers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A copy of this program that recipes install."""

    url: str
    """The git repository."""
    commit: str
    """Its whole hash: a tag or a branch may come to mean something else."""

    def __post_init__(self) -> None:
        """Refuse what would mean something else in a file of a host: ValueError."""
        if not _URL.fullmatch(self.url):
            raise ValueError(f"{self.url!r} is no address of a git repository")
        if not _COMMIT.fullmatch(self.commit):
            raise ValueError(f"{self.commit!r} is no whole hash of a commit")


_PLACES: Mapping[str, Mapping[Host, str]] = {
    "github-pull-request.yml": {Host.GITHUB: ".github/workflows/playbooks.yml"},
    "github-publish.yml": {Host.GITHUB: ".github/workflows/publish.yml"},
    "github-plan-change.yml": {Host.GITHUB: ".github/ISSUE_TEMPLATE/plan-change.yml"},
    "gitlab-ci.yml": {Host.GITLAB: ".gitlab-ci.yml"},
    "CODEOWNERS": {Host.GITHUB: ".github/CODEOWNERS", Host.GITLAB: "CODEOWNERS"},
    "pre-commit-config.yaml": {
        Host.GITHUB: ".pre-commit-config.yaml",
        Host.GITLAB: ".pre-commit-config.yaml",
    },
    "Containerfile": {Host.OWN: "Containerfile"},
    "nginx.conf": {Host.OWN: "nginx.conf"},
}
"""By recipe where it goes, on the hosts that it is for."""


def recipes_for(host: Host, program: Program | None = None) -> dict[str, str]:
    """By place in the repository the text of each recipe for a host.

    Without a program they name none that there is: somebody has to write it in.
    """
    folder = templates_folder() / "recipes"
    return {
        places[host]: _filled((folder / name).read_text(encoding="utf-8"), program)
        for name, places in _PLACES.items()
        if host in places
    }


def _filled(text: str, program: Program | None) -> str:
    if program is None:
        return text
    return text.replace(UNNAMED_URL, program.url).replace(UNNAMED_COMMIT, program.commit)


def installed_program() -> Program | None:
    """The copy that this program was installed from, where pip took it from a git repository.

    Python's own record of an installation says so (PEP 610); None for any other.
    """
    try:
        record = importlib.metadata.distribution("account-playbooks").read_text("direct_url.json")
    except importlib.metadata.PackageNotFoundError:
        return None
    return program_of(record) if record else None


def program_of(record: str) -> Program | None:
    """The git repository and commit of a record as PEP 610 has it; None where it names none."""
    try:
        said = json.loads(record)
        version = said["vcs_info"]
        if version["vcs"] != "git":
            return None
        return Program(url=said["url"], commit=version["commit_id"])
    except (ValueError, KeyError, TypeError):
        return None
