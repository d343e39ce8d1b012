"""Random studies whose truth is known: what each person said, answered or left out is drawn first, then written down.

The files are worded as people word them (options in any order, codes or labels in cells, ways of no answer), the
truth is kept beside them. Nothing of Trama is used here.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
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
OTHER = "delta"  # a theme that no item asks about
THEMES = {"alfa": "Tema alfa", "beta": "Tema beta", "gamma": "Tema gamma", OTHER: "Altro tema", "zeta": "Mai detto"}
UNSAID = "zeta"  # a theme that nobody says
NO_THEME = "nessun tema"
STANCES = ("vantaggio", "criticità", "proposta", "neutro")
ENGLISH = dict(zip(STANCES, ("advantage", "problem", "proposal", "neutral"), strict=True))
OPPOSITE = {"vantaggio": "criticità", "criticità": "vantaggio", "proposta": "non proposta", "non proposta": "proposta"}
SCALE = ("Per niente", "Poco", "Abbastanza", "Molto")
YES_NO = (
    ("Sì", "No"),
    ("Sì, abbiamo una convenzione", "No, nessuna"),
    ("S", "N"),
    ("Abbiamo un accordo", "Non abbiamo accordi"),
    ("Direi di sì", "Direi di no"),
)
CODES = (("1", "2", "3", "4"), ("a", "b", "c", "d"), ("4", "3", "2", "1"), ("A1", "A2", "A3", "A4"))
CLASSES = (
    ("Nord", "Sud"),
    ("Nord", "Sud"),
    ("Nord", "Sud", "Centro"),
    ("Oltre 8.000", "Fino a 3.000", "3.001-8.000"),
    ("Nord", "Sud", "Centro", "Isole"),
    ("Nord",),
)
ZONES = ("costa", "monte")
BLANK = "no_reply"
DONT_KNOW = "dont_know"
REJECTED = "rejected"
NOT_SHOWN = "not_shown"
SAID_SO = {DONT_KNOW: ("Non so", "non saprei", "NS"), BLANK: ("", "n.d.", "-"), REJECTED: ("zzz", "boh!")}
# Options of no answer as codebooks list them: code, label, what stands under `missing`, which kind they are.
NO_ANSWERS = (
    ("88", "Non so", "", DONT_KNOW),
    ("99", "Non risponde", "", BLANK),
    ("99", "Codice 99", "non risponde", BLANK),
    ("-9", "Rifiuta", "non risponde", BLANK),
    ("77", "Non ricorda", "non so", DONT_KNOW),
    ("66", "Non applicabile", "", NOT_SHOWN),
)
# How a multiple response with a column an option says chosen and not chosen.
TICKS = (("1", "0"), ("Sì", "No"), ("X", ""))


@dataclass(frozen=True)
class Option:
    """An option as the codebook words it; `rank` is its place on a scale, 1 or 0 for yes or no."""

    value: str
    label: str
    rank: float = 0.0
    stance: str = ""
    missing: str = ""  # what stands under `missing`


@dataclass(frozen=True)
class Condition:
    """Whom an item is asked: who gave (or did not give) another item one of these values, written as `words`."""

    item: str
    values: tuple[str, ...]
    equal: bool
    words: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """A question; `no_answers` are rows of NO_ANSWERS, `ticks` how columns of options are filled, none: one cell."""

    code: str
    type: str
    options: tuple[Option, ...] = ()
    asked: tuple[Condition, ...] = ()
    no_answers: tuple[tuple[str, str, str, str], ...] = ()
    ticks: tuple[str, str] | None = None
    direction: str = ""
    reverse: bool = False
    unit: str = ""
    thousands: bool = False


@dataclass(frozen=True)
class Ticks:
    """The options of a multiple response that are chosen, and those whose own column nobody can read."""

    chosen: frozenset[str]
    unclear: frozenset[str] = frozenset()


@dataclass
class Said:
    """One answer of an interview; what each coder wrote down of it: theme -> stance, {} for no theme."""

    sentence: str
    coded: dict[str, dict[str, str]] = field(default_factory=dict)
    passages: dict[tuple[str, str], str] = field(default_factory=dict)  # coder and theme -> what is quoted


@dataclass
class Talk:
    """An interview; who coded a fifth of its answers has read it all, the machine reads what is Italian."""

    transcript: str
    german: bool
    answers: list[Said]


@dataclass
class Person:
    """Who is listed, with their variables as they are meant and as they are written."""

    name: str
    labels: dict[str, str]
    written: dict[str, str]
    talks: list[Talk] = field(default_factory=list)
    answers: dict[str, object] = field(default_factory=dict)  # item -> value(s), or a kind of no answer
    cells: dict[str, str] = field(default_factory=dict)
    text: Talk | None = None  # what they wrote under the open item, coded like an interview
    leans: bool | None = (
        None  # towards high answers and saying alfa and beta, or to neither, where somebody leans at all
    )


@dataclass
class CountedStudy:
    """The truth and its files; `errors` are the cells (file, row, column) that must be reported as left out."""

    people: list[Person]
    items: list[Item]
    themes: dict[str, str]  # code -> label
    links: dict[str, list[str]]
    tables: dict[str, list[dict[str, str]]]
    errors: Counter[tuple[str, int, str]]
    parents: dict[str, str] = field(default_factory=dict)  # subtheme -> theme
    language: str = "it"
    variables: tuple[str, ...] = ("classe", "zona")  # the first is the class variable

    def write(self, folder: Path) -> Path:
        """The study in `folder`."""
        (folder / "transcripts").mkdir(parents=True)
        (folder / "study.toml").write_text(
            f'[study]\ntitle = "Contato"\nseed = 1\nlanguage = "{self.language}"\n'
            '[speakers]\ninterviewer = ["I"]\nrespondent = ["R"]\n'
            '[tables]\nclass_variable = "classe"\nvariables = ["zona"]\n[analysis]\nmin_score = 1.0\n',
            encoding="utf-8",
        )
        for talk in (talk for person in self.people for talk in person.talks):
            turns = [f"I: E poi che cosa mi dice?\n\nR: {said.sentence}" for said in talk.answers]
            path = folder / "transcripts" / f"{talk.transcript}.txt"
            path.write_text("\n\n".join(turns) + "\n", encoding="utf-8")
        for file, rows in self.tables.items():
            write_table(folder / file, rows)
        return folder


def draw_study(draw: random.Random) -> CountedStudy:
    """A study of 4 to 40 people."""
    items = _draw_items(draw)
    people = _draw_people(draw)
    if draw.random() < 0.5:
        for person in people:
            person.leans = draw.random() < 0.5
    coders = draw.choice((("anna",), ("anna", "bruno"), ("anna", "bruno", "carla")))
    for person in people:
        _draw_talks(draw, person)
    if not any(person.talks for person in people):
        people[0].talks.append(_draw_talk(draw, people[0].name, german=False))
    unanswered = draw.choice(items).code if draw.random() < 0.2 else ""
    for person in people:
        if draw.random() < 0.85:
            _draw_answers(draw, person, items, unanswered)
    for person in people:
        for talk in (*person.talks, *filter(None, [person.text])):
            _draw_codings(draw, talk, coders, person.leans)
    linked = [item.code for item in items if item.type != "text"]
    links = {theme: [code for code in linked if draw.random() < 0.8] for theme in THEMES if theme != OTHER}
    links[OTHER] = []
    parents = {OTHER: "alfa"} if draw.random() < 0.5 else {}
    tables = {
        "respondents.csv": [_respondent(person) for person in people],
        "codebook.csv": [
            {
                "code": code,
                "label": label,
                "definition": "xyzzy",
                "parent": parents.get(code, ""),
                "questionnaire_items": "|".join(links[code]),
            }
            for code, label in THEMES.items()
        ],
        "codings.csv": [row for person in people for row in _codings(person)],
        "questionnaire_codebook.csv": [row for item in items for row in _codebook_rows(draw, item)],
        "questionnaire.csv": [{"respondent": person.name, **person.cells} for person in people if person.cells],
    }
    tables = {file: rows for file, rows in tables.items() if rows}
    if "questionnaire.csv" not in tables:
        del tables["questionnaire_codebook.csv"]
        items = []
        links = {theme: [] for theme in THEMES}
        tables["codebook.csv"] = [{**row, "questionnaire_items": ""} for row in tables["codebook.csv"]]
    errors = _errors(people, items, tables)
    _slip(draw, tables, errors)
    return CountedStudy(people, items, dict(THEMES), links, tables, errors, parents, draw.choice(("it", "it", "en")))


def _draw_people(draw: random.Random) -> list[Person]:
    """Everybody listed; a label that several have is typed otherwise by one of them, and some have none."""
    classes = draw.choice(CLASSES)
    count = draw.choice((draw.randint(4, 12), draw.randint(12, 40)))
    people = []
    for number in range(count):
        labels = {"classe": draw.choice((*classes, *classes, "")), "zona": draw.choice((*ZONES, *ZONES, ""))}
        written = {name: label or draw.choice(("", "n.d.", "-")) for name, label in labels.items()}
        people.append(Person(f"P{number:02d}", labels, written))
    if draw.random() < 0.3:
        people[-1].labels["classe"] = people[-1].written["classe"] = "Unica"
    for name in ("classe", "zona"):
        common = Counter(person.labels[name] for person in people)
        alike = [person for person in people if person.labels[name] and common[person.labels[name]] > 2]
        if alike and draw.random() < 0.5:
            odd = draw.choice(alike)
            odd.written[name] = draw.choice((odd.labels[name].upper(), odd.labels[name].lower()))
    return people


def _draw_talks(draw: random.Random, person: Person) -> None:
    if draw.random() < 0.85:
        person.talks.append(_draw_talk(draw, person.name, german=draw.random() < 0.15))
        if draw.random() < 0.1:
            person.talks.append(_draw_talk(draw, person.name + "b", german=draw.random() < 0.5))


def _draw_talk(draw: random.Random, transcript: str, *, german: bool) -> Talk:
    answers = []
    for number in range(draw.choice((1, 2, 3, 4, 7))):
        mark = f"{transcript}{number}".lower()
        answers.append(Said(draw.choice(GERMAN).format(mark) if german else _sentence(draw, mark)))
    return Talk(transcript, german, answers)


def _sentence(draw: random.Random, mark: str) -> str:
    """The mark comes first, so that also the beginning of a sentence stands in one place alone."""
    talk = TALK.split()
    start = draw.randrange(len(talk) - 12)
    return f"{mark.capitalize()} {' '.join(talk[start : start + draw.randint(8, 12)])}."


def _draw_codings(draw: random.Random, talk: Talk, coders: tuple[str, ...], leans: bool | None) -> None:
    """What coders write down: all answers, some, or one alone; of half of the interviews the second reads none."""
    themes = [theme for theme in THEMES if theme != UNSAID]
    for coder in coders:
        share = draw.choice((1.0, 1.0, 0.5, 0.15))
        if draw.random() < (0.25 if coder == coders[0] else 0.5):
            continue
        for said in talk.answers:
            if draw.random() > share:
                continue
            first = said.coded.get(coders[0])
            if coder != coders[0] and first and draw.random() < 0.7:
                codes = {theme: draw.choice((stance, draw.choice(STANCES))) for theme, stance in first.items()}
            else:
                given = draw.sample(themes, draw.choice((0, 1, 1, 2)))
                codes = {theme: draw.choice(STANCES) for theme in given}
                if leans is not None and draw.random() < 0.7:
                    codes = dict.fromkeys(("alfa", "beta"), "vantaggio") if leans else {"gamma": "criticità"}
            said.coded[coder] = codes
            for theme in codes:
                said.passages[coder, theme] = said.sentence if talk.german else _passage(draw, said.sentence)


def _passage(draw: random.Random, sentence: str) -> str:
    """The sentence, or its first words: more than half of them."""
    words = sentence.split()
    return sentence if draw.random() < 0.6 else " ".join(words[: draw.randint(len(words) // 2 + 1, len(words) - 1)])


def _draw_items(draw: random.Random) -> list[Item]:
    codes = draw.choice(CODES)
    yes, no = draw.choice(YES_NO)
    polar = [Option(codes[0], yes, 1.0), Option(codes[1], no, 0.0)]
    scales = [
        [Option(code, label, rank) for code, label, rank in zip(draw.choice(CODES), SCALE, range(1, 5), strict=True)]
        for _ in range(2)
    ]
    single = [Option(code, label) for code, label in zip(("x", "y", "z"), ("Uno", "Due", "Tre"), strict=True)]
    # Somebody may mean "Non so" as an answer, and says so.
    single[2:] = [Option("z", "Non so", missing="no")] if draw.random() < 0.3 else single[2:]
    several = [Option("rifiuti", "Rifiuti"), Option("beta", "Altra cosa"), Option("mense", "Mense")]
    for options in (polar, *scales, single, several):
        draw.shuffle(options)
    polar, scales[0] = _by_half(draw, polar), _by_half(draw, scales[0])
    single, several = _one_by_one(draw, single), _one_by_one(draw, several)
    items = [
        Item("Y", "yesno", tuple(polar), no_answers=_no_answers(draw)),
        Item("K", "likert", tuple(scales[0]), no_answers=_no_answers(draw)),
        Item("R", "likert", tuple(scales[1]), reverse=True),
        Item("N", "number", no_answers=_no_answers(draw, without=("66",))),
        Item("T", "number", unit=draw.choice(("", "euro")), thousands=True),
        Item("S", "single", tuple(single), no_answers=_no_answers(draw)),
        Item("M", "multi", tuple(several), ticks=draw.choice((None, *TICKS))),
    ]
    items = [item for item in items if item.code == "Y" or draw.random() < 0.8]
    asking = {item.code: item.options for item in items if item.options}
    for number in range(2):
        conditions = tuple(_condition(draw, asking) for _ in range(draw.choice((1, 1, 2))))
        items.append(Item(f"F{number}", draw.choice(("number", "number", "likert")), asked=conditions))
    items = [replace(item, options=tuple(scales[1])) if item.type == "likert" and not item.options else item
             for item in items]  # fmt: skip
    items = [replace(item, direction="" if item.type in ("multi", "text") else draw.choice(("+", "+", "-", "")))
             for item in items]  # fmt: skip
    items = [replace(item, direction=draw.choice(("", "", "-"))) if item.reverse else item for item in items]
    return [*items, *([Item("OP", "text")] if draw.random() < 0.8 else [])]


def _no_answers(draw: random.Random, without: tuple[str, ...] = ()) -> tuple[tuple[str, str, str, str], ...]:
    listed = [row for row in NO_ANSWERS if row[0] not in without]
    return (draw.choice(listed),) if draw.random() < 0.4 else ()


def _by_half(draw: random.Random, options: list[Option]) -> list[Option]:
    """The options of a scale, or of yes and no, whose upper half takes a stance and whose lower half the opposite."""
    stance = draw.choice(("", "vantaggio", "criticità", "proposta"))
    if not stance:
        return options
    middle = sum(option.rank for option in options) / len(options)
    return [replace(option, stance=stance if option.rank > middle else OPPOSITE[stance]) for option in options]


def _one_by_one(draw: random.Random, options: list[Option]) -> list[Option]:
    if draw.random() < 0.4:
        return options
    return [replace(option, stance=draw.choice(("", *OPPOSITE))) for option in options]


def _condition(draw: random.Random, asking: Mapping[str, tuple[Option, ...]]) -> Condition:
    item = draw.choice(sorted(asking))
    options = draw.sample(asking[item], 2 if len(asking[item]) > 2 and draw.random() < 0.3 else 1)
    words = tuple(draw.choice((option.value, option.label)) for option in options)
    return Condition(item, tuple(option.value for option in options), draw.random() < 0.5, words)


def _draw_answers(draw: random.Random, person: Person, items: list[Item], unanswered: str) -> None:
    for item in items:
        if item.type == "text":
            wrote = draw.random() < 0.5 and item.code != unanswered
            sentence = f"Vorrei soltanto ringraziare tutti {person.name}."
            person.text = Talk(f"questionario:{person.name}", False, [Said(sentence)]) if wrote else None
            person.cells[item.code] = sentence if wrote else ""
            continue
        if item.code == unanswered or not is_asked(person, item):
            kind = BLANK if is_asked(person, item) else NOT_SHOWN
            if item.code == unanswered or draw.random() < 0.9:  # else answered although it was not to be asked
                person.answers[item.code] = kind
                _fill(person, item, draw.choice(("", "", "-")))
                continue
        kind = draw.choices(("", BLANK, DONT_KNOW, REJECTED), (8, 1, 1, 1))[0]
        if kind in (BLANK, REJECTED) and not is_asked(person, item):
            kind = DONT_KNOW
        if item.ticks and kind == REJECTED:
            kind = ""
        if kind:
            person.answers[item.code] = kind
            labels = {option.label for option in item.options}
            _fill(person, item, draw.choice([word for word in SAID_SO[kind] if word not in labels]))
        elif item.no_answers and draw.random() < 0.15:
            code, label, _, kind = item.no_answers[0]
            person.answers[item.code] = kind
            _fill(person, item, draw.choice((code, label)) if item.type != "number" else code)
        elif item.ticks:
            _tick(draw, person, item, item.ticks)
        else:
            person.answers[item.code], person.cells[item.code] = _GIVEN[item.type](draw, item, person.leans)


def _fill(person: Person, item: Item, cell: str) -> None:
    """The same sign of no answer in the item's cell, or in each of its columns."""
    titles = [f"{item.code}[{option.value}]" for option in item.options] if item.ticks else [item.code]
    person.cells |= dict.fromkeys(titles, cell)


def _tick(draw: random.Random, person: Person, item: Item, ticks: tuple[str, str]) -> None:
    """One column an option; where both signs are written nothing may be chosen, and one column may say neither."""
    yes, no = ticks
    chosen = _chosen(draw, item, person.leans)
    chosen |= {item.options[0].value} if not no and not chosen else set()
    unclear = {draw.choice(item.options).value} if no and draw.random() < 0.1 else set()
    person.answers[item.code] = Ticks(frozenset(chosen - unclear), frozenset(unclear))
    for option in item.options:
        cell = "boh!" if option.value in unclear else yes if option.value in chosen else no
        person.cells[f"{item.code}[{option.value}]"] = cell


def is_asked(person: Person, item: Item) -> bool:
    """Whether what the person answered passes every condition; no answer and an unclear one pass none."""
    return all(_passes(person.answers.get(each.item), each) for each in item.asked)


def _passes(given: object, condition: Condition) -> bool:
    if isinstance(given, Ticks):
        asked = set(condition.values)
        if given.chosen & asked:
            return condition.equal
        return not condition.equal and not given.unclear & asked
    return isinstance(given, Option) and (given.value in condition.values) == condition.equal


def _give_number(draw: random.Random, item: Item, leans: bool | None) -> tuple[object, str]:
    if item.thousands:
        number = draw.randint(1000, 9000)
        grouped = f"{number // 1000}.{number % 1000:03d}"
        return float(number), draw.choice((grouped, str(number), f"{grouped} {item.unit}".strip()))
    if draw.random() < 0.03 and not item.no_answers:
        return 99.0, "99"  # perhaps a code that nobody declared: asked about, and counted as it stands
    number = draw.choice((draw.randint(0, 6), draw.randint(0, 6), draw.randint(0, 12) / 2)) + 4 * bool(leans)
    return float(number), f"{number:g}".replace(".", ",") if draw.random() < 0.5 else f"{number:.1f}".replace(".", ",")


def _give_option(draw: random.Random, item: Item, leans: bool | None) -> tuple[object, str]:
    option = draw.choice(item.options)
    if leans is not None and draw.random() < 0.7:
        option = (max if leans else min)(item.options, key=lambda each: each.rank)
    return option, draw.choice((option.value, option.label))


def _give_several(draw: random.Random, item: Item, leans: bool | None) -> tuple[object, str]:
    chosen = _chosen(draw, item, leans) or {item.options[0].value}
    return Ticks(frozenset(chosen)), "|".join(sorted(chosen))


def _chosen(draw: random.Random, item: Item, leans: bool | None) -> set[str]:
    chosen = {option.value for option in item.options if draw.random() < 0.5}
    if leans is not None and draw.random() < 0.7:
        chosen = chosen | {"beta"} if leans else chosen - {"beta"}
    return chosen


_GIVEN: dict[str, Callable[[random.Random, Item, bool | None], tuple[object, str]]] = {
    "number": _give_number,
    "likert": _give_option,
    "single": _give_option,
    "yesno": _give_option,
    "multi": _give_several,
}


def _respondent(person: Person) -> dict[str, str]:
    transcripts = "|".join(talk.transcript for talk in person.talks)
    return {"respondent": person.name, "transcript": transcripts, **person.written}


def _codings(person: Person) -> Iterator[dict[str, str]]:
    """One row an answer, theme and coder; "no theme" where the coder gives none."""
    for talk in (*person.talks, person.text):
        for said in talk.answers if talk else ():
            for coder, codes in said.coded.items():
                row = {"transcript": talk.transcript, "start": "", "end": "", "coder": coder}
                for theme, stance in codes.items():
                    yield {**row, "quote": said.passages[coder, theme], "code": theme, "stance": stance}
                if not codes:
                    yield {**row, "quote": said.sentence, "code": NO_THEME, "stance": ""}


def _codebook_rows(draw: random.Random, item: Item) -> list[dict[str, str]]:
    row = {"item": item.code, "text": f"Domanda {item.code}", "type": item.type, "value": "", "label": "", "order": ""}
    row |= {"direction": item.direction, "reverse": "si" if item.reverse else "", "stance": "", "missing": ""}
    row |= {"analyse": "si" if item.type == "text" else "", "unit": item.unit}
    conditions = (f"{each.item} {'=' if each.equal else '!='} {'|'.join(each.words)}" for each in item.asked)
    row["filter"] = " & ".join(conditions)
    ordered = item.type == "likert" and draw.random() < 0.5
    placed = draw.random() < 0.5
    rows = []
    for place, option in enumerate(item.options, start=1):
        order = str(int(option.rank)) if ordered else str(place) if item.type == "yesno" and placed else ""
        given = {"value": option.value, "label": option.label, "order": order, "stance": option.stance}
        rows.append({**row, **given, "missing": option.missing})
    for code, label, missing, _ in item.no_answers:
        rows.append({**row, "value": code, "label": label, "missing": missing})
    return rows or [row]


def _errors(
    people: list[Person], items: list[Item], tables: Mapping[str, list[dict[str, str]]]
) -> Counter[tuple[str, int, str]]:
    """The answers that nobody can read, by their place."""
    places = {row["respondent"]: number for number, row in enumerate(tables.get("questionnaire.csv", ()), start=2)}
    errors: Counter[tuple[str, int, str]] = Counter()
    for person in people:
        for item in items if person.cells else ():
            given = person.answers.get(item.code)
            if given == REJECTED:
                errors["questionnaire.csv", places[person.name], item.code] += 1
            for option in given.unclear if isinstance(given, Ticks) else ():
                errors["questionnaire.csv", places[person.name], f"{item.code}[{option}]"] += 1
    return errors


def _slip(
    draw: random.Random, tables: Mapping[str, list[dict[str, str]]], errors: Counter[tuple[str, int, str]]
) -> None:
    """People listed twice, answers of people whom nobody lists, and codes typed in another case."""
    listed = tables["respondents.csv"]
    if draw.random() < 0.3:
        listed.append({**draw.choice(listed), "classe": "Doppia", "zona": ""})
        errors["respondents.csv", len(listed) + 1, "respondent"] += 1
    answers = tables.get("questionnaire.csv")
    if not answers:
        return
    spelled = draw.choice(answers)
    spelled["respondent"] = spelled["respondent"].lower()
    if draw.random() < 0.3:
        answers.append({**answers[0], "respondent": answers[0]["respondent"].upper()})
        errors["questionnaire.csv", len(answers) + 1, "respondent"] += 1
    if draw.random() < 0.3:
        answers.append({**answers[0], "respondent": "Nessuno"})
        errors["questionnaire.csv", len(answers) + 1, "respondent"] += 1
