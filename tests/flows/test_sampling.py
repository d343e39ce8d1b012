"""`trama suggest --sample` on whole small studies: drawn, filled in by a hand, run, corrected, run again."""

from pathlib import Path

import numpy as np
import pytest

from corpus.codings.human_labels import label_segments
from corpus.codings.known_sample import GONE
from corpus.errors import StudyError
from corpus.study import Study, read_study
from corpus.transcripts.segments import split_segments
from flows.host import PlainHost
from flows.sheet_wish import SheetWish
from flows.study_reading import without_originals
from flows.suggestion import suggest_segments
from nlp.measures.known_sample import KnownSample, sample_of
from tests.acceptance.small_studies import SmallStudy
from tests.acceptance.whole_studies import run_in_process
from tests.filled_sheet import answer, fill, rows_of_sheet


def drawn(folder: Path, number: int, **options: object) -> Path:
    return suggest_segments(folder, PlainHost(), SheetWish(number=number, at_random=True, **options))


def known_in(study: Study) -> KnownSample:
    segments = split_segments(study.turns, study.transcripts, study.settings.segments)
    spoken = segments[segments["role"] == "respondent"].reset_index(drop=True)
    return sample_of(spoken, label_segments(spoken, study.human_codings, study.themes), study.sample)


def replace_in(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_a_sample_lives_through_a_run_a_corrected_transcript_and_a_new_theme(tmp_path):
    """Six people with eight answers each; one of them coded an answer in codings.csv, which is no sample."""
    folder = SmallStudy(interviews=6, turns=8, codings="one coder").write(tmp_path / "studio")
    sheet = drawn(folder, 12)
    rows = rows_of_sheet(sheet)
    assert len(rows) == 12 and {row["probability"] for row in rows} == {"0.25"}
    assert sorted(row["stratum"] for row in rows) == [f"P{number}" for number in range(1, 7) for _ in range(2)]
    there = {number for number, row in enumerate(rows, start=1) if "lavoro" in row["source"]}
    answer(
        sheet, {number: "Personale" if number in there else "— nessun tema —" for number in range(1, 13)}, coder="anna"
    )

    run_in_process(folder)
    study = read_study(folder)
    assert not study.problems
    known = known_in(study)
    assert known.reason == "" and known.read.sum() == 12
    assert np.nansum(known.people[:, 0]) == len(there)
    assert np.isclose(np.nansum(1 / known.probability), 48)  # what it stands for: every answer

    changed, moved = rows[:2]
    replace_in(
        folder / "transcripts" / f"{moved['transcript']}.txt", "INTERVISTATRICE:", "(Si siede.)\n\nINTERVISTATRICE:"
    )
    replace_in(folder / "transcripts" / f"{changed['transcript']}.txt", changed["source"], "Altre parole, del tutto.")
    study = read_study(folder)
    known = known_in(study)
    assert known.read.sum() == 11 and (study.sample["start"] == GONE).sum() == 1
    assert any("è cambiato dopo la scrittura" in problem.message.it for problem in study.problems)
    run_in_process(folder)

    with (folder / "codebook.csv").open("a", encoding="utf-8") as codebook:
        codebook.write(new_theme(folder))
    known = known_in(read_study(folder))
    assert known.reasons[-1] == "theme not in sample" and known.reasons[0] == ""
    assert np.isnan(known.people[:, -1]).all()


def new_theme(folder: Path) -> str:
    """A row for the codebook."""
    header = (folder / "codebook.csv").read_text(encoding="utf-8").splitlines()[0]
    separator = ";" if ";" in header else ","
    cells = {"code": "strade", "label": "Strade", "definition": "Buche e asfalto"}
    return separator.join(cells.get(name, "") for name in header.split(separator)) + "\n"


def test_a_second_draw_is_another_one_and_asks_nothing_twice(tmp_path):
    folder = SmallStudy(interviews=3, turns=6).write(tmp_path / "studio")
    first = drawn(folder, 6)
    fill(first, range(1, 7))
    second = drawn(folder, 12)
    assert second.name == "campione-02.xlsx"
    rows = rows_of_sheet(second)
    read = {(row["transcript"], row["start"]) for row in rows_of_sheet(first)}
    assert {(row["transcript"], row["start"]) for row in rows if row["hidden"]} <= read
    asked = {number for number, row in enumerate(rows, start=1) if not row["hidden"]}
    fill(second, asked, coder="Bruno")
    known = known_in(read_study(folder))
    both = 1 - (1 - 6 / 18) * (1 - 12 / 18)
    assert np.allclose(known.probability[known.read], both)
    first.rename(first.with_name("di anna.xlsx"))
    assert drawn(folder, 6).name == "campione-03.xlsx", "a name decides what is drawn, and is given once"


def test_whole_respondents_and_the_strata_of_a_theme(tmp_path):
    folder = SmallStudy(interviews=6, turns=6, codebook="terms").write(tmp_path / "studio")
    people = rows_of_sheet(drawn(folder, 2, respondents=True))
    assert len({row["transcript"] for row in people}) == 2 and len(people) == 12
    assert {row["probability"] for row in people} == {repr(2 / 6)} and {row["unit"] for row in people} == {"respondent"}
    by_theme = rows_of_sheet(drawn(folder, 6, theme="Personale"))
    assert {row["stratum"] for row in by_theme} <= {"low", "middle", "high"}
    assert len({row["stratum"] for row in by_theme}) > 1
    crossed = rows_of_sheet(drawn(folder, 6, theme="personale", by_respondent=True))
    assert all(row["stratum"].startswith(f"{row['transcript']} | ") for row in crossed)
    with pytest.raises(StudyError, match="intendevi `personale`"):
        drawn(folder, 6, theme="personal")
    with pytest.raises(StudyError, match="gli intervistati sono 6"):
        drawn(folder, 6, respondents=True)
    with pytest.raises(StudyError, match="senza strati"):
        drawn(folder, 2, theme="personale", respondents=True)


def test_where_people_decided_on_everything_no_sample_is_needed(tmp_path):
    folder = SmallStudy(codings="all segments").write(tmp_path / "studio")
    with pytest.raises(StudyError, match="non serve un campione"):
        drawn(folder, 6)


def test_a_draw_from_a_study_with_pseudonyms_is_read_on_the_masked_text(tmp_path):
    folder = SmallStudy(interviews=2, turns=2, pseudonyms=True).write(tmp_path / "studio")
    replace_in(folder / "transcripts" / "P1.txt", "Il personale non basta", "Con Rosa Bianchi il personale non basta")
    replace_in(folder / "study.toml", "[privacy]", '[privacy]\nnames = ["Rosa Bianchi"]')
    sheet = drawn(folder, 4)
    assert not any("Rosa" in row["source"] for row in rows_of_sheet(sheet))
    fill(sheet, range(1, 5))
    study = read_study(folder)
    masked = without_originals(study, folder, PlainHost()).study
    assert masked.sample["read"].all() and (masked.sample["start"] >= 0).all()
    assert "Rosa" not in masked.sample.to_csv()
