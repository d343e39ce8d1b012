"""A study whose names, labels and codes are hard for programs of statistics, coded by a person."""

from pathlib import Path

from tests.acceptance.small_studies import SAID, write_table

PEOPLE = [f"S{number:02d}" for number in range(1, 15)]
LONG = "Quanto è d'accordo con l'affermazione che così com'è la città è già più che sufficientemente servita? " * 4
ASKED = "C'è un responsabile?"
MUCH = "Talora, però " + "così " * 40
THEMES = {
    "personale": "Personale",
    "Personale": "Personale: la qualità è ciò che più manca, perché " + "così è più difficile andare avanti " * 9,
    "virtù": 'Virtù; "virtù"',
    "con": "Con",
    "with": "With",
    "tema_lunghissimo_che_non_finisce_mai_e_poi_mai_prima": "=Prima",
    "tema_lunghissimo_che_non_finisce_mai_e_poi_mai_seconda": "Seconda",
}
ITEMS = [
    {"item": "Q1", "text": LONG, "type": "likert", "value": "mai", "label": "Mai", "order": "1"},
    {"item": "Q1", "text": LONG, "type": "likert", "value": "talora", "label": MUCH, "order": "2"},
    {"item": "Q1", "text": LONG, "type": "likert", "value": "sempre", "label": "Sempre", "order": "3"},
    {"item": "Q1", "text": LONG, "type": "likert", "value": "99", "label": "Non saprei dire", "missing": "non so"},
    {"item": "Q2", "text": "Quanti gradi?", "type": "number", "unit": "°C"},
    {"item": "Q3", "text": LONG, "type": "multi", "value": "a", "label": "Rifiuti"},
    {"item": "Q3", "text": LONG, "type": "multi", "value": "b", "label": "Mense"},
    {"item": "Q3", "text": LONG, "type": "multi", "value": "9", "label": "Non so", "missing": "non so"},
    {"item": "Q4", "text": ASKED, "type": "yesno", "value": "1", "label": "Sì"},
    {"item": "Q4", "text": ASKED, "type": "yesno", "value": "2", "label": "No"},
    {"item": "Q4", "text": ASKED, "type": "yesno", "value": "8", "label": "Non so", "missing": "non so"},
    {"item": "Q4", "text": ASKED, "type": "yesno", "value": "9", "label": "Rifiuta", "missing": "non risponde"},
    {"item": "Q5", "text": "Quando?", "type": "date"},
    {"item": "Q6", "text": "Altro?", "type": "text"},
    {"item": "Q7", "text": "Come?", "type": "single", "value": "10", "label": "Da soli"},
    {"item": "Q7", "text": "Come?", "type": "single", "value": "20", "label": "Insieme"},
    {"item": "Q7", "text": "Come?", "type": "single", "value": "30", "label": ""},
]  # fmt: skip
LINKS = {"personale": "Q1|Q2", "Personale": "Q3|Q4", "virtù": "Q7|Q2", "con": "Q5|Q6", "with": "Q1|Q7"}


def write_odd_study(folder: Path) -> Path:
    """Fourteen respondents, one without a questionnaire and one without an interview."""
    (folder / "transcripts").mkdir(parents=True)
    (folder / "study.toml").write_text(
        '[study]\ntitle = "Città, però: «è così»"\nlanguage = "it"\nseed = 3\n\n'
        '[speakers]\ninterviewer = ["I"]\nrespondent = ["R"]\n\n'
        '[tables]\nclass_variable = "ampiezza è"\nvariables = ["si o no", "Q1"]\n',
        encoding="utf-8",
    )
    for place, name in enumerate(PEOPLE[:-1]):
        said = "\n\n".join(f"I: E poi?\n\nR: {SAID[(place + turn) % 6]}" for turn in range(1 + place % 4))
        (folder / "transcripts" / f"{name}.txt").write_text(said + "\n", encoding="utf-8")
    write_table(folder / "respondents.csv", [_respondent(place, name) for place, name in enumerate(PEOPLE)])
    write_table(
        folder / "codebook.csv",
        [
            {"code": code, "label": label, "definition": label, "parent": "con" if code == "with" else "",
             "questionnaire_items": LINKS.get(code, "")}
            for code, label in THEMES.items()
        ],
    )  # fmt: skip
    write_table(folder / "codings.csv", _codings())
    write_table(folder / "questionnaire_codebook.csv", ITEMS)
    write_table(
        folder / "questionnaire.csv", [_answers(place, name) for place, name in enumerate(PEOPLE) if place != 3]
    )
    return folder


def _respondent(place: int, name: str) -> dict[str, str]:
    return {
        "respondent": name,
        "transcript": name if place < len(PEOPLE) - 1 else "",
        "ampiezza è": ["grande", "medio", "piccolo però", ""][place % 4 if place < 12 else 0],
        "si o no": ["sì", "no"][place % 2],
        "Q1": ["2", "10"][place % 3 == 0],
        "età": str(30 + place),
        "peso": f"{place},5",
        "nome lunghissimo di una variabile che nessuno leggerà": f"Però {name}",
        "123": "uguale",
    }


def _codings() -> list[dict[str, str]]:
    codes = list(THEMES)
    rows = []
    for place, name in enumerate(PEOPLE[:-1]):
        for turn in range(1 + place % 4):
            for code in codes[: 1 + (place + turn) % 4]:
                quote = SAID[(place + turn) % 6]
                rows.append({"transcript": name, "quote": quote, "code": code, "stance": "", "coder": "anna"})
    return rows


def _answers(place: int, name: str) -> dict[str, str]:
    return {
        "respondent": name,
        "Q1": ["mai", "talora", "sempre", "99", ""][place % 5],
        "Q2": ["-99", "3,5", "-97", "7", "n.d.", "dieci"][place % 6],
        "Q3": ["a|b", "a", "b", "9", "a", "z"][place % 6],
        "Q4": ["1", "2", "8", "9", ""][place % 5],
        "Q5": ["03/04/2025", "1/1/1969", "", "31/12/2024"][place % 4],
        "Q6": "È lungo. " * 400 if place == 0 else ["Niente", ""][place % 2],
        "Q7": ["10", "20", "30"][place % 3],
    }
