"""A file that can't be understood is one clear sentence on the command line, and nothing of it is taken."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from cli.commandline import CommandLine
from cli.conftest import empty, week  # noqa: F401 - fixtures of a folder with the real week

AT = "2020-09-29T15:00"
TABLE = "Name,Email\nParticipant 01,p01@example.org\nParticipant 02,\n"

ODD = {
    "empty.csv": b"",
    "blank.csv": b"\n\n  \n",
    "picture.csv": bytes(range(256)) * 20,
    "workbook.xlsx": b"PK\x03\x04" + b"\0" * 200,
    "old.xls": b"\xd0\xcf\x11\xe0" + b"\0" * 200,
    "report.pdf": b"%PDF-1.7 ...",
    "page.html": b"<!DOCTYPE html><html><body>Sign in</body></html>",
    "other.json": b'{"people": ["Participant 01"]}',
    "broken.json": b'{"schedule": ',
    "broken.ics": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:never\r\n",
    "numbers.csv": b"1,2,3\n4,5,6\n",
    "prose.txt": b"we met and talked about many things\nand then we went home\n",
    "quote.csv": b'Name,Email\n"Participant 01,p01@example.org\nParticipant 02,x\n' + b"a" * 1_100_000,
    "unclosed.csv": b'Name,Email\n"Participant 01,p01@example.org\nParticipant 02,\n',
    "crowd.csv": b"Name,Email\n" + b"".join(b"Guest,g%d@example.org\n" % number for number in range(50_000)),
    "half.csv": "Name,Email\nParticipant 01,é\n".encode("utf-16")[:-1],
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_is_one_sentence_and_nothing_is_taken(week: CommandLine, name: str) -> None:  # noqa: F811
    path = week.folder / name
    path.write_bytes(ODD[name])
    said = week.refused("import", str(path), "--yes", "--session", "tue", at=AT)
    assert len(said) > 30
    assert said.endswith(".") or ":" in said
    assert not (week.folder / "records").exists()


def test_a_file_that_is_not_there_is_one_sentence(week: CommandLine) -> None:  # noqa: F811
    assert "no file that can be read" in week.refused("import", "nowhere.csv", "--yes", at=AT)


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode("utf-16"),
        TABLE.encode("utf-16-le"),
        TABLE.replace(",", ";").encode("cp1252"),
        TABLE.replace(",", "\t").encode("utf-8-sig"),
        TABLE.replace("Name,Email", "Nombre,Correo electrónico").encode(),
        TABLE.replace("Name,Email", "Teilnehmer,E-Mail-Adresse").encode("cp1252"),
        TABLE.replace("Participant 02,", "Participant 02").replace("org\n", "org,more,cells\n").encode(),
        TABLE.replace("\n", "\r").encode(),
    ],
)
def test_encodings_delimiters_languages_and_ragged_rows_do_not_matter(week: CommandLine, content: bytes) -> None:  # noqa: F811
    path = week.folder / "people.csv"
    path.write_bytes(content)
    week.ok("import", str(path), "--as", "presence", "--yes", "--session", "tue", at=AT)
    here = [event["person"] for event in week.log("--session", "tue") if event["kind"] == "person.arrived"]
    assert here == ["p01", "p02"]


def test_without_a_yes_nothing_is_taken(week: CommandLine) -> None:  # noqa: F811
    path = week.folder / "people.csv"
    path.write_text(TABLE, encoding="utf-8")
    said = week.ok("import", str(path), "--as", "presence", "--session", "tue", at=AT).err
    assert "nothing was taken" in said
    assert not (week.folder / "records").exists()


def test_fifty_thousand_rows_are_read_within_seconds(week: CommandLine, tmp_path: Path) -> None:  # noqa: F811
    path = tmp_path / "large.csv"
    rows = (f"Somebody {number},s{number}@example.org,,09/29/2020 03:01:02 PM" for number in range(50_000))
    path.write_text("\n".join(["Name,User Email,Organization,Join Time", *rows]), encoding="utf-8")
    began = time.process_time()
    answer = week("import", str(path), "--session", "tue", at=AT)
    assert answer.code in (0, 1)
    assert time.process_time() - began < 15
    assert not (week.folder / "records").exists()
