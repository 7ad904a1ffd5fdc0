"""The line mode: one line is one command or one note, told in sentences, with the same log as everything else."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cli.commandline import CommandLine, spawn
from facilitator_tui.cli import spoken
from facilitator_tui.cli.line_mode import HELP, LineMode
from facilitator_tui.cli.place import Place, read_instant
from facilitator_tui.cli.typed import ALONE, NUMBERED, SHOWS, WITH_WORDS, Typed, read_line
from facilitator_tui.core.alerts import Alert
from facilitator_tui.store.session_store import SessionStore

START = "2026-03-10T09:00:00+01:00"


class Lines:
    """A call played by lines on a clock that is set by hand."""

    def __init__(self, folder: Path, at: str = START, *, asks: bool = True) -> None:
        self.place = Place(plan=str(folder / "sessions.toml"), at=read_instant(at))
        path = self.place.plan_path()
        self.store = SessionStore.open(path, self.place.records_folder(path), self.place.now)
        self.mode = LineMode(self.store, self.place, asks=asks)
        self.opening = self.mode.opening()

    def at(self, clock: str) -> list[str]:
        """Time goes on to another time of day; what is told of itself."""
        wanted, told = read_instant(f"2026-03-10T{clock}+01:00"), []
        while self.place.now < wanted:
            told += self._look(min(wanted, self.place.now + timedelta(seconds=15)))
        return told

    def slept_until(self, clock: str) -> list[str]:
        return self._look(read_instant(f"2026-03-10T{clock}+01:00"))

    def _look(self, moment: datetime) -> list[str]:
        self.place = self.mode._place = self.place.over(at=moment)
        return self.mode.look()

    def __call__(self, *lines: str) -> list[str]:
        """Type lines; what the last one is answered with."""
        return [self.mode.take(line) for line in lines][-1]

    @property
    def events(self) -> list[str]:
        return [event.payload.kind for event in self.store.events]


@pytest.fixture
def lines(x: CommandLine) -> Lines:
    return Lines(x.folder)


# ---------------------------------------------------------------- what a line means


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("n", Typed("do", "next")),
        ("next", Typed("do", "next")),
        ("U", Typed("do", "redo")),
        ("s", Typed("do", "start")),
        ("start qa", Typed("do", "start", ("qa",))),
        ("+5", Typed("do", "extend", ("+5",))),
        ("- 3", Typed("do", "extend", ("-3",))),
        ("+", Typed("do", "extend", ("+1",))),
        ("until 10:40", Typed("do", "extend", ("until", "10:40"))),
        ("e 7", Typed("do", "exact", ("7",))),
        ("o break 5", Typed("do", "insert", ("break", "5"))),
        ("here Ana Example", Typed("do", "here", ("Ana", "Example"))),
        ("who", Typed("show", "who")),
        ("/help", Typed("show", "help")),
        ("?", Typed("show", "help")),
        ("q", Typed("leave")),
        ("", Typed("nothing")),
        ("nxt", Typed("unknown", "nxt")),
    ],
)
def test_a_line_is_the_command_that_a_key_would_be(line: str, meant: Typed) -> None:
    assert read_line(line) == meant


@pytest.mark.parametrize(
    "line",
    ["= evidence is needed", "++ trust", "-- sign-off chains", "! Ana writes the report", "? why now", "> a quote",
     "next we look at the budget", "undo the harm first", "pause before you speak", "status quo is no option",
     "two words", "until we meet again", "/room 2", "#equity matters"],
)  # fmt: skip
def test_marks_and_sentences_are_written_down_whatever_they_begin_with(line: str) -> None:
    assert read_line(line) == Typed("capture", rest=(line,))


def test_i_writes_down_whatever_stands_behind_it() -> None:
    assert read_line("i next") == Typed("capture", rest=("next",))


def test_n_is_an_answer_only_while_something_is_asked() -> None:
    assert read_line("n", asked=True) == Typed("answer", "no")
    assert read_line("Yes", asked=True) == Typed("answer", "yes")
    assert read_line("yes") == Typed("unknown", "yes")


def test_no_word_means_two_things() -> None:
    tables = (ALONE, WITH_WORDS, NUMBERED, SHOWS)
    words = [word for table in tables for word in table if word != "rooms"]
    assert len(words) == len(set(words))


# ---------------------------------------------------------------- playing


def test_the_opening_tells_the_call_what_is_on_and_how_to_go_on(lines: Lines) -> None:
    assert lines.opening == [
        "X, Tuesday 10 March, session x.",
        "Not started; the start is planned for 09:00. s starts it.",
        "First: A, 10 minutes.",
        "Ends at 11:00, on time.",
        "help tells the commands; q leaves.",
    ]


def test_an_action_is_told_in_a_sentence_and_where_it_led_to(lines: Lines) -> None:
    assert lines("s") == ["A started 09:00.", "Now: A, 10 minutes left, until 09:10.", "Next: B, 30 minutes."]
    assert lines("+5") == ["A plus 5 minutes, now 15 minutes."]
    assert lines("u") == ["Undone: change of time of A."]
    assert lines.events == ["session.started", "item.started", "item.extended", "action.undone"]


def test_an_empty_line_says_what_is_on(lines: Lines) -> None:
    lines("s")
    lines.at("09:07:30")
    assert lines("")[0] == "Now: A, 2 minutes 30 seconds left, until 09:10."


def test_time_speaks_for_itself_and_each_thing_once(lines: Lines) -> None:
    lines("s")
    assert lines.at("09:07:59") == []
    assert lines.at("09:08:00") == ["2 minutes left: A."]
    assert lines.at("09:08:01") == []
    assert lines.at("09:09:00") == ["1 minute left: A."]
    assert lines.at("09:10:01") == ["Time is up: A."]


def test_what_an_action_brings_about_is_not_told_once_more(lines: Lines) -> None:
    lines("s", "-9")
    assert lines.at("09:00:01") == []


def test_a_note_is_told_as_it_was_understood(lines: Lines) -> None:
    lines("s")
    assert lines("= evidence is needed #impact") == ["Written down: 09:00 takeaway: evidence is needed."]
    assert lines("notes") == ["09:00 takeaway: evidence is needed."]
    assert lines("find nothing like it") == ["Nothing like that was written down."]


def test_a_room_sticks_from_line_to_line(lines: Lines) -> None:
    lines("start c", "yes", "/q -", "first thought here")
    assert lines.events[-1] == "capture.added"


def test_a_slip_is_not_written_down_but_asked_about(lines: Lines) -> None:
    (said,) = lines("nxt")
    assert said == "No command 'nxt'; to write it down, say i nxt. did you mean next?"
    assert lines.mode.refused and lines.events == []


def test_a_refused_sentence_says_how_it_is_written_down(lines: Lines) -> None:
    (said,) = lines("here is what I think")
    assert said.endswith("here +NAME adds somebody; to write the line down, put i before it.")
    assert lines("here +Ana del Mar") == ["Ana del Mar is here."]


def test_a_question_waits_for_yes_and_any_other_line_lets_it_fall(lines: Lines) -> None:
    lines("s")
    lines.at("09:05:00")
    assert lines("finish") == ["Finish the session? Say yes or no."]
    assert lines("no") == ["Nothing is done."]
    lines("finish")
    assert lines("+1") == ["A plus 1 minute, now 11 minutes."]
    assert lines("yes")[0].startswith("No command 'yes'")
    lines("finish")
    assert lines("yes")[0].startswith("Finished at 09:05")


def test_compress_is_told_before_it_is_done(lines: Lines) -> None:
    lines("s", "+60")
    told = lines("c")
    assert told[0] == "E: 25 minutes becomes 10 minutes." and told[-1].endswith("Say yes or no.")
    lines("no")
    assert lines.events[-1] == "item.extended"
    lines("c", "yes")
    assert lines.events[-1] == "agenda.compressed"


def test_without_anybody_to_answer_everything_is_done_at_once(x: CommandLine) -> None:
    lines = Lines(x.folder, asks=False)
    lines("s")
    lines.at("09:05:00")
    assert lines("finish")[0].startswith("Finished at 09:05")


def test_the_move_of_another_window_is_told(lines: Lines, x: CommandLine) -> None:
    lines("s")
    lines.at("09:04:00")
    x.ok("do", "next", at="2026-03-10T09:04:00+01:00")
    assert lines.at("09:04:01") == ["From another window: Now: B, 29 minutes 59 seconds left, until 09:34."]


def test_a_broken_plan_is_told_with_its_line_and_a_mended_one_is_taken(lines: Lines, x: CommandLine) -> None:
    path = x.folder / "sessions.toml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace('title = "B"', 'title = "B'), encoding="utf-8")
    told = lines.at("09:00:01")
    assert told[0].startswith("Plan line 14: ") and told[1] == "The last good plan goes on."
    path.write_text(good.replace('title = "B"', 'title = "Bee"'), encoding="utf-8")
    assert lines.at("09:00:02") == ["The plan was changed and is taken over."]


def test_a_sleep_of_the_computer_is_told_and_can_be_subtracted(lines: Lines) -> None:
    lines("s")
    lines.at("09:01:00")
    assert lines.slept_until("09:05:00")[0] == "Away 4 minutes, the clock counted on; subtract makes it a pause."
    lines("subtract")
    assert lines("")[0] == "Now: A, 9 minutes left, until 09:14."


def test_a_call_of_another_day_is_told_and_can_be_closed(x: CommandLine) -> None:
    Lines(x.folder)("s")
    lines = Lines(x.folder, "2026-03-12T09:00:00+01:00")
    assert any("was never finished. close finishes it at 11:00" in line for line in lines.opening)
    lines("close")
    assert lines.events[-1] == "session.finished"


def test_lists_are_sentences_without_columns(lines: Lines) -> None:
    lines("s")
    assert lines("agenda")[:2] == ["1, a: A, 09:00, 10 minutes, now.", "2, b: B, 09:10, 30 minutes."]
    assert lines("who") == ["Nobody is on the roster. here NAME marks somebody as here."]


def test_every_command_of_the_help_is_one() -> None:
    for line in HELP.splitlines():
        for word in ("status", "agenda", "who", "rooms", "messages", "notes", "finish", "pause", "resume"):
            if f"{word} " in line:
                assert read_line(word).what != "capture"


def test_lengths_are_spoken_and_times_of_day_are_not() -> None:
    assert spoken.alert(Alert("warning", "2:00 left: from 15:05 on")) == "2 minutes left: from 15:05 on."
    assert spoken.told("A started 15:05") == "A started 15:05."
    assert spoken.told("finished at 15:05, −1:59:59 early") == "Finished at 15:05, 1 hour 59 minutes early."


# ---------------------------------------------------------------- as a program


def test_it_works_in_a_pipe_and_leaves_the_log_of_the_console(x: CommandLine) -> None:
    answer = spawn("--plain", folder=x.folder, stdin="s\n= kept\n/undo\n= kept after all\nq\nnever read\n")
    assert answer.code == 0 and answer.out.splitlines()[-1] == "Left. The run goes on in the log."
    assert [capture["text"] for capture in x.captures()] == ["kept after all"]
    assert x.status()["state"] == "running"


def test_in_a_pipe_a_refused_line_is_exit_code_1_and_costs_only_itself(x: CommandLine) -> None:
    answer = spawn("sessions.toml", "--plain", folder=x.folder, stdin="nxt\ns")
    assert answer.code == 1 and "A started" in answer.out


def test_the_command_and_the_option_are_the_same(x: CommandLine) -> None:
    asked = [spawn(*words, "--at", START, folder=x.folder).out for words in (("plain",), ("--plain",), ("plain", "."))]
    assert asked[0] == asked[1] == asked[2]


def test_without_a_plan_it_says_so(empty: CommandLine) -> None:
    answer = spawn("--plain", folder=empty.folder)
    assert answer.code == 1 and "facilitator new" in answer.err


def test_bytes_that_are_no_text_do_not_end_it(x: CommandLine) -> None:
    answer = spawn("--plain", folder=x.folder, stdin=b"= caf\xe9 \x1b[2J\xff\r\n")
    assert answer.code == 0 and "takeaway: caf" in answer.out


def test_what_was_told_survives_a_kill(x: CommandLine) -> None:
    command = [sys.executable, "-m", "facilitator_tui", "--plain"]
    with subprocess.Popen(command, cwd=x.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdin and program.stdout
        program.stdin.write("= evidence is needed\n")
        program.stdin.flush()
        while "Written down" not in program.stdout.readline():
            pass
        program.send_signal(signal.SIGKILL)
    assert [capture["text"] for capture in x.captures()] == ["evidence is needed"]


def test_it_imports_no_console(x: CommandLine) -> None:
    asked = "import sys; from facilitator_tui.cli import main; main(['--plain']); print('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], cwd=x.folder, input="who\n", capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "False"
