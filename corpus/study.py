"""One study as read from its folder: everything a run needs, and every problem found on the way. Runs no model."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from corpus.codebook.theme_codebook import ALSO as CODEBOOKS
from corpus.codebook.theme_codebook import FILE as CODEBOOK
from corpus.codebook.theme_codebook import read_codebook, without_coded_gaps
from corpus.codings.every_coding import read_codings
from corpus.codings.human_codings import FILE as CODINGS
from corpus.codings.known_sample import read_sample
from corpus.codings.link_decisions import FILE as LINKS
from corpus.codings.link_decisions import apply_decisions, read_link_decisions
from corpus.codings.opened_codings import OpenedCodings, open_codings
from corpus.codings.quotations import Wording
from corpus.codings.settled_codings import unanalysed_codings
from corpus.codings.settlement_sheets import read_settlements
from corpus.errors import Notebook, Problem, StudyError, left_out_if_unreadable, study_error
from corpus.memos.study_memos import read_memos
from corpus.new_study.example import check_example, folder_read
from corpus.questionnaire.answers import FILE as QUESTIONNAIRE
from corpus.questionnaire.answers import read_answers
from corpus.questionnaire.item_codebook import ALSO as ITEM_CODEBOOKS
from corpus.questionnaire.item_codebook import FILE as ITEMS
from corpus.questionnaire.item_codebook import find_questionnaire_codebook, read_questionnaire_codebook
from corpus.questionnaire.surveys import ALSO as SURVEYS
from corpus.questionnaire.surveys import read_survey
from corpus.questionnaire.written_answers import is_written, written_transcripts
from corpus.records import Item, Memo, Theme, Transcript
from corpus.respondents.respondents_list import COLUMNS as IDENTITY
from corpus.respondents.respondents_list import FILE as RESPONDENTS
from corpus.respondents.respondents_list import read_respondents, unlisted_respondents
from corpus.respondents.speakers import answering_speakers, build_turns, known_labels
from corpus.respondents.type_rules import check_types
from corpus.schemas import Answers, LinkDecisions, SampledPassages, Settlements, empty
from corpus.settings import FILE as SETTINGS
from corpus.settings import Settings, read_settings
from corpus.store import Store
from corpus.tables.sheets import find_table, unread_tables
from corpus.transcripts import find_transcripts, read_transcript
from corpus.transcripts.copies import copied_transcripts
from corpus.word_template import check_template
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
    HumanCodings frame, `settlements` (what stands where people differed) a Settlements frame, `sample` the
    SampledPassages of the random draws in codings/, `link_decisions` a LinkDecisions frame; the `questionnaire_items`
    of the themes are those that hold after it. `problems` is all that `trama check` prints; those of severity "error"
    name what the run does without. `opened` are the files in which people's codings were read.
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
    settlements: pd.DataFrame = field(default_factory=lambda: empty(Settlements))
    sample: pd.DataFrame = field(default_factory=lambda: empty(SampledPassages))
    memos: tuple[Memo, ...] = ()
    opened: OpenedCodings = field(default_factory=OpenedCodings, repr=False)

    @property
    def interviews(self) -> tuple[Transcript, ...]:
        """The transcripts of what was said; the others are written answers of the questionnaire."""
        return tuple(transcript for transcript in self.transcripts if not is_written(transcript.id))


"""Told after each transcript: how many are done, of how many, and the file's name."""


def read_study(folder: Path, store: Store | None = None) -> Study:
    """Everything that can be read of the study in `folder`, the same whatever the order of its files on disk.

    A file that cannot be read is a Problem and the study goes on without it. Optional: questionnaire.csv with its
    codebook, codings.csv and what is in codings/; without respondents.csv each transcript is one respondent,
    and in a focus group each speaker who answers.
    With a `store`, transcripts are read once and kept in it, unless the study wants pseudonyms: they hold the names.
    Raises StudyError, with every problem found so far, only when nothing can be run: no folder, no usable
    study.toml, or no readable transcript. A study just made by `trama init` is its example (corpus.new_study.example).
    """
    if not folder.is_dir():
        raise study_error(f"la cartella `{folder.name}` non c'è", f"there is no folder `{folder.name}`")
    notebook = Notebook(problems=check_example(folder))
    folder = folder_read(folder)
    settings = read_settings(folder)
    notebook.add(unread_tables(folder, _TABLES))
    listed = _read_respondents(folder, notebook)
    store = None if settings.privacy.pseudonyms else store
    transcripts = _read_transcripts(folder, known_labels(listed, settings), notebook, store)
    if not transcripts:
        raise StudyError(_in_order(notebook.problems))
    if listed is None:
        respondents, warnings = unlisted_respondents(answering_speakers(transcripts, settings))
        notebook.add(warnings)
    else:
        respondents = listed
    # What is wrong between interviews and respondents is told before what is wrong with the questionnaire, from which
    # it does not follow; but it is known only after that, since written answers are transcripts too.
    of_questionnaire = Notebook()
    items, answers, written = _read_questionnaire(folder, respondents, of_questionnaire)
    transcripts += written
    turns, turn_problems = build_turns(transcripts, respondents, settings)
    notebook.add(turn_problems)
    _check_variables(settings, respondents, notebook.of(SETTINGS))
    _check_names(settings, notebook.of(SETTINGS))
    notebook.add(of_questionnaire.problems)
    themes, links = _read_links(folder, items, _read_codebook(folder, items, notebook), notebook)
    texts = wordings(transcripts)
    opened = open_codings(folder)
    human_codings, coding_problems = read_codings(opened, texts, themes, settings.study.title)
    settlements, settlement_problems = read_settlements(opened.workbooks, texts, themes)
    sample, sample_problems = read_draws(opened, texts, themes)
    given = human_codings[human_codings["given"]]
    notebook = Notebook(problems=without_coded_gaps(notebook.problems, themes, set(given["theme"])))
    notebook.add(coding_problems)
    notebook.add(settlement_problems)
    notebook.add(sample_problems)
    notebook.add(unanalysed_codings(human_codings, turns))
    memos, memo_problems = read_memos(folder, opened, texts, themes, respondents["respondent"], settings.study.title)
    notebook.add(memo_problems)
    notebook.add(check_types(settings, respondents, items, themes))
    notebook.add(check_template(folder, settings.outputs.template))
    return Study(
        folder,
        settings,
        transcripts,
        turns,
        respondents.reset_index(drop=True),
        items,
        answers,
        themes,
        human_codings,
        _in_order(notebook.problems),
        links,
        sample=sample,
        settlements=settlements,
        memos=memos,
        opened=opened,
    )


def _read_transcripts(
    folder: Path, known: Iterable[str], notebook: Notebook, store: Store | None
) -> tuple[Transcript, ...]:
    paths = find_transcripts(folder)
    if not paths:
        notebook.of("transcripts/").error(
            "nessuna trascrizione: mettile nella cartella transcripts/",
            "no transcript: put them into the folder transcripts/",
        )
    by_id: dict[str, Transcript] = {}
    for path in paths:
        try:
            transcript = read_transcript(path, folder, known, store)
        except StudyError as error:
            notebook.add(error.problems)
        else:
            if transcript.id in by_id:
                namesake = by_id[transcript.id].file
                notebook.of(transcript.file).error(
                    f"stesso nome di {namesake}: lasciata fuori, dalle un altro nome",
                    f"same name as {namesake}: left out, give it another name",
                )
            else:
                by_id[transcript.id] = transcript
                notebook.add(transcript.problems)
    notebook.add(copied_transcripts(by_id.values()))
    return tuple(by_id[id] for id in sorted(by_id))


def _read_respondents(folder: Path, notebook: Notebook) -> pd.DataFrame | None:
    if not _has(folder, RESPONDENTS):
        return None
    with left_out_if_unreadable(find_table(folder, RESPONDENTS), notebook):
        respondents, problems = read_respondents(folder)
        notebook.add(problems)
        return None if respondents.empty else respondents
    return None


def _read_questionnaire(
    folder: Path, respondents: pd.DataFrame, notebook: Notebook
) -> tuple[tuple[Item, ...], pd.DataFrame, tuple[Transcript, ...]]:
    """The items, the Answers frame, and the transcripts made of written answers."""
    names = list(respondents["respondent"])
    codebook_file = find_questionnaire_codebook(folder)
    answers_file = find_table(folder, QUESTIONNAIRE, SURVEYS)
    has_codebook = (folder / codebook_file).is_file()
    has_answers = (folder / answers_file).is_file()
    if has_answers and not has_codebook and _holds_answers(folder, answers_file, names):
        notebook.of(answers_file).error(
            f"manca {ITEMS}, che descrive le domande: le risposte non sono lette; "
            "fanne una bozza con `trama check STUDIO --write-codebook`",
            f"{ITEMS}, which describes the items, is missing: no answer is read; "
            "`trama check STUDY --write-codebook` drafts it",
        )
    items: tuple[Item, ...] | None = None
    if has_codebook:
        with left_out_if_unreadable(codebook_file, notebook):
            items, problems = read_questionnaire_codebook(folder)
            notebook.add(problems)
    if items is None:
        return (), empty(Answers), ()
    if not has_answers:
        notebook.of(QUESTIONNAIRE).warning("il file con le risposte non c'è", "there is no file of answers")
        return items, empty(Answers), ()
    with left_out_if_unreadable(answers_file, notebook):
        questionnaires, problems = read_answers(folder, items, names)
        notebook.add(problems)
        return items, questionnaires.frame(), written_transcripts(questionnaires)
    return items, empty(Answers), ()


def _holds_answers(folder: Path, file: str, respondents: Sequence[str]) -> bool:
    """Whether a table of answers has any column for them; one that cannot be read may."""
    try:
        return bool(read_survey(folder, file, respondents)[0].columns)
    except StudyError:
        return True


def _read_codebook(folder: Path, items: Sequence[Item], notebook: Notebook) -> tuple[Theme, ...]:
    if not _has(folder, CODEBOOK, CODEBOOKS):
        notebook.of(CODEBOOK).warning(
            "senza un libro dei codici si cercano solo argomenti emergenti",
            "without a codebook only emergent topics are searched",
        )
        return ()
    with left_out_if_unreadable(find_table(folder, CODEBOOK, CODEBOOKS), notebook):
        themes, problems = read_codebook(folder, {item.code: item.text for item in items} or None)
        notebook.add(problems)
        return themes
    return ()


def _read_links(
    folder: Path, items: Sequence[Item], themes: tuple[Theme, ...], notebook: Notebook
) -> tuple[tuple[Theme, ...], pd.DataFrame]:
    if _has(folder, LINKS):
        with left_out_if_unreadable(find_table(folder, LINKS), notebook):
            decisions, problems = read_link_decisions(folder, themes, {item.code: item.text for item in items})
            notebook.add(problems)
            return apply_decisions(themes, decisions), decisions
    return themes, empty(LinkDecisions)


def wordings(transcripts: Sequence[Transcript]) -> dict[str, Wording]:
    """The words of each transcript by its id, to look for quotations in."""
    return {transcript.id: Wording(transcript.source, transcript.turns) for transcript in transcripts}


def read_draws(
    opened: OpenedCodings, texts: Mapping[str, Wording], themes: Sequence[Theme]
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The SampledPassages frame of the random draws among the opened files, and what is wrong with them.

    `texts` are the transcripts by id.
    """
    return read_sample(opened, texts, themes, [transcript for transcript in texts if not is_written(transcript)])


def _check_names(settings: Settings, notebook: Notebook) -> None:
    """Several names in one entry are no name that anybody says: nothing would be replaced."""
    for key, names in (("privacy.names", settings.privacy.names), ("privacy.keep", settings.privacy.keep)):
        several = [name for name in names if re.search(r"[,;]", name)]
        if several:
            notebook.warning(
                f"`{key}`: {len(several)} voci con `,` o `;` sono lette intere e non si trovano nei testi: metti ogni "
                'nome tra virgolette, ["Rosa", "Pietro"], le forme di una persona insieme, ["Rosa Bianchi|Rosetta"]',
                f"`{key}`: {len(several)} entries with `,` or `;` are read whole and found in no text: put each "
                'name in quotes, ["Rosa", "Pietro"], the forms of one person together, ["Rosa Bianchi|Rosetta"]',
                quote=", ".join(f"«{name}»" for name in several),
            )


def _check_variables(settings: Settings, respondents: pd.DataFrame, notebook: Notebook) -> None:
    """The variables that study.toml names must be columns of the respondents list."""
    variables = [name for name in respondents.columns if name not in IDENTITY]
    named = {"tables.class_variable": (settings.tables.class_variable,), "tables.variables": settings.tables.variables}
    for key, names in named.items():
        for name in names:
            if name and name not in variables:
                hint = suggestion(name, variables)
                notebook.error(
                    f"`{key}`: la colonna `{name}` non è in {RESPONDENTS}{hint.it}",
                    f"`{key}`: the column `{name}` is not in {RESPONDENTS}{hint.en}",
                )


def _has(folder: Path, table: str, also: Iterable[str] = ()) -> bool:
    return (folder / find_table(folder, table, also)).is_file()


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each once: errors before warnings, and files as they are read, so that a cause precedes what follows."""
    distinct = dict.fromkeys(problems)
    files = list(dict.fromkeys(problem.file for problem in distinct))

    def order(problem: Problem) -> tuple[bool, int, int, str, tuple[str, str]]:
        return problem.severity != "error", files.index(problem.file), problem.row or 0, problem.column, problem.message

    return tuple(sorted(distinct, key=order))
