"""The layers hold when the program runs, not only on paper."""

from __future__ import annotations

import subprocess
import sys

import pytest


def modules_after(statement: str) -> set[str]:
    """Names of the modules that a fresh interpreter has loaded after a statement."""
    script = f"{statement}\nimport sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def everything_in(package: str) -> str:
    """A statement that imports every module of a package."""
    walk = "pkgutil.walk_packages(top.__path__, top.__name__ + '.')"
    imports = f"import importlib, pkgutil, facilitator_tui.{package} as top"
    return f"{imports}\nfor found in {walk}: importlib.import_module(found.name)"


@pytest.mark.parametrize("package", ["core", "rotation", "store", "harvest", "imports"])
def test_no_textual_comes_along_with_what_lies_below_the_console(package: str) -> None:
    loaded = modules_after(everything_in(package))
    assert f"facilitator_tui.{package}" in loaded
    assert not {name for name in loaded if name.split(".")[0] == "textual"}


def test_the_core_reads_no_outside_data() -> None:
    assert not modules_after(everything_in("core")) & {"click", "tomllib", "tomli_w", "rich", "jinja2"}


def test_the_version_is_said_without_pydantic_or_textual() -> None:
    loaded = modules_after("from facilitator_tui.cli import main\nmain(['--version'])")
    assert "facilitator_tui.cli" in loaded
    assert not {name for name in loaded if name.split(".")[0] in {"textual", "pydantic", "rich", "jinja2"}}


def test_an_action_is_done_without_textual_or_pydantic() -> None:
    loaded = modules_after("import facilitator_tui.cli.live")
    assert not {name for name in loaded if name.split(".")[0] in {"textual", "pydantic"}}


def test_the_status_is_said_without_what_rooms_are_made_of() -> None:
    loaded = modules_after("from facilitator_tui.cli import main\nmain(['status', '--help'])")
    assert "facilitator_tui.store.session_store" in loaded
    assert not {name for name in loaded if name.split(".")[0] in {"textual", "pydantic", "rich"}}
    assert "facilitator_tui.rotation" not in loaded
