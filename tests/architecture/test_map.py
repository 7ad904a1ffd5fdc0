"""The page on how the program is built names every module, and no module that is gone."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "facilitator_tui"
PAGE = ROOT / "docs" / "design.md"

SHORTEST_WHY = 40
"""Characters of a module's first sentence: less says nothing that its name does not."""

LONGEST = 500
"""Lines of a module; most have half of it."""


def modules() -> list[str]:
    """Every module below the package that has something in it, as it is written on the page."""
    paths = [path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")]
    return sorted(path for path in paths if not path.endswith("__init__.py") or path == "cli/__init__.py")


def named() -> list[str]:
    """What the page names: modules, and patterns of modules."""
    page = PAGE.read_text(encoding="utf-8")
    return [name for name in re.findall(r"`([\w/*]+\.py)`", page) if not name.startswith(("tests/", "docs/"))]


def covers(pattern: str, module: str) -> bool:
    """A star stands for one name: `console/*.py` has nothing of `console/screens`."""
    return pattern.count("/") == module.count("/") and fnmatchcase(module, pattern)


def test_every_module_is_named_on_the_page() -> None:
    assert [module for module in modules() if not any(covers(pattern, module) for pattern in named())] == []


def test_everything_the_page_names_is_there() -> None:
    assert [pattern for pattern in named() if not any(covers(pattern, module) for module in modules())] == []


def test_every_module_says_first_what_it_owns() -> None:
    heads = {path: path.read_text(encoding="utf-8").partition("\n")[0] for path in PACKAGE.rglob("*.py")}
    silent = [path.name for path, head in heads.items() if not head.startswith('"""') or len(head) < SHORTEST_WHY]
    assert silent == []


def test_every_module_fits_in_a_head() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {path.relative_to(PACKAGE).as_posix(): lines for path, lines in lengths.items() if lines > LONGEST} == {}
