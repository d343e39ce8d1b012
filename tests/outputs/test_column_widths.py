import math

import pytest

from outputs.document.widths import PADDING, fit_columns, row_keys, shorten_heads, split_columns, text_width, unbroken
from outputs.shown import Shown

HEADS = ("Tema", "Concordano", "Non rispondono", "In parole")
ROW = ("Servizi sociali e alla persona", "12", "3", "Da non usare senza rileggere le citazioni. " * 4)


def _shown(heads, *rows):
    return Shown(tuple(heads), (False,) * len(heads), tuple(map(tuple, rows)))


@pytest.mark.parametrize(("text", "bold", "points"), [("Concordano", True, 47.12), ("criticità:", True, 31.12),
                                                      ("Concordano", False, 43.58)])  # fmt: skip
def test_letters_are_as_wide_as_in_arial(text, bold, points):
    assert text_width(text, bold) == pytest.approx(points, abs=0.02)


@pytest.mark.parametrize("width", [280.0, 459.0, 706.0])
def test_no_word_of_a_heading_is_broken_and_the_width_is_kept(width):
    fit = fit_columns(_shown(HEADS, ROW), width)
    assert sum(fit.widths) <= width + 0.01 and math.isfinite(fit.lines)
    for head, wide in zip(HEADS, fit.widths, strict=True):
        assert all(text_width(word, bold=True) + PADDING <= wide for word in head.split())
    assert max(fit.widths) == fit.widths[3]


def test_a_table_too_wide_for_a_page_is_split_and_each_part_says_what_its_rows_are():
    heads = ("Tema", "Domanda", *(f"Circoscrizione{number:02d}" for number in range(20)))
    rows = [("Personale", f"Q{number}", *("1",) * 20) for number in range(3)]
    shown = _shown(heads, *rows)
    assert fit_columns(shown, 706).lines == math.inf and row_keys(shown) == [0, 1]
    parts = split_columns(shown, 706)
    assert len(parts) > 1 and all(math.isfinite(fit_columns(part, 706).lines) for part in parts)
    assert all(part.heads[:2] == ("Tema", "Domanda") and len(part.rows) == 3 for part in parts)
    assert sum((part.heads[2:] for part in parts), ()) == heads[2:]


def test_figures_keep_their_signs_but_a_number_alone_can_be_pasted():
    shown = unbroken(_shown(("IC 95 %",), ("rho [-0,01; 0,82], p = 0,05, n = 16",), ("-0,13",)))
    assert shown.heads == ("IC 95\u00a0%",)
    assert shown.rows == (("rho [\u22120,01; 0,82], p\u00a0=\u00a00,05, n\u00a0=\u00a016",), ("-0,13",))


def test_long_words_of_headings_are_cut_short_and_told():
    short, told = shorten_heads(_shown(("Theme", "problem: respondents", "% segments"), ("a", "1", "2")))
    assert short.heads == ("Theme", "problem: resp.", "% segm.") and told == "resp.: respondents; segm.: segments"
    assert shorten_heads(_shown(("Tema", "n"), ("a", "1")))[1] == ""
