"""What the columns of a report are, by the words above them and by the shape of what stands below.

Owns the vocabulary of headers in the languages that call programs speak, and how a column is recognised where
its header is in none of them. It must not know who is on a roster.

Sources of the column lists: Zoom's meeting, registration and webinar reports, the attendance report of Teams (old
and new form), and the learning dashboard of BigBlueButton.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from facilitator_tui.core.text import fold_case

Role = Literal[
    "name", "first", "last", "email", "org", "join", "leave", "minutes", "attended", "approval", "action", "time"
]
Row = Sequence[str]

_WORDS: dict[Role, str] = {
    "name": (
        "name|full name|user name|username|display name|participant|attendee|"
        "person|nombre|nombre completo|nombre de usuario|participante|nom|nom complet|"
        "nom d'utilisateur|participant(e)|vollstandiger name|benutzername|anzeigename|"
        "teilnehmer|teilnehmende|naam|volledige naam|gebruikersnaam|deelnemer|nome|"
        "nome completo|nome utente|nome do usuario|partecipante|namn|navn|imie i nazwisko|"
        "nazwa|имя|имя пользователя|姓名|名前|氏名|이름|ユーザー名|用户名"
    ),
    "first": "first name|given name|vorname|prenom|nombre de pila|primeiro nome|voornaam|forename|fornamn|imie|名",
    "last": (
        "last name|surname|family name|nachname|nom de famille|apellido|apellidos|sobrenome|achternaam|"
        "cognome|efternamn|nazwisko|фамилия|姓"
    ),
    "email": (
        "email|e-mail|mail|email address|e-mail address|user email|e-mail-adresse|"
        "email-adresse|correo|correo electronico|direccion de correo electronico|"
        "adresse e-mail|adresse email|courriel|e-mailadres|endereco de e-mail|"
        "indirizzo e-mail|indirizzo email|user e-mail|e-post|参加者のメール|メール|"
        "メールアドレス|电子邮件|邮箱|электронная почта|participant id (upn)"
    ),
    "org": (
        "organization|organisation|company|affiliation|institution|organizacion|empresa|"
        "institucion|entreprise|unternehmen|firma|institut|organisatie|bedrijf|organizacao|"
        "azienda|organizzazione|org"
    ),
    "join": (
        "join time|first join|join|joined|joined at|beitritt|beitrittszeit|erster beitritt|"
        "hora de union|hora de ingreso|primera union|heure d'arrivee|heure d'entree|"
        "premiere participation|deelnametijd|hora de entrada|ora di accesso|参加時間|加入时间"
    ),
    "leave": (
        "leave time|last leave|left|leave|left at|austritt|austrittszeit|letzter austritt|"
        "verlassen|hora de salida|ultima salida|heure de depart|heure de sortie|"
        "dernier depart|vertrektijd|hora de saida|ora di uscita|退出時間|离开时间"
    ),
    "minutes": (
        "duration|duration (minutes)|in-meeting duration|time in session (minutes)|"
        "total duration (minutes)|dauer|dauer (minuten)|besprechungsdauer|duracion|"
        "duracion (minutos)|duree|duree (minutes)|duur|duracao|durata"
    ),
    "attended": "attended|asistio|teilgenommen|present|a assiste|participou|aanwezig",
    "approval": ("approval status|registration status|genehmigungsstatus|estado de aprobacion|statut d'approbation"),
    "action": "user action|benutzeraktion|accion del usuario|action de l'utilisateur",
    "time": "timestamp|zeitstempel|marca de tiempo|horodatage",
}
_HALF_NAMES = frozenset(("name", "nombre", "nome", "nom", "naam", "namn", "navn", "имя"))
"""Words for a whole name that beside one for the other half of it mean a half: `Nombre;Apellidos`, `Nom;Prénom`."""
_ROLE_OF: Mapping[str, Role] = {fold_case(word): role for role, words in _WORDS.items() for word in words.split("|")}
_ASIDE = re.compile(r"\s*[(（].*[)）]\s*$")
_MAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+")
_MOMENT = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d{2}")
_NUMBER = re.compile(r"[\d.,:\s]+(?:[smh]|min|sec|m \d+s)?", re.IGNORECASE)

Columns = dict[Role, int]


def roles(header: Row) -> Columns:
    """The columns whose header words are known; the first of a role wins."""
    found: Columns = {}
    for place, cell in enumerate(header):
        folded = fold_case(cell.strip().strip("*"))
        role = _ROLE_OF.get(folded) or _ROLE_OF.get(_ASIDE.sub("", folded))
        if role:
            found.setdefault(role, place)
    halves = {"first", "last"} & set(found)
    if len(halves) == 1 and "name" in found and fold_case(header[found["name"]].strip().strip("*")) in _HALF_NAMES:
        found["first" if "last" in halves else "last"] = found.pop("name")
    return found


def is_header(row: Row) -> bool:
    """Whether a row names two columns of people at least, or one and nothing else, and holds no data."""
    filled = [cell for cell in row if cell.strip()]
    return may_be_header(row) and (len(roles(row)) > 1 or len(filled) == 1)


def may_be_header(row: Row) -> bool:
    """Whether a row has a word for a name, or for a mail address and something else, and holds no data."""
    found = set(roles(row))
    names_people = bool({"name", "first", "last"} & found) or ("email" in found and len(found) > 1)
    filled = [cell for cell in row if cell.strip()]
    alone = found == {"email"} and len(filled) == 1
    return (names_people or alone) and not any(map(is_value, filled))


def is_value(cell: str) -> bool:
    """Whether a cell is data by its look: a mail address, a time, a number."""
    cell = cell.strip()
    return bool(_MAIL.fullmatch(cell) or _MOMENT.search(cell) or (cell and _NUMBER.fullmatch(cell)))


def is_mail(cell: str) -> bool:
    """Whether a cell is a mail address."""
    return bool(_MAIL.fullmatch(cell.strip()))


def by_shape(rows: Sequence[Row], known: Columns | None = None) -> Columns:
    """The columns of rows without a readable header: mail addresses, then times, then the first of names."""
    found: Columns = dict(known or {})
    width = max(map(len, rows), default=0)
    columns = [[row[at].strip() for row in rows[:200] if at < len(row) and row[at].strip()] for at in range(width)]
    for at, cells in enumerate(columns):
        if at in found.values() or not cells:
            continue
        if _most(cells, is_mail):
            found.setdefault("email", at)
        elif _most(cells, lambda cell: bool(_MOMENT.search(cell))):
            found.setdefault("leave" if "join" in found else "join", at)
    if not {"name", "first", "last"} & set(found):
        texts = [at for at, cells in enumerate(columns) if cells and at not in found.values() and _names(cells)]
        if texts:
            found["name"] = texts[0]
    return found


def _most(cells: Sequence[str], shape: object) -> bool:
    assert callable(shape)
    return sum(1 for cell in cells if shape(cell)) * 3 > len(cells) * 2


def _names(cells: Sequence[str]) -> bool:
    """Texts with letters, hardly ever the same one twice."""
    texts = [cell for cell in cells if any(map(str.isalpha, cell)) and not is_value(cell)]
    return len(texts) * 3 > len(cells) * 2 and len(set(texts)) * 3 > len(texts) * 2
