"""A missing, broken, hostile or unwritable file costs one sentence and an exit code, never a traceback or a hang."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.commandline import CommandLine, berlin, spawn
from facilitator_tui.cli import COMMANDS as LISTED

COMMANDS = [
    ("status",),
    ("status", "--json"),
    ("do", "start"),
    ("capture", "a line"),
    ("captures",),
    ("captures", "--json"),
    ("log",),
    ("doctor",),
    ("rooms", "--item", "a"),
]


@pytest.mark.parametrize("words", [*COMMANDS, ("check",)], ids=" ".join)
def test_a_plan_that_is_not_there_is_one_sentence_that_says_what_to_do(
    empty: CommandLine, words: tuple[str, ...]
) -> None:
    said = empty.refused(*words)
    assert "facilitator new" in said or "sessions.toml" in said
    assert "nowhere.toml" in empty.refused(*words, "--plan", "nowhere.toml")


BROKEN = {
    "empty": b"",
    "prose": b"Dear all,\nhere is the plan.\n",
    "no session": b"[programme]\ntitle = 'X'\n",
    "no agenda": b"[[session]]\nid = 's'\n",
    "empty agenda": b"[[session]]\nagenda = []\n",
    "binary": bytes(range(256)) * 64,
    "nul": b"[[session]]\x00\n",
    "deep": b"a = " + b"[" * 100_000,
    "dotted": b"a." * 40_000 + b"a = 1\n",
    "tables": b"[a]\n" * 20_000,
    "long line": b"# " + b"x" * 3_000_000,
    "wrong types": b"session = 5\nprogramme = []\nroster = 'x'\n",
    "utf-16": "[[session]]\nagenda = [{minutes=5]\n".encode("utf-16"),
    "huge numbers": b"[[session]]\nagenda = [{minutes = 999999999999999999}]\n",
    "infinity": b"[[session]]\nagenda = [{minutes = inf}]\n",
    "not a zone": b"[programme]\ntz = '../../etc/passwd'\n[[session]]\nagenda = [{minutes = 5}]\n",
    "a bad date": b"[[session]]\ndate = 2026-02-31\nagenda = [{minutes = 5}]\n",
    "a bad id": b"[[session]]\nid = '../../x'\nagenda = [{minutes = 5}]\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_plan_is_refused_in_one_sentence_by_every_command(empty: CommandLine, name: str) -> None:
    empty.folder.joinpath("sessions.toml").write_bytes(BROKEN[name])
    for words in (("status", "--json"), ("do", "start"), ("capture", "a line"), ("captures", "--json")):
        empty.refused(*words)
    answer = empty("check")
    assert answer.code == 1
    assert "sessions.toml" in answer.out + answer.err
    assert not list(empty.folder.parent.rglob("*.log"))


def test_a_plan_larger_than_any_plan_is_refused_unread(empty: CommandLine) -> None:
    with empty.folder.joinpath("sessions.toml").open("wb") as file:
        file.truncate(4 << 30)
    empty.refused("status")
    assert empty("check").code == 1


def test_a_plan_that_is_a_pipe_a_folder_or_a_device_hangs_nothing(empty: CommandLine) -> None:
    os.mkfifo(empty.folder / "pipe.toml")
    (empty.folder / "folder.toml").mkdir()
    for path in ("pipe.toml", "folder.toml", "/dev/zero", "/dev/null", "/dev/tty", "\x1b[31m.toml", "a" * 5000):
        answer = spawn("status", "--plan", path, folder=empty.folder, timeout=20)
        assert answer.code in (1, 2), (path, answer)
        assert len(answer.err.splitlines()) == 1, (path, answer)


def test_a_plan_path_with_a_nul_is_refused(empty: CommandLine) -> None:
    empty.refused("status", "--plan", "a\x00b", code=None)
    empty.refused("check", "a\x00b", code=None)


@pytest.mark.parametrize("place", ["file", "file/below", "/proc/nowhere", "/dev/null"])
def test_where_the_records_cannot_be_written_they_live_in_the_state_folder_and_it_is_said(
    x: CommandLine, place: str
) -> None:
    x.folder.joinpath("file").write_text("mine")
    answer = x.ok("do", "start", "--records", place, at=berlin("09:00"))
    assert len(answer.err.splitlines()) in (1, 2)
    assert os.environ["FACILITATOR_STATE"] in answer.err
    x.ok("capture", "a line", "--records", place, at=berlin("09:00"))
    assert x.status("--records", place, at=berlin("09:01"))["state"] == "running"
    assert len(x.captures("--records", place)) == 1
    assert x.folder.joinpath("file").read_text() == "mine"


def test_where_nothing_can_be_written_the_line_is_given_back_unsaved(
    x: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    x.folder.joinpath("file").write_text("mine")
    monkeypatch.setenv("FACILITATOR_STATE", str(x.folder / "file"))
    said = x.refused("capture", "= precious", "--records", "file", at=berlin("09:00"))
    assert "NOT SAVED" in said
    assert "= precious" in said
    x.refused("do", "start", "--records", "file", at=berlin("09:00"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_no_obstacle(x: CommandLine) -> None:
    x.folder.chmod(0o500)
    try:
        x.ok("do", "start", at=berlin("09:00"))
        assert x.status(at=berlin("09:01"))["state"] == "running"
    finally:
        x.folder.chmod(0o700)


def test_a_log_folder_that_is_a_file_is_said_and_costs_nothing(x: CommandLine) -> None:
    x.folder.joinpath("records/x").mkdir(parents=True)
    x.folder.joinpath("records/x/log").write_text("mine")
    assert x.ok("do", "start", at=berlin("09:00")).err
    assert x.ok("capture", "a line", at=berlin("09:00")).err
    assert x.status(at=berlin("09:01"))["state"] == "running"
    assert len(x.captures()) == 1
    for words in (("log",), ("doctor",)):
        assert x(*words).out


def test_a_disk_that_is_full_acknowledges_nothing(x: CommandLine) -> None:
    """The largest file this process may write is one byte: the kernel refuses as a full disk would."""
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1)); "
        "from facilitator_tui.cli import main; sys.exit(main(['capture', '-']))"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", limited],
        cwd=x.folder,
        input=b"lost?\n",
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr
    assert done.stderr.strip()
    assert b"lost?" in done.stderr


WRONG = [
    ("dance",),
    ("status", "--nonsense"),
    ("status", "extra"),
    ("status", "--session"),
    ("status", "--at"),
    ("captures", "extra"),
    ("log", "extra"),
    ("doctor", "extra"),
    ("schema", "extra"),
    ("check", "a", "b"),
    ("new", "a", "b"),
    ("do", "start", "--nonsense"),
    ("--nonsense",),
]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_usage_is_one_line_and_exit_code_two(x: CommandLine, words: tuple[str, ...]) -> None:
    x.misused(*words)


def test_a_misspelt_command_names_the_nearest(x: CommandLine) -> None:
    assert "status" in x.misused("sttaus")


NEEDS_NO_PLAN = frozenset({"new", "schema", "completion", "paths"})


@pytest.mark.parametrize("command", LISTED)
def test_every_command_explains_itself(empty: CommandLine, command: str) -> None:
    said = empty.ok(command, "--help").out
    assert f"facilitator {command}" in said
    assert "--plan" in said or command in NEEDS_NO_PLAN


def test_help_lists_every_command(empty: CommandLine) -> None:
    listed = [line.split()[0] for line in empty.ok("--help").lines if line.startswith("  ")]
    assert [command for command in LISTED if command not in listed] == []


def test_a_reader_that_goes_away_is_no_error(week: CommandLine) -> None:
    done = subprocess.run(
        f"{sys.executable} -m facilitator_tui schema | head -c 1",
        shell=True,
        cwd=week.folder,
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert done.stderr == b""


def test_output_that_is_not_utf_8_is_no_traceback(week: CommandLine) -> None:
    week.ok("capture", "emoji 👩 and ñ and −", "--session", "tue")
    for words in (["captures"], ["captures", "--json"], ["status"], ["log"], ["check"]):
        options = [] if words == ["check"] else ["--session", "tue"]
        done = subprocess.run(
            [sys.executable, "-m", "facilitator_tui", *words, *options],
            cwd=week.folder,
            capture_output=True,
            timeout=30,
            check=False,
            env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"},
        )
        assert done.returncode == 0, done
        assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "cp437", "cp1251"])
def test_what_an_encoding_lacks_is_escaped_and_json_stays_valid(encoding: str, week: CommandLine) -> None:
    text = "emoji 👩 and Šárka and ñ → −"
    week.ok("capture", text, "--session", "tue")

    def printed(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "facilitator_tui", "captures", "--session", "tue", *words],
            cwd=week.folder,
            capture_output=True,
            timeout=30,
            check=True,
            env={**os.environ, "PYTHONIOENCODING": encoding},
        )
        return done.stdout.decode(encoding)

    assert "\\ud83d\\udc69 and" in printed()
    assert [capture["text"] for capture in json.loads(printed("--json"))] == [text]


def test_a_console_without_a_terminal_is_one_sentence(week: CommandLine) -> None:
    answer = spawn(folder=week.folder, timeout=30)
    assert answer.code in (1, 2)
    assert len(answer.err.splitlines()) == 1


def loaded(*words: str, folder: Path) -> set[str]:
    """The top-level packages a command has imported by its end."""
    code = (
        "import sys; from facilitator_tui.cli import main; main(sys.argv[1:]); "
        "print('\\x00'.join({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=folder, capture_output=True, timeout=30, check=True, text=True
    )
    return set(done.stderr.splitlines()[-1].split("\x00"))


def test_the_version_loads_neither_textual_nor_pydantic(week: CommandLine) -> None:
    assert not {"textual", "pydantic", "rich"} & loaded("--version", folder=week.folder)
    assert "0.1.0" in week.ok("--version").out


@pytest.mark.parametrize(
    "words", [("status",), ("do", "start"), ("capture", "x"), ("captures",), ("log",)], ids=" ".join
)
def test_the_quick_commands_load_no_textual(week: CommandLine, words: tuple[str, ...]) -> None:
    assert "textual" not in loaded(*words, "--session", "tue", folder=week.folder)


def test_a_process_without_standard_input_captures_nothing(week: CommandLine) -> None:
    command = f"{sys.executable} -m facilitator_tui capture - --session tue <&-"
    done = subprocess.run(command, shell=True, cwd=week.folder, capture_output=True, timeout=30, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
