"""Finding lines among thousands while somebody types: what was folded once is kept.

Owns the words of the search and the memory that makes it quick. It must not know how lines are shown. The memory
follows the captures by identity, since a capture is never changed in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from facilitator_tui.console.kept import Kept
from facilitator_tui.core.capture import Capture
from facilitator_tui.core.grammar import SIGNS, kind_words, kinds_of
from facilitator_tui.core.roster import everybody, organisation_of
from facilitator_tui.core.run import Run, agenda
from facilitator_tui.core.text import fold_case

Test = Callable[[Capture], bool]

_fold = lru_cache(maxsize=4096)(fold_case)

_MOST_KEPT = 100_000
_MOST_SEARCHES = 20


class NotesIndex:
    """Answers which captures fit a search, newest first. Asked the same again, it does not look again."""

    def __init__(self) -> None:
        self._folded: dict[str, tuple[Capture, str]] = {}
        self._found: Kept[tuple[Capture, ...]] = Kept()
        self._narrowed: Kept[list[tuple[str, tuple[Capture, ...]]]] = Kept()
        """What was found for single words, the latest last; the first entry is everything."""
        self._names: dict[str, str] = {}
        self._plan: object = None

    def find(self, run: Run, words: str, kind: str = "") -> tuple[Capture, ...]:
        """Lines that hold every word, or fit it: `@name`, `#tag`, `r:3`, `q:1`, `item:groups`, `kind:take`, `++`."""
        of = (run.captures, run.plan, run.added, run.changes, run.edits)
        return self._found.get(lambda: self._find(run, words, kind), *of, equal=(words, kind))

    def _find(self, run: Run, words: str, kind: str) -> tuple[Capture, ...]:
        wanted = fold_case(words).split()
        captures = self._narrowed.get(lambda: self._standing(run), run.captures, run.plan, run.added)
        if not kind and len(wanted) == 1 and wanted[0].isalpha():
            # One letter more finds nothing that the letters before it did not find.
            before = next((found for word, found in reversed(captures) if wanted[0].startswith(word)), ())
            found = tuple(one for one in before if wanted[0] in self._folded[one.id][1])
            captures.append((wanted[0], found))
            del captures[1:-_MOST_SEARCHES]
            return found
        listed = [one for one in captures[0][1] if not kind or one.content.type == kind]
        for test in [self._test(run, word) for word in wanted]:
            listed = [one for one in listed if test(one)]
        return tuple(listed)

    def _standing(self, run: Run) -> list[tuple[str, tuple[Capture, ...]]]:
        """All lines that stand, newest first, as the answer to the search for nothing."""
        self._learn(run)
        return [("", tuple(one for one in reversed(run.captures) if not one.removed))]

    def _learn(self, run: Run) -> None:
        """Fold the lines that are new or changed, so that no key has to wait for it."""
        roster = run.roster
        if self._plan is not run.plan or len(self._folded) > _MOST_KEPT:
            self._plan = run.plan
            self._folded = {}
        titles = {kind: f"{kind} {wording.title}" for kind, wording in kinds_of(run.plan.kinds).items()}
        self._names = {one.id: one.name for one in everybody(roster)}
        for one in run.captures:
            known = self._folded.get(one.id)
            if known is None or known[0] is not one:
                self._folded[one.id] = (one, fold_case(" ".join(self._words(one, titles))))

    def _words(self, capture: Capture, titles: Mapping[str, str]) -> Iterator[str]:
        content = capture.content
        yield content.raw
        if content.text not in content.raw:
            yield content.text
        yield from (other.text for other in capture.others)
        yield titles.get(content.type, content.type)
        yield content.item
        yield content.due
        yield from (f"/{flag}" for flag in content.flags)
        yield from (f"#{tag}" for tag in content.tags)
        yield "unsure" if content.unsure else ""
        yield "versions" if capture.others else ""
        yield from (self._names.get(one, one) for one in (*content.by, *content.owner))

    def _test(self, run: Run, word: str) -> Test:
        sort, colon, value = word.partition(":")
        if word[0] == "@" and len(word) > 1:
            people = _people(run, word[1:])
            return lambda one: not people.isdisjoint((*one.content.by, *one.content.owner))
        if word[0] == "#" and len(word) > 1:
            return lambda one: any(_fold(tag).startswith(word[1:]) for tag in one.content.tags)
        if colon and value and sort == "r":
            return lambda one: fold_case(one.content.room) == value
        if colon and value and sort == "q":
            return lambda one: str(one.content.question) == value
        if colon and value and sort == "item":
            items = _items(run, value)
            return lambda one: one.content.item in items
        kind = _kind(run, value if colon and sort == "kind" else word if word in SIGNS else "")
        if kind:
            return lambda one: one.content.type == kind
        folded = self._folded
        return lambda one: word in folded[one.id][1]


def _people(run: Run, typed: str) -> frozenset[str]:
    """Ids of all whom the typed beginning of a name, an id or an organisation may mean."""
    roster = run.roster

    def fits(id: str, *names: str) -> bool:
        words = [word for name in names for word in fold_case(name).split()]
        return fold_case(id).startswith(typed) or any(word.startswith(typed) for word in words)

    orgs = {org.id for org in roster.orgs if fits(org.id, org.name, org.short)}
    people = {one.id for one in roster.people if fits(one.id, one.name)}
    belong = {one.id for one in roster.people if (org := organisation_of(roster, one.id)) and org.id in orgs}
    return frozenset((*orgs, *people, *belong))


def _items(run: Run, typed: str) -> frozenset[str]:
    items = agenda(run)
    return frozenset(
        one.id for one in items if fold_case(one.id).startswith(typed) or fold_case(one.title).startswith(typed)
    )


def _kind(run: Run, typed: str) -> str:
    if typed in SIGNS:
        return SIGNS[typed]
    words = kind_words(run.plan.kinds)
    return words.get(typed) or next((kind for kind in kinds_of(run.plan.kinds) if typed and kind.startswith(typed)), "")
