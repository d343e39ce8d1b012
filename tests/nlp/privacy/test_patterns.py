import pytest

from nlp.privacy.patterns import find_shapes, iban_checks, tax_code_checks


def kinds(text: str) -> list[tuple[str, str]]:
    return sorted({(shape.kind, text[shape.start : shape.end]) for shape in find_shapes(text)})


@pytest.mark.parametrize(
    ("text", "kind", "surface"),
    [
        ("mi chiami al 333 123 4567, di sera", "TELEFONO", "333 123 4567"),
        ("il fisso è 030/2993311.", "TELEFONO", "030/2993311"),
        ("dall'estero +39 02 7712345", "TELEFONO", "+39 02 7712345"),
        ("tre tre nove quattro cinque uno due", "TELEFONO", "tre tre nove quattro cinque uno due"),
        ("scriva a mario.rossi@posta.it per favore", "EMAIL", "mario.rossi@posta.it"),
        ("mario chiocciola posta punto it", "EMAIL", "mario chiocciola posta punto it"),
        ("codice RSSMRA85T10A562S, va bene?", "CODICE_FISCALE", "RSSMRA85T10A562S"),
        ("codice RSS MRA 85T10 A562S", "CODICE_FISCALE", "RSS MRA 85T10 A562S"),
        ("IT60X0542811101000000123456", "IBAN", "IT60X0542811101000000123456"),
        ("DE89 3704 0044 0532 0130 00", "IBAN", "DE89 3704 0044 0532 0130 00"),
        ("abita in via Roma 12/B, in centro", "INDIRIZZO", "via Roma 12/B"),
        ("Viale dei Mille, 7 - 25121 Brescia", "INDIRIZZO", "Viale dei Mille, 7 - 25121 Brescia"),
        ("stava in corso Garibaldi e poi no", "INDIRIZZO", "corso Garibaldi"),
        ("il sito è www.mariorossi.it.", "WEB", "www.mariorossi.it"),
        ("su Instagram è @maria_rossi", "WEB", "@maria_rossi"),
        ("una Panda targata AB 123 CD", "TARGA", "AB 123 CD"),
    ],
)
def test_figures_that_belong_to_one_person_are_found(text, kind, surface):
    assert (kind, surface) in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "duecentomila euro, anzi 200.000,00 euro nel 2021, il 12/03/2021",
        "il D.Lgs. 267 del 2000 e la legge 158/2017",
        "cinquantaquattro persone per via dei tagli del 2010",
        "via via che passano gli anni, un corso di 20 ore, la strada di 30 chilometri",
        "tre quattro volte, dal 2014 al 2019",
    ],
)
def test_sums_dates_and_laws_stay(text):
    assert kinds(text) == []


def test_the_same_telephone_has_one_form_however_it_is_typed():
    forms = {
        shape.form for text in ("333 1234567", "+39 333.123.4567", "0039 3331234567") for shape in find_shapes(text)
    }
    assert forms == {"3331234567"}


def test_check_characters():
    assert tax_code_checks("RSSMRA85T10A562S") and not tax_code_checks("RSSMRA85T10A562T")
    assert iban_checks("IT60X0542811101000000123456") and not iban_checks("IT61X0542811101000000123456")
