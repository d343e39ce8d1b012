"""What people call the columns of a study's tables, in Italian and English: one list for all tables. Reads no file."""

import re
from collections.abc import Mapping, Sequence

from corpus.words.spelling import fold

_RESPONDENT = (
    *("rispondente", "codice rispondente", "codice del rispondente", "id rispondente", "respondent id"),
    *("respondent code", "codice", "id", "code", "sigla", "partecipante", "codice partecipante", "participant"),
    *("participant id", "intervistato", "intervistata", "intervistato/a", "persona", "soggetto", "caso", "case"),
)
_THEME = (
    *("codice tema", "codice del tema", "theme code", "codice", "code", "sigla", "tema", "theme", "categoria"),
    *("category", "nodo", "node"),
)
_ITEM = (
    *("codice domanda", "codice della domanda", "question code", "item code", "variabile", "variable", "codice"),
    *("code", "id", "sigla", "item", "domanda", "quesito", "question"),
)
# A column -> its other names, the ones that can only mean it first: a name goes to the first column that can have it,
# so that `domanda` is the code of a question where no other column is, else its text.
NAMES: Mapping[str, Sequence[str]] = {
    "respondent": _RESPONDENT,
    "transcript": (
        *("trascrizione", "trascritto", "codice trascrizione", "transcription", "intervista", "codice intervista"),
        *("interview", "file trascrizione", "nome file", "nome del file", "file name", "filename", "file", "documento"),
        *("document", "fonte", "source"),
    ),
    "speaker": ("parlante", "etichetta parlante", "etichetta del parlante", "speaker label", "voce"),
    "theme": _THEME,
    "code": (*_THEME, "id"),
    "label": (
        *("etichetta", "nome", "name", "nome del tema", "titolo", "title", "risposta", "etichetta risposta", "tema"),
        *("theme", "categoria", "category"),
    ),
    "parent": ("tema superiore", "genitore", "superiore", "padre", "parent code", "parent theme"),
    "definition": ("definizione", "descrizione", "description"),
    "use_when": ("usare quando", "quando usarlo", "quando si usa", "when to use"),
    "do_not_use_when": ("non usare quando", "quando non usarlo", "quando non si usa", "when not to use"),
    "include_terms": ("termini", "termini inclusi", "parole chiave", "parole", "include", "terms", "keywords"),
    "exclude_terms": ("termini esclusi", "parole escluse", "exclude"),
    "questionnaire_items": ("domande", "domande del questionario", "domanda", "items", "item", "questions", "question"),
    "examples": ("esempi", "esempio", "citazioni", "quotes", "example quotes", "example"),
    "color": ("colore", "colour"),
    "item": _ITEM,
    "text": ("testo", "testo della domanda", "testo domanda", "formulazione", "question text", "question", "domanda"),
    "type": ("tipo", "tipo di domanda", "question type"),
    "value": ("valore", "codice risposta", "codice opzione", "option", "opzione", "modalità"),
    "order": ("ordine",),
    "reverse": ("rovesciata", "inversa", "reversed"),
    "missing": ("mancante", "mancata risposta"),
    "separator": ("separatore",),
    "unit": ("unità", "unità di misura"),
    "asked": ("chiesta", "chiesta nell'intervista", "asked in interview"),
    "direction": ("direzione",),
    "stance": ("posizione", "orientamento", "position"),
    "filter": ("filtro", "condizione", "relevance"),
    "analyse": ("analizza", "analyze"),
    "notes": ("note", "appunti"),
    "count": ("conteggio",),
    "start": ("inizio", "da", "posizione iniziale", "start position"),
    "end": ("fine", "a", "posizione finale", "end position"),
    "quote": (
        *("citazione", "passo", "brano", "estratto", "segmento", "testo", "testo codificato", "quotation", "text"),
        *("segment", "excerpt", "coded text"),
    ),
    "coder": ("codificatore", "codificatrice", "chi codifica", "codificato da", "coded by", "autore", "author"),
    "similarity": ("somiglianza",),
    "rank": ("posto",),
    "why": ("perché",),
    "decision": ("decisione",),
    "reading": ("lettura",),
    "reason": ("motivo",),
    "rules_reading": ("lettura delle regole",),
    "author": ("autore",),
    "date": ("data",),
}  # fmt: skip


def title_key(title: str) -> str:
    """The form in which two titles of a column are equal: no case, accents or last `:`; `_` and `-` are blanks."""
    return re.sub(r"[\s_-]+", " ", fold(title).rstrip(" :*?.")) or fold(title)


def name_columns(header: Sequence[str], columns: Sequence[str]) -> dict[int, str]:
    """Which index of the header holds which of `columns`: by its own name, else by the first of its other names.

    Of two titles with one name the first counts.
    """
    indices: dict[str, int] = {}
    for index, title in enumerate(header):
        if title:
            indices.setdefault(title_key(title), index)
    named = {indices[key]: column for column in columns if (key := title_key(column)) in indices}
    for column in columns:
        if column not in named.values():
            keys = [title_key(name) for name in NAMES.get(column, ())]
            free = [indices[key] for key in keys if key in indices and indices[key] not in named]
            if free:
                named[free[0]] = column
    return named


def other_names(columns: Sequence[str]) -> frozenset[str]:
    """The keys (title_key) of all names of these columns."""
    return frozenset(title_key(name) for column in columns for name in (column, *NAMES.get(column, ())))


def column_key(name: str) -> str:
    """The form in which two names of a column are equal: without case, accents, stray spaces or a last `?`, `:`."""
    return fold(name).rstrip(" ?:.*") or fold(name)
