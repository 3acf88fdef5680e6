"""The program cannot go on.

PlaybookError
├── WorkspaceError   the folder is not a workspace, or cannot be read
├── SettingsError    site_config has findings; carries them
├── GitError         a revision that git does not know, or cannot read
├── AudienceError    an edition for an audience cannot be made
└── BuildError       the site could not be built or published
"""

from __future__ import annotations

from generator.problems import Problem


class PlaybookError(Exception):
    """A plain sentence for the user; the command line prints it and exits with 2."""


class WorkspaceError(PlaybookError):
    """The workspace, or something given on the command line, cannot be used."""


class SettingsError(PlaybookError):
    """site_config cannot be used; `problems` says where and why."""

    def __init__(self, problems: tuple[Problem, ...], whose: str = "site_config") -> None:
        """Keep the findings for the report; the text is a summary."""
        count = len(problems)
        super().__init__(f"{whose} has {count} {'error' if count == 1 else 'errors'}")
        self.problems = problems


class GitError(PlaybookError):
    """A revision cannot be read."""


class AudienceError(PlaybookError):
    """An edition would show what its audience may not see, or show a part as the whole."""


class BuildError(PlaybookError):
    """The site builder failed, or what it built is not fit to publish."""
