import pytest

from corpus.study import Study, read_study
from tests.acceptance.parlato import ABSENT, DATA, ITEMS, write_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    if not (DATA / "eaf").is_dir():
        pytest.skip(ABSENT)
    folder = tmp_path_factory.mktemp("parlato") / "studio"
    write_study(DATA, folder)
    return read_study(folder)


def test_the_31_interviews_read_without_an_error(study: Study) -> None:
    assert [fault.say("it") for fault in study.problems if fault.severity == "error"] == []
    assert len(study.transcripts) == 31
    assert len(study.themes) == 15


def test_every_participant_speaks_and_has_answered_every_item(study: Study) -> None:
    speaking = set(study.turns.loc[study.turns["role"] == "respondent", "respondent"])
    assert speaking == set(study.respondents["respondent"])
    assert len(study.answers) == len(study.respondents) * len(ITEMS)
    assert set(study.answers["status"]) == {"answered"}


def test_interviewers_are_those_whose_code_begins_with_tor(study: Study) -> None:
    asking = study.turns.loc[study.turns["role"] == "interviewer", "speaker"]
    assert asking.str.startswith("TOR").all()
    assert not study.turns.loc[study.turns["role"] != "interviewer", "speaker"].str.startswith("TOR").any()


def test_themes_are_linked_to_items_that_exist(study: Study) -> None:
    linked = {item for theme in study.themes for item in theme.questionnaire_items}
    assert linked <= {item.code for item in study.items}
    assert len(linked) == len(ITEMS)
