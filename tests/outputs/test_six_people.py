"""Six people, of whom one has answers out of the codes, one sent no questionnaire and one only wrote."""

from dataclasses import replace

import pytest

from corpus.schemas import HumanCodings
from corpus.words.phrase import Phrase
from outputs.findings import leading, told_findings
from outputs.words.sentences import say
from tests.tiny_study import PEOPLE, make_study, rendered_tables

SIX = PEOPLE[:6]
REJECTED, ABSENT, WRITER = SIX[3:]
_WRITTEN = f"questionario:{WRITER}"


def _six(questionnaire=True):
    """The first six of the tiny study; the last one's interview becomes written answers."""
    study, results = make_study()
    segments = results.segments[results.segments["respondent"].isin(SIX)]
    segments = segments.assign(transcript=segments["transcript"].replace(WRITER, _WRITTEN))
    here = set(segments["segment"])
    codings = results.codings[results.codings["segment"].isin(here)]
    answers = study.answers[study.answers["respondent"].isin(SIX) & (study.answers["respondent"] != ABSENT)]
    lost = answers["respondent"] == REJECTED
    answers = answers.assign(
        status=answers["status"].mask(lost, "rejected"), number=answers["number"].mask(lost), value=answers["value"]
    )
    respondents = study.respondents[study.respondents["respondent"].isin(SIX)].reset_index(drop=True)
    transcripts = tuple(
        replace(one, id=_WRITTEN) if one.id == WRITER else one for one in study.transcripts if one.id in SIX
    )
    turns = study.turns[study.turns["transcript"].isin(SIX)]
    turns = turns.assign(transcript=turns["transcript"].replace(WRITER, _WRITTEN))
    results = replace(
        results,
        segments=segments.reset_index(drop=True),
        codings=codings.reset_index(drop=True),
        languages=results.languages[results.languages["segment"].isin(here)].reset_index(drop=True),
        topic_members=results.topic_members[results.topic_members["segment"].isin(here)].reset_index(drop=True),
    )
    study = replace(
        study,
        respondents=respondents,
        transcripts=transcripts,
        turns=turns.reset_index(drop=True),
        answers=(answers if questionnaire else answers.iloc[:0]).reset_index(drop=True),
        items=study.items if questionnaire else (),
    )
    return study, results


@pytest.fixture(scope="module")
def six():
    return {table.key: table for table in rendered_tables(*_six())}


def test_written_answers_are_no_interview(six):
    values = six["campione"].frame["value"]
    assert (values["respondents"], values["interviewed"], values["only_wrote"]) == (6, 5, 1)
    assert six["saturazione_interviste"].frame.index.tolist() == SIX[:5]
    assert set(six["temi"].frame["n"]) == {5}


def test_who_cannot_be_read_and_who_sent_nothing_are_not_silent(six):
    counts = six["domande_numeri"].frame.loc["Q1|"]
    assert (counts["n"], counts["no_reply"], counts["rejected"], counts["no_questionnaire"]) == (4, 0, 1, 1)
    assert six["campione"].frame.loc["questionnaires", "value"] == 5  # whose answers are out of the codes sent one
    readings = six["joint_display"].frame
    with_item = [row for row in readings.index if not row.startswith("silenzio")]
    assert set(readings.loc[with_item, "reading"]) == {"evidenza insufficiente"}


def test_no_link_says_that_nobody_answered_beside_answers(six):
    frame = six["joint_display"].frame
    answered = frame[frame["questionnaire"].str.contains("n = 4", na=False)]
    assert len(answered) and not answered["link"].str.contains("nessuna risposta", na=False).any()


def test_no_class_is_tested_below_ten_respondents(six):
    for key in ("temi_classe", "domande_classe", "temi_domande", "detto_scelto"):
        frame = six[key].frame
        assert len(frame) and frame[["p", "q", "low", "high"]].isna().all(axis=None), key
        reasons = frame["effect" if "effect" in frame else "difference"]
        assert reasons.str.startswith("non calcolabile").all(), key
    assert not [one for one in told_findings(six["risultati"]) if "per classe" in one.sentence]


def test_saturation_has_no_row_that_needs_more_interviews(six):
    assert six["saturazione"].frame.empty
    assert "non è calcolabile: servono 6 interviste, ce ne sono 5." in six["saturazione"].lead


def test_no_stance_of_the_machine_is_put_into_a_mouth(six):
    told = told_findings(six["risultati"])
    assert leading(told) and not [said for one in told for said in one.quotations if "stance" in said.facts]
    assert not six["joint_display"].frame["interviews"].str.contains("criticità").any()
    assert not six["joint_display"].frame["quotations"].str.contains("criticità").any()


def test_a_stance_that_a_person_gave_is_quoted_and_leads():
    study, results = _six()
    codings = results.codings
    read = results.segments[results.segments["segment"].str.endswith("0001")]
    passages = read[["transcript", "start", "end", "text"]].rename(columns={"text": "quote"})
    given = passages.assign(theme="personale", stance="problem", coder="anna", alone=False, given=True)
    human = HumanCodings.validate(given.reset_index(drop=True)[list(HumanCodings.to_schema().columns)])
    coded = codings.assign(how=codings["how"].mask(codings["segment"].str.endswith("0001"), "human"))
    tables = rendered_tables(replace(study, human_codings=human), replace(results, codings=coded))
    risultati = next(table for table in tables if table.key == "risultati")
    first = leading(told_findings(risultati))
    assert any("criticità" in one.sentence and one.quotations for one in first)


def test_without_a_questionnaire_it_is_silent_of_nothing():
    tables = {table.key: table for table in rendered_tables(*_six(questionnaire=False))}
    beside = ("silenzi", "posizioni_risposte", "detto_scelto", "domande_frequenze", "domande_numeri")
    for key in (*beside, "cifre_corrette_domande"):
        assert tables[key].frame.empty and tables[key].lead == "Non c'è un questionario.", key
    sentences = " ".join(tables["risultati"].frame["finding"])
    assert "questionario" not in sentences


def test_few_answers_are_counted_of_those_who_were_asked():
    said = Phrase("rule.few_answers", {"n": 1, "of": 4})
    assert say(said, "it") == "questionario: risponde solo 1 su 4 a cui la domanda è stata posta"
    assert say(said, "en") == "questionnaire: only 1 of 4 who were asked answers"
