"""The leak check: lines in whose free text somebody's name, organisation, mail address or phone number stands.

Owns what counts as such. It must not know who confirms a line: until somebody does, or rewrites it, the exporter
keeps it back. It errs on the side of asking: a first name alone is a finding, a word like "will" only where it
is written like a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from facilitator_tui.core.plan import Roster
from facilitator_tui.core.run import Run
from facilitator_tui.core.text import fold_case
from facilitator_tui.harvest.consent import Disclosure, Edition, strictest
from facilitator_tui.harvest.sheet import code

Sort = Literal["person", "organisation", "mail", "phone", "unsure"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_AT_NAME = re.compile(r"(?<![\w.])@(?=[^\W\d_])[\w.'’-]+")
_URL = re.compile(r"\b(?:[a-z][a-z0-9+.-]*://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.])(?:\+|\(|00|0)?\d(?:[\s().\-/–]{0,3}\d){5,}(?!\w)")
_DATES = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}\s?[-–/]\s?\d{4}")
_GROUPED = re.compile(r"\d{1,3}(?:[ .,]\d{3})+")
_GENERIC = """
    participant facilitator organisation organization speaker guest person attendee user host member room
    the and for von van der den del los las dos das bin ibn
"""
_ALSO_WORDS = """
    april art august baker banks best bill bishop black bob brook brown case chance cook cross dawn day dean
    drew earl faith fisher frank grace green guy hall hill hope hunter jack joy june king lane long love major
    mark mason max may miles miller page pat penny price ray read rich rob rose ruby sandy sharp short sky
    small smart star stone sue summer swift victor walker white will wise wood young
"""
POINTLESS = frozenset(_GENERIC.split())
"""Words of names that point at nobody."""
EVERYDAY = frozenset(_ALSO_WORDS.split())
"""Names that are everyday words too: found only where they begin with a capital letter."""
_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS = 7
_LONGEST_PHRASE = 12
"""Words of a name that are looked for: whoever writes so many of them writes that name."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A line to confirm or to rewrite."""

    session: str
    """Empty for an idea of the plan."""
    capture: str
    """A capture, or an idea of the plan; empty for another text of the plan, which is only pointed out."""
    code: str
    text: str
    found: tuple[tuple[Sort, str], ...]
    """What was found, and the words it was found by."""
    allowed: bool = False
    """Consent allows all that was found: nothing is kept back for it."""


class Finder:
    """Finds people and organisations of a roster in free text."""

    def __init__(self, roster: Roster) -> None:
        self._alone: dict[str, Sort] = {}
        self._phrases: dict[str, list[tuple[list[str], Sort]]] = {}
        self._exact: dict[str, Sort] = {}
        self._unspaced: list[tuple[str, Sort]] = []
        self._harmless: set[str] = set()
        """Words that were looked at and begin nobody's name: most words of a call come again and again."""
        for org in roster.orgs:
            self._learn(org.name, "organisation", parts=False)
            if org.short and fold_case(org.short) != org.short and len(org.short) < 4:
                self._exact[org.short] = "organisation"
            else:
                self._learn(org.short, "organisation", parts=False)
        for person in roster.people:
            self._learn(person.name, "person", parts=True)

    def _learn(self, name: str, sort: Sort, parts: bool) -> None:
        words = _words(name)
        if words and words[0] == "the":
            words = words[1:]
        words = words[:_LONGEST_PHRASE]
        if not words:
            return
        if not name.isascii() and len(words) == 1 and not any(sign.isspace() for sign in name.strip()):
            self._unspaced.append((fold_case(name), sort))
        if len(words) > 1:
            phrases = self._phrases.setdefault(words[0], [])
            if ([*words], sort) not in phrases:
                phrases.append(([*words], sort))
        for word in words if parts or len(words) == 1 else ():
            if len(word) > 1 and word not in POINTLESS and not word.isdecimal():
                self._alone.setdefault(word, sort)

    def find(self, text: str) -> tuple[tuple[Sort, str], ...]:
        """Everything in a text that points at somebody, each once."""
        typed = _WORD.findall(text)
        found = {} if self._harmless.issuperset(typed) else self._named(typed)
        if self._unspaced and not text.isascii():
            whole = fold_case(text)
            found.update({(sort, name): None for name, sort in self._unspaced if name in whole})
        found.update(dict.fromkeys(_addresses(text)))
        return tuple(found)

    def _named(self, typed: Sequence[str]) -> dict[tuple[Sort, str], None]:
        """People and organisations in the words of a text, in their order."""
        found: dict[tuple[Sort, str], None] = {}
        for at, as_typed in enumerate(typed):
            if as_typed in self._harmless:
                continue
            word = fold_case(as_typed)
            phrases = self._phrases.get(word, ())
            for phrase, sort in phrases:
                words = typed[at : at + len(phrase)]
                if [fold_case(one) for one in words] == phrase:
                    found[sort, " ".join(words)] = None
            alone = self._alone_as(as_typed, word)
            if alone:
                found[alone, as_typed] = None
            if as_typed in self._exact:
                found[self._exact[as_typed], as_typed] = None
            if not (phrases or alone or as_typed in self._exact):
                self._harmless.add(as_typed)
        return found

    def _alone_as(self, as_typed: str, word: str) -> Sort | None:
        """What one word points at by itself; a short or everyday word only with its capital."""
        bare = word.removesuffix("'s")
        alone = self._alone.get(word) or self._alone.get(bare)
        if alone and (as_typed[0].isupper() or not (len(bare) < 3 or bare in EVERYDAY)):
            return alone
        return None


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold_case(word) for word in _WORD.findall(text))


def _addresses(text: str) -> Iterable[tuple[Sort, str]]:
    if "@" in text:
        yield from (("mail", mail) for mail in _MAIL.findall(text))
        yield from (("unsure", name) for name in _AT_NAME.findall(text))
    if len(_DIGIT.findall(text)) >= _FEWEST_DIGITS:
        for number in _NUMBER.findall(_DATES.sub(" ", _URL.sub(" ", text))):
            if _is_phone(number):
                yield "phone", number.strip()


def _is_phone(number: str) -> bool:
    """Seven digits or more, set apart or with a leading zero or plus; not a large number or a year."""
    digits = sum(sign.isdigit() for sign in number)
    if digits < _FEWEST_DIGITS or _GROUPED.fullmatch(number):
        return False
    return number[0] in "+(0" or not number.isdigit()


def leaks(run: Run, edition: Edition) -> tuple[Leak, ...]:
    """Lines that an edition would print and that point at somebody. The team's edition has none."""
    allowed = Disclosure(run, edition)
    if allowed.is_team:
        return ()
    finder = Finder(run.roster)
    permitted = _permitted(run)
    found = []
    for number, capture in enumerate(run.captures, 1):
        content = capture.content
        if capture.removed or allowed.withheld(strictest(capture)):
            continue
        hits = finder.find(" ".join((content.text, *content.tags)))
        hits += tuple(("unsure", mark) for mark in content.unsure if ("unsure", mark) not in hits)
        if hits:
            name = code(run.session.id, number)
            harmless = {sort for sort, _ in hits} <= permitted
            found.append(Leak(run.session.id, capture.id, name, content.text, hits, harmless))
    return (*found, *_in_plan(run, finder))


def leaks_of_ideas(run: Run, edition: Edition) -> tuple[Leak, ...]:
    """Ideas of the plan that point at somebody: the community's words, unlike titles and questions."""
    if edition == "team":
        return ()
    finder, permitted = Finder(run.roster), _permitted(run)
    found = ((idea, finder.find(idea.text)) for idea in run.plan.ideas)
    return tuple(
        Leak("", idea.id, idea.id, idea.text, hits, {sort for sort, _ in hits} <= permitted)
        for idea, hits in found
        if hits
    )


def _permitted(run: Run) -> set[Sort]:
    """Sorts of findings that the plan's consent allows to be printed anyway."""
    consent = run.plan.consent
    if consent.rule != "open":
        return set()
    by_level: dict[str, set[Sort]] = {"name": {"person", "organisation"}, "org": {"organisation"}}
    return by_level.get(consent.participants, set())


def _in_plan(run: Run, finder: Finder) -> Iterable[Leak]:
    """Titles and questions: the facilitator wrote them, so they are pointed out and printed."""
    session = run.session
    texts = [session.title, *session.questions, *(item.title for item in session.agenda)]
    texts += [change.title for change in run.changes.values() if change.title]
    for text in dict.fromkeys(texts):
        if hits := finder.find(text):
            yield Leak(session.id, "", "", text, hits, True)
