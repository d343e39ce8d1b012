"""Cells that hold several things, parted as people part them."""

import pytest

from corpus.tables.list_cells import may_be_several, split_names, split_sentences, split_terms

TERMS = [
    ("personale|dipendenti | organico|", ("personale", "dipendenti", "organico"), ""),
    ("personale, dipendenti,organico", ("personale", "dipendenti", "organico"), ","),
    ("personale; dipendenti; organico", ("personale", "dipendenti", "organico"), ""),
    ("- personale\n- dipendenti\n\n", ("personale", "dipendenti"), ""),
    ("1. personale\n2) dipendenti", ("personale", "dipendenti"), ""),
    ("personale / dipendenti", ("personale", "dipendenti"), "/"),
    ("personale/dipendenti/organico", ("personale", "dipendenti", "organico"), "/"),
    ('"mensa", «asilo nido»', ("mensa", "asilo nido"), ","),
    ("VPN, IT, PC", ("VPN", "IT", "PC"), ","),
    ("costi/benefici", ("costi/benefici",), ""),
    ("3,5 milioni", ("3,5 milioni",), ""),
    ("e/o", ("e/o",), ""),
    ("'ndrangheta|l'anno scorso", ("'ndrangheta", "l'anno scorso"), ""),
    ("personale (dipendenti, organico)", ("personale (dipendenti, organico)",), ""),
    ("Si parla di quanto personale manca, e poi", ("Si parla di quanto personale manca, e poi",), ""),
    ("personale, organico|geometra", ("personale, organico", "geometra"), ""),
    ("", (), ""),
]


@pytest.mark.parametrize(("cell", "terms", "sign"), TERMS)
def test_terms(cell: str, terms: tuple[str, ...], sign: str) -> None:
    assert split_terms(cell) == (terms, sign)


@pytest.mark.parametrize(
    ("cell", "sentences", "sign"),
    [
        ("Manca gente, sempre|Siamo in tre", ("Manca gente, sempre", "Siamo in tre"), ""),
        ("Manca gente, sempre\n• Siamo in tre", ("Manca gente, sempre", "Siamo in tre"), ""),
        ("«Manca gente»; «Siamo in tre»", ("Manca gente", "Siamo in tre"), ";"),
        ("Manca gente. / Siamo in tre.", ("Manca gente.", "Siamo in tre."), "/"),
        ("Manca gente, sempre; non si trova nessuno", ("Manca gente, sempre; non si trova nessuno",), ""),
        ('"porto mia figlia a scuola"', ("porto mia figlia a scuola",), ""),
    ],
)
def test_sentences(cell: str, sentences: tuple[str, ...], sign: str) -> None:
    assert split_sentences(cell) == (sentences, sign)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Q1", ("Q1",)),
        ("Q1|Q2", ("Q1", "Q2")),
        ("Q1, Q2", ("Q1", "Q2")),
        ("Q1; X9", ("Q1", "X9")),
        ("Q1\nQ2", ("Q1", "Q2")),
        ("Q1/Q2", ("Q1", "Q2")),
        ("Q1 Q2", ("Q1", "Q2")),
        ("Rossi, Anna", ("Rossi, Anna",)),
        ("Rossi, Anna; Q1", ("Rossi, Anna", "Q1")),
        ("X8, X9", ("X8, X9",)),
        ("X8; X9", ("X8", "X9")),
    ],
)
def test_names_are_parted_where_that_leaves_known_ones(cell: str, names: tuple[str, ...]) -> None:
    assert split_names(cell, {"Q1", "Q2", "Rossi, Anna"}.__contains__) == names


def test_a_term_that_may_be_several_is_known() -> None:
    assert may_be_several("personale, organico") and may_be_several("costi/benefici")
    assert not may_be_several("3,5 milioni") and not may_be_several("e/o") and not may_be_several("24/7")


@pytest.mark.parametrize("sign", ["-", "–", "·", "•", "+", "&"])
def test_terms_parted_by_a_sign_that_stands_alone(sign: str) -> None:
    assert split_terms(f"mensa {sign} cuoca {sign} pasto caldo") == (("mensa", "cuoca", "pasto caldo"), sign)
    (term,) = split_terms(f"mensa {sign} cuoca")[0]
    assert may_be_several(term)
    assert split_terms("socio-sanitario")[0] == ("socio-sanitario",) and not may_be_several("socio-sanitario")


def test_terms_parted_by_and_are_asked_about() -> None:
    assert may_be_several("mensa e cuoca e pasto caldo") and not may_be_several("carta e penna")
