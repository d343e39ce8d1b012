"""The worksheet of `trama suggest`: segments in their context, lists to choose from. Chooses no segment."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from corpus.codebook.theme_names import NO_THEME, label_of
from corpus.codings.coding_sheets import CODE_HEAD, CODER, CODES, STANCE_HEAD
from corpus.codings.sample_design import SHEET, Design
from corpus.codings.sample_sheets import HIDDEN, LISTS
from corpus.codings.worksheets import CODING, PASSAGE
from corpus.records import Theme
from corpus.words.language import Bilingual, Language
from corpus.words.stances import STANCE_NAMES
from outputs.worksheets.sheet_format import LONGEST, new_workbook, protect, row_height, sheet_styles

_TOP = 3  # rows of the hidden line of keys, counted from 0; visible headings and segments follow
_SHOWN: dict[str, tuple[Bilingual, int]] = {
    "number": (Bilingual("N.", "No."), 5),
    "transcript_shown": (Bilingual("Intervista", "Interview"), 9),
    "respondent": (Bilingual("Rispondente", "Respondent"), 12),
    "question": (Bilingual("Domanda", "Question"), 24),
    "before": (Bilingual("Prima", "Before"), 24),
    "text": (Bilingual("SEGMENTO DA CODIFICARE", "SEGMENT TO CODE"), 46),
    "after": (Bilingual("Dopo", "After"), 24),
    "proposals": (Bilingual("Proposte della macchina", "The machine's proposals"), 30),
}
_SHEET = Bilingual("Da codificare", "To code")
_HELP = Bilingual("Istruzioni", "Instructions")
_NOTE = Bilingual("Note (non lette)", "Notes (not read)")
_CHOOSE = Bilingual("Scegli dall'elenco.", "Choose from the list.")
_ONE_LINE = Bilingual(
    "Scrivi il tuo nome, poi scegli i codici di ogni segmento; se non ce n'è nessuno scegli «nessun tema». Le righe "
    "vuote non contano.",
    "Write your name, then choose the codes of each segment; when there is none choose “no theme”. Blank rows do not "
    "count.",
)
_IN_ORDER = Bilingual(
    "Segmenti estratti a caso: compila le righe nell'ordine, senza saltarne; se un segmento non ha codici scegli "
    "«nessun tema».",
    "Segments drawn at random: fill in the rows in their order and skip none; when a segment has no code choose “no "
    "theme”.",
)
_SAMPLE_STEP = Bilingual(
    "Le righe sono un campione casuale: compilale nell'ordine. Se ti fermi prima della fine valgono quelle fin lì; se "
    "ne salti una in mezzo il campione non vale. Le righe nascoste sono già state lette in un'altra estrazione.",
    "The rows are a random sample: fill them in in their order. If you stop before the end those up to there count; if "
    "you skip one in between the sample does not. Hidden rows were read in another draw already.",
)
_STEPS = (
    Bilingual("Scrivi il tuo nome nella cella gialla in alto.", "Write your name in the yellow cell at the top."),
    Bilingual(
        "Leggi la domanda e il segmento; «Prima» e «Dopo» sono il contesto e non si codificano.",
        "Read the question and the segment; “Before” and “After” are its context and are not coded.",
    ),
    Bilingual(
        f"Scegli dall'elenco fino a {CODES} codici, il primo nella prima colonna; la posizione è facoltativa.",
        f"Choose up to {CODES} codes from the list, the first in the first column; the stance is optional.",
    ),
    Bilingual(
        "Se il segmento non parla di nessun tema scegli «— nessun tema —»: vuol dire letto e lasciato senza codici. "
        "Una riga vuota vuol dire non letto.",
        "When the segment is about no theme choose “— no theme —”: it means read and left uncoded. A blank row means "
        "not read.",
    ),
    Bilingual(
        "I codici scelti valgono come decisione su tutti i temi del segmento: quelli che non scegli non ci sono.",
        "The codes you choose decide about every theme in the segment: those you do not choose are not there.",
    ),
    Bilingual(
        "Salva il foglio come .xlsx nella cartella `codings/` dello studio, anche con un altro nome, e ripeti "
        "`trama run`: le tue decisioni valgono più di quelle della macchina.",
        "Save the sheet as .xlsx in the study's folder `codings/`, under any name, and repeat `trama run`: your "
        "decisions win over the machine's.",
    ),
    Bilingual(
        "Se codificate in due, ciascuno ne compila una copia con il proprio nome, senza guardare quella dell'altro; i "
        "disaccordi li raccoglie poi `trama settle`.",
        "If two people code, each fills in a copy with their own name without looking at the other's; `trama settle` "
        "then gathers the disagreements.",
    ),
)


def write_coding_sheet(
    rows: pd.DataFrame,
    themes: Sequence[Theme],
    path: Path,
    language: Language,
    coder: str,
    design: Design | None = None,
) -> Path:
    """An XLSX worksheet of segments to code, which corpus.codings.coding_sheets reads back.

    `rows` has one row a segment: transcript, start, end, source (the passage as it stands in the transcript's source),
    respondent, question, before, text, after and, unless the coder is to see none, proposals. What was said is written
    as text, never as a formula. The same rows give the same bytes. Raises OSError.

    Those of a random draw carry its `design`, and have the columns HIDDEN and known: whether somebody read the segment
    in another draw, so that nobody is asked again.
    """
    book = new_workbook(path)
    styles = sheet_styles(book)
    sheet = book.add_worksheet(_SHEET.say(language))
    steps = _STEPS if design is None else (*_STEPS, _SAMPLE_STEP)
    _write_help(book.add_worksheet(_HELP.say(language)), steps, themes, styles, language)
    _write_lists(book.add_worksheet(LISTS), themes, language)
    _write_rows(sheet, rows, styles, language)
    _write_lists_of_choice(sheet, len(rows), len(themes) + 1, _first_code(rows), language)
    if design is not None:
        _write_design(book.add_worksheet(SHEET), design)
    sheet.write_string(0, 0, (_ONE_LINE if design is None else _IN_ORDER).say(language), styles["note"])
    sheet.merge_range(1, 0, 1, 2, CODER.say(language), styles["bold"])
    sheet.write_string(1, 3, coder, styles["fill"])
    protect(sheet)
    book.close()
    return path


def _shown(rows: pd.DataFrame) -> list[str]:
    return [key for key in _SHOWN if key != "proposals" or "proposals" in rows.columns]


def _first_code(rows: pd.DataFrame) -> int:
    return len(_shown(rows))


def _write_rows(sheet: Any, rows: pd.DataFrame, styles: dict[str, Any], language: Language) -> None:
    keys = _shown(rows)
    first = _first_code(rows)
    note = first + 2 * CODES
    for place, key in enumerate(keys):
        heading, width = _SHOWN[key]
        sheet.write_string(_TOP + 1, place, heading.say(language), styles["head"])
        sheet.set_column(place, place, width)
    sheet.write_string(_TOP, 0, CODING)
    for place in range(CODES):
        for side, (kind, heading, width) in enumerate((("code", CODE_HEAD, 24), ("stance", STANCE_HEAD, 12))):
            column = first + 2 * place + side
            sheet.write_string(_TOP, column, f"{kind}_{place + 1}")
            sheet.write_string(_TOP + 1, column, f"{heading.say(language)} {place + 1}", styles["head"])
            sheet.set_column(column, column, width)
    sheet.write_string(_TOP + 1, note, _NOTE.say(language), styles["head"])
    sheet.set_column(note, note, 24)
    hidden = [*PASSAGE, *(key for key in HIDDEN if key in rows.columns)]
    for place, key in enumerate(hidden, start=note + 1):
        sheet.write_string(_TOP, place, key)
    sheet.set_column(note + 1, note + len(hidden), 4, None, {"hidden": True})
    sheet.set_row(_TOP, None, None, {"hidden": True})
    shown = rows.assign(number=[str(number) for number in range(1, len(rows) + 1)], transcript_shown=rows["transcript"])
    looks = {"text": "segment", "question": "context", "before": "context", "after": "context"}
    known = set(rows.index[rows["known"]]) if "known" in rows.columns else set()
    for line, (row, values) in enumerate(zip(rows.index, shown.astype(str).to_dict("records"), strict=True), _TOP + 2):
        height = row_height([(values[key], _SHOWN[key][1]) for key in keys])
        sheet.set_row(line, height, None, {"hidden": row in known})
        for place, key in enumerate(keys):
            sheet.write_string(line, place, values[key][:LONGEST], styles[looks.get(key, "text")])
        for place in range(first, note + 1):
            sheet.write_blank(line, place, None, styles["fill"])
        for place, key in enumerate(hidden, start=note + 1):
            sheet.write_string(line, place, values[key][:LONGEST], styles["text"])
    sheet.freeze_panes(_TOP + 2, 0)
    sheet.set_zoom(85)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_lists_of_choice(sheet: Any, rows: int, codes: int, first: int, language: Language) -> None:
    sources = {0: f"={LISTS}!$A$1:$A${codes}", 1: f"={LISTS}!$B$1:$B${len(STANCE_NAMES)}"}
    for place in range(2 * CODES):
        choice = {
            "validate": "list",
            "source": sources[place % 2],
            "error_title": "Trama",
            "error_message": _CHOOSE.say(language),
        }
        sheet.data_validation(_TOP + 2, first + place, _TOP + 1 + max(rows, 1), first + place, choice)


def _write_lists(sheet: Any, themes: Sequence[Theme], language: Language) -> None:
    for line, text in enumerate([NO_THEME.say(language), *(label_of(theme) for theme in themes)]):
        sheet.write_string(line, 0, text)
    for line, name in enumerate(STANCE_NAMES.values()):
        sheet.write_string(line, 1, name.say(language))
    sheet.hide()


def _write_design(sheet: Any, design: Design) -> None:
    for line, cells in enumerate(design.rows()):
        for place, text in enumerate(cells):
            sheet.write_string(line, place, text)
    sheet.protect()
    sheet.very_hidden()


def _write_help(
    sheet: Any, steps: Sequence[Bilingual], themes: Sequence[Theme], styles: dict[str, Any], language: Language
) -> None:
    for line, step in enumerate(steps):
        sheet.write_string(line, 0, f"{line + 1}.")
        sheet.merge_range(line, 1, line, 4, step.say(language), styles["wrapped"])
        sheet.set_row(line, 32)
    heads = (
        Bilingual("Codice", "Code"),
        Bilingual("Definizione", "Definition"),
        Bilingual("Quando usarlo", "Use when"),
        Bilingual("Quando no", "Do not use when"),
    )
    top = len(steps) + 1
    for place, head in enumerate(heads, start=1):
        sheet.write_string(top, place, head.say(language), styles["head"])
        sheet.set_column(place, place, 34)
    for line, theme in enumerate(themes, start=top + 1):
        texts = (label_of(theme), theme.definition, theme.use_when, theme.do_not_use_when)
        for place, text in enumerate(texts, start=1):
            sheet.write_string(line, place, text[:LONGEST], styles["wrapped"])
    sheet.set_column(0, 0, 4)
