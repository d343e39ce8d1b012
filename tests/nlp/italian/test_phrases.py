"""Phrases are found as if every form of the gazetteers were looked for in every text."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

from nlp.italian.phrases import Phrase, PhraseFinder, _gazetteer_forms, _language

FORMS = sorted({form.text for forms in _gazetteer_forms().values() for form in forms})
OWN = ("Borgo Inventato", "L’Aquilotta", "-", "")
PIECES = st.one_of(
    st.sampled_from(FORMS),
    st.sampled_from(["l'", "d’", " ", ", ", ".", "-", "/", "(", ")", "100km", "3.500", "Comune di", "dell'art.", "e"]),
    st.sampled_from(["borgo inventato", "Borgo", "l’aquilotta", "REGIONE", "n'è", "p.zza", "c'è", "20-30", "a.b", "ù"]),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=4),
)


@cache
def whole_gazetteer() -> PhraseMatcher:
    matcher = PhraseMatcher(_language().vocab, attr="LOWER")
    for form in (form for forms in _gazetteer_forms().values() for form in forms):
        matcher.add(form.label, [_language().make_doc(form.text)])
    matcher.add("COMUNE", [_language().make_doc("borgo inventato"), _language().make_doc("l'aquilotta")])
    return matcher


def looked_for_everywhere(text: str) -> list[Phrase]:
    spans = whole_gazetteer()(_language().make_doc(text.replace("’", "'")), as_spans=True)
    labels = {span.label_ for span in spans}
    kept = [span for label in labels for span in filter_spans([one for one in spans if one.label_ == label])]
    return sorted(Phrase(span.start_char, span.end_char, span.label_, span.text.lower()) for span in kept)


def test_a_text_with_every_word_of_a_form_is_looked_at() -> None:
    text = "A Borgo Inventato e a L’Aquilotta; la città metropolitana di Torino, l'Aquila, Reggio nell'Emilia."
    (found,) = PhraseFinder(OWN).find([text])
    assert {"borgo inventato", "l'aquilotta", "l'aquila"} <= {phrase.form for phrase in found}
    assert found == looked_for_everywhere(text)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(PIECES, max_size=6).flatmap(lambda pieces: st.sampled_from([" ".join(pieces), "".join(pieces)])))
)
def test_the_same_is_found_whatever_texts_came_before(texts: list[str]) -> None:
    assert list(PhraseFinder(OWN).find(texts)) == [looked_for_everywhere(text) for text in texts]
