"""Changing a capture after it was typed: another line, another kind, one more count, a mark settled.

Owns how a content follows from an earlier one. It must not know how a change is kept (`CaptureEdited` holds
the whole new content) nor who asked for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from facilitator_tui.core.capture import Context, line_of, read_capture
from facilitator_tui.core.events import CaptureContent
from facilitator_tui.core.grammar import FLAGS, kind_words
from facilitator_tui.core.text import fold_case

C = TypeVar("C", bound=CaptureContent)


def line_to_edit(content: CaptureContent, context: Context) -> str:
    """The line that `revised` takes changed: as it was typed, where typing it again gives this text.

    What came from a chat, was merged or settled never was such a line; its text is then given literally.
    """
    line = line_of(content)
    same = read_capture(line, _own(content, context)).text == content.text
    return line if same else "'" + content.text


def revised(content: C, line: str, context: Context) -> C:
    """`content` after `line_to_edit` was changed to `line`.

    What the edit did not touch stays as it is, also where a command had changed it: a kind set by hand does
    not fall back to that of the old line. Item, room and question stay those of the capture.
    """
    known = line_to_edit(content, context)
    if line == known:
        return content
    own = _own(content, context)
    explicit = read_capture(known, replace(own, room="", question=0))
    own = replace(
        own,
        room="" if explicit.room else content.room,
        question=0 if explicit.question else content.question,
    )
    before, after = read_capture(known, own), read_capture(line, own)
    changed = (name for name in changed_fields(before, after) if name != "raw")
    changes: dict[str, Any] = {name: getattr(after, name) for name in changed}
    return _placed(replace(content, raw=after.raw, **changes))


def _own(content: CaptureContent, context: Context) -> Context:
    """The context in which a capture was made, whatever is under way now."""
    return replace(context, item=content.item, room=content.room, question=content.question)


def rekinded(content: C, word: str, context: Context) -> C | None:
    """`content` as another kind, named by any of its words; None when there is no such kind."""
    kind = kind_words(context.kinds).get(fold_case(word.strip().removesuffix(":")))
    return _placed(replace(content, type=kind)) if kind else None


def sourced(content: C, person: str) -> C:
    """`content` said by `person` (an id), or to be done by that person if it is an action."""
    return _placed(replace(content, by=(person,), owner=()))


def counted(content: C, more: int = 1) -> C:
    """`content` said by `more` others too; a count never falls below one."""
    return replace(content, count=max(1, content.count + more))


def flagged(content: C, flag: str) -> C:
    """`content` with a flag put on, or taken off if it was on."""
    assert flag in FLAGS, flag
    others = tuple(one for one in content.flags if one != flag)
    return replace(content, flags=others if flag in content.flags else (*others, flag))


def settled(content: C, mark: str, person: str = "") -> C:
    """`content` with one unsure mark settled: it means `person` (an id), or it is plain text after all."""
    known = replace(content, unsure=tuple(one for one in content.unsure if one != mark))
    if not person:
        return known
    without = re.sub(rf"(?:^|\s+){re.escape(mark)}(?!\w)", "", content.text, count=1).lstrip(" ,;:")
    return _placed(replace(known, text=without or content.text, by=(*content.by, *content.owner, person), owner=()))


def merged(contents: Sequence[C]) -> C:
    """The first content standing for all: counts added up, people, tags and flags together, every raw kept.

    Due is the earliest; the texts of the others stay in `raw`, one a line.
    """
    first = contents[0]
    joined: dict[str, Any] = {
        name: tuple(dict.fromkeys(value for one in contents for value in getattr(one, name)))
        for name in ("by", "owner", "tags", "flags", "unsure")
    }
    # Who agreed to be named did so for the own line: nobody agreed for the people of the others.
    if not all("ok" in one.flags for one in contents):
        joined["flags"] = tuple(flag for flag in joined["flags"] if flag != "ok")
    return _placed(
        replace(
            first,
            raw="\n".join(dict.fromkeys(one.raw for one in contents)),
            count=sum(one.count for one in contents),
            due=min((one.due for one in contents if one.due), default=""),
            **joined,
        )
    )


def changed_fields(before: CaptureContent, after: CaptureContent) -> tuple[str, ...]:
    """Names of the fields in which two versions differ, to show them side by side."""
    names = (part.name for part in fields(CaptureContent))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _placed(content: C) -> C:
    """People stand under `owner` in an action and under `by` elsewhere."""
    people = tuple(dict.fromkeys((*content.by, *content.owner)))
    if content.type == "action":
        return replace(content, by=(), owner=people)
    return replace(content, by=people, owner=())
