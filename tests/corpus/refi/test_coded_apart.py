"""Two people code the same texts apart, each in their program: both projects join in one study."""

import pytest

from corpus.codings.disagreements import find_disagreements
from corpus.codings.human_labels import label_segments
from corpus.new_study.refi_intake import create_study_from
from corpus.study import read_study
from corpus.transcripts.segments import split_segments
from tests.corpus.refi.made import ADA, UGO, code, place, project, selection, source, write

FIRST = "INTERVISTATRICE: Come va?\nSINDACO: Siamo in tre e non basta mai. Chi manca è il geometra comunale.\n"
SECOND = "INTERVISTATRICE: E lei?\nSINDACA: I soldi arrivano tardi, e il geometra lo paghiamo noi.\n"
STAFF = "Siamo in tre e non basta mai."
ENGINEER = "Chi manca è il geometra comunale"
MONEY = "I soldi arrivano tardi"


def coded(path, by, first, second, codes=(), texts=(FIRST, SECOND)):
    """A project of both texts, coded by one person; `first` and `second` are (passage, code) of each text."""
    sources = []
    for number, (name, text, given) in enumerate((("Uno", FIRST, first), ("Due", SECOND, second))):
        chosen = [
            selection(1000 * (number + 1) + 10 * n, place(text, passage), (own,), by=by)
            for n, (passage, own) in enumerate(given)
        ]
        sources.append(source(8 + number, name, *chosen))
    tree = code(1, "Personale") + code(2, "Risorse") + "".join(codes)
    write(path, project("QualCoder 3.8", tree, "".join(sources)), {8: texts[0].encode(), 9: texts[1].encode()})


@pytest.fixture
def projects(tmp_path):
    """Ada and Ugo agree on the money; each gives the engineer another code, Ugo's being one of his own."""
    coded(tmp_path / "ada.qdpx", ADA, [(STAFF, 1), (ENGINEER, 1)], [(MONEY, 2)])
    coded(tmp_path / "ugo.qdpx", UGO, [(STAFF, 1), (ENGINEER, 3)], [(MONEY, 2)], [code(3, "Tecnici")])
    return [tmp_path / "ada.qdpx", tmp_path / "ugo.qdpx"]


def labels_of(study):
    segments = split_segments(study.turns, study.transcripts, study.settings.segments)
    spoken = segments[segments["role"] == "respondent"]
    return label_segments(spoken, study.human_codings, study.themes)


def test_two_projects_of_the_same_texts_are_one_study_with_both_people(tmp_path, projects):
    taken = create_study_from(projects[0], tmp_path / "studio", coded_apart=projects[1:])
    assert taken.problems == ()
    study = read_study(tmp_path / "studio")
    assert [problem for problem in study.problems if problem.severity == "error"] == []
    assert [transcript.id for transcript in study.transcripts] == ["Due", "Uno"]
    assert sorted(theme.label for theme in study.themes) == ["Personale", "Risorse", "Tecnici"]
    codings = study.human_codings[["quote", "theme", "coder"]].to_numpy().tolist()
    assert sorted(codings) == sorted(
        [
            [STAFF, "personale", "Ada"], [STAFF, "personale", "UG"],
            [ENGINEER, "personale", "Ada"], [ENGINEER, "tecnici", "UG"],
            [MONEY, "risorse", "Ada"], [MONEY, "risorse", "UG"],
        ]
    )  # fmt: skip
    differing = find_disagreements(labels_of(study))
    assert {study.themes[each.theme].code for each in differing} == {"tecnici"}


def test_a_second_project_put_into_codings_joins_the_study_of_the_first(tmp_path, projects):
    create_study_from(projects[0], tmp_path / "studio")
    (tmp_path / "studio" / "codings" / "ugo.qdpx").write_bytes(projects[1].read_bytes())
    study = read_study(tmp_path / "studio")
    assert set(study.human_codings["coder"]) == {"Ada", "UG"}
    told = [problem.message.it for problem in study.problems if problem.severity == "error"]
    assert told == ["il codice `Tecnici` non è nel libro dei codici; codifiche lasciate fuori: 1"]


def test_people_of_one_name_are_told_and_the_file_can_say_who_is_who(tmp_path):
    for name in ("uno", "due"):
        coded(tmp_path / f"{name}.qdpx", ADA, [(STAFF, 1)], [(MONEY, 2)])
    study = tmp_path / "studio"
    create_study_from(tmp_path / "uno.qdpx", study, coded_apart=[tmp_path / "due.qdpx"])
    read = read_study(study)
    assert set(read.human_codings["coder"]) == {"Ada"}
    assert any("`Ada` codifica in più progetti" in problem.message.it for problem in read.problems)
    (study / "codings" / "due.qdpx").rename(study / "codings" / "due@Bianca.qdpx")
    read = read_study(study)
    assert set(read.human_codings["coder"]) == {"Ada", "Bianca"}
    assert not any("più progetti" in problem.message.it for problem in read.problems)


def test_a_transcript_corrected_in_between_moves_passages_and_names_those_that_are_lost(tmp_path):
    coded(tmp_path / "ada.qdpx", ADA, [(STAFF, 1), ("geometra", 1)], [(MONEY, 2)])
    create_study_from(tmp_path / "ada.qdpx", tmp_path / "studio")
    transcripts = tmp_path / "studio" / "transcripts"
    corrected = FIRST.replace("Come va?", "Buongiorno, come va?").replace("Chi manca è il geometra", "Manca un tecnico")
    (transcripts / "Uno.txt").write_text(corrected + "SINDACO: Il geometra era mio cugino.\n", encoding="utf-8")
    study = read_study(tmp_path / "studio")
    assert sorted(study.human_codings["quote"]) == sorted([STAFF, MONEY])  # not the geometra said elsewhere
    lost = [problem for problem in study.problems if "non si ritrovano" in problem.message.it]
    assert [(problem.severity, problem.quote) for problem in lost] == [("error", "«geometra»")]
