"""Random studies whose truth is known: what each person said, answered or left out is drawn first, then written down.

The files are worded as people word them (options in any order, codes or labels in cells, ways of no answer), the
truth is kept beside them. Nothing of Trama is used here.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.acceptance.small_studies import write_table

TALK = (
    "il comune paga sempre tardi la strada del paese resta chiusa quando piove forte mia sorella abita vicino al fiume "
    "e porta i figli a scuola con la bicicletta nuova ogni mattina presto prima di andare al mercato con la vicina"
)
GERMAN = (
    "Ich habe in diesem Dorf gelernt, dass die Gemeinde zu wenig Geld hat und die Schule {} geschlossen bleibt.",
    "Der Bürgermeister sagt immer, dass die Straße nicht gebaut wird, weil die Region {} nicht bezahlt.",
)
OTHER = "delta"  # what an answer is coded with that speaks of no other theme
STANCES = ("vantaggio", "criticità", "proposta", "neutro")
SCALE = ("Per niente", "Poco", "Abbastanza", "Molto")
YES_NO = (
    ("Sì", "No"),
    ("Sì, abbiamo una convenzione", "No, nessuna"),
    ("S", "N"),
    ("Abbiamo un accordo", "Non abbiamo accordi"),
    ("Direi di sì", "Direi di no"),
)
CODES = (("1", "2", "3", "4"), ("a", "b", "c", "d"), ("4", "3", "2", "1"), ("A1", "A2", "A3", "A4"))
WRITTEN_WORDS = 5  # "Vorrei soltanto ringraziare tutti P01."
BLANK, DONT_KNOW, REJECTED, NOT_SHOWN = "no_reply", "dont_know", "rejected", "not_shown"
SAID_SO = {DONT_KNOW: ("Non so", "non saprei", "NS"), BLANK: ("", "n.d.", "-"), REJECTED: ("zzz", "boh!")}


@dataclass(frozen=True)
class Option:
    """An option as the codebook words it; `rank` is its place on a scale, 1 or 0 for yes or no."""

    value: str
    label: str
    rank: float = 0.0


@dataclass(frozen=True)
class Item:
    """A question and, where it has a filter, whom it is asked: the item and the value that must (not) be given."""

    code: str
    type: str
    options: tuple[Option, ...] = ()
    asked: tuple[str, str, bool] | None = None


@dataclass
class Person:
    """Who is listed: `talks` are answers as (sentence, theme -> stance), read by somebody or not."""

    name: str
    label: str
    written_label: str
    talks: list[tuple[str, bool, list[tuple[str, dict[str, str]]]]] = field(default_factory=list)
    answers: dict[str, object] = field(default_factory=dict)  # item -> value(s), or a kind of no answer
    cells: dict[str, str] = field(default_factory=dict)
    wrote: bool = False


@dataclass
class CountedStudy:
    """The truth and its files."""

    people: list[Person]
    items: list[Item]
    themes: dict[str, str]  # code -> label
    links: dict[str, list[str]]
    tables: dict[str, list[dict[str, str]]]

    def write(self, folder: Path) -> Path:
        """The study in `folder`."""
        (folder / "transcripts").mkdir(parents=True)
        (folder / "study.toml").write_text(
            '[study]\ntitle = "Contato"\nseed = 1\n[speakers]\ninterviewer = ["I"]\nrespondent = ["R"]\n'
            '[tables]\nclass_variable = "classe"\n[analysis]\nmin_score = 1.0\n',
            encoding="utf-8",
        )
        for person in self.people:
            for transcript, _, answers in person.talks:
                turns = [f"I: E poi che cosa mi dice?\n\nR: {sentence}" for sentence, _ in answers]
                (folder / "transcripts" / f"{transcript}.txt").write_text("\n\n".join(turns) + "\n", encoding="utf-8")
        for file, rows in self.tables.items():
            write_table(folder / file, rows)
        return folder


def draw_study(draw: random.Random) -> CountedStudy:
    """A study of 4 to 22 people."""
    themes = {"alfa": "Tema alfa", "beta": "Tema beta", "gamma": "Tema gamma", OTHER: "Altro tema"}
    items = _draw_items(draw)
    people = [_draw_person(draw, number, list(themes)[:-1]) for number in range(draw.randint(4, 22))]
    if not any(person.talks for person in people):
        people[0].talks.append(_draw_talk(draw, people[0].name, list(themes)[:-1], german=False))
    for person in people:
        if draw.random() < 0.85:
            _draw_answers(draw, person, items)
    linked = [item.code for item in items if item.type != "text"]
    links = {theme: [] if theme == OTHER else linked for theme in themes}
    tables = {
        "respondents.csv": [_respondent(person) for person in people],
        "codebook.csv": [
            {"code": code, "label": label, "definition": "xyzzy", "questionnaire_items": "|".join(links[code])}
            for code, label in themes.items()
        ],
        "codings.csv": [row for person in people for row in _codings(person)],
        "questionnaire_codebook.csv": [row for item in items for row in _codebook_rows(draw, item)],
        "questionnaire.csv": [{"respondent": person.name, **person.cells} for person in people if person.cells],
    }
    return CountedStudy(people, items, themes, links, {file: rows for file, rows in tables.items() if rows})


def _draw_person(draw: random.Random, number: int, themes: list[str]) -> Person:
    name = f"P{number:02d}"
    label = draw.choice(("Nord", "Sud", "Nord", "Sud", ""))
    # The commonest spelling is shown: with ten people and one in ten typed otherwise that is the usual one.
    unusual = number % 10 == 9
    person = Person(name, label, label.upper() if unusual else label or draw.choice(("", "n.d.", "-")))
    if draw.random() < 0.85:
        person.talks.append(_draw_talk(draw, name, themes, german=draw.random() < 0.2))
        if draw.random() < 0.1:
            person.talks.append(_draw_talk(draw, name + "b", themes, german=draw.random() < 0.5))
    return person


def _draw_talk(
    draw: random.Random, transcript: str, themes: list[str], *, german: bool
) -> tuple[str, bool, list[tuple[str, dict[str, str]]]]:
    """A talk that a person has coded whole; of the German ones half, the others nobody reads."""
    read = not german or draw.random() < 0.5
    answers = []
    for number in range(draw.randint(1, 4)):
        mark = f"{transcript}{number}".lower()
        sentence = draw.choice(GERMAN).format(mark) if german else _sentence(draw, mark)
        codes = (draw.sample(themes, draw.choice((0, 1, 1, 2))) or [OTHER]) if read else []
        answers.append((sentence, {code: draw.choice(STANCES) for code in codes}))
    return transcript, read, answers


def _sentence(draw: random.Random, mark: str) -> str:
    talk = TALK.split()
    start = draw.randrange(len(talk) - 12)
    words = talk[start : start + draw.randint(8, 12)]
    return " ".join(words).capitalize() + f" {mark}."


def _draw_items(draw: random.Random) -> list[Item]:
    codes = draw.choice(CODES)
    yes, no = draw.choice(YES_NO)
    polar = [Option(codes[0], yes, 1.0), Option(codes[1], no, 0.0)]
    places = zip(draw.choice(CODES), SCALE, range(1, 5), strict=True)
    scale = [Option(code, label, rank) for code, label, rank in places]
    single = [Option(code, label) for code, label in zip(("x", "y", "z"), ("Uno", "Due", "Tre"), strict=True)]
    several = [Option("rifiuti", "Rifiuti"), Option("beta", "Altra cosa"), Option("mense", "Mense")]
    for options in (polar, scale, single, several):
        draw.shuffle(options)
    items = [
        Item("Y", "yesno", tuple(polar)),
        Item("K", "likert", tuple(scale)),
        Item("N", "number"),
        Item("S", "single", tuple(single)),
        Item("M", "multi", tuple(several)),
        Item("F", "number", asked=("Y", codes[0], draw.random() < 0.5)),
        Item("OP", "text"),
    ]
    return [item for item in items if item.code == "Y" or draw.random() < 0.8]


def _draw_answers(draw: random.Random, person: Person, items: list[Item]) -> None:
    for item in items:
        if item.asked and not _is_asked(person, item.asked):
            person.answers[item.code], person.cells[item.code] = NOT_SHOWN, ""
            continue
        kind = draw.choices(("", BLANK, DONT_KNOW, REJECTED), (8, 1, 1, 1))[0]
        if item.type == "text":
            person.wrote = draw.random() < 0.5
            person.cells[item.code] = f"Vorrei soltanto ringraziare tutti {person.name}." if person.wrote else ""
            continue
        if kind:
            person.answers[item.code], person.cells[item.code] = kind, draw.choice(SAID_SO[kind])
            continue
        person.answers[item.code], person.cells[item.code] = _GIVEN[item.type](draw, item)


def _is_asked(person: Person, asked: tuple[str, str, bool]) -> bool:
    item, value, equal = asked
    given = person.answers.get(item)
    return isinstance(given, Option) and (given.value == value) == equal


def _give_number(draw: random.Random, _item: Item) -> tuple[object, str]:
    number = draw.randint(0, 6)
    return float(number), draw.choice((str(number), f"{number},0"))


def _give_option(draw: random.Random, item: Item) -> tuple[object, str]:
    option = draw.choice(item.options)
    return option, draw.choice((option.value, option.label))


def _give_several(draw: random.Random, item: Item) -> tuple[object, str]:
    chosen = [option for option in item.options if draw.random() < 0.5] or [item.options[0]]
    return frozenset(option.value for option in chosen), "|".join(option.value for option in chosen)


_GIVEN: dict[str, Callable[[random.Random, Item], tuple[object, str]]] = {
    "number": _give_number,
    "likert": _give_option,
    "single": _give_option,
    "yesno": _give_option,
    "multi": _give_several,
}


def _respondent(person: Person) -> dict[str, str]:
    transcripts = "|".join(transcript for transcript, _, _ in person.talks)
    return {"respondent": person.name, "transcript": transcripts, "classe": person.written_label}


def _codings(person: Person) -> list[dict[str, str]]:
    """Every answer of a talk that somebody reads, one row a theme."""
    rows = []
    for transcript, read, answers in person.talks:
        for sentence, codes in answers if read else ():
            for code, stance in codes.items():
                row = {"transcript": transcript, "start": "", "end": "", "quote": sentence, "code": code}
                rows.append({**row, "stance": stance, "coder": "anna"})
    return rows


def _codebook_rows(draw: random.Random, item: Item) -> list[dict[str, str]]:
    row = {"item": item.code, "text": f"Domanda {item.code}", "type": item.type, "value": "", "label": "", "order": ""}
    row |= {"direction": "+", "filter": "", "analyse": "si" if item.type == "text" else ""}
    if item.asked:
        other, value, equal = item.asked
        row["filter"] = f"{other} {'=' if equal else '!='} {value}"
    ordered = item.type == "likert" and draw.random() < 0.5
    placed = draw.random() < 0.5
    rows = []
    for place, option in enumerate(item.options, start=1):
        order = str(int(option.rank)) if ordered else str(place) if item.type == "yesno" and placed else ""
        rows.append({**row, "value": option.value, "label": option.label, "order": order})
    if item.type in ("likert", "single") and draw.random() < 0.4:
        rows.append({**row, "value": "88", "label": "Non so"})
    return rows or [row]
