"""One page in HTML that needs nothing but itself: a session or a week as its Markdown says it, with its drawings.

Owns the way from Markdown to a page that can be mailed, printed and read on a phone: no script, no resource from
anywhere, and a policy in its head that forbids both. It must not see a run: its text is a document of an edition that
has passed consent already, and the drawings are made of tables that have.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from facilitator_tui.harvest import drawings
from facilitator_tui.harvest.consent import Edition
from facilitator_tui.harvest.layout import EDITION_WORDS
from facilitator_tui.harvest.met import MetTable
from facilitator_tui.harvest.sheet import Sheet

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_DAY = re.compile(r"[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2}")
"""A short day, which is not torn apart in a narrow column."""
_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_BOX = re.compile(r"\[([ xX])\] (?:(\S+-\d{3,}) )?")
_URL = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]")
MET = "Who met whom"


@dataclass(frozen=True, slots=True)
class _Section:
    """What stands below one heading of the second level; the first one has none."""

    title: str
    html: str


def session_page(markdown: str, bare: Sheet, met: MetTable | None) -> str:
    """The page of a session: its notes, the drawing of its time under `Time`, and who met whom before that."""
    sections = _sections(markdown)
    sections = _with_figure(sections, "Time", _times_figure(drawings.times(bare.timing)))
    return _page(bare.title, bare.edition, _with_met(sections, met, "Time"))


def week_page(markdown: str, title: str, sheets: Sequence[Sheet], edition: Edition, met: MetTable | None) -> str:
    """The page of a week: its digest, the time of its days and who met whom before the numbers."""
    sections = _sections(markdown)
    drawn = _times_figure(drawings.days([one for one in sheets if one.state != "not-started"]))
    if drawn:
        sections = _inserted(sections, _Section("Time", drawn), "Numbers")
    return _page(title, edition, _with_met(sections, met, "Numbers"))


# ---------------------------------------------------------------- sections and figures


def _with_met(sections: list[_Section], met: MetTable | None, before: str) -> list[_Section]:
    if met is None:
        return sections
    html = f"<p>{escape(met.said)}</p>\n"
    if drawn := drawings.who_met(met):
        html += f'<figure class="wide">{drawn}<figcaption>{_MET_CAPTIONS[met.by]}</figcaption></figure>\n'
    return _inserted(sections, _Section(MET, html), before)


_MET_CAPTIONS: Mapping[str, str] = {
    "person": (
        '<span class="key once"></span> once <span class="key again"></span> more often '
        '<span class="key never"></span> not in these rooms'
    ),
    "group": "Pairs that met, between groups and within them. Groups are self-declared; small ones are joined.",
}


def _times_figure(drawn: str) -> str:
    if not drawn:
        return ""
    paused = '<span class="key paused"></span> paused' if 'class="paused"' in drawn else ""
    keys = f'<span class="key planned"></span> planned <span class="key held"></span> actual {paused}'
    return f"<figure>{drawn}<figcaption>{keys.rstrip()}</figcaption></figure>\n"


def _with_figure(sections: list[_Section], title: str, figure: str) -> list[_Section]:
    """A figure behind the heading of a section, or a section of its own where a template has no such one."""
    if not figure:
        return sections
    if not any(one.title == title for one in sections):
        return [*sections, _Section(title, figure)]
    return [_Section(one.title, figure + one.html) if one.title == title else one for one in sections]


def _inserted(sections: list[_Section], new: _Section, before: str) -> list[_Section]:
    place = next((at for at, one in enumerate(sections) if one.title == before), len(sections))
    return [*sections[:place], new, *sections[place:]]


# ---------------------------------------------------------------- from Markdown


def _sections(markdown: str) -> list[_Section]:
    """The parts of a document by its headings of the second level, in HTML; a YAML head is for programs."""
    tokens = _parser().parse(_HEAD.sub("", markdown, count=1))
    starts = [
        at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2" and token.level == 0
    ]
    made = [_Section("", _rendered(tokens[: starts[0] if starts else None]))]
    for start, end in pairwise((*starts, len(tokens))):
        made.append(_Section(tokens[start + 1].content, _rendered(tokens[start + 3 : end])))
    return made


def _rendered(tokens: Sequence[Token]) -> str:
    parser = _parser()
    for token, inside in pairwise(tokens):
        if token.type in ("th_open", "td_open"):
            # The policy of the page allows its own style only, and none on an element.
            right = "right" in str(token.attrs.pop("style", ""))
            named = "number" if right else "day" if _DAY.fullmatch(inside.content) else ""
            token.attrs.update({"class": named} if named else {})
    return str(parser.renderer.render(tokens, parser.options, {}))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    assert isinstance(parser.renderer, RendererHTML)
    rules: dict[str, Any] = parser.renderer.rules
    rules["text"] = lambda tokens, at, options, env: _linked(tokens[at].content)
    rules["table_open"] = lambda *_: '<div class="wide"><table>\n'
    rules["table_close"] = lambda *_: "</table></div>\n"
    rules["link_open"] = _link
    parser.core.ruler.push("boxes", _boxes)
    rules["box"] = lambda tokens, at, options, env: _box(tokens[at])
    return parser


def _linked(text: str) -> str:
    """A text with the addresses of pages in it as links; nothing is fetched before somebody follows one."""
    parts, at = [], 0
    for found in _URL.finditer(text):
        parts.append(escape(text[at : found.start()], quote=False))
        parts.append(f'<a href="{escape(found[0])}" rel="noopener noreferrer">{escape(found[0], quote=False)}</a>')
        at = found.end()
    return "".join((*parts, escape(text[at:], quote=False)))


def _link(tokens: Sequence[Token], at: int, options: object, env: object) -> str:
    return f'<a href="{escape(str(tokens[at].attrGet("href") or ""))}" rel="noopener noreferrer">'


def _boxes(state: Any) -> None:
    """A list item that begins with a box, written as one and not as escaped text, gets a box."""
    from markdown_it.token import Token

    for before, token in zip(state.tokens, state.tokens[1:], strict=False):
        found = _BOX.match(token.content) if token.type == "inline" and before.type == "paragraph_open" else None
        first = token.children[0] if found and token.children else None
        if found is None or first is None or first.type != "text" or not first.content.startswith(found[0].strip()):
            continue
        first.content = first.content.removeprefix(found[0])
        token.children.insert(0, Token("box", "", 0, content=found[1].strip(), info=found[2] or ""))


def _box(token: Token) -> str:
    done = bool(token.content)
    code = f'<span class="code">{escape(token.info)}</span> ' if token.info else ""
    return (
        f'<span class="box" role="img" aria-label="{"done" if done else "open"}">{"☑" if done else "☐"}</span> {code}'
    )


# ---------------------------------------------------------------- the page


def _page(title: str, edition: Edition, sections: Sequence[_Section]) -> str:
    style = _style()
    policy = (
        f"default-src 'none'; style-src '{_fingerprint(style)}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    name, meaning = EDITION_WORDS[edition]
    first, *others = sections
    numbered = list(enumerate(others, 1))
    contents = "".join(f'<li><a href="#s{number}">{_plain(one.title)}</a></li>\n' for number, one in numbered)
    body = "".join(
        f'<section id="s{number}">\n<h2>{_plain(one.title)}</h2>\n{one.html}</section>\n' for number, one in numbered
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f'<link rel="icon" href="data:,">\n<title>{escape(title, quote=False)}</title>\n'
        f"<style>{style}</style>\n</head>\n"
        f'<body class="{edition}">\n<p class="edition"><strong>{name}:</strong> {meaning}.</p>\n<main>\n<header>\n'
        f'{first.html}</header>\n<nav aria-label="Contents">\n<ul>\n{contents}</ul>\n</nav>\n{body}</main>\n'
        "</body>\n</html>\n"
    )


def _plain(inline: str) -> str:
    """A heading's Markdown as HTML."""
    return str(_parser().renderInline(inline))


@lru_cache(maxsize=1)
def _style() -> str:
    return resources.files(__package__).joinpath("templates", "page.css").read_text("utf-8").strip()


def _fingerprint(style: str) -> str:
    """What the policy knows the style by (CSP Level 3, 8.3)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"
