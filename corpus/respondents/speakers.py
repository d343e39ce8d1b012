"""Who asks, who answers, and which respondent a speaker is. Reads no file; a guess is always said aloud."""

from collections import Counter
from collections.abc import Collection, Sequence
from fnmatch import fnmatchcase

import pandas as pd

from corpus.errors import Notebook, Problem
from corpus.questionnaire.written_answers import is_written, written_roles
from corpus.records import Transcript
from corpus.respondents.interviewees import FILE as RESPONDENTS
from corpus.respondents.interviewees import (
    Respondent,
    free_transcripts,
    match_transcripts,
    tell_twin_transcripts,
    tell_unknown_transcripts,
)
from corpus.schemas import Turns, empty
from corpus.settings import Settings, SpeakersSection
from corpus.words.language import Bilingual
from corpus.words.roles import Role, role_of_label, roles_on_sheet
from corpus.words.spelling import fold, is_slip, suggestion

# Two speakers are told apart by their questions only when one asks clearly more often than the other.
_CLEARLY_MORE = 2.0


def build_turns(
    transcripts: Sequence[Transcript], respondents: pd.DataFrame, settings: Settings
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The Turns frame of all transcripts, and what is wrong between transcripts and respondents.

    `respondents` has the columns respondent, transcript, speaker (each may be "") and the study's variables, and the
    rows of its file as index; several transcripts of one respondent are parted by `|`, `;` or `,`.

    A speaker's role comes from the lists of study.toml (`*` stands for any characters), else from a respondent of that
    name, else from the label's own word (intervistatrice, sindaco, I, R ...), else from the interview's sheet
    (`Intervistatrice: Anna Bianchi`). Only then, when a transcript lacks someone who asks or someone who answers, it is
    guessed, and a warning names the guess. Who remains is "other".
    A speaker is the respondent whose id is the label, else the one whose `speaker` and `transcript` say so, else the
    only respondent of the transcript when only one speaker answers in it.
    """
    ids = [transcript.id for transcript in transcripts if not is_written(transcript.id)]
    people = match_transcripts(respondents, ids)
    rows: list[tuple[object, ...]] = []
    notebook = Notebook(RESPONDENTS)
    tell_unknown_transcripts(people, ids, notebook)
    tell_twin_transcripts(people, ids, notebook)
    interviewed: set[str] = set()
    for transcript in sorted(transcripts, key=lambda transcript: transcript.id):
        interviewees = [person for person in people if transcript.id in person.transcripts]
        if is_written(transcript.id):
            roles, persons = written_roles(transcript)
        else:
            page = notebook.of(transcript.file)
            roles = _roles(transcript, people, interviewees, settings.speakers, page)
            persons = _persons(transcript, roles, people, interviewees)
            _check_interview(transcript, roles, persons, page)
            interviewed |= set(persons.values())
        for turn in transcript.turns:
            who = (turn.speaker, roles[turn.speaker], persons.get(turn.speaker, ""))
            rows.append((transcript.id, turn.number, *who, turn.start, turn.end, turn.start_ms, turn.end_ms, turn.text))
    free = free_transcripts(people, ids)
    for person in people:
        if person.id not in interviewed and not _is_told(person):
            _tell_without_interview(person, free, notebook.at(person.row))
    if not rows:
        return empty(Turns), notebook.problems
    frame = pd.DataFrame(rows, columns=list(Turns.to_schema().columns))
    return Turns.validate(frame.astype({"start_ms": "Int64", "end_ms": "Int64"})), notebook.problems


def _is_told(person: Respondent) -> bool:
    """Whether it has been said that the transcripts which the row names are not there."""
    return person.listed and not person.transcripts


def _tell_without_interview(person: Respondent, free: Collection[str], page: Notebook) -> None:
    """Who names no transcript and has none may have filled in the questionnaire alone: then it is only a warning."""
    if not person.listed and not person.transcripts:
        hint = suggestion(person.id, free)
        page.warning(
            f"il rispondente `{person.id}` non ha un'intervista{hint.it}: se c'è aggiungila, altrimenti conta solo il "
            "questionario",
            f"respondent `{person.id}` has no interview{hint.en}: add it if there is one, else only the questionnaire "
            "counts",
            column="transcript",
        )
        return
    page.error(
        f"il rispondente `{person.id}` non ha un'intervista: aggiungi la trascrizione o correggi `transcript`",
        f"respondent `{person.id}` has no interview: add the transcript or mend `transcript`",
        column="transcript",
    )


def answering_speakers(transcripts: Sequence[Transcript], settings: Settings) -> dict[str, tuple[str, ...]]:
    """Transcript id -> who answers there, for a study without a list of its respondents.

    A label that misses another's by a slip is nobody by itself: `build_turns` tells of it.
    """
    ids = [transcript.id for transcript in transcripts]
    people = match_transcripts(pd.DataFrame({"respondent": ids}), ids)
    answering: dict[str, tuple[str, ...]] = {}
    for transcript in transcripts:
        interviewees = [person for person in people if person.id == transcript.id]
        roles = _roles(transcript, people, interviewees, settings.speakers, Notebook())
        speakers = [speaker for speaker, role in roles.items() if role == "respondent"]
        answering[transcript.id] = tuple(name for name in speakers if not _likely_speaker(transcript, name))
    return answering


def known_labels(respondents: pd.DataFrame | None, settings: Settings) -> frozenset[str]:
    """The speakers' labels that the study itself names: in [speakers] of study.toml, and its respondents'."""
    lists = settings.speakers
    labels = {label for label in (*lists.interviewer, *lists.respondent, *lists.other) if "*" not in label}
    people = match_transcripts(respondents, ()) if respondents is not None else []
    return frozenset(labels | {label for person in people for label in (person.id, person.speaker) if label})


def _roles(
    transcript: Transcript,
    people: Sequence[Respondent],
    interviewees: Sequence[Respondent],
    lists: SpeakersSection,
    page: Notebook,
) -> dict[str, Role]:
    ids = {person.id.casefold() for person in people}
    named = {person.speaker for person in interviewees if person.speaker}
    sheet = roles_on_sheet(transcript.notes)
    known: dict[str, Role | None] = {}
    for turn in transcript.turns:
        if turn.speaker not in known:
            label = turn.speaker.casefold()
            is_person = label in ids or label in named
            known[turn.speaker] = (
                _listed(label, lists)
                or ("respondent" if is_person else None)
                or role_of_label(turn.speaker)
                or sheet.get(label)
            )
    guesses = _guess(transcript, known)
    for speaker, guess in guesses.items():
        _tell_guessed(speaker, guess, page)
    for speaker, role in known.items():
        # `???`: the transcriber did not know either
        if role is None and speaker not in guesses and _says_something(speaker):
            _tell_unknown(transcript, speaker, page)
    return {speaker: role or guesses.get(speaker, "other") for speaker, role in known.items()}


def _listed(label: str, lists: SpeakersSection) -> Role | None:
    patterns: tuple[tuple[Role, tuple[str, ...]], ...] = (
        ("interviewer", lists.interviewer),
        ("respondent", lists.respondent),
        ("other", lists.other),
    )
    for role, names in patterns:
        if label in (name.casefold() for name in names):
            return role
    for role, names in patterns:
        for name in names:
            # Only `*` is a wildcard: transcribers use `?` and brackets as labels.
            if "*" in name and fnmatchcase(label, name.casefold().replace("[", "[[]").replace("?", "[?]")):
                return role
    return None


def _guess(transcript: Transcript, known: dict[str, Role | None]) -> dict[str, Role]:
    """Roles of speakers whom nothing names.

    Beside one who asks, all others answer; beside those who answer, the only other one asks. Where nobody is known, who
    asks clearly more often than everybody else is the interviewer, else (of two) who says clearly less.
    """
    unknown = [speaker for speaker, role in known.items() if role is None and _says_something(speaker)]
    roles = set(known.values())
    if "interviewer" in roles and "respondent" not in roles:
        return dict.fromkeys(unknown, "respondent")
    if "respondent" in roles and "interviewer" not in roles and len(unknown) == 1:
        return {unknown[0]: "interviewer"}
    if len(unknown) < 2 or roles & {"interviewer", "respondent"}:
        return {}
    *answer, second, asks = sorted(unknown, key=lambda speaker: _asking(transcript, speaker))
    if 0 < _asking(transcript, asks) >= _CLEARLY_MORE * _asking(transcript, second):
        return {asks: "interviewer", **dict.fromkeys((*answer, second), "respondent")}
    few, *_, many = sorted(unknown, key=lambda speaker: _count_words(transcript, speaker))
    if len(unknown) == 2 and _count_words(transcript, many) >= _CLEARLY_MORE * _count_words(transcript, few):
        return {few: "interviewer", many: "respondent"}
    return {}


def _asking(transcript: Transcript, speaker: str) -> float:
    """The share of a speaker's turns that hold a question."""
    turns = [turn for turn in transcript.turns if turn.speaker == speaker]
    return sum("?" in turn.text for turn in turns) / len(turns)


def _count_words(transcript: Transcript, speaker: str) -> int:
    return sum(len(turn.text.split()) for turn in transcript.turns if turn.speaker == speaker)


def _persons(
    transcript: Transcript, roles: dict[str, Role], people: Sequence[Respondent], interviewees: Sequence[Respondent]
) -> dict[str, str]:
    """The respondent of each speaker who answers; speakers who are no respondent of the study are left out."""
    ids = {person.id.casefold(): person.id for person in people}
    named = {person.speaker: person.id for person in interviewees if person.speaker}
    answering = [speaker for speaker, role in roles.items() if role == "respondent"]
    persons: dict[str, str] = {}
    for speaker in answering:
        person = ids.get(speaker.casefold()) or named.get(speaker.casefold())
        if person:
            persons[speaker] = person
    if not persons and len(answering) == 1 and len(interviewees) == 1 and not interviewees[0].speaker:
        persons[answering[0]] = interviewees[0].id
    return persons


def _likely_speaker(transcript: Transcript, speaker: str) -> str:
    """The speaker whose name a label that comes once misses by a slip; "" when there is none.

    Names that differ in their last letter alone are different people's: `Carlo` beside `Carla`.
    """
    turns = Counter(turn.speaker for turn in transcript.turns)
    typed = fold(speaker)
    likely = [
        name
        for name, times in turns.items()
        if turns[speaker] == 1 < times and is_slip(typed, fold(name)) and typed[:-1] != fold(name)[:-1]
    ]
    return likely[0] if len(likely) == 1 else ""


def _check_interview(transcript: Transcript, roles: dict[str, Role], persons: dict[str, str], page: Notebook) -> None:
    if not any(_says_something(turn.text) for turn in transcript.turns if roles[turn.speaker] == "respondent"):
        page.error(
            "l'intervista è vuota: nessuno risponde. Controlla le etichette dei parlanti e [speakers] in study.toml",
            "the interview is empty: nobody answers. Check the speakers' labels and [speakers] in study.toml",
        )
        return
    unlisted = [speaker for speaker, role in roles.items() if role == "respondent" and speaker not in persons]
    if not persons:
        names = ", ".join(unlisted)
        page.error(
            f"l'intervista non ha un rispondente: aggiungi a {RESPONDENTS} una riga con transcript = `{transcript.id}`"
            f" (se rispondono in più, anche con `speaker`). Rispondono: {names}",
            f"the interview has no respondent: add to {RESPONDENTS} a row with transcript = `{transcript.id}`"
            f" (with `speaker` too when several people answer). Those who answer: {names}",
        )
        return
    for speaker in unlisted:
        likely = _mend_or_else(transcript, speaker)
        page.error(
            f"`{speaker}` risponde ma non è in {RESPONDENTS}: {likely.it}aggiungi una riga con transcript = "
            f"`{transcript.id}` e speaker = `{speaker}`",
            f"`{speaker}` answers but is not in {RESPONDENTS}: {likely.en}add a row with transcript = `{transcript.id}`"
            f" and speaker = `{speaker}`",
        )


def _mend_or_else(transcript: Transcript, speaker: str) -> Bilingual:
    """What to do first where a label looks misspelt: another row or role would make two people of one."""
    likely = _likely_speaker(transcript, speaker)
    if not likely:
        return Bilingual("", "")
    return Bilingual(
        f"se è `{likely}` scritto male correggi il nome nella trascrizione, altrimenti ",
        f"if it is `{likely}` misspelt mend the name in the transcript, else ",
    )


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _tell_unknown(transcript: Transcript, speaker: str, page: Notebook) -> None:
    likely = _mend_or_else(transcript, speaker)
    it = f"{likely.it}mettilo in [speakers] di study.toml (interviewer, respondent oppure other)"
    en = f"{likely.en}put the label under [speakers] in study.toml (interviewer, respondent or other)"
    page.error(
        f"parlante sconosciuto `{speaker}`: i suoi turni non si analizzano. {it[0].upper()}{it[1:]}",
        f"unknown speaker `{speaker}`: these turns are not analysed. {en[0].upper()}{en[1:]}",
    )


def _tell_guessed(speaker: str, role: Role, page: Notebook) -> None:
    italian = "chi intervista" if role == "interviewer" else "chi risponde"
    english = "the one who asks" if role == "interviewer" else "the one who answers"
    page.warning(
        f"`{speaker}` è stato preso per {italian}, ma è una supposizione: scrivilo in [speakers] di study.toml",
        f"`{speaker}` was taken for {english}, but that is a guess: write it under [speakers] in study.toml",
    )
