"""Every report that call programs write, made from its published column list, is read back."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from facilitator_tui.core.plan import Participant, Roster
from facilitator_tui.imports import Import, read

BERLIN = ZoneInfo("Europe/Berlin")
ROSTER = Roster(
    (
        Participant("ana", "Ana Núñez", email="ana@example.org"),
        Participant("bo", "Bo Berg", email="bo@example.org"),
        Participant("cy", "Cy Okoro"),
        Participant("sam1", "Sam Lee"),
        Participant("sam2", "Sam Lee"),
    )
)

ZOOM_PARTICIPANTS = """\
Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room
Ana N. (Ana Nunez),ana@example.org,09/29/2020 03:01:02 PM,09/29/2020 03:40:00 PM,39,No,Yes,No
"Ana N. (Ana Nunez)",ana@example.org,09/29/2020 03:42:00 PM,09/29/2020 05:00:00 PM,78,No,Yes,No
cy okoro (he/him),,09/29/2020 03:05:00 PM,09/29/2020 05:00:00 PM,115,Yes,,No
Sam Lee,,09/29/2020 03:06:00 PM,09/29/2020 05:00:00 PM,114,Yes,,No
iPhone of a guest,,09/29/2020 03:07:00 PM,09/29/2020 05:00:00 PM,113,Yes,,No
"""
ZOOM_WITH_MEETING = (
    "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n"
    '123 456 789,"Tuesday, all",09/29/2020 02:50:00 PM,09/29/2020 05:01:00 PM,host@example.org,131,5\n\n'
) + ZOOM_PARTICIPANTS

ZOOM_REGISTRATION = """\
Registration Report
Report Generated:,"Sep 28, 2020 10:00 AM"
Topic,Meeting ID,Scheduled Time,Duration (minutes),# Registered,# Cancelled,# Approved,# Denied
"Tuesday",123 456 789,"Sep 29, 2020 3:00 PM",120,4,0,3,1

Attendee Details
First Name,Last Name,Email,Address,City,Country/Region,Organization,Job Title,Registration Time,Approval Status
Ana,Núñez,ana@example.org,,,Mexico,Org A,,"Sep 20, 2020 1:00 PM",approved
Cy,Okoro,cy@example.net,,,Kenya,Org C,,"Sep 21, 2020 1:00 PM",approved
Sam,Lee,sam@example.net,,,,,,"Sep 21, 2020 2:00 PM",approved
Bo,Berg,bo@example.org,,,,,,"Sep 21, 2020 3:00 PM",denied
New,Person,new@example.net,,,,,,"Sep 21, 2020 4:00 PM",approved
"""

ZOOM_WEBINAR = """\
Attendee Report
Report Generated:,"Sep 29, 2020 5:30 PM"
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers
"Tuesday",123 456 789,"Sep 29, 2020 3:00 PM",120,4,0,3

Host Details,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name
Yes,Bo Berg,bo@example.org,"Sep 29, 2020 14:55:00","Sep 29, 2020 17:01:00",126,No,Sweden

Attendee Details,
Attended,User Name (Original Name),First Name,Last Name,Email,Approval Status,Join Time,Leave Time,Is Guest
Yes,Ana,Ana,Núñez,ana@example.org,approved,"Sep 29, 2020 15:01:02","Sep 29, 2020 17:00:00",No
No,Cy Okoro,Cy,Okoro,cy@example.net,approved,--,--,--
Yes,Sam Lee,Sam,Lee,sam@example.net,approved,"Sep 29, 2020 15:02:00","Sep 29, 2020 17:00:00",Yes
"""

TEAMS = """\
1. Summary
Meeting title\tTuesday
Attended participants\t4
Start time\t9/29/20, 2:55:00 PM
End time\t9/29/20, 5:01:00 PM
Meeting duration\t2h 6m

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Ana Núñez\t9/29/20, 3:01:02 PM\t9/29/20, 5:00:00 PM\t1h 59m\tana@example.org\tana@example.org\tPresenter
Cy Okoro (Guest)\t9/29/20, 3:05:00 PM\t9/29/20, 5:00:00 PM\t1h 55m\t\t\tAttendee
Sam Lee\t9/29/20, 3:06:00 PM\t9/29/20, 5:00:00 PM\t1h 54m\t\t\tAttendee
Unknown One\t9/29/20, 3:07:00 PM\t9/29/20, 5:00:00 PM\t1h 53m\t\t\tAttendee

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Ana Núñez\t9/29/20, 3:01:02 PM\t9/29/20, 5:00:00 PM\t1h 59m\tana@example.org\tPresenter
Cy Okoro (Guest)\t9/29/20, 3:05:00 PM\t9/29/20, 5:00:00 PM\t1h 55m\t\tAttendee
Sam Lee\t9/29/20, 3:06:00 PM\t9/29/20, 5:00:00 PM\t1h 54m\t\tAttendee
Unknown One\t9/29/20, 3:07:00 PM\t9/29/20, 5:00:00 PM\t1h 53m\t\tAttendee
"""
TEAMS_OLD = """\
Full Name\tUser Action\tTimestamp
Ana Núñez\tJoined\t9/29/2020, 3:01:02 PM
Ana Núñez\tLeft\t9/29/2020, 5:00:00 PM
Cy Okoro\tJoined before\t9/29/2020, 3:05:00 PM
Sam Lee\tJoined\t9/29/2020, 3:06:00 PM
Unknown One\tJoined\t9/29/2020, 3:06:00 PM
"""
BIGBLUEBUTTON = """\
Name,Moderator,Activity Score,Talk time,Webcam Time,Messages,Emojis,Poll Votes,Raise Hands,Join,Left,Duration
Ana Núñez,TRUE,8.2,00:10:02,00:50:00,4,0,1,0,2020-09-29 15:01:02,2020-09-29 17:00:00,01:59:00
Cy Okoro,FALSE,2.0,00:00:10,00:00:00,1,0,1,1,2020-09-29 15:05:00,2020-09-29 17:00:00,01:55:00
Sam Lee,FALSE,2.0,00:00:10,00:00:00,1,0,1,1,2020-09-29 15:05:00,2020-09-29 17:00:00,01:55:00
Unknown One,FALSE,2.0,00:00:10,00:00:00,1,0,1,1,2020-09-29 15:05:00,2020-09-29 17:00:00,01:55:00
"""
JAPANESE = """\
ミーティングID,トピック,開始
1,火曜日,2020/09/29 15:00:00

表示名,参加者の連絡先,入室,退室
Ana Núñez,ana@example.org,2020/09/29 15:01:02,2020/09/29 17:00:00
Bo Berg,bo@example.org,2020/09/29 15:05:00,2020/09/29 17:00:00
Cy Okoro,cy@example.net,2020/09/29 15:05:00,2020/09/29 17:00:00
"""


def taken(text: str | bytes, as_: str | None = None) -> Import:
    content = text.encode() if isinstance(text, str) else text
    return read(content, as_, ROSTER, BERLIN)  # type: ignore[arg-type]


def ids(made: Import) -> list[str]:
    return sorted(one.person.id for one in made.people.matched)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (ZOOM_PARTICIPANTS, "Zoom participants"),
        (ZOOM_WITH_MEETING, "Zoom participants"),
        (TEAMS, "Teams"),
        (TEAMS_OLD, "Teams"),
        (BIGBLUEBUTTON, "BigBlueButton"),
    ],
)
def test_a_report_of_a_meeting_is_read_as_presence(text: str, source: str) -> None:
    made = taken(text)
    assert (made.what, made.source) == ("presence", source)
    assert ids(made) == ["ana", "cy"]
    assert [one.row.name for one in made.people.unclear] == ["Sam Lee"]
    assert len(made.people.unknown) == 1
    ana = next(one.row for one in made.people.matched if one.person.id == "ana")
    assert ana.joined == datetime(2020, 9, 29, 15, 1, 2)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"])
def test_the_encoding_of_a_report_does_not_matter(encoding: str) -> None:
    assert ids(taken(TEAMS.encode(encoding))) == ["ana", "cy"]


def test_somebody_who_came_twice_is_one_person_there_from_the_first_to_the_last_minute() -> None:
    ana = next(one.row for one in taken(ZOOM_PARTICIPANTS).people.matched if one.person.id == "ana")
    assert (ana.joined, ana.left) == (datetime(2020, 9, 29, 15, 1, 2), datetime(2020, 9, 29, 17, 0))


def test_a_registration_report_is_people_and_leaves_out_who_was_denied() -> None:
    made = taken(ZOOM_REGISTRATION)
    assert (made.what, made.source) == ("people", "Zoom registration")
    assert ids(made) == ["ana", "cy"]
    assert [(row.name, row.email) for row in made.people.unknown] == [("New Person", "new@example.net")]
    assert next(one.row.org for one in made.people.matched if one.person.id == "ana") == "Org A"


def test_a_webinar_report_takes_hosts_and_those_who_attended() -> None:
    made = taken(ZOOM_WEBINAR)
    assert (made.what, made.source) == ("presence", "Zoom webinar")
    assert ids(made) == ["ana", "bo"]
    assert [one.row.name for one in made.people.unclear] == ["Sam Lee"]


def test_a_report_in_an_unknown_language_is_read_by_the_shape_of_its_columns() -> None:
    made = taken(JAPANESE)
    assert ids(made) == ["ana", "bo", "cy"]
    assert made.what == "presence"


@pytest.mark.parametrize(
    "text",
    [
        "Name,Email\nAna Núñez,ana@example.org\nBo Berg,\n",
        "name;e-mail\nAna Núñez;ana@example.org\nBo Berg;bo@example.org;extra;cells\n",
        "Nombre\tCorreo electrónico\nAna Núñez\tana@example.org\nBo Berg\n",
        "Ana Núñez,ana@example.org\nBo Berg,bo@example.org\n",
        "Name\nAna Núñez\nBo Berg\n",
        "Vorname|Nachname\nAna|Núñez\nBo|Berg\n",
        '"Full Name","Other"\n"ANA NUNEZ","a, b"\n"bo  berg","c"\n',
    ],
)
def test_a_plain_list_is_people_whatever_its_delimiter_and_header(text: str) -> None:
    made = taken(text)
    assert made.what == "people"
    assert ids(made) == ["ana", "bo"]


def test_a_saved_chat_is_its_lines_and_its_senders() -> None:
    made = taken("13:50:01 From Ana Núñez to Everyone:\n\ttrust first\n13:50:09\t From  Sam Lee : agreed\n")
    assert made.what == "chat"
    assert [line.text for line in made.lines] == ["trust first", "agreed"]
    assert ids(made) == ["ana"]
    assert len(made.people.unclear) == 1
