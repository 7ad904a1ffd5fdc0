"""Who is here, and who has been heard: a person a line, each with the two letters that name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.page import Page, PageLine, fixed
from facilitator_tui.console.scene import Scene, person_marks, presence
from facilitator_tui.core.durations import MINUTE
from facilitator_tui.core.people import is_here
from facilitator_tui.core.plan import Participant
from facilitator_tui.core.roster import organisation_of
from facilitator_tui.core.run import Run
from facilitator_tui.core.text import count_of
from facilitator_tui.core.voices import counts, dominant, is_moved, queue_of, shares, silent_now, unheard


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
        head=[plain.text(head, "$text-muted"), plain.text("")] if ordered else [],
        keys="two letters or enter: here, again: away · all: everybody · +Name adds a person · esc leaves",
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
    """Turns: raised hands in the order to call them, then who has not been heard, the most silent first."""
    run = scene.run
    item = run.live.item if run.live else ""
    present = [one for one in run.roster.people if one.role == "participant" and is_here(run, one.id)]
    raised = queue_of(run)
    missing = unheard([one.id for one in present], run.turns, item)
    quiet = unheard([one.id for one in present if one.id not in raised], run.turns, item)
    heard = Counter(turn.person for turn in run.turns)
    waiting = set(quiet.in_session)
    not_in_item = [id for id in quiet.in_item if id not in waiting] if item else []
    long = [id for id in silent_now(run, scene.view.now) if id in waiting]
    known = {*raised, *waiting, *not_in_item}
    spoke = [one.id for one in run.roster.people if heard[one.id] and one.id not in known]
    sections = (
        ("Hands up, in the order to call them", raised),
        (f"Not heard for {run.plan.voice.silent_after // MINUTE} minutes or more", long),
        ("Not heard yet", [id for id in quiet.in_session if id not in long]),
        ("Heard today, not in this item", not_in_item),
        ("Heard in this item" if item else "Heard today", sorted(spoke, key=lambda id: heard[id])),
    )
    lines = _Voices(run, item, heard).lines(sections)
    head = [plain.text(_silence(present, heard, missing.in_item if item else ()), "$text-muted")]
    head += [plain.text(one, "$text-warning") for one in _often(run)]
    head += [plain.text(one, "$text-muted") for one in _shares(run, present)]
    return Page(
        "Who was heard",
        lines if run.roster.people else [],
        head=[*head, plain.text("")],
        keys="two letters or enter: spoke · ! and two letters: hand · + - move a hand · !! all down · esc leaves",
        empty="Nobody is on the roster, so turns can't be counted: +Name on the people page adds somebody.",
    )


def _silence(present: Sequence[Participant], heard: Counter[str], in_item: Sequence[str]) -> str:
    silent = sum(1 for one in present if not heard[one.id])
    parts = [f"{silent} of {len(present)} not heard today"]
    parts += [f"{len(in_item)} not in this item"] if in_item else []
    return " · ".join((*parts, f"{count_of(heard.total(), 'turn')} in all"))


def _often(run: Run) -> list[str]:
    """A hint for each person who took more of the turns than the plan finds fair."""
    total = len(run.turns)
    often = [one for id in dominant(run.turns, run.plan.voice.share_alert) if (one := run.roster.person(id))]
    turns = counts(run.turns)
    return [f"{one.name} took {turns[one.id]} of {total} turns: who else would like to speak?" for one in often]


def _shares(run: Run, present: Sequence[Participant]) -> list[str]:
    """A line a declared group: its share of the people and of the turns. For the facilitator's eyes only."""
    lines = []
    for name in run.plan.voice.groups:
        found = shares(present, run.turns, name)
        total = sum(share.turns for share in found)
        if total and len(found) > 1:
            told = (f"{one.label} {one.turns}/{one.people}" for one in found)
            lines.append(f"turns/people by {name}: {' · '.join(told)}")
    return lines


class _Voices:
    """The lines of the page: a heading a section, a person a line."""

    def __init__(self, run: Run, item: str, heard: Counter[str]) -> None:
        self._run, self._heard = run, heard
        self._mark = person_marks(run)
        self._here = Counter(turn.person for turn in run.turns if turn.item == item) if item else Counter[str]()

    def lines(self, sections: Iterable[tuple[str, Sequence[str]]]) -> list[PageLine]:
        lines: list[PageLine] = []
        for title, ids in sections:
            people = [one for id in ids if (one := self._run.roster.person(id))]
            if people:
                lines.append(fixed((title, "$text-accent bold"), (f"  {len(people)}", "$text-muted")))
                lines += [self._line(one) for one in people]
        return lines

    def _line(self, person: Participant) -> PageLine:
        run, number, here = self._run, self._heard[person.id], self._here[person.id]
        said = count_of(number, "turn") if number else "not heard"
        said += f" · {here} in this item" if here else ""
        raised = person.id in run.hands
        hand = ("✋ ", "$text-warning bold") if raised else "   "
        remark = " · ".join(["new"] * person.new + ["moved by you"] * is_moved(run, person.id))
        tone = "$text-muted" if number else "$text-warning"
        return fixed(
            hand,
            *_name(run, person, self._mark.get(person.id, "")),
            (said, tone),
            (f"  {remark}" if remark else "", "$text-muted"),
            id=person.id,
        )
