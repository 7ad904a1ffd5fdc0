"""Messages for the chat with their fields filled, the right one for this moment first."""

from __future__ import annotations

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.page import Page, PageLine, fixed
from facilitator_tui.console.scene import Scene
from facilitator_tui.core.messages import filled, languages, suggest
from facilitator_tui.core.moment import message_moment, offered_messages, stage_of
from facilitator_tui.core.plan import MessageTemplate

_WIDEST = 72
_TO = {"main": "everybody", "rooms": "all rooms", "room": "one room", "mail": "mail"}


def due_message(scene: Scene) -> str:
    """The id of the message for this moment; empty when none is due."""
    return suggest(scene.run.plan, stage_of(scene.run, scene.view))


def message_text(scene: Scene, message: MessageTemplate) -> str:
    return filled(message, message_moment(scene.run, scene.view, message, scene.room), scene.language).strip()


def messages_page(scene: Scene) -> Page:
    due = due_message(scene)
    ordered = sorted(offered_messages(scene.run, scene.view), key=lambda message: message.id != due)
    live = scene.run.live.item if scene.run.live else ""
    lines: list[PageLine] = []
    for message in ordered:
        state = ("  now", "$text-success bold") if message.id == due else ""
        if (message.id, live) in scene.run.copied:
            state = ("  copied in this item" if live else "  copied", "$text-muted")
        where = (f"  to {_TO[message.where]}", "$text-muted")
        lines.append(fixed((message.id, "$text-accent bold"), where, state, id=message.id))
        told = message_text(scene, message)
        lines += [fixed(f"  {row}") for part in told.splitlines() for row in plain.wrap(part, _WIDEST)]
        lines.append(fixed(""))
    return Page(
        "Messages · nothing is sent, you paste",
        lines,
        keys=_keys(scene) if lines else "",
        empty="The plan has no [[message]] yet: add one with an id and a text, and it stands here within a second.",
    )


def _keys(scene: Scene) -> str:
    keys = f"enter copies · {scene.key('page.plain')} plain text to select"
    languages = _languages(scene)
    return f"{keys} · {scene.key('message.language')} language: {languages}" if languages else keys


def _languages(scene: Scene) -> str:
    """`es of en, es`; empty where no message has a translation."""
    if not any(message.translations for message in scene.run.plan.messages):
        return ""
    own = scene.run.plan.programme.language
    told = sorted({code for one in scene.run.plan.messages for code in languages(one, own)})
    return f"{scene.language or own or 'as written'} of {', '.join(code for code in told if code)}"
