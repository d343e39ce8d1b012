"""Open answers of the questionnaire as if they were said: a transcript a respondent, each answer a turn. Codes none."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.questionnaire.answer_cells import ANSWERED, CellReader, ItemColumns
from corpus.questionnaire.answers import FILE, known_rows
from corpus.questionnaire.item_columns import match_columns
from corpus.questionnaire.surveys import read_survey
from corpus.records import Cell, Item, Transcript, Turn
from corpus.tables.sheets import read_input
from corpus.transcripts.text import TextWriter
from corpus.transcripts.utterances import LabelledText, Utterance, build_transcript
from corpus.words.language import Bilingual, Language
from corpus.words.roles import Role

ASKS = "questionario"
_PREFIX = f"{ASKS}:"


def read_written(
    folder: Path, items: Sequence[Item], respondents: Collection[str], file: str = FILE
) -> tuple[Transcript, ...]:
    """The written answers to the open items marked `analyse`, one transcript a respondent who wrote any, by id.

    Its source is made of the questions (said by `ASKS`) and the answers (said by the respondent's code), in the order
    of the items; each answer's turn knows its `cell`. Ids are `questionario:` and the respondent's code. What is wrong
    with the file is said by corpus.questionnaire.answers. Raises StudyError when the file cannot be read.
    """
    wanted = [item for item in items if item.analyse and item.type == "text"]
    if not wanted:
        return ()
    survey = read_survey(folder, file, respondents)
    columns = match_columns(survey, wanted, [])
    rows = known_rows(survey, respondents, [])
    readers = [
        CellReader(column, [row for _, row in rows], survey.file, [], survey.program.missing) for column in columns
    ]
    digest = hashlib.sha256(read_input(folder, survey.file)).hexdigest()
    written: list[Transcript] = []
    for respondent, row in rows:
        said = [
            (reader.columns, answer.value)
            for reader in readers
            for answer in reader.read(row, [])
            if answer.status == ANSWERED
        ]
        if said:
            written.append(_transcript(respondent, row.number, said, survey.file, digest))
    return tuple(sorted(written, key=lambda transcript: transcript.id))


def is_written(transcript: str) -> bool:
    """Whether the transcript of this id is made of written answers, not of an interview."""
    return transcript.startswith(_PREFIX)


def written_roles(transcript: Transcript) -> tuple[dict[str, Role], dict[str, str]]:
    """The role of each speaker of written answers, and the respondent of those who answer."""
    speakers = dict.fromkeys(turn.speaker for turn in transcript.turns)
    roles: dict[str, Role] = {speaker: "interviewer" if speaker == ASKS else "respondent" for speaker in speakers}
    return roles, {speaker: speaker for speaker in speakers if speaker != ASKS}


def place_of(transcript: Transcript, turn: int, language: Language = "it") -> str:
    """The file of a turn and, of a written answer, its row and column: where a person finds it."""
    spoken = not is_written(transcript.id)
    cell = None if spoken else next((each.cell for each in transcript.turns if each.number == turn), None)
    if cell is None:
        return transcript.file
    return Bilingual(
        f"{transcript.file}, riga {cell.row}, colonna {cell.column} (risposta scritta)",
        f"{transcript.file}, row {cell.row}, column {cell.column} (written answer)",
    ).say(language)


def _transcript(
    respondent: str, row: int, said: Sequence[tuple[ItemColumns, str]], file: str, digest: str
) -> Transcript:
    writer = TextWriter()
    for columns, answer in said:
        writer.add_spoken(ASKS, columns.item.text)
        writer.add_spoken(respondent, answer)
    text = writer.text()
    said_by = [Utterance(line.speaker or "", line.start, line.end) for line in text.lines]
    transcript = build_transcript(LabelledText(text.source, said_by), id=_PREFIX + respondent, file=file, sha256=digest)
    answers = iter(said)
    turns = tuple(turn if turn.speaker == ASKS else _at(turn, row, next(answers)[0]) for turn in transcript.turns)
    return replace(transcript, turns=turns)


def _at(turn: Turn, row: int, columns: ItemColumns) -> Turn:
    return replace(turn, cell=Cell(row, columns.whole))
