"""The methods that come with the program: ways of working in timed steps.

Owns their steps and minutes, told in our own words. Most are known from Liberating Structures (Lipmanowicz
and McCandless), the World Café (Brown and Isaacs) and collegial consultation; the minutes are those that an
online call needs. A plan's own `[[method]]` of the same id takes the place of one of these.
"""

from __future__ import annotations

from datetime import timedelta

from facilitator_tui.core.plan import Method, MethodStep


def _step(
    say: str, minutes: float, group: int = 0, *, new: bool = False, merge: bool = False, capture: str = ""
) -> MethodStep:
    return MethodStep(say, timedelta(minutes=minutes), group, new, merge, capture)


_METHODS = (
    Method(
        "check-in",
        "Check-in round",
        (
            _step("The question, and a minute to think", 1),
            _step("One by one, a sentence or two; nobody comments", 8),
            _step("What we heard, in one breath", 1, capture="note"),
        ),
    ),
    Method(
        "impromptu",
        "Impromptu Networking",
        (
            _step("The invitation: what do you bring, what do you hope for?", 2),
            _step("Pairs, first round", 5, 2, new=True),
            _step("Pairs, second round", 5, 2, new=True),
            _step("Pairs, third round", 5, 2, new=True),
            _step("What did we hear", 3, capture="note"),
        ),
    ),
    Method(
        "1-2-4-all",
        "1-2-4-All",
        (
            _step("Alone, in silence", 1, 1),
            _step("In pairs: build on each other", 2, 2, new=True),
            _step("In fours: what is alike, what differs", 4, 4, merge=True),
            _step("All together: one idea from every four", 5, capture="takeaway"),
        ),
    ),
    Method(
        "troika",
        "Troika Consulting",
        (
            _step("The client tells the challenge", 2, 3),
            _step("Questions that make it clearer, no advice", 1, 3),
            _step("The consultants talk; the client, camera off, listens", 5, 3),
            _step("The client: what was most valuable", 2, 3, capture="takeaway"),
        ),
        times=3,
    ),
    Method(
        "w3",
        "What? So what? Now what?",
        (
            _step("What? Facts only: what did we notice", 6, capture="note"),
            _step("So what? Why it matters, which patterns", 6, capture="takeaway"),
            _step("Now what? Which actions follow", 8, capture="action"),
        ),
    ),
    Method(
        "15-percent",
        "15% Solutions",
        (
            _step("Alone: what can I do with the freedom and means I have today?", 4, 1),
            _step("In threes: everybody tells the list, three minutes each", 9, 3, new=True),
            _step("In threes: questions and advice that make it doable", 7, 3),
            _step("All together: one step that I will take", 5, capture="action"),
        ),
    ),
    Method(
        "triz",
        "TRIZ: stop what harms",
        (
            _step("The unwanted result: how could we make sure of the worst?", 3),
            _step("In fours: list all that would bring it about", 8, 4, new=True),
            _step("In fours: what on the list do we do already, honestly?", 8, 4, capture="inhibitor"),
            _step("In fours: what will we stop, and how do we begin?", 8, 4),
            _step("All together: what stops now", 5, capture="action"),
        ),
    ),
    Method(
        "conversation-cafe",
        "Conversation Café",
        (
            _step("The theme and the agreements: listen, be curious, be brief", 3),
            _step("First round: a minute each, what brings me to this theme", 6, 5, new=True),
            _step("Second round: a minute each, having heard the others", 6, 5),
            _step("Open conversation", 18, 5),
            _step("Last round: what do I take away", 5, 5, capture="takeaway"),
            _step("All together: what is in the air now", 4, capture="takeaway"),
        ),
    ),
    Method(
        "fishbowl",
        "Fishbowl: users' experience",
        (
            _step("Who sits inside, cameras on; everybody else off and listening", 2),
            _step("Inside: they tell each other how it really was", 15, capture="note"),
            _step("Outside, in fours: which questions do we have?", 5, 4, new=True, capture="question"),
            _step("Inside answers the questions", 12, capture="note"),
            _step("All together: what struck us", 6, capture="takeaway"),
        ),
    ),
    Method(
        "25-10",
        "25/10 Crowd Sourcing",
        (
            _step("Alone: my boldest idea and its first step, in one line", 5, 1),
            _step("Five rounds of reading and scoring from 1 to 5", 10),
            _step("Count: the ten ideas with the most points", 3, capture="idea"),
            _step("All together: who takes which one on", 7, capture="action"),
        ),
    ),
    Method(
        "what-i-need",
        "What I Need From You",
        (
            _step("Every function gathers its needs of the others", 8, 5, new=True),
            _step("And cuts them to the two that matter most", 5, 5),
            _step("The speakers ask each other in turn, nobody answers yet", 10, capture="question"),
            _step("The speakers write down their answers", 5),
            _step("Yes, no, I will try, or: I did not understand", 10, capture="decision"),
            _step("All together: which needs stay open", 5, capture="action"),
        ),
    ),
    Method(
        "appreciative",
        "Appreciative Interviews",
        (
            _step("The theme: a time when it went well and you were proud of it", 3),
            _step("In pairs: the first tells, the other asks", 7, 2, new=True),
            _step("In pairs: change over", 7, 2),
            _step("In fours: everybody tells the partner's story", 12, 4, merge=True),
            _step("In fours: what made it possible?", 5, 4, capture="enabler"),
            _step("All together: what to do more of", 8, capture="takeaway"),
        ),
    ),
    Method(
        "world-cafe",
        "World Café",
        (
            _step("The question and the etiquette; hosts stay at their tables", 4),
            _step("First table", 15, 4, new=True),
            _step("Second table: the host tells, the guests bring their own", 15, 4, new=True),
            _step("Third table: which patterns appear?", 15, 4, new=True),
            _step("All together: what the tables have found", 11, capture="takeaway"),
        ),
    ),
    Method(
        "peer-consultation",
        "Peer consultation",
        (
            _step("Roles: who brings a case, who moderates, who writes", 3, 5, new=True),
            _step("The case, and the key question", 7, 5),
            _step("Questions of understanding", 6, 5),
            _step("Hypotheses: the group thinks aloud, the case giver listens", 8, 5),
            _step("Suggestions: the group offers, the case giver listens", 8, 5),
            _step("The case giver: what I take, and my next step", 5, 5, capture="action"),
            _step("Everybody: what I take for my own work", 3, 5, capture="takeaway"),
        ),
    ),
    Method(
        "min-specs",
        "Min Specs",
        (
            _step("Alone: every rule that one could follow here", 3, 1),
            _step("In fours: join the lists", 5, 4, new=True),
            _step("In fours: strike out each rule that could be broken with success", 10, 4),
            _step("All together: the few musts that are left", 7, capture="decision"),
        ),
    ),
    Method(
        "nine-whys",
        "Nine Whys",
        (
            _step("In pairs: what do you do, and why does that matter? And why that?", 5, 2, new=True),
            _step("In pairs: change over", 5, 2),
            _step("In fours: what do the reasons share?", 5, 4, merge=True),
            _step("All together: our purpose in one sentence", 5, capture="takeaway"),
        ),
    ),
)

SHIPPED: dict[str, Method] = {method.id: method for method in _METHODS}
"""Every shipped method by its id."""


def total_length(method: Method) -> timedelta:
    """How long all steps take, with every repetition."""
    return method.times * sum((step.length for step in method.steps), timedelta(0))
