"""The schema and the page of docs tell what the loader knows."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from facilitator_tui.core.plan import KINDS
from facilitator_tui.store.plan_file import schema_json
from facilitator_tui.store.plan_reference import with_fresh_tables
from facilitator_tui.store.plan_schema import TABLES
from store.plans import REAL_WEEK

PAGE = Path(__file__).parents[2] / "docs" / "plan-file.md"


def fits(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    """Whether a value fits the parts of JSON Schema that our schema uses for structure."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
    if "anyOf" in schema:
        return any(fits(value, option, root) for option in schema["anyOf"])
    if "enum" in schema:
        return value in schema["enum"]
    if "const" in schema:
        return bool(value == schema["const"])
    kind = schema["type"]
    if kind == "object":
        extra = schema["additionalProperties"]
        known = schema.get("properties", {})
        return (
            isinstance(value, dict)
            and all(name in value for name in schema.get("required", ()))
            and all(fits(each, known.get(key, extra or {"type": "none"}), root) for key, each in value.items())
        )
    if kind == "array":
        return isinstance(value, list) and all(fits(each, schema["items"], root) for each in value)
    if schema.get("format") == "date":
        return hasattr(value, "isoformat")
    types = {"string": str, "boolean": bool, "integer": int, "number": (int, float)}
    return kind in types and isinstance(value, types[kind])


def test_the_schema_accepts_the_real_week() -> None:
    schema = schema_json()
    assert fits(tomllib.loads(REAL_WEEK.read_text(encoding="utf-8")), schema, schema)


def test_the_schema_refuses_an_unknown_kind_and_a_missing_name() -> None:
    schema = schema_json()
    assert not fits({"session": [{"agenda": [{"minutes": 5, "kind": "brake"}]}]}, schema, schema)
    assert not fits({"session": [{"agenda": [{"minutes": 5}]}], "roster": {"people": [{"id": "a"}]}}, schema, schema)


def test_the_schema_is_json_and_describes_every_field() -> None:
    schema = json.loads(json.dumps(schema_json()))
    assert schema["$defs"]["item"]["properties"]["kind"]["enum"] == list(KINDS)
    for table in (schema, *schema["$defs"].values()):
        assert table["description"]
        assert all(field["description"] for field in table["properties"].values())


def test_the_page_has_every_table_as_the_schema_has_it_now() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_fresh_tables(page), "run: python -m facilitator_tui.store.plan_reference docs/plan-file.md"


def test_every_field_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [field.name for spec in TABLES.values() for field in spec.fields if f"`{field.name}`" not in page] == []


def test_loading_a_plan_brings_neither_textual_nor_pydantic_along() -> None:
    program = (
        "import sys; from pathlib import Path; from facilitator_tui.store.plan_file import load_plan; "
        f"assert load_plan(Path({str(REAL_WEEK)!r})).plan; "
        "print(sorted({'textual', 'rich', 'pydantic', 'difflib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
