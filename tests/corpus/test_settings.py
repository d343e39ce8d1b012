"""What is wrong with study.toml is said in the language of the reader."""

from pathlib import Path

import pytest

from corpus.errors import StudyError
from corpus.settings import LlmSection, read_settings


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
        (
            '[outputs]\nslides_for = "colegi"',
            "`outputs.slides_for`: `colegi` non è un pubblico (intendevi `colleghi`?)",
            "respondents, colleghi, colleagues",
        ),
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


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:11434", "http://127.9.9.9", "http://localhost:8080/v1", "http://[::1]:80", "https://LOCALHOST"],
)
def test_an_address_of_this_machine_needs_no_leave(address: str) -> None:
    assert LlmSection(address=address).stays_here


@pytest.mark.parametrize(
    "address",
    [
        "http://10.0.0.5:8000", "https://llm.example.org", "http://localhost.example.org", "http://127.0.0.1.example.org",
        "http://0.0.0.0", "http://[", "", "127.0.0.1",
    ],
)  # fmt: skip
def test_an_address_elsewhere_is_not_this_machine(address: str) -> None:
    assert not LlmSection(address=address).stays_here


def _llm(folder: Path, lines: str, coder: str = "llm") -> str:
    text = f'[study]\ntitle = "x"\n[analysis]\ncoder = "{coder}"\n[llm]\nmodel = "m"\n{lines}\n'
    (folder / "study.toml").write_text(text, "utf-8")
    try:
        read_settings(folder)
    except StudyError as error:
        assert error.say("it") != error.say("en")
        return error.say("it")
    return ""


def test_interviews_leave_this_machine_only_where_that_is_written(tmp_path: Path) -> None:
    address = 'address = "https://llm.example.org/v1"'
    told = _llm(tmp_path, address)
    assert 'texts_may_leave_this_machine_for = "llm.example.org"' in told
    assert _llm(tmp_path, f'{address}\ntexts_may_leave_this_machine_for = "other.example.org"') == told
    assert not _llm(tmp_path, f'{address}\ntexts_may_leave_this_machine_for = "LLM.example.org"')
    assert not _llm(tmp_path, address, coder="trama")  # nobody is asked
    assert _llm(tmp_path, f"{address}\nsecond_reader = true", coder="trama") == told


@pytest.mark.parametrize(
    "address", ["ollama", "ftp://127.0.0.1", "http://anna:segreto@127.0.0.1", "http://127.0.0.1:x"]
)
def test_what_is_no_address_of_a_server_is_told(tmp_path: Path, address: str) -> None:
    assert "`llm.address`: scrivi l'indirizzo di un server" in _llm(tmp_path, f'address = "{address}"')


def test_nobody_is_a_second_reader_of_themselves(tmp_path: Path) -> None:
    assert "`llm.second_reader`" in _llm(tmp_path, "second_reader = true")


@pytest.mark.parametrize(("word", "audience"), [
    ("intervistati", "respondents"), ("Respondents", "respondents"), ("colleghi", "colleagues"),
    ("colleagues", "colleagues"),
])  # fmt: skip
def test_slides_are_for_whom_the_study_says_in_either_language(tmp_path: Path, word: str, audience: str) -> None:
    (tmp_path / "study.toml").write_text(f'[study]\ntitle = "x"\n[outputs]\nslides_for = "{word}"\n', "utf-8")
    assert read_settings(tmp_path).outputs.slides_for == audience
