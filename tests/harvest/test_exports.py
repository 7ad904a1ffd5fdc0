"""The folder of exports: ticks come back, what a person changed stays, and editions are never mixed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.commandline import REAL_WEEK, CommandLine
from cli.conftest import empty, week  # noqa: F401 - fixtures of a folder with the real week
from console.played import Play, opened
from facilitator_tui import paths
from facilitator_tui.console.exports import read_back, write_all
from facilitator_tui.harvest.export import files
from facilitator_tui.store.atomic import replace

AT = "2020-09-29T15:0"


@pytest.fixture
def call(week: CommandLine) -> CommandLine:  # noqa: F811
    """Tuesday with three lines typed and exported for the team."""
    week.ok("do", "start", "--session", "tue", at=f"{AT}0")
    for text in ("! call the funder @p01", "! write it up", "= a take-away"):
        week.ok("capture", text, "--session", "tue", at=f"{AT}1")
    export(week)
    return week


def export(line: CommandLine, *more: str, at: str = f"{AT}5") -> tuple[str, str]:
    answer = line.ok("export", "--session", "tue", *more, at=at)
    return answer.out, answer.err


def path(line: CommandLine, name: str = "actions.md") -> Path:
    return line.folder / "export" / "tue" / name


def tick(file: Path, code: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(f"[ ] {code}", f"[x] {code}"), encoding="utf-8")


def flags(line: CommandLine) -> dict[str, list[str]]:
    return {one["text"]: one["flags"] for one in line.captures("--session", "tue")}


# ---------------------------------------------------------------- ticks


def test_a_tick_becomes_an_event_and_the_file_is_written_anew_under_its_name(call: CommandLine) -> None:
    tick(path(call), "tue-001")
    call.ok("capture", "! a third one", "--session", "tue", at=f"{AT}4")
    _, said = export(call)
    assert "1 action ticked in the export marked as done" in said
    assert flags(call)["call the funder"] == ["done"]
    text = path(call).read_text(encoding="utf-8")
    assert "- [x] tue-001 call the funder" in text
    assert "- [ ] tue-004 a third one" in text
    assert not path(call, "actions-2.md").exists()


def test_a_tick_is_read_once_and_a_reopened_action_stays_open(call: CommandLine) -> None:
    tick(path(call), "tue-001")
    export(call)
    call.ok("do", "undo", "--session", "tue", at=f"{AT}6")
    _, said = export(call, at=f"{AT}7")
    assert said == ""
    assert flags(call)["call the funder"] == []
    assert "- [ ] tue-001" in path(call).read_text(encoding="utf-8")


def test_a_list_that_was_ticked_and_changed_otherwise_gives_its_ticks_and_is_left_alone(call: CommandLine) -> None:
    tick(path(call), "tue-002")
    mine = path(call).read_text(encoding="utf-8") + "\nmy own line\n"
    path(call).write_text(mine, encoding="utf-8")
    out, said = export(call)
    assert flags(call)["write it up"] == ["done"]
    assert path(call).read_text(encoding="utf-8") == mine
    assert "actions-2.md" in out
    assert "changed by hand and is left alone" in said


def test_a_tick_that_fits_no_action_is_told_and_the_file_stays(call: CommandLine) -> None:
    changed = (
        path(call).read_text(encoding="utf-8").replace("[ ] tue-001 call the funder", "[x] tue-001 something else")
    )
    path(call).write_text(changed, encoding="utf-8")
    _, said = export(call)
    assert "not clear which action is ticked here" in said
    assert path(call).read_text(encoding="utf-8") == changed
    assert all(found == [] for found in flags(call).values())


def test_a_tick_in_the_weeks_list_reaches_its_session(call: CommandLine) -> None:
    export(call, "--week")
    tick(call.folder / "export" / "week" / "actions.md", "tue-002")
    _, said = export(call, "--week")
    assert "tue: 1 action ticked" in said
    assert "[x] tue-002" in path(call).read_text(encoding="utf-8")
    assert not list((call.folder / "export").rglob("*-2.md"))


def test_windows_line_ends_and_a_large_cross_are_a_tick_too(call: CommandLine) -> None:
    text = path(call).read_text(encoding="utf-8").replace("[ ] tue-001", "[X] tue-001").replace("\n", "\r\n")
    path(call).write_bytes(b"\xef\xbb\xbf" + text.encode())
    export(call)
    assert flags(call)["call the funder"] == ["done"]
    assert b"\r" not in path(call).read_bytes()


def test_a_file_without_changes_is_not_read_for_ticks(call: CommandLine) -> None:
    assert export(call)[1] == ""


def test_the_consoles_export_reads_ticks_back_too(tmp_path: Path) -> None:
    shutil.copy(REAL_WEEK, tmp_path / "sessions.toml")
    play = Play(tmp_path, store=opened(tmp_path, plan=tmp_path / "sessions.toml"))
    play.press("item.start")
    play.note("! call the funder")
    play.press("harvest.export")
    made = tmp_path / "export" / "tue" / "actions.md"
    tick(made, "tue-001")
    play.note("! and another one")
    play.press("harvest.export")
    assert play.said.startswith("written:")
    assert [one.content.flags for one in play.store.run.shown_captures()] == [("done",), ()]
    assert "- [x] tue-001 call the funder\n- [ ] tue-002 and another one" in made.read_text(encoding="utf-8")


# ---------------------------------------------------------------- editions


def test_another_edition_takes_the_place_of_the_first_and_says_so(call: CommandLine) -> None:
    export(call, "--html")
    assert path(call, "notes.html").exists()
    _, said = export(call, "--edition", "public")
    assert "held the team's edition until now; it holds the public edition now" in said
    assert 'edition: "public"' in path(call, "notes.md").read_text(encoding="utf-8")
    assert not path(call, "notes.html").exists()
    assert "Participant 01" not in "".join(one.read_text(encoding="utf-8") for one in path(call, "").iterdir())


def test_what_a_person_changed_in_another_edition_stays_and_is_named(call: CommandLine) -> None:
    path(call, "notes.md").write_text("mine", encoding="utf-8")
    _, said = export(call, "--edition", "participants")
    assert "notes.md was changed by hand and stays, and it is of the team's edition" in said
    assert path(call, "notes.md").read_text(encoding="utf-8") == "mine"
    assert 'edition: "participants"' in path(call, "notes-2.md").read_text(encoding="utf-8")


def test_editions_in_folders_of_their_own_do_not_touch_each_other(call: CommandLine) -> None:
    before = path(call, "notes.md").read_bytes()
    _, said = export(call, "--edition", "public", "--to", str(call.folder / "for-everybody"))
    assert said == ""
    assert path(call, "notes.md").read_bytes() == before
    assert (call.folder / "for-everybody" / "tue" / "notes.md").is_file()


@pytest.mark.parametrize("edition", ["team", "participants", "public"])
def test_each_document_names_its_edition(call: CommandLine, edition: str) -> None:
    export(call, "--week", "--edition", edition)
    words = {"team": "Team's edition:", "participants": "Participants' edition:", "public": "Public edition:"}
    for name in ("tue/notes.md", "tue/actions.md", "week/digest.md", "week/actions.md"):
        text = (call.folder / "export" / name).read_text(encoding="utf-8")
        assert [one for one, said in words.items() if said in text] == [edition], name


def test_a_page_once_asked_for_is_written_anew_with_every_export(call: CommandLine) -> None:
    export(call, "--html")
    call.ok("capture", "= said later", "--session", "tue", at=f"{AT}6")
    export(call, at=f"{AT}7")
    assert "said later" in path(call, "notes.html").read_text(encoding="utf-8")


def test_writing_the_same_edition_again_says_nothing(tmp_path: Path) -> None:
    files = {"tue/notes.md": b"one", "tue/actions.md": b"- [ ] tue-001 x\n"}
    assert write_all(tmp_path, files, "team").remarks == ()
    assert write_all(tmp_path, files, "team").remarks == ()


def test_the_console_too_writes_a_page_anew_that_is_there(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    play.press("harvest.export")
    store = play.store
    target = paths.export_folder(store.plan_path)
    page = target / "tue" / "notes.html"
    assert not page.exists()
    made = files([store.run], store.run.plan, play.clock(), html=True)
    write_all(target, made.files, "team")
    play.note("= said after the page was made")
    play.press("harvest.export")
    assert "said after the page was made" in page.read_text(encoding="utf-8")


def test_an_export_that_was_broken_off_is_cleared_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    team = {"tue/notes.md": b"team", "tue/rooms-groups-1.csv": b"names"}
    write_all(tmp_path, {"tue/notes.md": b"public"}, "public")
    monkeypatch.setattr("facilitator_tui.store.atomic.replace", full_before("notes.md"))
    with pytest.raises(OSError, match="no space"):
        write_all(tmp_path, dict(reversed(team.items())), "team")
    monkeypatch.undo()
    assert (tmp_path / "tue" / "rooms-groups-1.csv").exists()
    write_all(tmp_path, {"tue/notes.md": b"public"}, "public")
    assert sorted(one.name for one in (tmp_path / "tue").iterdir()) == [".edition", ".made", "notes.md"]


def full_before(name: str) -> Callable[..., None]:
    """`replace` on a disk that is full when it comes to one file."""

    def write(path: Path, content: bytes, *, settle: bool = True) -> None:
        if path.name == name:
            raise OSError("no space left")
        replace(path, content, settle=settle)

    return write


def test_nothing_is_read_back_where_nothing_was_exported(tmp_path: Path) -> None:
    from harvest.tuesday import tuesday

    assert read_back(tmp_path, tuesday().fold.run).outcome.payloads == ()


def test_a_title_with_somebody_in_it_is_printed_and_pointed_out(week: CommandLine) -> None:  # noqa: F811
    plan = REAL_WEEK.read_text(encoding="utf-8").replace("One word from your week", "One word from Stella")
    week.plan(plan)
    where = ("--session", "tue", "--edition", "public", "--at", f"{AT}5")
    said = "printed as it stands in the plan: One word from Stella"
    assert said in week.ok("export", *where).err
    assert said in week.ok("export", "--json", *where).json["remarks"][0]
    assert "| One word from Stella |" in (week.folder / "export" / "tue" / "notes.md").read_text(encoding="utf-8")


# ---------------------------------------------------------------- templates beside the plan


@pytest.mark.parametrize(
    "source",
    [
        b"{% for x in %}",
        b"\n\n{{ s.nothing_like_it }}",
        b"{{ ''.__class__.__mro__[1].__subclasses__() }}",
        b"{% include '/etc/passwd' %}",
        b"{{ 1 / 0 }}",
        b"\xff\xfe\xff",
    ],
)
def test_a_broken_template_is_one_sentence_that_names_it_and_nothing_is_written(
    call: CommandLine, source: bytes
) -> None:
    before = path(call, "notes.md").read_bytes()
    folder = call.folder / "templates"
    folder.mkdir()
    (folder / "notes.md.j2").write_bytes(source)
    call.ok("capture", "= another", "--session", "tue", at=f"{AT}6")
    said = call.refused("export", "--session", "tue", "--html", at=f"{AT}7")
    assert "notes.md.j2" in said
    assert path(call, "notes.md").read_bytes() == before


def test_a_communitys_own_template_is_used_for_the_notes_and_their_page(call: CommandLine) -> None:
    folder = call.folder / "templates"
    folder.mkdir()
    (folder / "notes.md.j2").write_text("# Ours\n\n{% for e in s.of('takeaway') %}- {{ e.text }}\n{% endfor %}")
    export(call, "--html")
    assert path(call, "notes.md").read_text(encoding="utf-8") == "# Ours\n\n- a take-away\n"
    assert "<h1>Ours</h1>" in path(call, "notes.html").read_text(encoding="utf-8")
