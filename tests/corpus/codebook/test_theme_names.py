"""What a theme is called in a table or a worksheet."""

import pytest

from corpus.codebook.theme_names import ThemeNames
from corpus.records import Theme

NAMES = ThemeNames([Theme("pers", "Personale in servizio"), Theme("soldi", "Soldi [e debiti]")])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Personale in servizio [pers]", "pers"),
        ("Consistenza del personale [pers]", "pers"),  # a label that was changed after the sheet was filled in
        ("Consistenza del personale", None),
        ("Consistenza del personale [persone]", None),
        ("soldi [E DEBITI]", "soldi"),
        ("nessun tema", ""),
    ],
)
def test_a_theme_is_known_by_its_names_and_by_the_code_behind_an_old_label(text, code):
    assert NAMES.find(text) == code
