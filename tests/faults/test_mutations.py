"""Proof 10: logs and plans with anything at all done to their bytes. Nothing raises, nothing is read wrongly."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from cli.commandline import PLAN_X
from facilitator_tui.core.plan import Plan
from facilitator_tui.store.block import read_blocks
from facilitator_tui.store.plan_file import load_plan
from faults.measure import figure, many
from faults.test_damage import events, log

WEEK = Path(__file__).parents[2] / "sessions.toml"
SPLICES = (
    b'"',
    b"\n",
    b"[",
    b"]",
    b"{",
    b"}",
    b"=",
    b"\\",
    b"\0",
    b"\xff",
    b"\r\n",
    b"[[event]]\n",
    b'crc = "',
    b"'''",
)

Mutation = Callable[[bytes, random.Random], bytes]


def _flip(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ (1 << chance.randrange(8))]) + content[place + 1 :]


def _cut_out(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randrange(1, 80) :]


def _double(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    piece = content[start : start + chance.randrange(1, 200)]
    place = chance.randrange(len(content))
    return content[:place] + piece + content[place:]


def _splice(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + chance.choice(SPLICES) + content[place:]


def _overwrite(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    noise = chance.randbytes(chance.randrange(1, 60))
    return content[:place] + noise + content[place + len(noise) :]


def _swap_lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


MUTATIONS: tuple[Mutation, ...] = (_flip, _cut_out, _double, _splice, _overwrite, _swap_lines)


def mutated(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        content = chance.choice(MUTATIONS)(content, chance) or b" "
    return content


def test_no_mutated_log_raises_and_no_intact_event_is_a_wrong_one() -> None:
    chance = random.Random(10)
    known = {event.id: event for event in events()}
    content, _ = log()
    tries = many(1500, 20_000)
    marked = 0
    for _ in range(tries):
        blocks, damage = read_blocks(mutated(content, chance))
        for block in blocks:
            if block.status == "ok":
                assert block.event == known.get(block.event.id)
        marked += len(damage) + sum(1 for block in blocks if block.status == "edited")
    figure(10, f"{tries} mutated logs: no exception, no wrong event; {marked} places reported")


def whole(plan: Plan) -> None:
    """What holds for every plan that is accepted."""
    assert plan.sessions
    for session in plan.sessions:
        ids = [item.id for item in session.agenda]
        assert len(ids) == len(set(ids))
        assert all(item.length.total_seconds() >= 0 for item in session.agenda)


def test_no_mutated_plan_raises_and_each_is_either_whole_or_refused_with_a_line(tmp_path: Path) -> None:
    chance = random.Random(10)
    sources = (PLAN_X.encode(), WEEK.read_bytes())
    tries = many(120, 5000)
    refused = 0
    path = tmp_path / "sessions.toml"
    for number in range(tries):
        path.write_bytes(mutated(sources[number % 10 == 0], chance))
        loaded = load_plan(path)
        if loaded.plan is None:
            assert loaded.errors
            refused += 1
        else:
            whole(loaded.plan)
        content = path.read_bytes()
        lines = content.count(b"\n") + content.count(b"\r") + 2
        assert all(1 <= problem.line <= lines for problem in loaded.problems)
    figure(10, f"{tries} mutated plans: no exception; {refused} refused with file and line, the others whole")
