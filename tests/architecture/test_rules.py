"""Rules of the house that a reader would otherwise have to watch: clocks, broad excepts, notes to oneself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "facilitator_tui"

READS_A_CLOCK = re.compile(r"\b(?:datetime\.(?:now|utcnow|today)|date\.today|time\.(?:time|monotonic|sleep))\(")
CLOCK_OF_A_BUDGET = "rotation/budget.py"
"""A search may look how long it has been going on; its answer does not depend on it unless it is cut off."""

BROAD_IS_RIGHT = {
    "cli/__init__.py": "the last resort of the command line: three lines without values",
    "console/app.py": "the crash hook of the console: flush, give the terminal back, three lines",
}


def sources(*folders: str) -> Iterator[tuple[str, str]]:
    """Name and text of every module below these folders of the package; of all without one."""
    for folder in folders or (".",):
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            yield path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8")


def test_no_part_of_the_core_asks_what_time_it_is() -> None:
    asking = [name for name, text in sources("core", "rotation", "harvest") if READS_A_CLOCK.search(text)]
    assert [name for name in asking if name != CLOCK_OF_A_BUDGET] == []


REPEATS_A_GROUP_POSSESSIVELY = re.compile(r"\)(?:[*+?]|\{[0-9,]+\})\+|\(\?>")


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Python before 3.11.5 matches such groups wrongly (CPython issue 106052), and Debian 12 ships 3.11.2."""
    assert [name for name, text in sources() if REPEATS_A_GROUP_POSSESSIVELY.search(text)] == []


def test_errors_are_caught_by_name() -> None:
    broad = {
        name
        for name, text in sources()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    }
    assert broad <= set(BROAD_IS_RIGHT)


def test_the_program_holds_no_notes_to_its_authors() -> None:
    assert [name for name, text in sources() if re.search(r"\b(?:TODO|FIXME|XXX|HACK)\b", text)] == []


def test_every_module_begins_with_annotations_that_are_not_run() -> None:
    late = [
        name
        for name, text in sources()
        if len(text.splitlines()) > 12 and "from __future__ import annotations" not in text
    ]
    assert late == []


def test_every_test_is_named_by_its_claim() -> None:
    short = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and node.name.count("_") < 3
    ]
    assert short == []
