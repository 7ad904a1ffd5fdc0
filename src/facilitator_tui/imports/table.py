"""From the text of a CSV file to the rows of people in it, whatever program wrote it.

Owns delimiters, sections with headers of their own, ragged rows and what stands above a header. It must not know
who is on a roster. A person who came and went has several rows, which are joined only by the same mail address
or, without one, the same name.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from facilitator_tui.core.text import clean, fold_case
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.imports.columns import (
    Columns,
    Role,
    Row,
    by_shape,
    is_header,
    is_mail,
    is_value,
    may_be_header,
    roles,
)

_DELIMITERS = ",;\t|"
_LONGEST_CELL = 1_000_000
_LONGEST_NAME = 200
_HEAD = 100_000
_LONGEST_TIME = 40
_DIGIT = re.compile(r"\d")
_NO = frozenset(("no", "nein", "non", "nee", "nao", "нет", "いいえ", "否", "false", "0"))
_DECLINED = frozenset(("denied", "cancelled", "canceled", "declined", "rejected", "abgelehnt", "rechazado"))
_LEFT = frozenset(("left", "verlassen", "salido", "parti"))
_CLOCKS = (
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y, %I:%M:%S %p",
    "%m/%d/%y, %I:%M:%S %p",
    "%m/%d/%Y %H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%b %d, %Y %H:%M:%S",
    "%b %d, %Y %I:%M %p",
    "%b %d, %Y %I:%M:%S %p",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y, %H:%M:%S",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y, %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%m/%d/%Y %H:%M",
    "%d.%m.%Y %H:%M",
)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of a file. Times are as they stand there: on the clock of whoever made the report."""

    name: str
    email: str = ""
    org: str = ""
    joined: datetime | None = None
    left: datetime | None = None
    line: int = 0
    """The row it was found in, from 1."""

    @property
    def said(self) -> str:
        """What to call the row: its name, or its address where it has none."""
        return self.name or self.email

    @property
    def key(self) -> str:
        return fold_case(self.email) if self.email else f"name {fold_case(self.name)}"


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """The people of a file and whether it says when they came."""

    people: tuple[PersonRow, ...]
    has_times: bool
    source: str


def people_table(text: str) -> PeopleTable:
    """The people of a CSV text. FacilitatorError when there are none to be found."""
    rows = _rows(text)
    sections = list(_sections(rows))
    named = [section for section in sections if {"name", "first", "last"} & set(section.columns)]
    chosen = named or [section for section in sections if "email" in section.columns] or list(_unnamed(rows))
    people = _joined(person for section in chosen for person in section.people())
    if not people:
        raise FacilitatorError(
            "No column of names or mail addresses was found: the file needs a first row such as Name,Email."
        )
    times = any({"join", "time", "minutes"} & set(section.columns) for section in chosen)
    return PeopleTable(people, times, _source(text, rows, chosen))


@dataclass(frozen=True, slots=True)
class _Section:
    columns: Columns
    rows: Sequence[tuple[int, Row]]
    header: Row = ()

    def people(self) -> Iterable[PersonRow]:
        for line, row in self.rows:
            person = self._person(line, row)
            if person and (person.name or person.email):
                yield person

    def _person(self, line: int, row: Row) -> PersonRow | None:
        def cell(role: Role) -> str:
            place = self.columns.get(role)
            return " ".join(clean(row[place]).split())[:_LONGEST_NAME] if place is not None and place < len(row) else ""

        if fold_case(cell("attended")) in _NO or fold_case(cell("approval")) in _DECLINED:
            return None
        name = cell("name") or " ".join(filter(None, (cell("first"), cell("last"))))
        email = cell("email")
        joined, left = moment(cell("join")), moment(cell("leave"))
        if "action" in self.columns:
            at = moment(cell("time"))
            gone = bool(_LEFT & set(fold_case(cell("action")).split()))
            joined, left = (None, at) if gone else (at, None)
        return PersonRow(name, email if is_mail(email) else "", cell("org"), joined, left, line)


# ---------------------------------------------------------------- rows and sections


def _rows(text: str) -> list[Row]:
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        delimiter = _delimiter(text)
        rows: list[Row] = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        if _is_unclosed(rows, text, delimiter):
            raise csv.Error("a quotation mark is never closed")
        return rows
    except csv.Error as error:
        raise FacilitatorError(
            f"The file is no readable CSV ({error}): open it in a spreadsheet and save it as CSV again."
        ) from error
    finally:
        csv.field_size_limit(before)


def _is_unclosed(rows: Sequence[Row], text: str, delimiter: str) -> bool:
    """Whether the last cell holds rows, up to the end of the file, because its quotation mark was forgotten."""
    last = rows[-1][-1] if rows and rows[-1] else ""
    return delimiter in last and "\n" in last.strip() and not text.rstrip().endswith('"')


def _delimiter(text: str) -> str:
    """The sign by which most columns of people are named; else the one that most lines share."""
    lines = [line for line in text[:_HEAD].splitlines()[:60] if line.strip()]

    def fitness(sign: str) -> tuple[int, int]:
        named = max((len(roles(row)) for row in csv.reader(lines, delimiter=sign) if may_be_header(row)), default=0)
        return named, sum(sign in line for line in lines)

    return max(_DELIMITERS, key=fitness)


def _sections(rows: Sequence[Row]) -> Iterable[_Section]:
    """Parts of a file with a header of their own; a part ends at the next header or at an empty row."""
    columns: Columns | None = None
    header: Row = ()
    body: list[tuple[int, Row]] = []
    for line, row in enumerate(rows, 1):
        empty = not any(cell.strip() for cell in row)
        opens = not empty and (is_header(row) or (columns is None and may_be_header(row)))
        if columns is not None and (opens or empty):
            yield _Section(columns, body, header)
            columns, body = None, []
        if opens:
            columns, header = roles(row), row
        elif columns is not None:
            body.append((line, row))
    if columns is not None:
        yield _Section(columns, body, header)


def _unnamed(rows: Sequence[Row]) -> Iterable[_Section]:
    """The largest part of a file whose header is in no known language, or missing."""
    parts: list[list[tuple[int, Row]]] = [[]]
    for line, row in enumerate(rows, 1):
        if not any(cell.strip() for cell in row):
            parts.append([])
        else:
            parts[-1].append((line, row))
    largest = max(parts, key=len)
    if not largest:
        return
    first, rest = largest[0][1], largest[1:]
    headed = len(rest) > 0 and not any(map(is_value, first)) and any(is_value(cell) for _, r in rest for cell in r)
    body = rest if headed else largest
    columns = by_shape([row for _, row in body])
    if "email" in columns or ("join" in columns and "name" in columns):
        yield _Section(columns, body)


def _joined(people: Iterable[PersonRow]) -> tuple[PersonRow, ...]:
    """One row a person: the first coming, the last leaving."""
    found: dict[str, PersonRow] = {}
    for person in people:
        known = found.get(person.key)
        if known is None:
            found[person.key] = person
            continue
        found[person.key] = replace(
            known,
            name=known.name or person.name,
            org=known.org or person.org,
            joined=min(filter(None, (known.joined, person.joined)), default=None),
            left=max(filter(None, (known.left, person.left)), default=None),
        )
    return tuple(found.values())


def moment(text: str) -> datetime | None:
    """A time of a report, without a zone; None when it is written in no known way."""
    text = " ".join(text.replace("\u202f", " ").split())
    for form in _forms(_DIGIT.sub("1", text)) if text and len(text) < _LONGEST_TIME else ():
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None


@lru_cache(maxsize=256)
def _forms(shape: str) -> tuple[str, ...]:
    """The forms that fit a time whose digits are all ones: found once a file, not once a row."""
    fitting = []
    for form in _CLOCKS:
        try:
            datetime.strptime(shape, form)
        except ValueError:
            continue
        fitting.append(form)
    return tuple(fitting)


def _source(text: str, rows: Sequence[Row], chosen: Sequence[_Section]) -> str:
    """Which program wrote the file, to say so; empty when it is a plain list."""
    words = {fold_case(cell) for section in chosen for cell in section.header}
    start = fold_case(text[:3000])
    if {"moderator", "activity score"} & words:
        return "BigBlueButton"
    if "in-meeting duration" in words or "user action" in words or "1. summary" in start:
        return "Teams"
    if "attended" in words or "attendee report" in start:
        return "Zoom webinar"
    if "approval status" in words:
        return "Zoom registration"
    if any("original name" in word for word in words) or "recording consent" in words:
        return "Zoom participants"
    return ""
