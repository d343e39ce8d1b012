"""What was decided in the reading room, read with the study: where its words are now, and what is told when not."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.codings.human_labels import label_segments
from corpus.codings.journal import JOURNAL, Decision, append_decision
from corpus.input_files import input_hashes
from corpus.pseudonyms.edits import Edit
from corpus.pseudonyms.masking import mask_study
from corpus.pseudonyms.texts import StudyText
from corpus.study import read_study
from corpus.transcripts.segments import split_segments
from tests.acceptance.small_studies import SAID, SmallStudy
from tests.reading_room import ReadingRoom

STAFF = SAID[0]
WASTE = SAID[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two interviews of four answers; P1 begins with STAFF and goes on with WASTE."""
    return SmallStudy(turns=4).write(tmp_path / "studio")


def coded(folder: Path):
    frame = read_study(folder).human_codings
    return frame[["transcript", "quote", "theme", "stance", "coder", "alone", "given"]].to_numpy().tolist()


def told(folder: Path) -> list[str]:
    return [problem.say("en") for problem in read_study(folder).problems if problem.file.startswith(JOURNAL)]


def labels_of(folder: Path):
    study = read_study(folder)
    segments = split_segments(study.turns, study.transcripts, study.settings.segments)
    said = segments[segments["role"] == "respondent"].reset_index(drop=True)
    return label_segments(said, study.human_codings, study.themes, study.settlements)


def test_decisions_are_codings_like_others(folder):
    room = ReadingRoom(folder)
    room.decide("code", "Anna", "P1", "non basta", theme="personale", stance="problem")
    room.decide("read", "Anna", "P1", STAFF)
    room.decide("refuse", "Anna", "P1", WASTE, theme="vicini")
    room.decide("read", "Bruno", "P1", WASTE)
    assert coded(folder) == [
        ["P1", "non basta", "personale", "problem", "Anna", True, True],
        ["P1", WASTE, "", "", "Bruno", True, True],
        ["P1", WASTE, "vicini", "", "Anna", True, False],
    ]
    assert told(folder) == []


def test_what_was_undone_or_removed_is_nowhere(folder):
    room = ReadingRoom(folder)
    first = room.decide("code", "Anna", "P1", "non basta", theme="personale")
    second = room.decide("refuse", "Anna", "P1", WASTE, theme="vicini")
    room.decide("remove", "Anna", ref=first.id)
    room.decide("undo", "Anna", ref=second.id)
    assert coded(folder) == []


def test_a_fifth_of_an_interview_in_the_room_says_nothing_of_the_rest(folder):
    ReadingRoom(folder).decide("code", "Anna", "P1", "non basta", theme="personale")
    asked = labels_of(folder).asked
    assert asked.sum() == len(read_study(folder).themes)


def test_what_moved_in_its_transcript_is_found_by_its_words(folder):
    room = ReadingRoom(folder)
    room.decide("code", "Anna", "P1", "non basta", theme="personale")
    room.decide("refuse", "Anna", "P1", WASTE, theme="vicini")
    before = coded(folder)
    transcript = folder / "transcripts" / "P1.txt"
    transcript.write_text("(Si siede.)\n\n" + transcript.read_text("utf-8"), "utf-8")
    assert coded(folder) == before and told(folder) == []


def test_what_moved_and_is_said_twice_is_the_nearest_and_to_be_checked(tmp_path):
    folder = SmallStudy(turns=16).write(tmp_path / "studio")
    ReadingRoom(folder).decide("code", "Anna", "P1", "non basta", theme="personale")
    first = read_study(folder).human_codings["start"].tolist()
    transcript = folder / "transcripts" / "P1.txt"
    transcript.write_text("(Si siede.)\n\n" + transcript.read_text("utf-8"), "utf-8")
    assert read_study(folder).human_codings["start"].tolist() == [first[0] + len("(Si siede.)\n\n")]
    (said,) = told(folder)
    assert said.startswith(f"{JOURNAL}/anna.jsonl, row 1: ") and "check them in the reading room (rows 1)" in said


def test_words_that_stand_elsewhere_too_stay_in_their_segment(tmp_path):
    """«Sì.» is said twice, and the words before the second grow."""
    folder = SmallStudy(turns=8).write(tmp_path / "studio")
    transcript = folder / "transcripts" / "P1.txt"
    text = transcript.read_text("utf-8").replace(SAID[2], "Sì, i vicini pagano e basta.").replace(SAID[5], "Sì, basta.")
    transcript.write_text(text, "utf-8")
    ReadingRoom(folder).decide("code", "Anna", "P1", "basta.", theme="vicini")
    assert coded(folder)[0][1] == "basta."
    where = text.index("basta.")
    transcript.write_text("Nota.\n" * 30 + text, "utf-8")
    moved = read_study(folder).human_codings
    assert moved["start"].tolist() == [where + 6 * 30]


@pytest.mark.parametrize(
    ("now", "kept"),
    [
        (STAFF.replace("quattro", "cinque"), ["siamo rimasti"]),  # other words of the segment were corrected
        (STAFF.replace("siamo rimasti", "si è rimasti"), []),  # its own were: nothing is taken in their place
    ],
)
def test_words_that_were_corrected_are_told_and_no_others_taken(folder, now, kept):
    ReadingRoom(folder).decide("code", "Anna", "P1", "siamo rimasti", theme="personale")
    transcript = folder / "transcripts" / "P1.txt"
    transcript.write_text(transcript.read_text("utf-8").replace(STAFF, now), "utf-8")
    assert [row[1] for row in coded(folder)] == kept
    (said,) = told(folder)
    assert ("found by their words" in said) == bool(kept)
    assert ("take it again in the reading room" in said) == (not kept)


def test_a_segment_whose_words_were_corrected_is_read_no_more(folder):
    room = ReadingRoom(folder)
    room.decide("read", "Anna", "P1", STAFF)
    room.decide("refuse", "Anna", "P1", STAFF, theme="vicini")
    transcript = folder / "transcripts" / "P1.txt"
    transcript.write_text(transcript.read_text("utf-8").replace("quattro", "cinque"), "utf-8")
    assert coded(folder) == []
    assert [line.split(":")[0] for line in told(folder)] == [f"{JOURNAL}/anna.jsonl, row {row}" for row in (1, 2)]


def test_unknown_names_are_told_once_with_their_lines(folder):
    room = ReadingRoom(folder)
    decision = room.decide("code", "Anna", "P1", "non basta", theme="personale")
    append_decision(folder, replace(decision, id="a" * 32, theme="personali"))
    append_decision(folder, replace(decision, id="b" * 32, theme="personali", stance="problem"))
    append_decision(folder, replace(decision, id="c" * 32, transcript="P9"))
    append_decision(folder, replace(decision, id="d" * 32, theme="vicini", stance="boh"))
    assert [row[2:4] for row in coded(folder)] == [["personale", ""], ["vicini", ""]]
    lines = told(folder)
    assert len(lines) == 3 and all(line.startswith(f"{JOURNAL}/anna.jsonl, row ") for line in lines)
    assert "`personali` is not in the codebook (did you mean `Personale`?)" in "".join(lines)
    assert "row 4: the transcript `P9`" in "".join(lines) and "`boh` is no stance" in "".join(lines)


def test_a_theme_whose_code_was_changed_is_known_by_its_label(folder):
    ReadingRoom(folder).decide("code", "Anna", "P1", "non basta", theme="personale", label="Personale")
    codebook = folder / "codebook.csv"
    codebook.write_text(codebook.read_text("utf-8").replace("personale", "organico", 1), "utf-8")
    assert [row[2] for row in coded(folder)] == ["organico"] and told(folder) == []


def test_the_run_knows_that_the_journal_changed(folder):
    before = input_hashes(folder)
    ReadingRoom(folder).decide("read", "Anna", "P1", STAFF)
    after = input_hashes(folder)
    assert set(after) - set(before) == {f"{JOURNAL}/anna.jsonl"}
    ReadingRoom(folder).decide("read", "Anna", "P1", WASTE)
    assert input_hashes(folder) != after


def test_memos_are_memos_of_the_study(folder):
    room = ReadingRoom(folder)
    room.decide("memo", "Anna", "P1", "non basta", on="passage", text="Lo dicono tutti.")
    room.decide("memo", "Anna", on="theme", ref="personale", text="Tema largo.")
    room.decide("memo", "Bruno", on="respondent", ref="P2", text="Parla poco.")
    room.decide("memo", "Bruno", on="transcript", ref="P1", text="Al telefono.")
    last = room.decide("memo", "Bruno", on="theme", ref="altro", text="Che tema è?")
    study = read_study(folder)
    subjects = [subject for memo in study.memos for subject in memo.subjects]
    assert [(each.kind, each.name, each.quote, each.found) for each in subjects] == [
        ("passage", "P1", "non basta", True),
        ("theme", "personale", "", True),
        ("respondent", "P2", "", True),
        ("transcript", "P1", "", True),
        ("theme", "altro", "", False),
    ]
    assert {(memo.author, memo.kind, memo.date == last.at[:10]) for memo in study.memos} == {
        ("Anna", "memo", True),
        ("Bruno", "memo", True),
    }
    assert told(folder) == [
        f"{JOURNAL}/bruno.jsonl, row 3: the theme `altro` is not in the codebook: the memo stays, without the theme"
    ]


def find_mario(text: StudyText) -> tuple[Edit, ...]:
    return tuple(Edit(*found.span(), "[PERSONA_1]", "PERSONA") for found in re.finditer("Mario Rossi", text.value))


def test_pseudonyms_are_put_in_as_in_other_codings(folder):
    transcript = folder / "transcripts" / "P1.txt"
    transcript.write_text(transcript.read_text("utf-8").replace("quattro", "quattro con Mario Rossi"), "utf-8")
    words = "siamo rimasti in quattro con Mario Rossi"
    room = ReadingRoom(folder)
    room.decide("code", "Anna", "P1", words, theme="personale")
    room.decide("refuse", "Anna", "P1", words, theme="vicini")
    room.decide("memo", "Anna", "P1", words, on="passage", text="Parla di Mario Rossi.")
    room.decide("memo", "Anna", on="theme", ref="altro", text="Che tema è?")
    study = read_study(folder)
    masked = mask_study(study, find_mario).study
    shown = words.replace("Mario Rossi", "[PERSONA_1]")
    assert masked.human_codings["quote"].tolist() == [STAFF.replace("quattro", "quattro con [PERSONA_1]"), shown]
    (memo, _) = masked.memos
    assert (memo.text, memo.subjects[0].quote) == ("Parla di [PERSONA_1].", shown)
    assert len(masked.problems) == len(study.problems) > 0
    assert "Mario" not in repr(masked) and masked.opened.decisions == ()


def test_several_people_join_and_differ(folder):
    room = ReadingRoom(folder)
    room.decide("code", "Anna", "P1", "non basta", theme="personale")
    room.decide("refuse", "Bruno", "P1", STAFF, theme="personale")
    labels = labels_of(folder)
    assert labels.coders == ("Anna", "Bruno")
    assert labels.share[0, 0] == 0.5 and np.argwhere(labels.asked[1]).tolist() == [[0, 0]]


def test_two_names_that_are_one_are_one_journal(folder):
    room = ReadingRoom(folder)
    room.decide("code", "Anna Bianchi", "P1", "non basta", theme="personale")
    room.decide("code", "anna bianchi", "P1", WASTE, theme="vicini")
    assert len({row[4] for row in coded(folder)}) == 1 and len(coded(folder)) == 2
    assert [path.name for path in (folder / JOURNAL).iterdir()] == ["anna-bianchi.jsonl"]


def test_a_decision_read_twice_counts_once(folder):
    decision = ReadingRoom(folder).decide("code", "Anna", "P1", "non basta", theme="personale")
    append_decision(folder, Decision("undo", "Bruno", ref=decision.id))
    append_decision(folder, decision)
    assert len(coded(folder)) == 1
