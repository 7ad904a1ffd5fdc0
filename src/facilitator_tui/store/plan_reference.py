"""The schema of the plan told to others: as JSON Schema for editors, as tables for `docs/plan-file.md`.

Owns both tellings; what there is to tell is `plan_schema`'s. The tables of the docs are written by
`python -m facilitator_tui.store.plan_reference docs/plan-file.md`, and a test looks that they are fresh.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from facilitator_tui.store.plan_schema import TABLES, Field, TableSpec
from facilitator_tui.store.plan_shapes import AnyShape, ListOf, MapOf, NamedRows, One, RoomsOf, Rows

BEGIN = "<!-- tables: written from the schema -->"
END = "<!-- end of the tables -->"


def schema_json() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `sessions.toml`, for editors that complete and check."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sessions.toml",
        **_table_schema(TABLES["top"]),
        "description": "The plan of a programme of online calls.",
        "$defs": {name: _table_schema(spec) for name, spec in TABLES.items() if name != "top"},
    }


def _table_schema(spec: TableSpec) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "description": spec.says,
        "properties": {field.name: _field_schema(field) for field in spec.fields},
        "additionalProperties": _shape_schema(spec.others.each) if spec.others else False,
    }
    required = [field.name for field in spec.fields if field.required]
    if required:
        schema["required"] = required
    return schema


def _field_schema(field: Field) -> dict[str, Any]:
    says = f"{field.says} Default: {field.default}." if field.default else field.says
    return {"description": says, **_shape_schema(field.shape)}


def _shape_schema(shape: AnyShape) -> dict[str, Any]:
    match shape:
        case One(table):
            return {"$ref": f"#/$defs/{table}"}
        case Rows(table):
            return {"type": "array", "items": {"$ref": f"#/$defs/{table}"}}
        case NamedRows(table):
            return {"type": "object", "additionalProperties": {"$ref": f"#/$defs/{table}"}}
        case ListOf(each):
            return {"type": "array", "items": each.schema()}
        case MapOf(each):
            return {"type": "object", "additionalProperties": _shape_schema(each)}
        case RoomsOf():
            return {"anyOf": [shape.number.schema(), {"type": "array", "items": shape.each.schema()}]}
    return shape.schema()


def reference_tables() -> str:
    """Every table of the plan with its fields, as Markdown."""
    return "\n".join(_section(spec) for spec in TABLES.values())


def _section(spec: TableSpec) -> str:
    heading = f"`{spec.heading}`" if spec.heading else "The top of the file"
    lines = [f"### {heading}", "", spec.says, ""]
    if spec.fields:
        lines += ["| Field | What it holds | Default | Meaning |", "|---|---|---|---|"]
        lines += [_line(field) for field in spec.fields]
        lines.append("")
    if spec.others:
        lines += [f"Any other {spec.others.key_words}: {_cell(spec.others.each.words)}.", ""]
    return "\n".join(lines)


def _line(field: Field) -> str:
    name = f"**`{field.name}`**" if field.required else f"`{field.name}`"
    default = "required" if field.required else field.default or "–"
    return f"| {name} | {_cell(field.shape.words)} | {_cell(default)} | {_cell(field.says)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def with_fresh_tables(page: str) -> str:
    """A page of docs with what stands between the two marks written anew. ValueError without the marks."""
    before, mark, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (mark and end):
        raise ValueError(f"the page lacks {BEGIN} or {END}")
    return f"{before}{BEGIN}\n\n{reference_tables()}\n{END}{after}"


if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(with_fresh_tables(page.read_text(encoding="utf-8")), encoding="utf-8")
