"""The small studies that people begin with, made of a handful of choices, and some of them that cover all pairs."""

import csv
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAID = (
    "Il personale non basta: siamo rimasti in quattro e il lavoro ricade su chi resta.",
    "Con i comuni vicini abbiamo una convenzione per i rifiuti, e funziona bene.",
    "Servirebbe più formazione, perché i giovani imparano in fretta e poi se ne vanno.",
    "I soldi non arrivano mai in tempo, e ogni bando costa più di quanto rende.",
    "Lo sportello digitale lo usano in pochi, gli anziani preferiscono venire di persona.",
    "Bisognerebbe che la Regione ci desse regole uguali per tutti.",
    "Sì.",
    "La strada provinciale è piena di buche, e nessuno risponde al telefono.",
)
ASKED = ("Come va il comune?", "E con i vicini?", "Che cosa servirebbe?")
TERMS = {
    "personale": "personale|dipendente|lavoro",
    "vicini": "comune vicino|convenzione",
    "formazione": "formazione|corso",
}
DEFINITIONS = {
    "personale": "Chi lavora nel comune, quanti sono e chi manca",
    "vicini": "Lavorare insieme ad altri comuni",
    "formazione": "Imparare, corsi e aggiornamento",
}
LONELY = "solitario"  # a code that a person gives once and nothing else speaks of


@dataclass(frozen=True)
class SmallStudy:
    """One choice of each kind; `write` makes the folder."""

    interviews: int = 2
    codings: str = "none"
    codebook: str = "whole"
    questionnaire: str = "none"
    respondents: str = "variables"
    turns: int = 4
    language: str = "it"
    pseudonyms: bool = False

    def write(self, folder: Path) -> Path:
        """The study in `folder`."""
        (folder / "transcripts").mkdir(parents=True)
        (folder / "study.toml").write_text(self._settings(), encoding="utf-8")
        for name, turns in self.talks.items():
            (folder / "transcripts" / f"{name}.txt").write_text("\n\n".join(turns) + "\n", encoding="utf-8")
        for file, rows in self._tables().items():
            if rows:
                write_table(folder / file, rows)
        return folder

    @property
    def people(self) -> list[str]:
        """The interviewed, who are called as their transcripts are."""
        return [f"P{number}" for number in range(1, self.interviews + 1)]

    @property
    def talks(self) -> dict[str, list[str]]:
        """Interview -> its turns; question and answer in turn, an interview of one turn has no question."""
        return {name: list(self._turns(number)) for number, name in enumerate(self.people)}

    def _turns(self, interview: int) -> Iterator[str]:
        if self.turns == 1:
            yield f"SINDACO: {SAID[interview]}"
            return
        for number in range(self.turns):
            yield f"INTERVISTATRICE: {ASKED[number % len(ASKED)]}"
            yield f"SINDACO: {SAID[(interview + number) % len(SAID)]}"

    def _answers(self) -> Iterator[tuple[str, str]]:
        for name, turns in self.talks.items():
            for turn in turns:
                speaker, _, words = turn.partition(": ")
                if speaker == "SINDACO":
                    yield name, words

    def _settings(self) -> str:
        variable = "classe" if self.respondents == "variables" else ""
        return (
            f'[study]\ntitle = "Prova"\nlanguage = "{self.language}"\nseed = 1\n\n'
            '[speakers]\ninterviewer = ["INTERVISTATRICE"]\nrespondent = ["SINDACO"]\n\n'
            f'[tables]\nclass_variable = "{variable}"\n\n'
            f"[privacy]\npseudonyms = {str(self.pseudonyms).lower()}\n"
        )

    def _tables(self) -> dict[str, list[dict[str, str]]]:
        return {
            "respondents.csv": self._respondents(),
            "codebook.csv": self._codebook(),
            "codings.csv": self._codings() if self.codebook != "none" else [],
            "questionnaire_codebook.csv": _items() if self.questionnaire != "none" else [],
            "questionnaire.csv": self._questionnaire(),
        }

    def _respondents(self) -> list[dict[str, str]]:
        rows = [{"respondent": name, "transcript": name} for name in self.people]
        if self.respondents == "variables":
            rows = [row | {"classe": ("piccolo", "grande")[place % 2]} for place, row in enumerate(rows)]
        return rows if self.respondents != "none" else []

    def _codebook(self) -> list[dict[str, str]]:
        item = {"personale": "Q1", "vicini": "Q2"} if self.questionnaire != "none" else {}
        themes = [
            {
                "code": code,
                "label": code.capitalize(),
                "definition": DEFINITIONS[code] if self.codebook in ("whole", "definitions", "one theme") else "",
                "include_terms": TERMS[code] if self.codebook in ("whole", "terms", "one theme") else "",
                "questionnaire_items": item.get(code, ""),
            }
            for code in TERMS
        ]
        if self.codings == "a lonely code":
            themes.insert(1, {"code": LONELY, "label": "Solitario", "definition": "Ciò che non torna"})
        return {"none": [], "one theme": themes[:2][: 1 + (self.codings == "a lonely code")]}.get(self.codebook, themes)

    def _codings(self) -> list[dict[str, str]]:
        """Of the first theme, so that it is in every codebook."""
        answers = list(self._answers())
        first = [_coding(*answers[0], "personale", "criticità", "anna")]
        if self.codings == "two coders":
            return [*first, _coding(*answers[0], "personale", "vantaggio", "bruno")]
        if self.codings == "coders disagree":
            last = [_coding(*answer, "personale", "", "bruno") for answer in answers[1:2] or answers]
            return [*first, *last]
        if self.codings == "all segments":
            return [_coding(*answer, "personale", "", "anna") for answer in dict.fromkeys(answers)]
        if self.codings == "a lonely code":
            return [_coding(*answers[-1], LONELY, "proposta", "anna")]
        return first if self.codings == "one coder" else []

    def _questionnaire(self) -> list[dict[str, str]]:
        rows = [
            {"respondent": name, "Q1": str(place % 5 + 1), "Q2": str(place), "Q3": "rifiuti|mense", "Q4": "Poco tempo"}
            for place, name in enumerate(self.people)
        ]
        if self.questionnaire == "all blank":
            return [dict.fromkeys(row, "") | {"respondent": row["respondent"]} for row in rows]
        return rows if self.questionnaire == "answers" else []


CHOICES: Mapping[str, Sequence[object]] = {
    "interviews": (1, 2, 3, 6),
    "codings": ("none", "one coder", "two coders", "coders disagree", "all segments", "a lonely code"),
    "codebook": ("whole", "terms", "definitions", "one theme", "none"),
    "questionnaire": ("none", "answers", "all blank", "no answers"),
    "respondents": ("none", "plain", "variables"),
    "turns": (1, 4),
    "language": ("it", "en"),
    "pseudonyms": (False, True),
}


def covering_studies() -> list[SmallStudy]:
    """Few studies in which every choice of a kind meets every choice of each other kind: greedily, the same always."""
    kinds = list(CHOICES)
    everything = [dict(zip(kinds, choice, strict=True)) for choice in itertools.product(*CHOICES.values())]
    wanted = set(_pairs_of_kinds(kinds))
    chosen: list[SmallStudy] = []
    while wanted:
        best = max(everything, key=lambda study: len(wanted.intersection(_pairs(study))))
        wanted -= set(_pairs(best))
        chosen.append(SmallStudy(**best))  # type: ignore[arg-type]
    return chosen


def _pairs_of_kinds(kinds: Sequence[str]) -> Iterator[tuple[object, ...]]:
    for first, second in itertools.combinations(kinds, 2):
        yield from ((first, a, second, b) for a, b in itertools.product(CHOICES[first], CHOICES[second]))


def _pairs(study: Mapping[str, object]) -> Iterator[tuple[object, ...]]:
    yield from ((first, study[first], second, study[second]) for first, second in itertools.combinations(study, 2))


def _coding(transcript: str, quote: str, code: str, stance: str, coder: str) -> dict[str, str]:
    return {"transcript": transcript, "quote": quote, "code": code, "stance": stance, "coder": coder}


def _items() -> list[dict[str, str]]:
    scale = [{"item": "Q1", "text": "Manca personale?", "type": "likert"} for _ in range(5)]
    options = [row | {"value": str(place), "label": f"Grado {place}"} for place, row in enumerate(scale, start=1)]
    services = {"item": "Q3", "text": "Che cosa affidate?", "type": "multi", "separator": "|"}
    return [
        *options,
        {"item": "Q2", "text": "Quanti accordi?", "type": "number", "unit": "accordi"},
        services | {"value": "rifiuti", "label": "Rifiuti"},
        services | {"value": "mense", "label": "Mense"},
        {"item": "Q4", "text": "Altro?", "type": "text"},
    ]


def write_table(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """A CSV with the columns of all rows."""
    columns = list(dict.fromkeys(itertools.chain.from_iterable(rows)))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=";", restval="")
        writer.writeheader()
        writer.writerows(rows)
