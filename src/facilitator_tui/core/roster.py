"""Finding people: by what somebody typed, by the two keys of their mark, by where they belong.

Owns how a name is matched and what a mark is. It must not know how a roster is written, who is present, or
where a name came from; it never guesses between two people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise, product

from facilitator_tui.core.plan import Organisation, Participant, Roster
from facilitator_tui.core.text import fold_case

Named = Participant | Organisation

_BREAKS = re.compile(r"[\s\-_./,()|]+")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_MARK_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True)
class Match:
    """Who a name means: one (`found`), several (`candidates` without `found`), or nobody."""

    found: Named | None = None
    candidates: tuple[Named, ...] = ()
    """Those who fit when several do; near misses when nobody fits."""
    ambiguous: bool = False

    @property
    def id(self) -> str:
        return self.found.id if self.found else ""


@lru_cache(maxsize=8192)
def _folded(name: str) -> str:
    return fold_case(name)


@lru_cache(maxsize=8192)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name, folded; an apostrophe may be typed or left out."""
    words = [word for word in _BREAKS.split(fold_case(name)) if word]
    bare = [re.sub(r"['’]", "", word) for word in words]
    return tuple(dict.fromkeys((*words, *bare, *(part for word in words for part in re.split("['’]", word) if part))))


def everybody(roster: Roster) -> tuple[Named, ...]:
    """All who can be named: people, then organisations."""
    return (*roster.people, *roster.orgs)


def _names(one: Named) -> tuple[str, ...]:
    return (one.name, one.short) if isinstance(one, Organisation) else (one.name,)


def _starts(one: Named, asked: tuple[str, ...]) -> bool:
    """Whether each asked word begins a word of one of the names."""
    return any(all(any(word.startswith(start) for word in _words(name)) for start in asked) for name in _names(one))


def find(roster: Roster, name: str) -> Match:
    """The exact id; else the only person or organisation with a name word that starts so.

    Case and accents are ignored. Several words, also joined by `-`, `_` or `.`, must all begin words of the
    same name (`juan.pablo`).
    """
    fitting = _fitting(roster, name)
    if len(fitting) == 1:
        return Match(fitting[0])
    if fitting:
        return Match(candidates=fitting, ambiguous=True)
    return Match(candidates=_near(everybody(roster), name))


def id_of(roster: Roster, name: str) -> str:
    """The id that `find` finds, or empty; it looks for no near misses."""
    fitting = _fitting(roster, name)
    return fitting[0].id if len(fitting) == 1 else ""


def _fitting(roster: Roster, name: str) -> tuple[Named, ...]:
    known = everybody(roster)
    typed, folded = name.strip(), fold_case(name)
    exact = [one for one in known if typed and one.id == typed]
    exact = exact or [one for one in known if folded and _folded(one.id) == folded]
    asked = tuple(word for word in _BREAKS.split(folded) if word)
    if exact or not asked:
        return tuple(exact[:1])
    return tuple(one for one in known if _starts(one, asked))


def _near(known: tuple[Named, ...], name: str) -> tuple[Named, ...]:
    owners: dict[str, Named] = {}
    for one in known:
        for word_of in (fold_case(one.id), *(part for name in _names(one) for part in _words(name))):
            owners.setdefault(word_of, one)
    near = get_close_matches(fold_case(name), owners, n=3, cutoff=0.75)
    return tuple({owners[hit].id: owners[hit] for hit in near}.values())


def exactly(roster: Roster, name: str) -> Named | None:
    """The only bearer of this whole name; case, accents and an aside like "(she/her)" are ignored."""
    for spelling in (name, _ASIDE.sub(" ", name)):
        folded = fold_case(spelling)
        bearers = [one for one in everybody(roster) if folded and folded in map(_folded, _names(one))]
        if bearers:
            return bearers[0] if len(bearers) == 1 else None
    return None


def why_not(name: str, match: Match) -> str:
    """One sentence on why a name was not understood, with what to type instead. Empty when it was."""
    if match.found:
        return ""
    listed = ", ".join(f"{one.name} ({one.id})" for one in match.candidates[:4])
    more = f" and {len(match.candidates) - 4} more" if len(match.candidates) > 4 else ""
    if match.ambiguous:
        return f"{name!r} fits {listed}{more}: type more of the name, or the id."
    if match.candidates:
        return f"Nobody on the roster is called {name!r}. Did you mean {listed}?"
    return f"Nobody on the roster is called {name!r}: check the spelling, or add the person."


# ---------------------------------------------------------------- marks of two keys


def marks(people: Iterable[Participant]) -> dict[str, str]:
    """A mark of two keys (a–z, 0–9) for each person, by id; earlier people choose first, so marks stay.

    Initials where they are free; a number at the end of a name is its mark. After 1,296 people there is
    none left: the rest is missing from the answer.
    """
    taken: dict[str, str] = {}
    spare = ("".join(pair) for pair in product(_MARK_SIGNS, repeat=2))
    for person in people:
        mark = next((mark for mark in _wishes(person) if len(mark) == 2 and mark not in taken), None)
        mark = mark or next((mark for mark in spare if mark not in taken), None)
        if mark is None:
            break
        taken[mark] = person.id
    return {id: mark for mark, id in taken.items()}


def _wishes(person: Participant) -> Iterator[str]:
    words = [re.sub(r"[^a-z0-9]", "", word) for word in _BREAKS.split(fold_case(person.name))]
    words = [word for word in words if word] or [re.sub(r"[^a-z0-9]", "", person.id)]
    first, last, every = words[0], words[-1], "".join(words)
    if last.isdigit() and len(last) >= 2:
        yield last[-2:]
    yield first[:1] + last[:1] if len(words) > 1 else first[:2]
    yield from (first[:1] + word[:1] for word in words[1:])
    for later in (last[1:], first[1:], every[1:]):
        yield from (first[:1] + sign for sign in later)
    yield from (one + other for one, other in pairwise(every))


# ---------------------------------------------------------------- where people belong


def organisation_of(roster: Roster, person: str) -> Organisation | None:
    """Where a person belongs, by the person's id; an organisation's own id is itself."""
    participant = roster.person(person)
    return roster.org(participant.org if participant else person)


def newcomers(roster: Roster) -> tuple[str, ...]:
    """Ids of those who are here for the first time, in the roster's order."""
    return tuple(person.id for person in roster.people if person.new)


def named(roster: Roster, id: str, added: Mapping[str, str] | None = None) -> str:
    """The name to show for an id; `added` names those who came in during the call. Unknown ids are shown."""
    one = roster.person(id) or roster.org(id)
    return one.name if one else (added or {}).get(id, id)
