"""What is wrong with study.toml is said in the language of the reader."""

from pathlib import Path

import pytest

from corpus.errors import StudyError
from corpus.settings import read_settings


@pytest.mark.parametrize(
    ("lines", "it", "en"),
    [
        (
            'seed = "uno"',
            "`study.seed`: valore non ammesso: serve un numero intero, senza virgolette",
            "a whole number",
        ),
        ("seed = -1", "`study.seed`: valore non ammesso: il valore più piccolo è 0", "at least 0"),
        ('fictional = "sì"', "scrivi true o false, senza virgolette", "true or false"),
        ('language = "fr"', "i valori sono 'it' o 'en'", "one of 'it' or 'en'"),
        ('[speakers]\nrespondent = "Anna"', "`speakers.respondent` vuole un elenco", "wants a list"),
        ("[speakers]\nrespondent = [1]", "serve un testo tra virgolette", "between quotation marks"),
        ('[analysis]\nmin_score = "alto"', "serve un numero, con il punto", "a number"),
        ("[analysis]\nmin_score = 2.5", "il valore più grande è 1", "at most 1"),
        ('[tables]\nvariabili = ["x"]', "`tables.variabili` non esiste (intendevi `variables`?)", "mean `variables`?"),
        ("[tabels]\nx = 1", "`tabels` non esiste (intendevi `tables`?)", "did you mean `tables`?"),
        ('[[types]]\nnome = "x"\nwhere = {}', "`types.0.nome` non esiste (intendevi `name`?)", "did you mean `name`?"),
        ('[[types]]\nname = "x"\nwhere = "y"', "serve una tabella, come { classe =", "a table, as { class"),
        ('[[analysis]]\nmodel = "x"', "serve una sezione", "a section"),
        (
            "seed = ",
            "non è TOML valido alla riga 3, carattere 8: controlla virgolette",
            "not valid TOML: Invalid value",
        ),
        ('[tables]\nclass_variable = "x', "non è TOML valido", "not valid TOML"),
    ],
)
def test_a_wrong_value_is_told_with_what_should_be_there(tmp_path: Path, lines: str, it: str, en: str) -> None:
    (tmp_path / "study.toml").write_text(f'[study]\ntitle = "x"\n{lines}\n', "utf-8")
    with pytest.raises(StudyError) as told:
        read_settings(tmp_path)
    assert it in told.value.say("it") and "Input should" not in told.value.say("it")
    assert en in told.value.say("en")
