"""Laying a harvest out with Jinja2 templates: those shipped here, or a community's own.

Owns the sandbox that a community's templates run in and the few words all share (dates, presence). A template gets
values that have passed consent and are escaped already; it can't reach files, and a fault in it is a sentence with
its line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from facilitator_tui.core.text import count_of
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.harvest.consent import Edition
from facilitator_tui.harvest.days import day_in_words, short_day
from facilitator_tui.harvest.sheet import Sheet

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_MANY_BLANK_LINES = re.compile(r"\n{3,}")

EDITION_WORDS: Mapping[Edition, tuple[str, str]] = {
    "team": ("Team's edition", "it holds everything, names too, and is not to be passed on"),
    "participants": ("Participants' edition", "for those who took part"),
    "public": ("Public edition", "for everybody"),
}

Templates = Mapping[str, str]
"""A community's own templates: file name (`notes.md.j2`) to source."""


def lay_out(name: str, values: Mapping[str, object], own: Templates | None = None) -> str:
    """Fill a template. FacilitatorError names file and line when a community's own one is faulty."""
    from jinja2 import TemplateError

    try:
        template = _environment(sandbox=True).from_string(own[name]) if own and name in own else _shipped(name)
        text = template.render(values)
    except (TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError) as error:
        raise FacilitatorError(
            f"The template {name}{_place(error)} can't be used: {_reason(error)}. "
            "Correct it, or move it away to use the one that comes with the console."
        ) from error
    return _MANY_BLANK_LINES.sub("\n\n", text).strip("\n") + "\n"


def _place(error: Exception) -> str:
    line = getattr(error, "lineno", None)
    trace = error.__traceback__
    while line is None and trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return f", line {line}," if line else ""


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


@lru_cache(maxsize=2)
def _environment(sandbox: bool) -> Environment:
    """The same for all templates; only those from outside pay for a look at every name they ask for."""
    from jinja2 import Environment, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    kind = ImmutableSandboxedEnvironment if sandbox else Environment
    environment = kind(
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # everything is in the ink of its medium before it comes here; none is HTML
    )
    environment.filters.update(
        day=day_in_words, short_day=short_day, presence=presence, cell=cell, sentence=sentence, edition=edition_line
    )
    return environment


@lru_cache(maxsize=16)
def _shipped(name: str) -> Template:
    source = resources.files(__package__).joinpath("templates", name).read_text("utf-8")
    return _environment(sandbox=False).from_string(source)


def edition_line(edition: Edition) -> str:
    """For whom a file is, in a sentence that stands in each of its documents."""
    name, meaning = EDITION_WORDS[edition]
    return f"{name}: {meaning}."


def cell(written: str) -> str:
    """What is in Markdown ink already, as a cell of a table."""
    return written.replace("\n  ", " ").replace("|", "\\|")


def sentence(written: str) -> str:
    """A line on one line with a stop at its end."""
    line = written.replace("\n  ", " ").rstrip()
    return line if line.endswith((".", "!", "?", "…")) else f"{line}."


def presence(sheet: Sheet) -> str:
    """How many came, as a sentence. Small numbers of newcomers are left out: they would point at people."""
    if not sheet.people:
        return "Presence was not recorded."
    people = count_of(sheet.people, "person", "people")
    orgs = count_of(sheet.organisations, "organisation")
    of = f" of {orgs}" if sheet.organisations else ""
    fresh = f", {sheet.newcomers} of them for the first time" if sheet.newcomers > 2 else ""
    return f"{people}{of} took part{fresh}."
