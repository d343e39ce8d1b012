"""One study as read from its folder: everything a run needs, and every problem found on the way. Runs no model."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from corpus.codebook.theme_codebook import ALSO as CODEBOOKS
from corpus.codebook.theme_codebook import FILE as CODEBOOK
from corpus.codebook.theme_codebook import read_codebook, without_coded_gaps
from corpus.codings.coding_sheets import read_coding_sheets
from corpus.codings.human_codings import FILE as CODINGS
from corpus.codings.human_codings import read_human_codings
from corpus.codings.link_decisions import FILE as LINKS
from corpus.codings.link_decisions import apply_decisions, read_link_decisions
from corpus.codings.quotations import Wording
from corpus.codings.refi_codings import read_projects
from corpus.codings.settled_codings import settle_codings, unanalysed_codings
from corpus.errors import Problem, StudyError, problem, study_error, told_of
from corpus.new_study.example import folder_read, told_of_example
from corpus.questionnaire.answers import FILE as QUESTIONNAIRE
from corpus.questionnaire.answers import read_answers
from corpus.questionnaire.item_codebook import ALSO as ITEM_CODEBOOKS
from corpus.questionnaire.item_codebook import FILE as ITEMS
from corpus.questionnaire.item_codebook import find_questionnaire_codebook, read_questionnaire_codebook
from corpus.questionnaire.surveys import ALSO as SURVEYS
from corpus.questionnaire.surveys import read_survey
from corpus.questionnaire.written_answers import is_written, read_written
from corpus.records import Item, Theme, Transcript
from corpus.respondents.respondents_list import COLUMNS as IDENTITY
from corpus.respondents.respondents_list import FILE as RESPONDENTS
from corpus.respondents.respondents_list import read_respondents, unlisted_respondents
from corpus.respondents.speakers import answering_speakers, build_turns, known_labels
from corpus.respondents.type_rules import check_types
from corpus.schemas import Answers, HumanCodings, LinkDecisions, empty
from corpus.settings import FILE as SETTINGS
from corpus.settings import Settings, read_settings
from corpus.store import Store
from corpus.tables.sheets import find_table, unread_tables
from corpus.transcripts import find_transcripts, read_transcript
from corpus.transcripts.copies import copied_transcripts
from corpus.word_template import check_template
from corpus.words.language import Bilingual
from corpus.words.spelling import suggestion

_TABLES = {
    RESPONDENTS: (),
    ITEMS: tuple(ITEM_CODEBOOKS),
    QUESTIONNAIRE: (*SURVEYS, *ITEM_CODEBOOKS),
    CODEBOOK: tuple(CODEBOOKS),
    CODINGS: (),
    LINKS: (),
}


@dataclass(frozen=True)
class Study:
    """What `read_study` returns.

    `transcripts` is sorted by id: the interviews, then written answers that are analysed like them
    (corpus.questionnaire.written_answers). `turns` is a Turns frame. `respondents` has the columns respondent,
    transcript, speaker and then the study's own variables as text. `answers` is an Answers frame, `human_codings` a
    HumanCodings frame, `link_decisions` a LinkDecisions frame; the `questionnaire_items` of the themes are those that
    hold after it. `problems` is all that `trama check` prints; those of severity "error" name what the run does
    without.
    """

    folder: Path
    settings: Settings
    transcripts: tuple[Transcript, ...]
    turns: pd.DataFrame
    respondents: pd.DataFrame
    items: tuple[Item, ...]
    answers: pd.DataFrame
    themes: tuple[Theme, ...]
    human_codings: pd.DataFrame
    problems: tuple[Problem, ...]
    link_decisions: pd.DataFrame = field(default_factory=lambda: empty(LinkDecisions))

    @property
    def interviews(self) -> tuple[Transcript, ...]:
        """The transcripts of what was said; the others are written answers of the questionnaire."""
        return tuple(transcript for transcript in self.transcripts if not is_written(transcript.id))


Progress = Callable[[int, int, str], None]
"""Told after each transcript: how many are done, of how many, and the file's name."""


def read_study(folder: Path, progress: Progress | None = None, store: Store | None = None) -> Study:
    """Everything that can be read of the study in `folder`, the same whatever the order of its files on disk.

    A file that cannot be read is a Problem and the study goes on without it. Optional: questionnaire.csv with its
    codebook, codings.csv and the worksheets in codings/; without respondents.csv each transcript is one respondent,
    and in a focus group each speaker who answers.
    With a `store`, transcripts are read once and kept in it, unless the study wants pseudonyms: they hold the names.
    Raises StudyError, with every problem found so far, only when nothing can be run: no folder, no usable
    study.toml, or no readable transcript. A study just made by `trama init` is its example (corpus.new_study.example).
    """
    if not folder.is_dir():
        raise study_error(f"la cartella `{folder.name}` non c'è", f"there is no folder `{folder.name}`")
    faults = told_of_example(folder)
    folder = folder_read(folder)
    settings = read_settings(folder)
    faults += unread_tables(folder, _TABLES)
    listed = _read_respondents(folder, faults)
    store = None if settings.privacy.pseudonyms else store
    transcripts = _read_transcripts(folder, known_labels(listed, settings), faults, progress, store)
    if not transcripts:
        raise StudyError(_in_order(faults))
    respondents = _read_unlisted(transcripts, settings, faults) if listed is None else listed
    people = len(faults)  # where what is wrong between interviews and respondents is told, before what follows from it
    items, answers = _read_questionnaire(folder, respondents, faults)
    transcripts += _read_written(folder, items, respondents)
    turns, turn_faults = build_turns(transcripts, respondents, settings)
    faults[people:people] = [*turn_faults, *_check_variables(settings, respondents), *_check_names(settings)]
    themes, links = _read_links(folder, items, _read_codebook(folder, items, faults), faults)
    human_codings, found = read_codings(folder, transcripts, themes, settings.study.title)
    faults = [*without_coded_gaps(faults, themes, set(human_codings["theme"])), *found]
    faults += unanalysed_codings(human_codings, turns)
    faults += check_types(settings, respondents, items, themes)
    faults += check_template(folder, settings.outputs.template)
    respondents = respondents.reset_index(drop=True)
    told = _in_order(faults)
    return Study(folder, settings, transcripts, turns, respondents, items, answers, themes, human_codings, told, links)


def _read_transcripts(
    folder: Path, known: Iterable[str], faults: list[Problem], progress: Progress | None, store: Store | None
) -> tuple[Transcript, ...]:
    paths = find_transcripts(folder)
    if not paths:
        it = "nessuna trascrizione: mettile nella cartella transcripts/"
        faults.append(problem(it, "no transcript: put them into the folder transcripts/", "transcripts/"))
    read: dict[str, Transcript] = {}
    for done, path in enumerate(paths, start=1):
        try:
            transcript = read_transcript(path, folder, known, store)
        except StudyError as error:
            faults += error.problems
        else:
            if transcript.id in read:
                it = f"stesso nome di {read[transcript.id].file}: lasciata fuori, dalle un altro nome"
                en = f"same name as {read[transcript.id].file}: left out, give it another name"
                faults.append(problem(it, en, transcript.file))
            else:
                read[transcript.id] = transcript
                faults += transcript.problems
        if progress:
            progress(done, len(paths), path.name)
    faults += copied_transcripts(read.values())
    return tuple(read[id] for id in sorted(read))


def _read_respondents(folder: Path, faults: list[Problem]) -> pd.DataFrame | None:
    if _has(folder, RESPONDENTS):
        try:
            with told_of(_table(folder, RESPONDENTS)):
                respondents, found = read_respondents(folder)
            faults += found
            return None if respondents.empty else respondents
        except StudyError as error:
            faults += error.problems
    return None


def _read_unlisted(transcripts: Sequence[Transcript], settings: Settings, faults: list[Problem]) -> pd.DataFrame:
    respondents, missing = unlisted_respondents(answering_speakers(transcripts, settings))
    faults.append(missing)
    return respondents


def _read_questionnaire(
    folder: Path, respondents: pd.DataFrame, faults: list[Problem]
) -> tuple[tuple[Item, ...], pd.DataFrame]:
    asked = (folder / find_questionnaire_codebook(folder)).is_file()
    answers_file = find_table(folder, QUESTIONNAIRE, SURVEYS)[0]
    answered = (folder / answers_file).is_file()
    if answered and not asked and _holds_answers(folder, answers_file, respondents):
        it = f"manca {ITEMS}, che descrive le domande: le risposte non sono lette; "
        en = f"{ITEMS}, which describes the items, is missing: no answer is read; "
        it, en = (
            it + "fanne una bozza con `trama check STUDIO --write-codebook`",
            en + "`trama check STUDY --write-codebook` drafts it",
        )
        faults.append(problem(it, en, answers_file))
    if not asked:
        return (), empty(Answers)
    try:
        with told_of(find_questionnaire_codebook(folder)):
            items, found = read_questionnaire_codebook(folder)
        faults += found
    except StudyError as error:
        faults += error.problems
        return (), empty(Answers)
    if not answered:
        faults.append(
            problem("il file con le risposte non c'è", "there is no file of answers", QUESTIONNAIRE, severity="warning")
        )
        return items, empty(Answers)
    try:
        with told_of(answers_file):
            answers, found = read_answers(folder, items, list(respondents["respondent"]))
        faults += found
    except StudyError as error:
        faults += error.problems
        answers = empty(Answers)
    return items, answers


def _holds_answers(folder: Path, file: str, respondents: pd.DataFrame) -> bool:
    """Whether a table of answers has any column for them; one that cannot be read may."""
    try:
        return bool(read_survey(folder, file, list(respondents["respondent"])).columns)
    except StudyError:
        return True


def _read_written(folder: Path, items: Sequence[Item], respondents: pd.DataFrame) -> tuple[Transcript, ...]:
    try:
        with told_of(QUESTIONNAIRE):
            return read_written(folder, items, list(respondents["respondent"]))
    except StudyError:  # told when the answers were read
        return ()


def _read_codebook(folder: Path, items: Sequence[Item], faults: list[Problem]) -> tuple[Theme, ...]:
    if not _has(folder, CODEBOOK, CODEBOOKS):
        it = "senza un libro dei codici si cercano solo argomenti emergenti"
        en = "without a codebook only emergent topics are searched"
        faults.append(problem(it, en, CODEBOOK, severity="warning"))
        return ()
    try:
        with told_of(find_table(folder, CODEBOOK, CODEBOOKS)[0]):
            themes, found = read_codebook(folder, {item.code: item.text for item in items} or None)
    except StudyError as error:
        faults += error.problems
        return ()
    faults += found
    return themes


def _read_links(
    folder: Path, items: Sequence[Item], themes: tuple[Theme, ...], faults: list[Problem]
) -> tuple[tuple[Theme, ...], pd.DataFrame]:
    if not _has(folder, LINKS):
        return themes, empty(LinkDecisions)
    try:
        with told_of(_table(folder, LINKS)):
            decisions, found = read_link_decisions(folder, themes, {item.code: item.text for item in items})
    except StudyError as error:
        faults += error.problems
        return themes, empty(LinkDecisions)
    faults += found
    return apply_decisions(themes, decisions), decisions


def read_codings(
    folder: Path, transcripts: Sequence[Transcript], themes: Sequence[Theme], title: str
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The HumanCodings frame of codings.csv, worksheets and projects in codings/, and what is wrong with them.

    `title` is the study's.
    """
    texts = {transcript.id: Wording(transcript.source, transcript.turns) for transcript in transcripts}
    codings = empty(HumanCodings)
    faults: list[Problem] = []
    if _has(folder, CODINGS):
        try:
            with told_of(_table(folder, CODINGS)):
                codings, found = read_human_codings(folder, texts, themes)
            faults += found
        except StudyError as error:
            faults += error.problems
    from_sheets, found = read_coding_sheets(folder, texts, themes)
    from_projects, also_found = read_projects(folder, texts, themes, title)
    every, settled = settle_codings(pd.concat([codings, from_sheets, from_projects], ignore_index=True))
    return every, (*faults, *found, *also_found, *settled)


def _check_names(settings: Settings) -> Iterator[Problem]:
    """Several names in one entry are no name that anybody says: nothing would be replaced."""
    for key, names in (("privacy.names", settings.privacy.names), ("privacy.keep", settings.privacy.keep)):
        several = [name for name in names if re.search(r"[,;]", name)]
        if several:
            it = f"`{key}`: {len(several)} voci con `,` o `;` sono lette intere e non si trovano nei testi: metti ogni "
            en = f"`{key}`: {len(several)} entries with `,` or `;` are read whole and found in no text: put each "
            it += 'nome tra virgolette, ["Rosa", "Pietro"], le forme di una persona insieme, ["Rosa Bianchi|Rosetta"]'
            en += 'name in quotes, ["Rosa", "Pietro"], the forms of one person together, ["Rosa Bianchi|Rosetta"]'
            quote = ", ".join(f"«{name}»" for name in several)
            yield Problem(Bilingual(it, en), SETTINGS, severity="warning", quote=quote)


def _check_variables(settings: Settings, respondents: pd.DataFrame) -> Iterator[Problem]:
    """The variables that study.toml names must be columns of the respondents list."""
    variables = [name for name in respondents.columns if name not in IDENTITY]
    named = {"tables.class_variable": (settings.tables.class_variable,), "tables.variables": settings.tables.variables}
    for key, names in named.items():
        for name in names:
            if name and name not in variables:
                hint = suggestion(name, variables)
                it = f"`{key}`: la colonna `{name}` non è in {RESPONDENTS}{hint.it}"
                en = f"`{key}`: the column `{name}` is not in {RESPONDENTS}{hint.en}"
                yield problem(it, en, SETTINGS)


def _has(folder: Path, table: str, also: Iterable[str] = ()) -> bool:
    return (folder / _table(folder, table, also)).is_file()


def _table(folder: Path, table: str, also: Iterable[str] = ()) -> str:
    return find_table(folder, table, also)[0]


def _in_order(faults: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each fault once: errors before warnings, and files as they are read, so that a cause precedes what follows."""
    distinct = dict.fromkeys(faults)
    files = list(dict.fromkeys(fault.file for fault in distinct))

    def order(fault: Problem) -> tuple[bool, int, int, str, tuple[str, str]]:
        return fault.severity != "error", files.index(fault.file), fault.row or 0, fault.column, fault.message

    return tuple(sorted(distinct, key=order))
