"""Writes the sheets in this folder. Same bytes on every run; every name and organization is invented."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

FOLDER = Path(__file__).parent

GRADES = ("AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6", "SCS1", "SCS2", "SCS3", "SCS4")
ORGANIZATIONS = (
    "Office of Rivers",
    "Bureau of Small Harbors",
    "Agency for Night Trains",
    "Department of Orchards",
    "Board of Public Clocks",
    "Council for Quiet Streets",
)
PROFESSIONS = ("Policy", "Operations", "Digital and Data", "People and Learning", "Finance")
IDENTITIES = (
    "Career changer",
    "Carer",
    "First in the family at university",
    "Neurodivergent",
    "New to the country",
    "Parent of young children",
)
JOBS = (
    "Team lead",
    "Service designer",
    "Policy adviser",
    "Analyst",
    "Caseworker",
    "Delivery manager",
    "Developer",
    "Budget officer",
    "Trainer",
    "Project officer",
    "Communications officer",
)
MENTOR_NAMES = (
    *("Amara", "Björn", "Carmen", "Dilip", "Eszter", "Farid", "Greta", "Hamza", "Ingrid", "Joaquín"),
    *("Keiko", "Lorenzo", "Mireille", "Nadia", "Oskar", "Paloma", "Qadir", "Rosa", "Søren", "Tamsin"),
    *("Ulrike", "Viktor", "Wanjiru", "Ximena", "Yusuf", "Zoë", "Anselm", "Beatriz", "Cillian", "Dunya"),
    *("Emeka", "Freya", "Gustavo", "Hana", "Iman", "Jelena", "Kofi", "Lien", "Magnus", "Noor"),
    *("Ottilie", "Pranav", "Renske", "Sunil", "Thandi", "Uriel", "Vesna", "Winston", "Yara", "Zbigniew"),
)
MENTEE_NAMES = (
    *("Aiko", "Bastien", "Chidi", "Daria", "Elio", "Fatou", "Gwen", "Hugo", "Isha", "Jonas"),
    *("Katya", "Liam", "Mei", "Nikhil", "Olu", "Petra", "Rafael", "Saoirse", "Tomás", "Una"),
    *("Vera", "Wei", "Xenia", "Yannick", "Zainab", "Adèle", "Bogdan", "Celeste", "Deniz", "Efua"),
    *("Florin", "Gisela", "Henrik", "Ines", "Jamal", "Kirsi", "Łucja", "Marek", "Nomsa", "Owen"),
    *("Priya", "Rui", "Sanna", "Tariq", "Ugo", "Valentina", "Wiremu", "Yael", "Zdeněk", "Alba"),
)
LAST_NAMES = (
    *("Abara", "Berglind", "Castellane", "Dovrak", "Eskelund", "Farrowby", "Galanter", "Hollis-Reed"),
    *("Ivarsen", "Jantunen", "Kestrel", "Lindqvarn", "Marchetto", "Nakuru", "O'Darragh", "Pellworth"),
    *("Quillon", "Rantala", "Sandoval-Ruiz", "Tamboura", "Umarkhel", "Vandermeel", "Weatherall"),
    *("Ximenor", "Yardley-Moss", "Zielonka", "Asterby", "Brandvold", "Corrigane"),
)
BEGINNINGS = (
    "I came to this work by a side door, after nine years of running a bakery.",
    "I have been in public service since my first summer job, and I still like the counter best.",
    "Most of my days are spreadsheets, phone calls and one good walk.",
    "I moved here three years ago, and I am still learning how meetings work in this place.",
    "I lead a small team that looks after a large, old system.",
    "After a long break at home I am back, four days a week.",
    "I trained as a nurse, then as an analyst; both help.",
)
OFFERS = (
    "I can help with interviews, with writing that people read, and with saying no.",
    "Ask me about running projects without a project office.",
    "I know budgets, and I can make them less frightening.",
    "I am good at listening, and at drawing things on one page.",
    'People tell me I ask "what would good look like?" rather often.',
)
WISHES = (
    "I would like to speak up more in large meetings.",
    "I am thinking about the next step, and whether it is up or sideways.",
    "I want to learn how decisions are really made here.",
    "I hope to lead people one day, and would like to hear how it feels.",
    'My question is simple: "how do you keep going?"',
)
ENDINGS = (
    "Away from work I sing, badly.",
    "I keep bees.\nThey keep me humble.",
    "Mornings suit me best.",
    "I prefer the phone to video.",
    "On Fridays I look after my father.",
    "I am happy to write instead of talk.",
)

MENTOR_HEADINGS = (
    *("first name", "last name", "email address", "both mentor and mentee", "job title", "grade"),
    *("organisation", "profession", "characteristics", "biography"),
)
MENTEE_HEADINGS = (
    *("first name", "last name", "email address", "both mentor and mentee", "job title", "grade"),
    *("organisation", "profession", "match with similar identity", "identity to match", "biography"),
)


def pick(choices: tuple[str, ...], number: int, stride: int) -> str:
    """One of the choices; different strides keep the columns from moving in step."""
    return choices[(number * stride + number // len(choices)) % len(choices)]


def address(first: str, last: str) -> str:
    """A plain address at example.org, which belongs to nobody."""
    plain = unicodedata.normalize("NFKD", f"{first}.{last}".lower().translate(str.maketrans("łø", "lo")))
    kept = "".join(letter for letter in plain if letter.isascii() and (letter.isalnum() or letter in ".-"))
    return f"{kept}@example.org"


def mentor(number: int) -> tuple[str, ...]:
    first, last = MENTOR_NAMES[number], LAST_NAMES[number * 5 % len(LAST_NAMES)]
    traits = sorted({pick(IDENTITIES, number, 5), pick(IDENTITIES, number + 3, 1)})
    biography = (pick(BEGINNINGS, number, 3), pick(OFFERS, number, 2), pick(ENDINGS, number, 5))
    return (
        *(first, last, address(first, last), "yes" if number % 9 < 5 else "no"),
        *(pick(JOBS, number, 4), GRADES[2 + number * 7 % 9]),
        *(pick(ORGANIZATIONS, number, 5), pick(PROFESSIONS, number, 3)),
        *(", ".join(traits) if number % 5 < 2 else "", " ".join(biography)),
    )


def mentee(number: int) -> tuple[str, ...]:
    first, last = MENTEE_NAMES[number], LAST_NAMES[(number * 3 + 11) % len(LAST_NAMES)]
    biography = (pick(BEGINNINGS, number, 4), pick(WISHES, number, 3), pick(ENDINGS, number, 1))
    return (
        *(first, last, address(first, last), "yes" if number % 7 < 4 else "no"),
        *(pick(JOBS, number, 3), GRADES[number * 5 % 9]),
        *(pick(ORGANIZATIONS, number, 1), pick(PROFESSIONS, number, 2)),
        *("yes" if number % 2 == 0 else "no", "" if number % 8 == 3 else pick(IDENTITIES, number, 1)),
        " ".join(biography),
    )


def sheet(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> bytes:
    """UTF-8 and CRLF, as a form's download has it."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([headings, *rows])
    return text.getvalue().encode()


# One line each, and what is wrong with it stands in README.md. Line 1 is the first.
BROKEN = (
    b"sep=:",
    b"name,email address,role,both mentor and mentee,capacity,grade,organisation,languages,"
    b"years of experience,time zone,weekly hours,can start on,,grade,biography",
    'Zoë Ångström,zoe@example.org,mentor,no,2,Grade 7,Office of Rivers,"French, Norwegian",'
    "12,Europe/Oslo,Mon-Fri 9-17,2026-05-04,,,Nothing is wrong with this line: ça va.".encode(),
    b"Bad Address,bad@example,mentee,no,,EO,Office of Rivers,,1,Paris,,,,,",
    b"Comma Address,comma@example,org,mentee,no,,EO,Office of Rivers,,1,Paris,,,,,,one cell too many",
    b"Short Row,short@example.org,mentee",
    b"Twice,ZOE@example.org,mentor,no,1,EO,Office of Rivers,,1,Paris,,,,,",
    b"Two Roles,zoe@example.org,mentee,no,,EO,Office of Rivers,,1,Paris,,,,,",
    b"Unknown Grade,grade@example.org,mentee,no,,Grade 77,Office of Rivers,,1,Paris,,,,,",
    b'Unknown Language,language@example.org,mentee,no,,EO,Office of Rivers,"French, Klingon",1,Paris,,,,,',
    b'Two Organizations,two@example.org,mentee,no,,EO,"Office of Rivers, Department of Orchards",,1,,,,,,',
    b"",
    b"",
    b"Many Places,many@example.org,mentor,no,lots,EO,Office of Rivers,,1,Paris,,,,,",
    b"Unknown Role,role@example.org,menter,no,,EO,Office of Rivers,,1,Paris,,,,,",
    b"Unsure,unsure@example.org,mentee,maybe,,EO,Office of Rivers,,1,Paris,,,,,",
    b"No Such Zone,zone@example.org,mentee,no,,EO,Office of Rivers,,1,Europe/Olso,,,,,",
    b"Strange Hours,hours@example.org,mentee,no,,EO,Office of Rivers,,1,Paris,after lunch,,,,",
    b"Strange Date,date@example.org,mentee,no,,EO,Office of Rivers,,1,Paris,,05/06/2026,,,",
    b"Words For Years,years@example.org,mentee,no,,EO,Office of Rivers,,ten,Paris,,,,,",
    b"Too Many Years,century@example.org,mentee,no,,EO,Office of Rivers,,104,Paris,,,,,",
    b",nameless@example.org,mentee,no,,EO,Office of Rivers,,1,Paris,,,,,",
    b"Roleless,roleless@example.org,,no,,EO,Office of Rivers,,1,Paris,,,,,",
    b"No Address,,mentee,no,,EO,Office of Rivers,,1,Paris,,,,,",
    b"Long " + b"Name " * 40 + b",long@example.org,mentee,no,,EO,Office of Rivers,,1,Paris,,,,,",
    b"Old Latin\xe9,latin@example.org,mentee,no,,EO,Office of Rivers,,1,Paris,,,,,",
    b"Null\x00 Byte,nul@example.org,mentee,no,,EO,Office of Rivers,,1,Paris,,,,,",
    b"Soft\x0bBreak,soft@example.org,mentee,no,,EO,Office of Rivers,,1,Paris,,,,,a notice; the row is read",
    b'"Quote" Inside,inside@example.org,mentee,no,,EO,Office of Rivers,,1,Paris,,,,,',
    b'Open Quote,open@example.org,mentee,no,,EO,Office of Rivers,,1,Paris,,,,,"I never close this',
    b"After It,after@example.org,mentee,no,,EO,Office of Rivers,,1,Paris,,,,,read again from here",
)


def main() -> None:
    (FOLDER / "mentors.csv").write_bytes(sheet(MENTOR_HEADINGS, [mentor(number) for number in range(50)]))
    (FOLDER / "mentees.csv").write_bytes(sheet(MENTEE_HEADINGS, [mentee(number) for number in range(50)]))
    (FOLDER / "broken.csv").write_bytes(b"\r\n".join(BROKEN) + b"\r\n")


if __name__ == "__main__":
    main()
