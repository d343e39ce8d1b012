"""The worksheet of `trama settle`: disagreements of people, each to be decided on. Looks for none itself."""

from pathlib import Path
from typing import Any

import pandas as pd

from corpus.codings.settlement_sheets import COLUMNS, DATE, GIVEN_NAMES, SETTLER
from corpus.codings.worksheets import SETTLING
from corpus.words.language import Bilingual, Language
from corpus.words.stances import STANCE_NAMES
from outputs.worksheets.sheet_format import LONGEST, new_workbook, protect, row_height, sheet_styles

_TOP = 4  # rows of the hidden line of keys, counted from 0; visible headings and rows follow
_SHOWN: dict[str, tuple[Bilingual, int, str]] = {
    "number": (Bilingual("N.", "No."), 5, "text"),
    "transcript_shown": (Bilingual("Intervista", "Interview"), 9, "text"),
    "respondent": (Bilingual("Rispondente", "Respondent"), 12, "text"),
    "question": (Bilingual("Domanda", "Question"), 22, "context"),
    "before": (Bilingual("Prima", "Before"), 20, "context"),
    "text": (Bilingual("SEGMENTO", "SEGMENT"), 42, "segment"),
    "after": (Bilingual("Dopo", "After"), 20, "context"),
    "theme_shown": (Bilingual("TEMA", "THEME"), 18, "segment"),
    "definition": (Bilingual("Definizione", "Definition"), 30, "context"),
    "says_yes": (Bilingual("Chi lo dà: passo e posizione", "Who gives it: passage and stance"), 36, "text"),
    "says_no": (Bilingual("Chi non lo dà", "Who does not"), 14, "text"),
}
_FILLED: dict[str, tuple[Bilingual, int]] = {
    "given": (Bilingual("Il tema c'è?", "Is the theme there?"), 10),
    "stance": (Bilingual("Posizione", "Stance"), 12),
    "reason": (Bilingual("Motivo", "Reason"), 36),
}
_HIDDEN = tuple(key for key in COLUMNS if key not in _FILLED)
_SHEET = Bilingual("Disaccordi", "Disagreements")
_CHOOSE = Bilingual("Scegli dall'elenco.", "Choose from the list.")
_ONE_LINE = Bilingual(
    "Scrivi chi decide e la data, poi in ogni riga se il tema c'è (sì o no), la posizione e il motivo; le righe vuote "
    "restano aperte. Salva qui in `codings/` e ripeti `trama run`: conta la decisione, le codifiche restano com'erano.",
    "Write who decides and the date, then in each row whether the theme is there (yes or no), the stance and the "
    "reason; blank rows stay open. Save it here in `codings/` and repeat `trama run`: the decision counts, the codings "
    "stay as they were.",
)


def write_settlement_sheet(rows: pd.DataFrame, path: Path, language: Language, settler: str) -> Path:
    """An XLSX worksheet of disagreements, which corpus.codings.settlement_sheets reads back.

    `rows` are from outputs.worksheets.settlement_rows; `settler` is who will decide, "" to be written in. The same rows
    give the same bytes. Raises OSError.
    """
    book = new_workbook(path)
    styles = sheet_styles(book)
    sheet = book.add_worksheet(_SHEET.say(language))
    sheet.write_string(0, 0, _ONE_LINE.say(language), styles["note"])
    for line, label, text in ((1, SETTLER, settler), (2, DATE, "")):
        sheet.merge_range(line, 0, line, 2, label.say(language), styles["bold"])
        sheet.write_string(line, 3, text, styles["fill"])
    _write_heads(sheet, styles, language)
    _write_rows(sheet, rows, styles)
    _write_choices(sheet, len(rows), language)
    sheet.freeze_panes(_TOP + 2, 0)
    sheet.set_zoom(85)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    protect(sheet)
    book.close()
    return path


def _write_heads(sheet: Any, styles: dict[str, Any], language: Language) -> None:
    sheet.write_string(_TOP, 0, SETTLING)
    for place, (heading, width, _) in enumerate(_SHOWN.values()):
        sheet.write_string(_TOP + 1, place, heading.say(language), styles["head"])
        sheet.set_column(place, place, width)
    for place, (key, (heading, width)) in enumerate(_FILLED.items(), start=len(_SHOWN)):
        sheet.write_string(_TOP, place, key)
        sheet.write_string(_TOP + 1, place, heading.say(language), styles["head"])
        sheet.set_column(place, place, width)
    first = len(_SHOWN) + len(_FILLED)
    for place, key in enumerate(_HIDDEN, start=first):
        sheet.write_string(_TOP, place, key)
    sheet.set_column(first, first + len(_HIDDEN) - 1, 4, None, {"hidden": True})
    sheet.set_row(_TOP, None, None, {"hidden": True})


def _write_rows(sheet: Any, rows: pd.DataFrame, styles: dict[str, Any]) -> None:
    shown = rows.assign(number=[str(number) for number in range(1, len(rows) + 1)], transcript_shown=rows["transcript"])
    first = len(_SHOWN) + len(_FILLED)
    for line, values in enumerate(shown.astype(str).to_dict("records"), start=_TOP + 2):
        sheet.set_row(line, row_height([(values[key], width) for key, (_, width, _) in _SHOWN.items()]))
        for place, (key, (_, _, look)) in enumerate(_SHOWN.items()):
            sheet.write_string(line, place, values[key][:LONGEST], styles[look])
        for place in range(len(_SHOWN), first):
            sheet.write_blank(line, place, None, styles["fill"])
        for place, key in enumerate(_HIDDEN, start=first):
            sheet.write_string(line, place, values[key][:LONGEST], styles["text"])


def _write_choices(sheet: Any, rows: int, language: Language) -> None:
    lists = {0: GIVEN_NAMES.values(), 1: STANCE_NAMES.values()}
    for side, names in lists.items():
        choice = {
            "validate": "list",
            "source": [name.say(language) for name in names],
            "error_title": "Trama",
            "error_message": _CHOOSE.say(language),
        }
        place = len(_SHOWN) + side
        sheet.data_validation(_TOP + 2, place, _TOP + 1 + max(rows, 1), place, choice)
