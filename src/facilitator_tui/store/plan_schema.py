"""What a plan may say: every table and field with its shape, its default and a sentence.

Owns the one list from which the loader, the JSON Schema of `facilitator schema` and `docs/plan-file.md` are
made. It must not know how a value is read (`plan_shapes`) nor what is made of it (`plan_build`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from facilitator_tui.core.plan import KINDS
from facilitator_tui.core.problems import did_you_mean
from facilitator_tui.store.plan_shapes import (
    AnyShape,
    Ask,
    Choice,
    Flag,
    Formed,
    Group,
    Habit,
    Id,
    ListOf,
    MapOf,
    NamedRows,
    One,
    RoomsOf,
    Rows,
    Text,
    Url,
    Whole,
)
from facilitator_tui.store.plan_times import Clock, Day, Length, Zone

ROSTER_FIELDS = ("org", "region", "sector", "country", "new", "role", "langs", "pronouns", "tz")
"""What people say of themselves: rooms are mixed by these and voices counted by them, nothing else."""

ROLES = ("participant", "speaker", "lead", "tech", "harvest", "guest")


@dataclass(eq=False, repr=False)
class Field:
    """A field of a table. `default` is told in words where it is not plain from the sentence."""

    name: str
    shape: AnyShape
    says: str
    required: bool = False
    default: str = ""


@dataclass(eq=False, repr=False)
class TableSpec:
    """A table: its fields, and what other keys may be (`others`, for keys of the writer's choice)."""

    heading: str
    says: str
    fields: tuple[Field, ...]
    others: MapOf | None = None

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


def _item_kind(key: str) -> tuple[str, str] | None:
    if key in KINDS:
        return None
    return f"`{key}` is no kind of agenda item, so nothing is sent", did_you_mean(key, KINDS)


def _language_key(key: str) -> tuple[str, str] | None:
    return None if re.fullmatch(r"[a-z]{2}", key) else ("", "")


_TEXT = Text()
_LONG = Text(newlines=True)
_TAG = Formed(pattern=r"#?[^\W_][\w-]*", complaint="cannot be typed as a #tag", example="next-steps", words="tag")
_LANG = Formed(pattern=r"[a-z]{2,3}(-[A-Za-z0-9]+)*", complaint="is no language code", example="en", words="language")
_MAIL = Formed(pattern=r"[^@\s]+@[^@\s]+", complaint="is no mail address", example="ana@example.org")
_ROSTER_FIELD = Choice(ROSTER_FIELDS)
_TEAM = MapOf(_TEXT, key_words="part")
_IDS = ListOf(Id())

_TOP = TableSpec(
    "",
    "The file itself.",
    (
        Field("schema", Whole(1, 1_000_000), "The version of this format.", default="1"),
        Field(
            "include",
            ListOf(Text(words="file")),
            "Other plan files of this folder (`people.toml`): their tables are merged in, their lists "
            "appended. So personal data can stay out of a plan that is shared.",
        ),
        Field("programme", One("programme"), "What all sessions have in common."),
        Field("links", One("links"), "Addresses for messages."),
        Field("consent", One("consent"), "What may leave the room."),
        Field("voice", One("voice"), "Who is heard."),
        Field("rooms", One("rooms"), "Defaults for every breakout."),
        Field("roster", One("roster"), "People and organisations."),
        Field("ideas", One("ideas"), "What the community asked for."),
        Field("kinds", NamedRows("kind"), "Kinds of capture: `name = { title, word }`."),
        Field("message", Rows("message"), "Chat messages, ready to paste."),
        Field("send", One("send"), "Which messages belong to which kind of item."),
        Field("method", Rows("method"), "Ways of working in timed steps."),
        Field("session", Rows("session"), "The calls.", required=True),
    ),
)

_PROGRAMME = TableSpec(
    "[programme]",
    "What all sessions have in common.",
    (
        Field("title", _TEXT, "Its name.", default="the folder's name"),
        Field("id", Id(), "Its short name.", default="made from the title"),
        Field("tz", Zone(), "The zone of every clock time in the plan.", default="the computer's"),
        Field("host", _TEXT, "The organisation or person who invites."),
        Field("language", _LANG, "The language of the calls."),
        Field("purpose", _LONG, "What it is for."),
        Field("theme", _TAG, "The red thread: the first tag of every session."),
        Field("team", _TEAM, "Who leads, runs the tech, harvests; a session may name others."),
    ),
)

_LINKS = TableSpec(
    "[links]",
    'Any name and its address, for messages: `call = "https://…"` is pasted by `{call}`.',
    (),
    MapOf(Url()),
)

_CONSENT = TableSpec(
    "[consent]",
    "What may leave the room. Every export obeys it.",
    (
        Field(
            "rule",
            Choice(("chatham", "ask", "open")),
            "`chatham`: what was said, never who; `ask`: each is asked; `open`: names may stand.",
            default="ask",
        ),
        Field("speakers", Choice(("name", "org", "group", "none")), "How speakers appear.", default="name"),
        Field(
            "participants",
            Choice(("name", "org", "group", "none")),
            "How participants appear.",
            default="none",
        ),
        Field(
            "quotes",
            Choice(("ask", "open")),
            "`ask`: a quote stays inside until marked `/ok`.",
            default="ask",
        ),
        Field("recording", Flag(), "Whether the call is recorded.", default="false"),
    ),
)

_VOICE = TableSpec(
    "[voice]",
    "Equity of voice, counted by hand.",
    (
        Field("groups", ListOf(_ROSTER_FIELD), "Fields of the roster whose shares are shown."),
        Field("silent_after", Length(), "When somebody is listed as not heard yet.", default="30"),
        Field("share_alert", Whole(1, 100), "Percent of the turns by one person before a hint.", default="25"),
        Field("export", Choice(("aggregate", "none")), "What leaves the console.", default="aggregate"),
    ),
)

_ROOMS = TableSpec(
    "[rooms]",
    "Who should, and who should not, share a room: defaults for every breakout.",
    (
        Field("apart", ListOf(_ROSTER_FIELD), "People alike in these should not share a room."),
        Field("spread", ListOf(_ROSTER_FIELD), "These are mixed as evenly as they can be."),
        Field(
            "new_people",
            Choice(("with-buddy", "never-alone", "free")),
            "Newcomers, in rooms of three or more.",
            default="free",
        ),
        Field("no_repeat", Flag(), "People who have not met come first.", default="true"),
        Field("min_size", Whole(1, 100), "The smallest room.", default="2"),
        Field("share_lang", Flag(), "Nobody sits in a room without a common language.", default="false"),
    ),
)

_ROSTER = TableSpec(
    "[roster]",
    "Who takes part, one line each (or `[[roster.people]]`, `[[roster.orgs]]`).",
    (
        Field("orgs", Rows("org"), "Organisations."),
        Field("people", Rows("person"), "People. What a person lacks comes from the organisation."),
    ),
)

_ORG = TableSpec(
    "[[roster.orgs]]",
    "An organisation.",
    (
        Field("id", Id(), "Its short name.", required=True),
        Field("name", _TEXT, "Its name.", required=True),
        Field("short", _TEXT, "An abbreviation."),
        Field("country", _TEXT, "Its country."),
        Field("tz", Zone(), "Its time zone."),
        Field("region", _TEXT, "Its region."),
        Field("sector", _TEXT, "Its sector."),
    ),
)

_PERSON = TableSpec(
    "[[roster.people]]",
    "A person.",
    (
        Field("id", Id(), "A short name.", required=True),
        Field("name", _TEXT, "The name, as it is shown.", required=True),
        Field("org", Id(), "The id of the organisation."),
        Field("role", Habit(options=ROLES), "What the person does in the calls.", default="participant"),
        Field("pronouns", _TEXT, "Pronouns."),
        Field("langs", ListOf(_LANG), "Languages, the preferred one first."),
        Field("new", Flag(), "New to the community.", default="false"),
        Field("buddy", Text(words="id"), "The id of the person who looks after a newcomer."),
        Field("needs", _LONG, "What the person needs to take part well."),
        Field("email", _MAIL, "Mail address."),
        Field("tz", Zone(), "Time zone.", default="the organisation's"),
        Field("country", _TEXT, "Country.", default="the organisation's"),
        Field("region", _TEXT, "Region.", default="the organisation's"),
        Field("sector", _TEXT, "Sector.", default="the organisation's"),
    ),
)

_IDEAS = TableSpec(
    "[ideas]",
    "What the community asked for.",
    (Field("list", Rows("idea"), "The ideas, one line each (or `[[ideas.list]]`)."),),
)

_IDEA = TableSpec(
    "[[ideas.list]]",
    "An idea.",
    (
        Field("text", _LONG, "The idea.", required=True),
        Field("id", Id(), "Its short name.", default="made from the text"),
        Field("votes", Whole(0, 1_000_000), "How many asked for it.", default="0"),
        Field("session", Id(), "The session that takes it up.", default="none: still open"),
    ),
)

_KIND = TableSpec(
    "[kinds]",
    "A kind of capture: a heading for a built-in one, or a kind of your own.",
    (
        Field("title", _TEXT, "The heading."),
        Field(
            "word",
            Formed(pattern=r"[^\W\d_][\w-]*:?", complaint="cannot be typed in one go", example="scen"),
            "What is typed before the colon.",
            default="the name",
        ),
    ),
)

_MESSAGE = TableSpec(
    "[[message]]",
    'A chat message with `{fields}` that fill themselves. A two-letter key is a translation: `es = "…"`.',
    (
        Field("id", Id(), "Its short name.", required=True),
        Field("text", _LONG, "What is pasted.", required=True),
        Field(
            "where",
            Choice(("main", "rooms", "room", "mail")),
            "The plenary chat, all rooms, one room, or mail.",
            default="main",
        ),
    ),
    MapOf(_LONG, _language_key, key_words="language"),
)

_SEND = TableSpec(
    "[send]",
    'The messages of a kind of item: `breakout = ["go-rooms", "half-time"]`.',
    (),
    MapOf(_IDS, _item_kind, key_words="kind"),
)

_METHOD = TableSpec(
    "[[method]]",
    "A way of working. One with the id of a shipped method takes its place.",
    (
        Field("id", Id(), "Its short name.", required=True),
        Field("steps", Rows("step"), "The steps, in order.", required=True),
        Field("name", _TEXT, "Its name.", default="made from the id"),
        Field("times", Whole(1, 50), "How often the steps are gone through.", default="1"),
    ),
)

_STEP = TableSpec(
    "[[method.steps]]",
    "A step of a method.",
    (
        Field("say", _LONG, "What is to be said.", required=True),
        Field("minutes", Length(), "How long it takes.", required=True),
        Field("group", Group(), "People who work together.", default='"all"'),
        Field("new_rooms", Flag(), "Everybody meets others than before.", default="false"),
        Field("merge", Flag(), "The groups before join.", default="false"),
        Field("capture", Id(), "The kind of capture that is harvested."),
    ),
)

_SESSION = TableSpec(
    "[[session]]",
    "One call.",
    (
        Field("agenda", Rows("item"), "Its items in order.", required=True),
        Field("id", Id(), "Its short name; files are called by it.", default="made from the title"),
        Field("date", Day(), "The day.", default="today"),
        Field("start", Clock(), "When it starts.", default="the next full five minutes"),
        Field("title", _TEXT, "Its name.", default="the programme's title"),
        Field("tags", ListOf(_TAG), "Tags for captures; the theme comes first."),
        Field("team", _TEAM, "Who leads, runs the tech, harvests today.", default="the programme's"),
        Field("questions", ListOf(_LONG), "The guiding questions."),
        Field("rooms", Rows("room"), "Named rooms.", default="Room 1, 2, 3 …"),
        Field("hard_stop", Clock(), "When it has to be over.", default="the planned end"),
    ),
)

_ROOM = TableSpec(
    "[[session.rooms]]",
    "A named room of a session.",
    (
        Field("name", _TEXT, "Its name.", required=True),
        Field("id", Id(), "Its short name.", default="made from the name"),
        Field("ask", Ask(), "The question it works on: a number into `questions`, or a text."),
        Field("guest", Text(words="id"), "The id of a person who visits."),
        Field("langs", ListOf(_LANG), "Languages spoken there."),
        Field("size", Whole(1, 1000), "The most people it takes."),
    ),
)

_ITEM = TableSpec(
    "[[session.agenda]]",
    "A row of the agenda, in the order of the call.",
    (
        Field("minutes", Length(zero=True), 'How long: minutes, or "1h30", "90m", "45s".', required=True),
        Field("id", Id(), "Its short name.", default="made from the title"),
        Field("kind", Choice(KINDS), "What it is; a `cue` has 0 minutes: a reminder.", default="plenary"),
        Field("title", _TEXT, "Its name.", default="its kind"),
        Field(
            "least",
            Length(zero=True),
            "The shortest it may become when time runs out.",
            default="half; input, breakout and break: all",
        ),
        Field("at", Clock(), "A hard start: never earlier."),
        Field("until", Clock(), "A fixed end."),
        Field("speaker", ListOf(Text(words="id")), "Ids of the people who speak."),
        Field("ask", ListOf(Ask()), "Guiding questions: numbers into `questions`, or texts."),
        Field("method", Id(), "The id of a method, shipped or your own."),
        Field("size", Whole(1, 1000), "People in a room."),
        Field("rooms", RoomsOf(), "How many rooms, or which of the session's."),
        Field(
            "rounds",
            Whole(1, 50),
            "How often everybody changes rooms; the minutes are shared out.",
            default="1",
        ),
        Field(
            "mode",
            Choice(("mix", "choose", "keep", "swap", "fixed")),
            "How people get to rooms.",
            default="mix",
        ),
        Field("after", Id(), "The breakout that `keep` and `swap` look back at.", default="the breakout before"),
        Field("send", _IDS, "Ids of its messages.", default="those of [send] for its kind"),
        Field("collect", _IDS, "The kinds of capture that it gathers."),
        Field("show", Habit(options=("digest", "harvest")), "What is shown on the shared screen."),
        Field("from", _IDS, "Where topics come from: `ideas`, or kinds of capture."),
        Field("note", _LONG, "A note to yourself."),
        Field("warn", Length(zero=True), "First alert: so long before the end.", default="2"),
        Field("danger", Length(zero=True), "Second alert: so long before the end.", default="1"),
    ),
)

TABLES: dict[str, TableSpec] = {
    "top": _TOP,
    "programme": _PROGRAMME,
    "links": _LINKS,
    "consent": _CONSENT,
    "voice": _VOICE,
    "rooms": _ROOMS,
    "roster": _ROSTER,
    "org": _ORG,
    "person": _PERSON,
    "ideas": _IDEAS,
    "idea": _IDEA,
    "kind": _KIND,
    "message": _MESSAGE,
    "send": _SEND,
    "method": _METHOD,
    "step": _STEP,
    "session": _SESSION,
    "room": _ROOM,
    "item": _ITEM,
}
"""Every table by the name that `One`, `Rows` and `NamedRows` use."""
