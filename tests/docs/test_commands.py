"""Every command in the documentation is run, in the order of its page, and prints what the page says it prints."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from docs.pages import PAGES, ROOT, Block, Mark, Span, name_of, parts
from docs.shell import Shell, commands_of

NOT_RUN = {
    r"facilitator( --session \w+)?( [\w./-]+/| my-call)?": "opens the console",
    r"facilitator (stage|rehearse)\b.*": "needs a terminal",
    r"(python3 -m venv|\.venv/bin/pip|pipx|uv) .*": "installs from the network",
    r"\.venv/bin/facilitator": "opens the console",
    r"\.venv/bin/python -m pytest.*": "runs tests, for minutes",
    r"make [a-z-]+": "runs checks and benches, this test among them",
}
"""Commands that a reader can run and this test can't, as patterns, each with its reason."""

MAKE = re.compile(r"make ([a-z-]+)")

PLACEHOLDERS = {"NAME": "p07", "FILE": "presence.csv"}
"""What a reader puts in place of a word in capitals."""

SEVERAL_CODES = {
    "facilitator new": (1,),
    "facilitator new --example": (1,),
    "facilitator forget p07": (0, 1),
}
"""What a command within a sentence answers besides 0, where the page's folder already has a plan or no such name."""

PRESENCE = "Name,Email\nParticipant 07,p07@example.org\n"


def steps_of(line: str) -> list[str]:
    """What a line runs one after the other, without comments and settings in front."""
    return [re.sub(r"^(?:[A-Z_]+=\S* )*", "", step.strip()) for step in line.partition(" #")[0].split("&&")]


def is_not_run(step: str) -> bool:
    return any(re.fullmatch(pattern, step) for pattern in NOT_RUN)


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A copy of the example week, as a reader has it."""
    folder = tmp_path / "week"
    folder.mkdir()
    shutil.copy(ROOT / "sessions.toml", folder)
    (folder / "presence.csv").write_text(PRESENCE, encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(folder)
    return Shell(capsys, monkeypatch)


def pattern_of(expected: str) -> str:
    """What a page shows as a pattern: `…` stands for anything in its line, alone in a line for any lines."""
    lines = []
    for line in expected.splitlines():
        if line.strip() == "…":
            lines.append(r"(?:[^\n]*\n)*?")
        else:
            lines.append(re.escape(line.rstrip()).replace("…", r"[^\n]*") + r"[ ]*\n")
    return "".join(lines)


@pytest.mark.skipif(sys.platform == "win32", reason="the pages show a POSIX shell")
@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_of_a_page_runs_and_prints_what_stands_below_it(page: Path, shell: Shell) -> None:
    printed, code = "", "0"
    for part in parts(page):
        if isinstance(part, Mark):
            shell.at = part.values.get("at", shell.at)
            code = part.values.get("exit", "0")
        elif isinstance(part, Span):
            _run_span(shell, part)
        elif isinstance(part, Block) and part.file:
            Path(part.file).parent.mkdir(parents=True, exist_ok=True)
            Path(part.file).write_text(part.text, encoding="utf-8")
        elif isinstance(part, Block) and part.language == "sh":
            printed, code = _run_block(shell, part, code), "0"
        elif isinstance(part, Block) and part.language == "text" and not re.fullmatch(pattern_of(part.text), printed):
            pytest.fail(f"{name_of(page)}:{part.line} shows other than\n{printed}", pytrace=False)


def _run_block(shell: Shell, block: Block, last_code: str) -> str:
    """Run the lines of a block; what they printed together."""
    lines = [line for line in commands_of(block.text) if not any(is_not_run(step) for step in steps_of(line))]
    printed = ""
    for number, line in enumerate(lines, 1):
        said = shell.type(line)
        wanted = int(last_code) if number == len(lines) else 0
        assert said.code == wanted, f"{name_of(block.page)}:{block.line}: {line}\n{said.text}"
        printed += said.text
    return printed


def _run_span(shell: Shell, span: Span) -> None:
    words = span.text.split()
    if words[:1] != ["facilitator"] or is_not_run(span.text) or "…" in span.text:
        return
    line = " ".join(PLACEHOLDERS.get(word, word) for word in words)
    said = shell.type(line)
    if said.code == 2 and re.search(r"Missing argument|requires an argument", said.text):
        return  # it names a command and does not show how to use it
    assert said.code in (0, *SEVERAL_CODES.get(line, ())), f"{name_of(span.page)}:{span.line}: {line}\n{said.text}"


def every_command() -> list[str]:
    """All commands of all pages, those within sentences too."""
    found = []
    for page in PAGES:
        for part in parts(page):
            if isinstance(part, Block) and part.language == "sh":
                found += commands_of(part.text)
            elif isinstance(part, Span):
                found.append(part.text)
    return found


def test_whatever_is_not_run_still_stands_on_a_page() -> None:
    shown = [step for command in every_command() for step in steps_of(command)]
    assert [known for known in NOT_RUN if not any(re.fullmatch(known, step) for step in shown)] == []


def test_every_make_target_of_a_page_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {found[1] for command in every_command() if (found := MAKE.match(command))}
    assert targets >= {"check"}
    assert [target for target in sorted(targets) if f"\n{target}:" not in makefile] == []


def test_every_test_and_script_that_a_page_names_for_running_is_there() -> None:
    named = {word for command in every_command() for word in re.findall(r"(?:tests|bench|scripts)/[\w/]+\.py", command)}
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []
