"""Who is here, and who has been heard: a person a line, each with the two letters that name them."""

from __future__ import annotations

from collections import Counter

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.page import Page, PageLine, fixed
from facilitator_tui.console.scene import Scene, person_marks, presence
from facilitator_tui.core.people import is_here
from facilitator_tui.core.plan import Participant
from facilitator_tui.core.roster import organisation_of
from facilitator_tui.core.run import Run
from facilitator_tui.core.voices import queue


def people_page(scene: Scene) -> Page:
    """Presence: two letters of a person mark them as here, once more as away."""
    run = scene.run
    mark = person_marks(run)
    who = presence(run)
    ordered = sorted(run.roster.people, key=lambda one: (one.role != "participant", one.id in run.left))
    head = (
        f"here {who.here} of {who.expected} · new {who.new_here} of {who.new_expected} · two letters: here, again: away"
    )
    return Page(
        "Who is here",
        [_presence_line(run, one, mark.get(one.id, "")) for one in ordered],
        head=[plain.text(head, "$text-muted"), plain.text("")],
        keys="enter here or away · all everybody is here · +Name adds a person · esc leaves the field",
        empty="Nobody is on the roster. Type +Name to add somebody, or write a [roster] into the plan.",
    )


def _presence_line(run: Run, person: Participant, mark: str) -> PageLine:
    marked = person.id in run.here or person.id in run.left
    away = person.id in run.left
    state = "away" if away else "here" if person.id in run.here else "here?" if is_here(run, person.id) else "–"
    tone = "$text-error" if away else "$text-success" if marked else "$text-muted"
    return fixed(*_name(run, person, mark), (plain.fit(state, 7), tone), _remarks(run, person), id=person.id)


def _name(run: Run, person: Participant, mark: str) -> list[plain.Part]:
    org = organisation_of(run.roster, person.id)
    return [
        (plain.fit(mark.upper(), 4), "$text-accent bold"),
        plain.fit(person.name, 30),
        " ",
        (plain.fit((org.short or org.name) if org else "", 18), "$text-muted"),
        " ",
    ]


def _remarks(run: Run, person: Participant) -> tuple[str, str]:
    buddy = run.roster.person(person.buddy)
    remarks = [
        "" if person.role == "participant" else person.role,
        "new" if person.new else "",
        f"with {buddy.name}" if buddy else "",
        person.pronouns,
        person.needs,
    ]
    return " · ".join(one for one in remarks if one), "$text-muted"


def voices_page(scene: Scene) -> Page:
    """Turns: raised hands in the order to call them, then those who have not been heard."""
    run = scene.run
    item = run.live.item if run.live else ""
    mark = person_marks(run)
    turns = Counter(turn.person for turn in run.turns)
    here_now = Counter(turn.person for turn in run.turns if turn.item == item)
    new = {one.id for one in run.roster.people if one.new}
    raised = queue(run.hands, run.turns, new)
    present = [one for one in run.roster.people if one.role == "participant" and is_here(run, one.id)]
    rest = sorted((one for one in present if one.id not in raised), key=lambda one: (turns[one.id], here_now[one.id]))
    first = [one for id in raised if (one := run.roster.person(id))]
    lines = [_voice_line(run, one, mark.get(one.id, ""), turns, here_now) for one in (*first, *rest)]
    silent = sum(1 for one in present if not turns[one.id])
    head = f"{silent} of {len(present)} not heard today · two letters: spoke · ! and two letters: hand up or down"
    return Page(
        "Who was heard",
        lines,
        head=[plain.text(head, "$text-muted"), plain.text("")],
        keys="enter spoke · for you only, never exported by person · esc leaves the field",
        empty="Nobody is on the roster, so turns can't be counted.",
    )


def _voice_line(run: Run, person: Participant, mark: str, turns: Counter[str], here_now: Counter[str]) -> PageLine:
    number = turns[person.id]
    said = f"{number} {'turn' if number == 1 else 'turns'}" if number else "not heard"
    said += f" · {here_now[person.id]} in this item" if here_now[person.id] else ""
    hand = ("✋ ", "$text-warning bold") if person.id in run.hands else "   "
    tone = "$text-muted" if number else "$text-warning"
    return fixed(
        hand, *_name(run, person, mark), (said, tone), ("  new" if person.new else "", "$text-muted"), id=person.id
    )
