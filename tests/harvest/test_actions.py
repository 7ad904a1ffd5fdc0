"""Actions in three forms, and ticks that come back."""

from __future__ import annotations

import csv
import io

from facilitator_tui.harvest.actions import read_ticks, ticked
from facilitator_tui.harvest.export import files
from harvest.tuesday import call_of, real_week, tuesday, typed


def exported(call: object, name: str) -> str:
    made = files([call.fold.run], call.plan, call.instant("18:00"))  # type: ignore[attr-defined]
    return made.files[f"tue/{name}"].decode()


def test_a_tick_in_an_edited_file_is_read_back_by_its_code() -> None:
    call = tuesday()
    edited = exported(call, "actions.md").replace("- [ ] tue-040", "* [X] tue-040")
    ticks = read_ticks(edited, call.fold.run)
    assert ticks.unclear == ()
    for event in ticked(call.fold.run, ticks.done):
        call.happen(call.instant("18:01"), event)
    assert "- [x] tue-040 collect one-page agreements" in exported(call, "actions.md")


def test_a_file_without_new_ticks_changes_nothing() -> None:
    call = tuesday()
    assert read_ticks(exported(call, "actions.md"), call.fold.run).done == ()
    assert read_ticks(exported(call, "actions.md").replace("[x]", "[ ]"), call.fold.run).done == ()


def test_a_code_that_has_moved_on_is_found_by_its_text() -> None:
    call = tuesday()
    edited = exported(call, "actions.md").replace("- [ ] tue-041", "- [x] tue-007")
    [done] = read_ticks(edited, call.fold.run).done
    assert next(c for c in call.fold.run.captures if c.id == done).content.text.startswith("ask two funders")


def test_a_ticked_line_that_fits_no_action_is_unclear_and_takes_nothing() -> None:
    call = tuesday()
    ticks = read_ticks("- [x] tue-039 something else\n- [x] wed-001 of another day\n", call.fold.run)
    assert ticks.done == ()
    assert ticks.unclear == ("- [x] tue-039 something else",)


def test_ticks_survive_escapes_and_windows_line_ends() -> None:
    call = call_of(real_week(), "tue")
    call.do("15:00", "start")
    typed(call, "15:01", "! read [the *paper*] <now> & tell # others")
    edited = exported(call, "actions.md").replace("[ ]", "[x]").replace("\n", "\r\n")
    assert len(read_ticks("\ufeff" + edited, call.fold.run).done) == 1


def test_the_csv_has_a_row_an_action_and_protects_its_cells() -> None:
    call = call_of(real_week(), "tue")
    call.do("15:00", "start")
    typed(call, "15:01", '! =HYPERLINK("x"), please @p01 due:fri')
    rows = list(csv.DictReader(io.StringIO(exported(call, "actions.csv"))))
    assert rows[0]["action"] == '\'=HYPERLINK("x"), please'
    assert (rows[0]["owner"], rows[0]["due"], rows[0]["done"]) == ("Participant 01", "2020-10-02", "no")


def test_todo_txt_has_a_line_a_task_with_its_due_date() -> None:
    lines = exported(tuesday(), "actions.todo.txt").splitlines()
    assert lines[0] == "2020-09-29 send the slides to everybody +plw2020-tue @darian-stibbe due:2020-10-02 code:tue-039"
    assert lines[3].startswith("x put the recording")
