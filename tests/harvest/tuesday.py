"""The Tuesday of the real week as a facilitator would type it: the call, its lines and who spoke."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from core.calls import Call
from facilitator_tui.core import people
from facilitator_tui.core.capture import Command, Context, Nothing, parse
from facilitator_tui.core.events import RoomsPlanned
from facilitator_tui.core.plan import Plan
from facilitator_tui.store.plan_file import load_plan

ROOT = Path(__file__).parents[2]

PEOPLE_HERE = """
f01 f02 f03 stibbe p01 p02 p03 p04 p05 p06 p07 p08 p09 p10
p11 p12 p13 p15 p16 p17 p18 p19 p20 p21 p22 p23 p24
"""

CLOCK = {"next": "next_item", "pause": "pause", "resume": "resume", "finish": "finish"}
"""Actions of the clock in a script, as the command line and as the core call them."""

# Clock, then an action of the clock, or the line typed at that moment.
TYPED = """
15:02 - 26 people on the call, two dial in
15:03 - cameras on for the first minute, then as everybody likes
15:04 & https://pad.example.org/plw2020
15:06 next
15:08 - one word each in the chat: tired, curious, hopeful, hopeful, relieved
15:12 idea: a buddy for every newcomer, also after this week @p02
15:16 next
15:18 - the crisis did not make new partnerships, it sped up those that were there @stibbe #rapid-partnering
15:21 - speed comes from trust that was built before @stibbe #rapid-partnering
15:24 > You can't exchange business cards in the middle of a fire @stibbe /ok
15:27 - three brakes: due diligence, unclear mandate, no shared budget line @stibbe
15:28 pause
15:30 resume
15:31 = evidence is needed, but learning as well #impact
15:33 & https://example.org/rapid-partnering-toolkit
15:36 next
15:38 ? Who pays for staying ready when there is no crisis? @p09
15:40 - most funders pay for the response, not for the readiness @stibbe
15:42 ? How do small organisations keep up with the speed? @p05 #equity
15:44 park: insurance for joint projects @p14
15:46 next
15:52 -- due diligence takes longer than the crisis r:1 n:3
15:53 -- every partner has its own template for everything r:2 @p10
15:55 -- nobody knows who may decide r:3 n:2
15:57 -- the loudest organisation sets the pace r:4 @p06 #equity
15:58 - room 5 spent most of its time on the first question r:5
16:01 > We signed in three days and argued for three months @p17 r:3
16:04 ++ a framework agreement that is signed before the crisis r:1 n:4
16:06 ++ people who know each other from earlier work r:2 @p19 n:2
16:08 ++ a small budget that can be spent without asking r:3
16:10 ++ one page instead of forty r:4
16:12 ++ interpretation from the first minute r:5 @p08 #equity
16:14 = trust is the only thing that can't be bought in a hurry n:3
16:17 = write the rules for fast decisions in slow times n:2 #equity
16:20 -- he said his director blocked it @p13 /off
16:21 next
16:26 next
16:30 scen: partnerships on stand-by, like a fire brigade @p23
16:33 scen: back to normal, and nothing learned @p11
16:36 scen: fewer and larger platforms, less equity #equity
16:38 - two rooms would rather "build forward" than "build back"
16:41 next
16:43 == Build trust before you need it n:4
16:44 == Agree in calm times how to decide in a hurry n:3
16:45 == Fast is not fair by itself: keep the door open for small organisations #equity
16:46 = short papers travel faster than long ones
16:47 dec: the next call starts with ten minutes in pairs
16:48 ! send the slides to everybody @stibbe due:fri
16:49 ! collect one-page agreements in the pad @p10 @p19 due:+2w #rapid-partnering
16:50 - [ ] ask two funders about readiness money @f01
16:51 [x] put the recording of the input into the pad @f02
16:52 idea: a joint readiness fund n:2
16:53 my cousin went through this last year @p24 /anon
16:56 next
16:57 > I leave with a list of people I can call @p22 /ok
16:58 - 24 thumbs up
17:02 finish
"""

OTHER_DAYS = {
    "mon": """
15:32 - the tool asks who is in the room, who speaks, and who decides @sarmiento
15:45 > Equity is not on the agenda, it is how the agenda is made @sarmiento /ok
16:20 ++ somebody whose task it is to notice who has not spoken n:3 #equity
16:25 -- the invitation comes in one language n:2 #equity
16:45 == Equity begins with the invitation n:5 #equity
16:47 = ask who carries the cost of taking part n:2 #equity
16:50 ! share the reflexive tool in the pad @sarmiento due:wed
""",
    "wed": """
15:25 - platforms count meetings since meetings can be counted @pfisterer
15:50 ? Who may say what success is?
16:15 ++ stories and numbers side by side n:2
16:20 -- a report that nobody reads n:4
16:40 == Measure to learn, not only to account n:6
16:45 = one indicator that we chose ourselves n:3
""",
    "thu": """
15:20 - leadership moves to where the knowledge is @brouwer
15:35 - consent asks for objections, not for agreement @beyer
15:50 ++ deciding who decides before it is urgent n:3
16:45 == Try one work hack for a month, then keep it or drop it n:4 #equity
16:50 park: a meeting on funding models
""",
    "fri": """
15:35 idea: a joint call on funding models n:6
16:10 == We are each other's support platform n:7
16:20 ! start a peer group on impact @p09 @p15 due:+4w
16:25 ! write the article about this week @f03 due:+1w
16:30 dec: the next week is in spring
""",
}
"""A few lines of the other days, for what is drawn together over the week."""

SPOKE = "stibbe p01 p09 p05 stibbe p10 p13 p17 p17 p19 p08 p23 p11 p22 p06 p03 p21 f01"


@lru_cache(maxsize=1)
def real_week() -> Plan:
    """The plan at the project's root."""
    plan = load_plan(ROOT / "sessions.toml").plan
    assert plan is not None
    return plan


def call_of(plan: Plan, session: str) -> Call:
    """A call of one session of a plan that keeps all its sessions."""
    call = Call(plan)
    found = plan.session(session)
    assert found is not None
    call.session = found
    call.fold.replan(plan, found)
    call.plan = plan
    call.fold.run = replace(call.fold.run, plan=plan, session=found)
    return call


def typed(call: Call, when: str | datetime, line: str) -> None:
    """A line of the capture line, stamped with the live item."""
    run = call.fold.run
    context = Context(
        item=run.live.item if run.live else "",
        kinds=run.plan.kinds,
        roster=run.roster,
        session_day=run.session.date,
    )
    found = parse(line, context)
    assert not isinstance(found, Command | Nothing), line
    call.happen(call.instant(when), found)


def tuesday(plan: Plan | None = None) -> Call:
    """The whole of Tuesday, finished."""
    call = call_of(plan or real_week(), "tue")
    call.do("15:01", "start")
    for person in PEOPLE_HERE.split():
        call.happen(call.instant("15:02"), *people.here(call.fold.run, call.instant("15:02"), person).payloads)
    call.happen(call.instant("15:45"), _rooms())
    for entry in TYPED.strip().splitlines():
        when, _, said = entry.partition(" ")
        if said in CLOCK:
            call.do(when, CLOCK[said])
        else:
            typed(call, when, said)
    for person in SPOKE.split():
        call.happen(call.instant("17:02"), *people.spoke(call.fold.run, call.instant("17:02"), person).payloads)
    return call


def other_day(session: str) -> Call:
    """One of the other days, each item as long as it was planned."""
    call = call_of(real_week(), session)
    call.do("15:00", "start")
    entries = [entry.partition(" ") for entry in OTHER_DAYS[session].strip().splitlines()]
    for person in PEOPLE_HERE.split()[:20]:
        call.happen(call.instant("15:01"), *people.here(call.fold.run, call.instant("15:01"), person).payloads)
    for row in call.read("15:01").rows[1:]:
        for when, _, said in [one for one in entries if call.instant(one[0]) < row.planned_start]:
            typed(call, when, said)
        entries = [one for one in entries if call.instant(one[0]) >= row.planned_start]
        call.do(row.planned_start, "next_item")
    call.do("17:00", "finish")
    return call


def _rooms() -> RoomsPlanned:
    seats = ("p01 p03 p09 p13 p05", "p10 p19 p02 p16 p23", "p17 p11 p22 p24 p07", "p06 p20 p12 p18 p04", "p08 p21 p15")
    return RoomsPlanned("groups", 1, tuple("12345"), tuple(f"Room {number}" for number in range(1, 6)), seats)
