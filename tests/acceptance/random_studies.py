"""Small studies that nobody would write on purpose, drawn by hypothesis: odd codes, gaps, words of two languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from tests.acceptance.small_studies import write_table

VOCABULARY = (
    "il la un di che non e ma però siamo abbiamo serve manca costa personale dipendenti lavoro comune vicini Bergamo",
    "convenzione rifiuti formazione corso digitale sportello SPID soldi bando strada Maria Rossi Anna Regione quattro",
    "2024 3.000 1° sì no certo bene male problema vantaggio proposta bisognerebbe andare città perché l'ufficio boh",
    "dell'acqua qualcuno the people speak English here e-mail www.comune.it 035/123456 … ? ! , «bene» (pausa)",
)
CODES = (
    "personale", "Personale", "città", "CITTA", "soldi e bandi", "a,b", "a;b", 'detto "così"', "l'altro",
    "«virgolette»", "a/b", "a|b", "*", "-1", "1", "1.0", "=somma", "+39", "@x", "#N/A", "nan", "None", "tema:x", "è",
    "emoji🙂", "x" * 80, "share", "n", "theme", "Q1", "a\tb", "<b>", "&amp;", "%s", "{x}", "segments",
)  # fmt: skip
STANCES = ("vantaggio", "criticità", "proposta", "neutro", "", "boh")
TYPES = ("number", "date", "single", "multi", "likert", "yesno", "text")
CELLS = (
    "", "1", "2", "3", "0", "4,5", "-1", "1000000", "non so", "rifiuti|mense", "rifiuti", "si", "no", "03/04/2025",
    "Uno", "testo libero del personale che manca", "99",
)  # fmt: skip
CLASSES = ("", "piccolo", "grande", "Grande", "3", "10", "fino a 3.000", "=A1", "non noto")

_WORDS = tuple(" ".join(VOCABULARY).split())
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class RandomStudy:
    """File -> its text, or its rows."""

    texts: Mapping[str, str]
    tables: Mapping[str, Rows]

    def write(self, folder: Path) -> Path:
        """The study in `folder`."""
        (folder / "transcripts").mkdir(parents=True)
        for file, text in self.texts.items():
            (folder / file).write_text(text, encoding="utf-8")
        for file, rows in self.tables.items():
            write_table(folder / file, rows)
        return folder


def _some(cells: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from(cells)


def _sentences(most: int = 14) -> st.SearchStrategy[str]:
    words = st.lists(_some(_WORDS), min_size=1, max_size=most)
    sentence = words.map(lambda chosen: " ".join(chosen) + ".")
    return st.lists(sentence, min_size=1, max_size=3).map(" ".join)


@st.composite
def _transcripts(draw: st.DrawFn) -> dict[str, str]:
    texts = {}
    for number in range(draw(st.integers(1, 4))):
        turns = draw(
            st.lists(st.tuples(_some(("INTERVISTATRICE", "SINDACO", "SINDACO")), _sentences()), min_size=1, max_size=7)
        )
        said = [f"{who}: {words}" for who, words in turns]
        name = draw(_some(("P", "p ", "Rossi ", "città-", "a.b", "1"))) + str(number)
        texts[name] = "\n\n".join(said) + "\n"
    return texts


@st.composite
def _codebook(draw: st.DrawFn) -> Rows:
    codes = draw(st.lists(_some(CODES), min_size=0, max_size=4, unique=True))
    words = _some(_WORDS)
    terms = st.lists(st.one_of(words, st.tuples(words, words).map(" ".join)), max_size=3).map("|".join)
    return [
        {
            "code": code,
            "label": draw(_some(("", "Etichetta", code, "Tema «uno»"))),
            "parent": draw(_some(("", "", "", *codes))),
            "definition": draw(st.one_of(st.just(""), _sentences(8))),
            "use_when": draw(st.one_of(st.just(""), _sentences(8))),
            "do_not_use_when": draw(st.one_of(st.just(""), _sentences(8))),
            "include_terms": draw(terms),
            "exclude_terms": draw(st.one_of(st.just(""), terms)),
            "questionnaire_items": draw(_some(("", "", "Q1", "Q1|Q2", "Q9"))),
            "examples": draw(st.one_of(st.just(""), _sentences(8))),
        }
        for code in codes
    ]


@st.composite
def _codings(draw: st.DrawFn, transcripts: dict[str, str], codebook: Rows) -> Rows:
    codes = tuple(row["code"] for row in codebook)
    if not codes:
        return []
    rows = []
    for _ in range(draw(st.integers(0, 10))):
        transcript = draw(_some(tuple(transcripts)))
        text = transcripts[transcript]
        start = draw(st.integers(0, len(text) - 2))
        end = draw(st.integers(start + 1, min(len(text), start + 120)))
        row = {"transcript": transcript, "start": str(start), "end": str(end), "quote": text[start:end].strip()}
        row |= {
            "code": draw(_some(codes)),
            "stance": draw(_some(STANCES)),
            "coder": draw(_some(("", "anna", "bruno", 'è, "x"'))),
        }
        rows.append(row)
    return rows


@st.composite
def _items(draw: st.DrawFn) -> Rows:
    rows = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        item = {
            "item": f"Q{number}",
            "text": draw(_some(("Quanto?", "", "Manca personale?"))),
            "type": draw(_some(TYPES)),
        }
        item |= {"direction": draw(_some(("", "+", "-"))), "analyse": draw(_some(("", "si")))}
        values = draw(st.lists(_some(("1", "2", "3", "rifiuti", "mense", "si", "no")), max_size=4, unique=True))
        options = [
            {"value": value, "label": draw(_some((f"Voce {value}", ""))), "stance": draw(_some(("", "vantaggio")))}
            for value in values
        ]
        rows += [item | option | {"missing": draw(_some(("", "", "non so")))} for option in options] or [item]
    return rows


@st.composite
def random_studies(draw: st.DrawFn) -> RandomStudy:
    """Whole studies; every table may be missing, and hold rows that lead nowhere."""
    transcripts = draw(_transcripts())
    codebook = draw(_codebook())
    variables = draw(st.lists(_some(("classe", "età", "zona, a", "theme", "n")), max_size=2, unique=True))
    people = [
        {"respondent": name, "transcript": name} | {variable: draw(_some(CLASSES)) for variable in variables}
        for name in transcripts
        if draw(st.integers(0, 9))
    ]
    items = draw(st.one_of(st.just([]), _items()))
    asked = list(dict.fromkeys(row["item"] for row in items))
    answers = [{"respondent": name} | {item: draw(_some(CELLS)) for item in asked} for name in [*transcripts, "altro"]]
    broken_down = [name for name in variables if draw(st.booleans())]
    settings = (
        f'[study]\ntitle = "Prova"\nlanguage = "{draw(_some(("it", "en")))}"\nseed = 1\n'
        '[speakers]\ninterviewer = ["INTERVISTATRICE"]\nrespondent = ["SINDACO"]\n'
        f'[tables]\nclass_variable = "{draw(_some(("", *variables)))}"\nvariables = {broken_down}\n'
        f"[privacy]\npseudonyms = {draw(_some(('false', 'false', 'true')))}\n"
        f"[analysis]\nmin_score = {draw(_some(('0.5', '0.5', '0.0', '1.0')))}\n"
    )
    tables = {
        "codebook.csv": codebook,
        "respondents.csv": people if draw(st.booleans()) else [],
        "codings.csv": draw(_codings(transcripts, codebook)),
        "questionnaire_codebook.csv": items,
        "questionnaire.csv": answers if asked and draw(st.booleans()) else [],
    }
    texts = {f"transcripts/{name}.txt": text for name, text in transcripts.items()}
    return RandomStudy(texts | {"study.toml": settings}, {file: rows for file, rows in tables.items() if rows})
