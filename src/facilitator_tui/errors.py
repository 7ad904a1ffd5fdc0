"""The errors that a user can cause. Each message is one plain sentence with a next step."""

from __future__ import annotations


class FacilitatorError(Exception):
    """A sentence for the user. `cli.main` prints it and leaves with `exit_code`."""

    exit_code = 1


class UsageError(FacilitatorError):
    """The command line itself was wrong (exit code 2)."""

    exit_code = 2
