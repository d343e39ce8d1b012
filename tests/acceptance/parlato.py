"""The 31 real interviews of ParlaTO as a study folder, made afresh from the corpus and never kept in the repository."""

import csv
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "parlato"
CODEBOOK = Path(__file__).with_name("city_life_codebook.csv")
ABSENT = "the ParlaTO corpus is not there: put it into shared/data/parlato beside the repository"

SETTINGS = """[study]
title = "Vivere a Torino: le interviste di ParlaTO"
seed = 20190101

[speakers]
interviewer = ["TOR*"]

[tables]
class_variable = "generazione"
"""
REGIONS = (
    "abruzzo", "basilicata", "calabria", "campania", "emilia-romagna", "friuli-venezia-giulia", "lazio", "liguria",
    "lombardia", "marche", "molise", "piemonte", "puglia", "sardegna", "sicilia", "toscana", "trentino-alto-adige",
    "umbria", "valle-d-aosta", "veneto", "estero",
)  # fmt: skip
# item, column of participants.tsv, wording, type, label of each code in its order
ITEMS: tuple[tuple[str, str, str, str, dict[str, str]], ...] = (
    (
        "age_range",
        "age-range",
        "Quanti anni ha?",
        "likert",
        {
            **{f"{age}-{age + 4}": f"{age}-{age + 4} anni" for age in range(16, 86, 5)},
            "over85": "Più di 85 anni",
        },
    ),
    ("gender", "gender", "Genere", "single", {"F": "Femmina", "M": "Maschio"}),
    (
        "occupation",
        "occupation",
        "Che lavoro fa?",
        "single",
        {
            "0-Retired": "In pensione",
            "0-Students": "Studia",
            "0-Unemployed": "Senza lavoro",
            "1-Managers": "Dirigente",
            "2-Professionals": "Professione intellettuale",
            "4-Clerical-Workers": "Impiego d'ufficio",
            "5-Service-Workers": "Commercio e servizi",
            "6-Craft-Workers": "Artigianato e operai specializzati",
            "7-Plant-Operators": "Conduzione di impianti e macchine",
            "8-Elementary": "Professione non qualificata",
        },
    ),
    (
        "study_level",
        "study-level",
        "Qual è il titolo di studio più alto?",
        "likert",
        {
            "primary-school": "Licenza elementare",
            "middle-school": "Licenza media",
            "technical-vocational-diploma": "Diploma tecnico o professionale",
            "liceo-diploma": "Diploma di liceo",
            "university-degree-ongoing": "Università in corso",
            "university-degree": "Laurea",
            "phd": "Dottorato",
        },
    ),
    (
        "birth_region",
        "birth-region",
        "In quale regione è nato o nata?",
        "single",
        {region: region.replace("-", " ").title() for region in REGIONS},
    ),
)
UNSTATED = "N/A"


def write_study(data: Path, folder: Path) -> None:
    """Makes `folder` (new or empty) a study from the corpus in `data`.

    The .eaf files are copied; participants who speak in them, interviewers apart, are the respondents; what the
    metadata say of them is the questionnaire.
    """
    transcripts = folder / "transcripts"
    transcripts.mkdir(parents=True)
    files = sorted((data / "eaf").glob("*.eaf"))
    for path in files:
        shutil.copyfile(path, transcripts / path.name)
    here = {path.stem for path in files}
    people = [person for person in _participants(data) if here.intersection(person["conversations"].split(";"))]
    (folder / "study.toml").write_text(SETTINGS, encoding="utf-8")
    shutil.copyfile(CODEBOOK, folder / "codebook.csv")
    rows = (_respondent(person, here) for person in people)
    _write(folder / "respondents.csv", ["respondent", "transcript", "generazione"], rows)
    _write(
        folder / "questionnaire.csv",
        ["respondent", *(item for item, *_ in ITEMS)],
        ([person["code"], *(person[column] for _, column, *_ in ITEMS)] for person in people),
    )
    header = ["item", "text", "type", "value", "label", "order", "missing", "asked"]
    _write(folder / "questionnaire_codebook.csv", header, _options())


def _participants(data: Path) -> list[dict[str, str]]:
    """Rows of participants.tsv without interviewers, whose codes begin with TOR."""
    with (data / "metadata" / "participants.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return sorted((row for row in rows if not row["code"].startswith("TOR")), key=lambda row: row["code"])


def _respondent(person: dict[str, str], here: set[str]) -> list[str]:
    conversations = [name for name in sorted(person["conversations"].split(";")) if name in here]
    return [person["code"], "|".join(conversations), _generation(person["age-range"])]


def _generation(age_range: str) -> str:
    """The two ends of life that the 31 interviews have: under 36 and over 55 (nobody is in between)."""
    if not age_range[:2].isdigit():
        return "oltre 55 anni" if age_range.startswith("over") else ""
    age = int(age_range[:2])
    return "fino a 35 anni" if age <= 31 else "36-55 anni" if age <= 51 else "oltre 55 anni"


def _options() -> Iterable[Sequence[str]]:
    for item, _, text, kind, labels in ITEMS:
        for order, (value, label) in enumerate(labels.items(), start=1):
            place = str(order) if kind == "likert" else ""
            yield item, text, kind, value, label, place, "", "no"
        yield item, text, kind, UNSTATED, "Non indicato", "", "non risponde", "no"


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
