from hypothesis import given
from hypothesis import strategies as st

from corpus.alignment import Alignment
from corpus.pseudonyms.edits import Edit, Edited, edited_alignment, without_overlaps


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, Edited]:
    text = draw(st.text(alphabet="ab è\n😀", min_size=1, max_size=40))
    cuts = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(1, 6)), max_size=6))
    edits = [Edit(s, min(s + n, len(text)), f"[P_{n}]", "P") for s, n in cuts if s < len(text)]
    return text, Edited(text, without_overlaps(edits))


@given(edited_texts())
def test_what_was_not_replaced_stands_where_its_place_says(pair):
    text, edited = pair
    for start in range(len(text)):
        if not any(edit.start <= start < edit.end for edit in edited.edits):
            new_start, new_end = edited.moved(start, start + 1)
            assert edited.text[new_start:new_end] == text[start]


@given(edited_texts())
def test_every_original_leads_to_its_pseudonym(pair):
    _, edited = pair
    for edit, new in edited.places():
        assert edited.text[new : new + len(edit.pseudonym)] == edit.pseudonym
        assert edited.moved(edit.start, edit.end) == (new, new + len(edit.pseudonym))


def test_a_range_that_cuts_a_name_takes_the_whole_pseudonym():
    edited = Edited("con Maria Rossi ieri", [Edit(4, 15, "[PERSONA_1]", "PERSONA")])
    start, end = edited.moved(0, 9)
    assert edited.text[start:end] == "con [PERSONA_1]"


def test_the_clean_text_of_a_turn_leads_to_the_edited_source():
    source = "SINDACO: Ma:ria dice"
    alignment = Alignment(((0, 9, 2), (2, 12, 8)))
    clean = Edited("Maria dice", [Edit(0, 5, "[PERSONA_1]", "PERSONA")])
    masked = Edited(source, [Edit(9, 15, "[PERSONA_1]", "PERSONA")])
    moved = edited_alignment(alignment, clean, masked)
    assert masked.text == "SINDACO: [PERSONA_1] dice"
    for start in range(len(clean.text)):
        s, e = moved.to_source(start, start + 1)
        assert masked.text[s:e] == clean.text[start]
