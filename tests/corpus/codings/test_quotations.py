"""Quotations as people retype them, and programs mend them, are found where they stand, or nowhere."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.codings.quotations import Wording
from corpus.transcripts import transcript_of

SOURCE = (
    "I: Come va?\n"
    "R: “Si vedrà”, dice l’assessore… e intanto il\u00a0personale – si sa – se ne va.\n"
    "E la mensa chiude, perché costa. La mensa costa!\n"
)


def said(quote, source=SOURCE, turns=()):
    return [source[start:end] for start, end in Wording(source, turns).find(quote)]


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ('"Si vedrà", dice l\'assessore... e intanto', "“Si vedrà”, dice l’assessore… e intanto"),
        ("«Si vedrà», dice l`assessore", "“Si vedrà”, dice l’assessore"),
        ("si vedra', dice", "Si vedrà”, dice"),
        ("il personale - si sa - se ne va", "il\u00a0personale – si sa – se ne va"),
        ("il personale si sa se ne va.", "il\u00a0personale – si sa – se ne va."),
        ("Se ne va\r\ne la mensa chiude", "se ne va.\nE la mensa chiude"),
        ("e la mensa chiude, perche' costa", "E la mensa chiude, perché costa"),
        (unicodedata.normalize("NFD", "perché costa."), "perché costa."),
        ("il perso\u00adnale", "il\u00a0personale"),
        ("LA MENSA CHIUDE", "la mensa chiude"),
        ("Come va? «Si vedrà»", None),  # the label between is no word of anybody
        ("a mensa chiud", "a mensa chiud"),  # letter by letter as it stands, so that it was copied
        ("A MENSA CHIUD", None),
        ("...", None),
        ("", None),
    ],
)
def test_a_retyped_quotation_is_found(quote, passage):
    assert said(quote) == ([] if passage is None else [passage])


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("Si vedrà [...] il personale", "Si vedrà”, dice l’assessore… e intanto il\u00a0personale"),
        ("“Si vedrà” (…) il personale...se ne va.",
         "“Si vedrà”, dice l’assessore… e intanto il\u00a0personale – si sa – se ne va."),
        ("il personale … se ne va", "il\u00a0personale – si sa – se ne va"),
        ("il personale [omissis] CHIUDE", "il\u00a0personale – si sa – se ne va.\nE la mensa chiude"),
        ("[...] la mensa chiude [...]", "la mensa chiude"),
        ("la mensa ... costa!", "La mensa costa!"),
        ("se ne va [...] il personale", None),
        ("il personale [...] se ne torna", None),
    ],
)  # fmt: skip
def test_a_quotation_with_a_gap_is_the_passage_from_its_first_part_to_its_last(quote, passage):
    assert said(quote) == ([] if passage is None else [passage])


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("COSTA 3.5 EURO, ne paghiamo 2000", "costa 3,5 euro, ne paghiamo 2.000"),
        ("costa 35 euro: ne paghiamo 2.000", None),
        ("Ne paghiamo 20.00", None),
        ("alle 10.30", "alle 10:30"),
        ("Alle 1030", None),
    ],
)
def test_figures_are_numbers_and_not_letters(quote, passage):
    assert said(quote, "R: costa 3,5 euro, ne paghiamo 2.000, alle 10:30.") == ([] if passage is None else [passage])


def test_parts_that_are_far_apart_are_no_quotation():
    source = "la prima parte" + " e poi altro" * 400 + " e la fine"
    assert said("la prima parte [...] e la fine", source) == []


def test_every_place_is_named_and_a_word_inside_another_is_none():
    source = "R: Bene. Va bene, benessere. BENE!\n"
    assert said("bène", source) == ["Bene", "bene", "BENE"]
    assert said("bene", source) == ["bene"]  # as it is typed, which is where it was copied from
    assert said("enesse", source) == ["enesse"]


def test_what_is_said_is_found_without_labels_times_and_transcription_signs():
    source = (
        "I: e poi (.) come::: va?\nR: il: personale↑ (0.5) [manca] =sempre (.) eh\nI: mhm (.) sì?\n"
        "R: (0.8) e la me::nsa >costa< troppo (.) dico=io\n" * 6
    )
    transcript = transcript_of(source.encode(), "transcripts/S01.txt")
    assert "(0.5)" not in transcript.turns[1].text
    places = Wording(transcript.source, transcript.turns).find("Il personale manca sempre, eh!")
    assert {transcript.source[start:end] for start, end in places} == {"il: personale↑ (0.5) [manca] =sempre (.) eh"}
    across = Wording(transcript.source, transcript.turns).find("sempre eh. Mhm, sì? E la mensa costa")
    assert len(across) == 6


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("e intanto il personale, si dice, se ne va", "e intanto il\u00a0personale – si sa – se ne va"),
        ("e la scuola chiude, perché costa", "E la mensa chiude, perché costa"),
        ("la mensa chiude, perché dura", "la mensa chiude, perché costa"),
        ("questa mensa chiude perché costa", "la mensa chiude, perché costa"),
        ("tutta un'altra cosa che nessuno ha detto", None),
        ("la scuola", None),
    ],
)
def test_a_near_miss_is_offered_and_not_taken(quote, passage):
    assert said(quote) == []
    near = Wording(SOURCE).likest(quote)
    assert (None if near is None else SOURCE[slice(*near)]) == passage


def test_a_word_typed_in_another_case_comes_before_the_same_letters_inside_a_word():
    assert Wording("I:\nCome\nE").find("e") == ((8, 9),)
    assert Wording("Come").find("om") == ((1, 3),)


RETYPED = str.maketrans({"“": '"', "”": '"', "’": "'", "–": "-", "…": "...", "\u00a0": " ", "à": "a'", "é": "e'"})


@given(st.data())
def test_any_stretch_of_whole_words_is_found_however_it_is_typed(data):
    words = data.draw(st.lists(st.sampled_from(SOURCE.split()), min_size=1, max_size=14, unique_by=str.casefold))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    source = "\n".join(words)
    start = len("\n".join(words[:first])) + bool(first)
    passage = "\n".join(words[first : last + 1])
    cased = data.draw(st.sampled_from([str.upper, str.lower, str]))
    quote = cased(" ".join(words[first : last + 1]).translate(RETYPED))
    places = Wording(source).find(quote)
    if any(sign.isalnum() for sign in passage):
        inner = [number for number, sign in enumerate(passage) if sign.isalnum()]
        letters = (start + inner[0], start + inner[-1] + 1)
        assert any(begin <= letters[0] and letters[1] <= end <= start + len(passage) + 3 for begin, end in places)
    assert all(0 <= begin < end <= len(source) for begin, end in places)
