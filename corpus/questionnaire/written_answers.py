"""Open answers of the questionnaire as if they were said: a transcript a respondent, each answer a turn. Codes none."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.questionnaire.answer_cells import ANSWERED
from corpus.questionnaire.answers import FilledQuestionnaires, GivenAnswer
from corpus.records import Cell, Transcript
from corpus.transcripts.text import TextWriter
from corpus.transcripts.utterances import LabelledText, Utterance, build_transcript
from corpus.words.phrase import Phrase, phrase
from corpus.words.roles import Role

ASKS = "questionario"
_PREFIX = f"{ASKS}:"


def written_transcripts(questionnaires: FilledQuestionnaires) -> tuple[Transcript, ...]:
    """The written answers to the open items marked `analyse`, one transcript a respondent who wrote any, by id.

    Its source is made of the questions (said by `ASKS`) and the answers (said by the respondent's code), in the order
    of the items; each answer's turn knows its `cell`. Ids are `questionario:` and the respondent's code.
    """
    by_respondent: dict[str, list[GivenAnswer]] = {}
    for answer in questionnaires.given:
        if answer.item.analyse and answer.item.type == "text" and answer.answer.status == ANSWERED:
            by_respondent.setdefault(answer.respondent, []).append(answer)
    return tuple(_transcript(answers, questionnaires) for _, answers in sorted(by_respondent.items()))


def is_written(transcript: str) -> bool:
    """Whether the transcript of this id is made of written answers, not of an interview."""
    return transcript.startswith(_PREFIX)


def written_roles(transcript: Transcript) -> tuple[dict[str, Role], dict[str, str]]:
    """The role of each speaker of written answers, and the respondent of those who answer."""
    speakers = dict.fromkeys(turn.speaker for turn in transcript.turns)
    roles: dict[str, Role] = {speaker: "interviewer" if speaker == ASKS else "respondent" for speaker in speakers}
    return roles, {speaker: speaker for speaker in speakers if speaker != ASKS}


def place_of(transcript: Transcript, turn: int) -> Phrase | str:
    """The file of a turn and, of a written answer, its row and column: where a person finds it."""
    spoken = not is_written(transcript.id)
    cell = None if spoken else next((each.cell for each in transcript.turns if each.number == turn), None)
    if cell is None:
        return transcript.file
    return phrase("place.written", file=transcript.file, row=cell.row, column=cell.column)


def _transcript(answers: Sequence[GivenAnswer], questionnaires: FilledQuestionnaires) -> Transcript:
    respondent = answers[0].respondent
    writer = TextWriter()
    for answer in answers:
        writer.add_spoken(ASKS, answer.item.text)
        writer.add_spoken(respondent, answer.answer.value)
    text = writer.text()
    utterances = [Utterance(line.speaker or "", line.start, line.end) for line in text.lines]
    transcript = build_transcript(
        LabelledText(text.source, utterances),
        id=_PREFIX + respondent,
        file=questionnaires.file,
        sha256=questionnaires.sha256,
    )
    cells = iter(Cell(answer.row, answer.columns.column) for answer in answers)
    turns = tuple(turn if turn.speaker == ASKS else replace(turn, cell=next(cells)) for turn in transcript.turns)
    return replace(transcript, turns=turns)
