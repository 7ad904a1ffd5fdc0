"""The leak check: lines in whose free text somebody's name, organisation, mail address or phone number stands.

Owns what counts as such. It must not know who confirms a line: until somebody does, or rewrites it, the exporter
keeps it back. It errs on the side of asking: a first name alone is a finding, and so are initials; a word like "will"
only where it is written like a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from facilitator_tui.core.plan import Organisation, Roster
from facilitator_tui.core.run import Run
from facilitator_tui.core.text import fold_case
from facilitator_tui.harvest.consent import Disclosure, Edition, strictest
from facilitator_tui.harvest.sheet import code, typed_titles

Sort = Literal["person", "organisation", "mail", "phone", "unsure"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_AT_NAME = re.compile(r"(?<![\w.])@(?=[^\W\d_])[\w.'’-]+")
_URL = re.compile(r"\b(?:[a-z][a-z0-9+.-]*://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.])(?:\+|\(|00|0)?\d(?:[\s().\-/–]{0,3}\d){5,}(?!\w)")
_DATES = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}\s?[-–/]\s?\d{4}")
_GROUPED = re.compile(r"\d{1,3}(?:[ .,]\d{3})+")
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f]")
_NO_BLANKS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SECOND_LETTER = re.compile("(?<=[aou])e|(?<=(?<!a)a)a")
_GENITIVE = re.compile("(?:['’]s|['’]|(?<=[A-Z])s)$")
_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]\.[ ]?){2,4}")
_NO_LETTER = re.compile(r"[\W\d_]+")
_FEWEST_BENT, _LONGEST_ENDING = 5, 3
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
_SHORT = """
    act aid all and any are art ask but can car day del der des die don eat end est eye far few for get gut has her
    him his how ice ist its law les los man map may mit net new non not now old one our out own pro que red see she
    sie sin son sun the two una und une use war was way web who why you
"""
_ABBREVIATED = """
    ag ai am bd cc ceo cfo cv dc dm eg eu faq gb gmbh hr ict id ie ip it kb km mb mp ms msp ngo ok pdf ph pm pr ps
    qa sa sdg tba tbd tv uk un url us vs
"""
_ORGANISATIONS = """
    academy action agency alliance association australia africa america americas asia asociacion board bureau
    business capital center centre centro civil climate collaborative college committee community company connect
    consult consulting cooperation council development dialogue earth economic education energy environment
    environmental europe european federal federation food forest forestry forum foundation fund fundacion fund
    future gesellschaft global government green group health house human impact initiative innovation instituto
    institut institute international justice knowledge land learning ministry multi national nations network office
    organisation organization partner partnering partners partnership partnerships people peoples platform policy
    program programme project research resource resources rights school service services society solutions social
    stakeholder stiftung sustainability sustainable systems trade trust union united universidad university verein
    water women world youth
"""
POINTLESS = frozenset(_GENERIC.split())
"""Words of names that point at nobody."""
EVERYDAY = frozenset(_ALSO_WORDS.split())
"""Names that are everyday words too: found only where they begin with a capital letter."""
SHORT_WORDS = frozenset(_SHORT.split())
"""Words that a short name may be taken for: such a name is found only in its own capitals."""
ABBREVIATIONS = frozenset(_ABBREVIATED.split())
"""Capitals that are nobody's initials."""
OF_ORGANISATIONS = frozenset(_ORGANISATIONS.split())
"""Words of organisations' names that point at none of them alone."""
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
    """A capture, an idea of the plan, or session and item of a title that was typed live; empty for another text of the
    plan, which is only pointed out."""
    code: str
    text: str
    found: tuple[tuple[Sort, str], ...]
    """What was found, and the words it was found by."""
    allowed: bool = False
    """Consent allows all that was found: nothing is kept back for it."""


class Finder:
    """Finds people and organisations of a roster in free text, however their names are bent or joined there."""

    def __init__(self, roster: Roster) -> None:
        self._alone: dict[str, Sort] = {}
        """Words that point at somebody by themselves."""
        self._phrases: dict[str, list[tuple[list[str], Sort]]] = {}
        """Several words in a row, by the first of them."""
        self._capitals: dict[str, Sort] = {}
        """Short names and initials: only as they are written here."""
        self._within: dict[str, Sort] = {}
        """Words of an organisation's name: only with a capital inside a sentence."""
        self._unspaced: list[tuple[str, Sort]] = []
        self._harmless: set[str] = set()
        """Words that were looked at and begin nobody's name: most words of a call come again and again."""
        for org in roster.orgs:
            self._learn_organisation(org)
        for person in roster.people:
            self._learn_person(person.name)

    def _learn_organisation(self, org: Organisation) -> None:
        words = [word for word in _WORD.findall(_bare(org.name)) if _key(word) != "the"]
        self._learn_whole(words, "organisation")
        for word in words if len(words) > 1 else ():
            if len(word) > 3 and word[0].isupper() and _key(word) not in OF_ORGANISATIONS:
                self._within.setdefault(_key(word), "organisation")
        short = _WORD.findall(_bare(org.short))
        is_everyday = len(org.short) < 3 or fold_case(org.short) in SHORT_WORDS
        if len(short) == 1 and is_everyday and fold_case(org.short) != org.short:
            self._capitals.setdefault(org.short, "organisation")
        else:
            self._learn_whole(short, "organisation")
        if short:
            self._unspaced += [(sign, "organisation") for sign in _unspaced(org.short)]
        self._unspaced += [(sign, "organisation") for sign in _unspaced(org.name)]

    def _learn_person(self, name: str) -> None:
        words = _WORD.findall(_bare(name))
        self._learn_whole(words, "person")
        is_written_small = all(word.islower() for word in words)
        for word in words:
            is_particle = len(word) < 4 and word.islower() and not is_written_small
            parts = (word, *re.split("['’]", word)[1:])
            for key in map(_key, () if is_particle else parts):
                if len(key) > 1 and key not in POINTLESS and not key.isdecimal():
                    self._alone.setdefault(key, "person")
        letters = [word[0].upper() for word in words if word[0].isupper()]
        for initials in ("".join(letters), "".join(letters[:1] + letters[-1:])):
            if len(initials) > 1 and fold_case(initials) not in ABBREVIATIONS:
                self._capitals.setdefault(initials, "person")
        self._unspaced += [(sign, "person") for sign in _unspaced(name)]

    def _learn_whole(self, words: Sequence[str], sort: Sort) -> None:
        """A whole name: its words in a row, or all in one as in a tag."""
        keys = [_key(word) for word in words[:_LONGEST_PHRASE]]
        if len(keys) > 1 and (keys, sort) not in (phrases := self._phrases.setdefault(keys[0], [])):
            phrases.append((keys, sort))
        joined = _key("".join(words))
        if len(joined) > 1 and joined not in POINTLESS and not joined.isdecimal():
            self._alone.setdefault(joined, sort)

    def find(self, text: str) -> tuple[tuple[Sort, str], ...]:
        """Everything in a text that points at somebody, each once."""
        bare = _bare(text)
        typed = _WORD.findall(bare)
        found = {} if self._harmless.issuperset(typed) else self._named(typed)
        if "." in bare:
            for initials in _DOTTED.findall(bare):
                sort = self._capitals.get(letters := _NO_LETTER.sub("", initials)) or self._alone.get(_key(letters))
                if sort:
                    found[sort, initials.strip()] = None
        if self._unspaced and not bare.isascii():
            whole = fold_case(bare)
            found.update({(sort, name): None for name, sort in self._unspaced if name in whole})
        found.update(dict.fromkeys(_addresses(text)))
        return tuple(found)

    def _named(self, typed: Sequence[str]) -> dict[tuple[Sort, str], None]:
        """People and organisations in the words of a text, in their order."""
        found: dict[tuple[Sort, str], None] = {}
        for at, as_typed in enumerate(typed):
            if as_typed in self._harmless:
                continue
            key = _key(as_typed)
            phrases = self._phrases.get(key, ())
            for phrase, sort in phrases:
                words = typed[at : at + len(phrase)]
                if [_key(one) for one in words] == phrase:
                    found[sort, " ".join(words)] = None
            within = self._within.get(key) if as_typed[0].isupper() else None
            alone = self._alone_as(as_typed, key) or (within if at else None)
            if alone:
                found[alone, as_typed] = None
            elif not phrases and not within:
                self._harmless.add(as_typed)
        return found

    def _alone_as(self, as_typed: str, key: str) -> Sort | None:
        """What one word points at by itself; a short or everyday word only with its capital."""
        bare = _GENITIVE.sub("", as_typed)
        if bare in self._capitals:
            return self._capitals[bare]
        has_capital = as_typed[0].isupper()
        for form in (key, _key(bare)):
            if form in self._alone and (has_capital or not (len(form) < 3 or form in EVERYDAY)):
                return self._alone[form]
        bent = (form for form in _forms(key, has_capital) if form not in EVERYDAY)
        return next((self._alone[form] for form in bent if form in self._alone), None)


def _bare(text: str) -> str:
    """A text with each letter and its accent as one sign, and without the signs that nobody sees."""
    return text if text.isascii() else _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def _key(word: str) -> str:
    """How a word of a name is compared: besides case and accents, apostrophes, leading zeros and the ways to write
    umlauts and å with two letters don't matter."""
    return _SECOND_LETTER.sub("", fold_case(word).replace("'", "")).lstrip("0")


def _forms(key: str, has_capital: bool) -> Iterable[str]:
    """What a word may be the genitive of (Annas), and, with a capital, another case of (Novákovi)."""
    if key.endswith("s") and (has_capital or len(key) > _FEWEST_BENT):
        yield key[:-1]
    for end in range(1, _LONGEST_ENDING + 1) if has_capital else ():
        if len(key) - end >= _FEWEST_BENT:
            yield key[:-end]


def _unspaced(name: str) -> Iterable[str]:
    """The parts of a name in a script that sets no blanks between words, and the whole."""
    if _NO_BLANKS.search(name):
        words = fold_case(_bare(name)).split()
        yield from (word for word in dict.fromkeys((*words, "".join(words))) if len(word) > 1)


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


def leaks(run: Run, edition: Edition, finder: Finder | None = None) -> tuple[Leak, ...]:
    """Lines that an edition would print and that point at somebody. The team's edition has none.

    `finder` may know more people than those of this session.
    """
    allowed = Disclosure(run, edition)
    if allowed.is_team:
        return ()
    finder = finder or Finder(run.roster)
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
    for item in typed_titles(run):
        if hits := finder.find(item.title):
            harmless = {sort for sort, _ in hits} <= permitted
            name = f"{run.session.id}-{item.id}"
            found.append(Leak(run.session.id, name, name, item.title, hits, harmless))
    return (*found, *_in_plan(run, finder))


def leaks_of_ideas(run: Run, edition: Edition, finder: Finder) -> tuple[Leak, ...]:
    """Ideas of the plan that point at somebody: the community's words, unlike titles and questions."""
    if edition == "team":
        return ()
    permitted = _permitted(run)
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
    for text in dict.fromkeys(texts):
        if hits := finder.find(text):
            yield Leak(session.id, "", "", text, hits, True)
