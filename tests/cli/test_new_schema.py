"""`new` writes a plan to start from and never overwrites; `schema` is a JSON Schema of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cli.commandline import REAL_WEEK, CommandLine


def test_new_writes_a_plan_that_checks_and_runs(empty: CommandLine) -> None:
    empty.ok("new")
    assert empty.folder.joinpath("sessions.toml").is_file()
    empty.ok("check")
    empty.ok("do", "start")
    assert empty.status()["state"] == "running"


def test_new_makes_the_folder(empty: CommandLine) -> None:
    empty.ok("new", "spring/week")
    assert empty.folder.joinpath("spring/week/sessions.toml").is_file()
    empty.ok("check", "spring/week")


def test_the_example_is_the_real_week(empty: CommandLine) -> None:
    empty.ok("new", "week", "--example")
    assert empty.folder.joinpath("week/sessions.toml").read_bytes() == REAL_WEEK.read_bytes()


def test_new_never_overwrites(x: CommandLine) -> None:
    before = x.folder.joinpath("sessions.toml").read_bytes()
    x.refused("new")
    x.refused("new", ".", "--example")
    assert x.folder.joinpath("sessions.toml").read_bytes() == before


def test_new_follows_no_link_and_takes_no_file_for_a_folder(empty: CommandLine, tmp_path: Path) -> None:
    empty.folder.joinpath("sessions.toml").symlink_to(tmp_path / "elsewhere.toml")
    empty.refused("new")
    assert not tmp_path.joinpath("elsewhere.toml").exists()
    tmp_path.joinpath("file").write_text("mine")
    empty.refused("new", str(tmp_path / "file"))
    empty.refused("new", str(tmp_path / "file" / "below"))
    assert tmp_path.joinpath("file").read_text() == "mine"


TYPES = {"object", "array", "string", "number", "integer", "boolean", "null"}


def nodes(value: Any) -> list[dict[str, Any]]:
    """Every schema inside a schema, by the keywords that hold schemas."""
    found = []
    if isinstance(value, dict):
        found.append(value)
        for keyword in ("properties", "$defs", "patternProperties"):
            for child in value.get(keyword, {}).values():
                found += nodes(child)
        for keyword in ("items", "additionalProperties", "not", "contains"):
            if isinstance(value.get(keyword), dict):
                found += nodes(value[keyword])
        for keyword in ("anyOf", "oneOf", "allOf", "prefixItems"):
            for child in value.get(keyword, []):
                found += nodes(child)
    return found


def test_the_schema_is_json_schema_of_every_table_of_the_plan(empty: CommandLine) -> None:
    schema = json.loads(empty.ok("schema").out)
    assert schema["$schema"].startswith(("https://json-schema.org/", "http://json-schema.org/"))
    assert schema["type"] == "object"
    tables = {"schema", "include", "programme", "links", "consent", "voice", "rooms", "roster", "ideas", "kinds"}
    assert tables | {"message", "send", "method", "session"} <= set(schema["properties"])
    for node in nodes(schema):
        kinds = node.get("type", [])
        assert set([kinds] if isinstance(kinds, str) else kinds) <= TYPES, node
        assert all(isinstance(name, str) for name in node.get("required", []))
        if "$ref" in node:
            target = schema
            for step in node["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            assert isinstance(target, dict)


def test_the_schema_describes_every_field_of_an_agenda_row(empty: CommandLine) -> None:
    said = empty.ok("schema").out
    fields = (
        "minutes id kind title least at until speaker ask method size rooms rounds mode after send collect show from"
    )
    for field in [*fields.split(), "note", "warn", "danger"]:
        assert f'"{field}"' in said, field
