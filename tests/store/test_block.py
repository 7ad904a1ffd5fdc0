"""A block says exactly what its event said, or says that it doesn't."""

from __future__ import annotations

import tomllib
import zlib
from datetime import UTC, datetime

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.core.events import (
    CaptureAdded,
    CaptureEdited,
    Event,
    ItemStarted,
    Payload,
    RoomsOpened,
    RoomsPlanned,
    SessionFinished,
    SessionStarted,
    Unknown,
)
from facilitator_tui.core.text import clean
from facilitator_tui.store import block as block_module
from facilitator_tui.store.block import LARGEST_BLOCK, TooLong, encode, read_blocks, settle

AT = datetime(2026, 5, 12, 19, 3, 10, tzinfo=UTC)
words = st.text(st.characters(codec="utf-8"), max_size=30).map(lambda text: clean(text, newlines=True))
lists = st.lists(words, max_size=4).map(tuple)
moments = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
whole = st.integers(-(2**40), 2**40)
payloads: st.SearchStrategy[Payload] = st.one_of(
    st.builds(CaptureAdded, raw=words, text=words, by=lists, tags=lists, question=whole, item=words),
    st.builds(CaptureEdited, raw=words, text=words, capture=words, over=lists),
    st.builds(ItemStarted, item=words, title=words, length_s=whole, starts=st.none() | moments),
    st.builds(RoomsPlanned, item=words, round=whole, rooms=lists, names=lists, seats=lists),
    st.builds(RoomsOpened, item=words, seconds=whole, follows_pause=st.booleans()),
    st.builds(SessionStarted, laid=moments),
    st.just(SessionFinished()),
    st.builds(
        Unknown,
        name=st.just("later.kind"),
        values=st.dictionaries(
            st.from_regex(r"x[a-z0-9_]{0,31}", fullmatch=True),
            words | whole | st.booleans() | st.lists(words, max_size=3),
            max_size=4,
        ),
    ),
)


def event(payload: Payload, number: int = 1, at: datetime = AT, group: str = "") -> Event:
    return Event(f"id-{number:04d}", number, f"2026-05-12T19:03:11.{number:03d}Z-0000-k7x2m", at, payload, group)


SMALL = b"\n".join(
    encode(event(payload, number))
    for number, payload in enumerate(
        [
            SessionStarted(laid=AT),
            CaptureAdded(raw="= é", text='Evidence "is"\nneeded', tags=("a", "b"), question=2),
            ItemStarted(item="hello"),
        ],
        1,
    )
)


@given(payloads, moments, st.integers(0, 999), st.sampled_from(["", "id-0001"]))
@settings(deadline=None, max_examples=200)
def test_an_event_comes_back_as_it_was(payload: Payload, at: datetime, number: int, group: str) -> None:
    written = event(payload, number, at, group)
    blocks, damage = read_blocks(encode(written))
    assert not damage
    assert [(one.event, one.status) for one in blocks] == [(written, "ok")]


@given(payloads)
@settings(deadline=None, max_examples=100)
def test_a_block_is_toml_and_its_crc_is_that_of_the_bytes_before_it(payload: Payload) -> None:
    data = encode(event(payload))
    table = tomllib.loads(data.decode())["event"][0]
    assert next(iter(table)) == "id"
    assert list(table)[-1] == "crc"
    assert table["crc"] == f"{zlib.crc32(data[: data.rindex(b'crc = ')]):08x}"


scalars = words | whole | st.booleans() | st.lists(words, max_size=3)
hand_made = st.sampled_from(
    [
        "'literal'",
        '"\\u00e9"',
        '"\\ud800"',
        '"\\U0001F600"',
        "1_000",
        "+7",
        "-0",
        "0x1f",
        '["a","b"]',
        '["a", ]',
        "[]",
        '""',
        '"a" # why',
        "007",
        '"tab\there"',
        '"\\q"',
        "true ",
        "True",
        "1.5",
        "2026-01-01",
        "[1]",
        "nan",
    ]
)


@given(st.one_of(scalars.map(lambda value: block_module._value_text(value)), hand_made))
@settings(deadline=None, max_examples=300)
def test_the_quick_reader_agrees_with_tomllib_wherever_it_answers(text: str) -> None:
    quick = block_module._quick(text)
    if quick is not None:
        judged = tomllib.loads(f"v = {text}")["v"]
        assert (quick, type(quick)) == (judged, type(judged))


@given(scalars)
@settings(deadline=None)
def test_the_quick_reader_answers_for_all_that_is_written(value: str | int | bool | list[str]) -> None:
    assert block_module._quick(block_module._value_text(value)) == value


def test_a_log_cut_at_any_byte_gives_every_whole_event_and_no_other() -> None:
    whole_events = [one.event for one in read_blocks(SMALL)[0]]
    ends = [one.offset + len(one.raw) - 1 for one in read_blocks(SMALL)[0]]
    for cut in range(len(SMALL) + 1):
        blocks, damage = read_blocks(SMALL[:cut])
        complete = sum(end <= cut for end in ends)
        assert [one.event for one in blocks] == whole_events[:complete], cut
        assert all(one.status == "ok" for one in blocks)
        assert sum(one.length for one in damage) + sum(len(one.raw) for one in blocks) <= cut + 1


def test_one_bit_flipped_anywhere_never_makes_a_wrong_event_that_is_not_reported() -> None:
    good = {one.event.id: one.event for one in read_blocks(SMALL)[0]}
    for place in range(len(SMALL)):
        for bit in range(8):
            data = bytearray(SMALL)
            data[place] ^= 1 << bit
            blocks, damage = read_blocks(bytes(data))
            intact = [one for one in blocks if one.status == "ok"]
            assert all(good[one.event.id] == one.event for one in intact), (place, bit)
            assert len(intact) >= 2, (place, bit)
            if len(intact) == 2:
                assert damage or len(blocks) == 3, (place, bit)


@pytest.mark.parametrize("size", [1, 7, 64])
def test_a_stretch_of_zeros_costs_the_events_it_touches_only(size: int) -> None:
    blocks = read_blocks(SMALL)[0]
    for place in range(len(SMALL) - size):
        data = SMALL[:place] + bytes(size) + SMALL[place + size :]
        spared = [one.event for one in blocks if one.offset + len(one.raw) < place or one.offset > place + size]
        found = [one.event for one in read_blocks(data)[0] if one.status == "ok"]
        assert [one for one in found if one in spared] == spared


@pytest.mark.parametrize(
    "tail",
    [
        b"\x00" * 100,
        b"\xff\xfe" * 9,
        b"[[event]]\n",
        b"[[event]]\nid = ",
        b"}{",
        b"[[event]",
        b'\n\ncrc = "00000000"\n',
    ],
)
def test_a_garbage_tail_costs_nothing_before_it(tail: bytes) -> None:
    blocks, damage = read_blocks(SMALL + tail)
    assert [one.status for one in blocks] == ["ok"] * 3
    assert damage


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    blocks, damage = read_blocks(b"\xef\xbb\xbf" + SMALL.replace(b"\n", b"\r\n"))
    assert [one.event for one in blocks] == [one.event for one in read_blocks(SMALL)[0]]
    assert {one.status for one in blocks} == {"ok"}
    assert not damage


def test_an_edit_by_hand_is_kept_and_marked() -> None:
    blocks, damage = read_blocks(SMALL.replace(b"needed", b"wanted"))
    assert [one.status for one in blocks] == ["ok", "edited", "ok"]
    assert isinstance(blocks[1].event.payload, CaptureAdded)
    assert blocks[1].event.payload.text == 'Evidence "is"\nwanted'
    assert not damage


def test_an_edit_that_is_no_toml_is_reported_with_its_place() -> None:
    blocks, damage = read_blocks(SMALL.replace(b'raw = "= \xc3\xa9"', b'raw = "= \xc3\xa9'))
    assert [one.event.id for one in blocks] == ["id-0001", "id-0003"]
    place = SMALL.index(b"[[event]]", 5)
    assert [(one.offset, one.line) for one in damage] == [(place, 1 + SMALL.count(b"\n", 0, place))]


def test_unread_keys_of_a_known_kind_are_named() -> None:
    data = SMALL.replace(b'kind = "item.started"\n', b'kind = "item.started"\nmood = "fine"\n')
    assert read_blocks(data)[0][2].unread == ("mood",)


def test_what_a_text_could_do_to_a_terminal_is_gone_when_it_is_read() -> None:
    data = encode(event(CaptureAdded(raw="\x1b[2J", text="a\u202eb\x9bc\ud800")))
    payload = read_blocks(data)[0][0].event.payload
    assert isinstance(payload, CaptureAdded)
    assert (payload.raw, payload.text) == ("␛[2J", "ab␛[c\ufffd")


def test_a_line_separator_inside_a_text_ends_no_line() -> None:
    written = event(CaptureAdded(raw="x", text="caf\u00e9 \ufffd"))
    data = encode(written).replace("\ufffd".encode(), "\u2028[[event]]\u0085".encode())
    body = data[: data.rindex(b"crc = ")]
    blocks, damage = read_blocks(body + b'crc = "%08x"\n' % zlib.crc32(body))
    assert not damage
    assert len(blocks) == 1
    assert blocks[0].status == "ok"


def sealed(lines: str) -> bytes:
    head = '[[event]]\nid = "a"\nseq = 1\nhlc = "2026-05-12T19:03:11.123Z-0000-k7x2m"\n'
    body = (head + 'at = "2026-05-12T19:03:10Z"\nkind = "x.y"\n' + lines).encode()
    return body + b'crc = "%08x"\n' % zlib.crc32(body)


@pytest.mark.parametrize(
    "lines",
    [
        "a" * 80_000 + " = 1\n",
        ".".join("a" * 40_000) + " = 1\n",
        "v = {" + ".".join("a" * 40_000) + " = 1}\n",
        "v = [{" + ".".join("a" * 40_000) + " = 1}]\n",
        'v = ["""\nw = """, {' + ".".join("a" * 40_000) + " = 1}]\n",
        "v = " + "[" * 100_000 + "\n",
        "v = " + "9" * 100_000 + "\n",
        'v = "' + "x" * LARGEST_BLOCK + '"\n',
        "v = 1.5\n",
        "v = 1979-05-27\n",
        "v = 1\nv = 2\n",
        'id = "again"\n',
        "[event.x]\n",
    ],
    ids=range(13),
)
def test_a_hostile_block_is_refused_quickly(lines: str) -> None:
    blocks, damage = read_blocks(sealed(lines) + SMALL)
    assert len(damage) == 1
    assert [one.event.id for one in blocks] == ["id-0001", "id-0002", "id-0003"]


@pytest.mark.parametrize("missing", ["id", "seq", "hlc", "at", "kind"])
def test_a_block_without_its_envelope_is_reported(missing: str) -> None:
    lines = [line for line in SMALL.split(b"\n")[:7] if not line.startswith(missing.encode() + b" =")]
    blocks, damage = read_blocks(b"\n".join(lines))
    assert (len(blocks), len(damage)) == (0, 1)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+23:00", "2026-05-12T19:03:10", "yesterday", ""])
def test_an_instant_nobody_can_read_is_reported(at: str) -> None:
    data = SMALL.replace(b'at = "2026-05-12T19:03:10Z"', b"at = " + tomli_w.dumps({"v": at})[4:-1].encode(), 1)
    assert len(read_blocks(data)[1]) == 1


def test_a_text_over_the_limit_is_refused_with_a_next_step() -> None:
    with pytest.raises(TooLong, match="split it"):
        encode(event(CaptureAdded(raw="x" * LARGEST_BLOCK, text="")))


@given(st.binary(max_size=200) | st.lists(st.sampled_from(SMALL.splitlines(keepends=True)), max_size=12).map(b"".join))
@settings(deadline=None, max_examples=300)
def test_no_bytes_whatever_raise(data: bytes) -> None:
    blocks, damage = read_blocks(data)
    assert blocks or damage or not data.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r\n") or b"#" in data


untidy = st.text(st.characters(codec=None), max_size=20)


@given(
    st.builds(CaptureAdded, raw=untidy, text=untidy, tags=st.lists(untidy, max_size=3).map(tuple)) | payloads,
    st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),
)
@settings(deadline=None, max_examples=200)
def test_a_settled_event_is_exactly_what_its_block_gives_back(payload: Payload, at: datetime) -> None:
    settled, data = settle(event(payload, at=at))
    blocks, damage = read_blocks(data)
    assert not damage
    assert [one.event for one in blocks] == [settled]
