"""Who asks, who answers, and which respondent a speaker is. Reads no file; a guess is always said aloud."""

from collections import Counter
from collections.abc import Collection, Sequence
from fnmatch import fnmatchcase

import pandas as pd

from corpus.errors import Problem, Severity, problem
from corpus.questionnaire.written_answers import is_written, written_roles
from corpus.records import Transcript, Turn
from corpus.respondents.interviewees import FILE as RESPONDENTS
from corpus.respondents.interviewees import (
    Respondent,
    free_transcripts,
    match_transcripts,
    twin_transcripts,
    unknown_transcripts,
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
    problems: list[Problem] = [*unknown_transcripts(people, ids), *twin_transcripts(people, ids)]
    interviewed: set[str] = set()
    for transcript in sorted(transcripts, key=lambda transcript: transcript.id):
        here = [person for person in people if transcript.id in person.transcripts]
        if is_written(transcript.id):
            roles, persons = written_roles(transcript)
        else:
            roles, found = _roles(transcript, people, here, settings.speakers)
            persons = _persons(transcript, roles, people, here)
            problems += [*found, *_check_interview(transcript, roles, persons)]
            interviewed |= set(persons.values())
        for turn in transcript.turns:
            place = (turn.start, turn.end, turn.start_ms, turn.end_ms, turn.text)
            person = persons.get(turn.speaker, "")
            rows.append((transcript.id, turn.number, turn.speaker, roles[turn.speaker], person, *place))
    free = free_transcripts(people, ids)
    silent = [person for person in people if person.id not in interviewed and not _is_told(person)]
    problems += [_without_interview(person, free) for person in silent]
    if not rows:
        return empty(Turns), tuple(problems)
    frame = pd.DataFrame(rows, columns=list(Turns.to_schema().columns))
    return Turns.validate(frame.astype({"start_ms": "Int64", "end_ms": "Int64"})), tuple(problems)


def _is_told(person: Respondent) -> bool:
    """Whether it has been said that the transcripts which the row names are not there."""
    return person.listed and not person.transcripts


def _without_interview(person: Respondent, free: Collection[str]) -> Problem:
    """Who names no transcript and has none may have filled in the questionnaire alone: then it is only a warning."""
    if not person.listed and not person.transcripts:
        hint = suggestion(person.id, free)
        it = f"il rispondente `{person.id}` non ha un'intervista{hint.it}: se c'è aggiungila, altrimenti conta solo il "
        en = f"respondent `{person.id}` has no interview{hint.en}: add it if there is one, else only the questionnaire "
        it, en = it + "questionario", en + "counts"
        return Problem(Bilingual(it, en), RESPONDENTS, person.row, "transcript", "warning")
    it = f"il rispondente `{person.id}` non ha un'intervista: aggiungi la trascrizione o correggi `transcript`"
    en = f"respondent `{person.id}` has no interview: add the transcript or mend `transcript`"
    return Problem(Bilingual(it, en), file=RESPONDENTS, row=person.row, column="transcript")


def answering_speakers(transcripts: Sequence[Transcript], settings: Settings) -> dict[str, tuple[str, ...]]:
    """Transcript id -> who answers there, for a study without a list of its respondents.

    A label that misses another's by a slip is nobody by itself: `build_turns` tells of it.
    """
    ids = [transcript.id for transcript in transcripts]
    people = match_transcripts(pd.DataFrame({"respondent": ids}), ids)
    answering: dict[str, tuple[str, ...]] = {}
    for transcript in transcripts:
        here = [person for person in people if person.id == transcript.id]
        roles, _ = _roles(transcript, people, here, settings.speakers)
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
    transcript: Transcript, people: Sequence[Respondent], here: Sequence[Respondent], lists: SpeakersSection
) -> tuple[dict[str, Role], list[Problem]]:
    ids = {person.id.casefold() for person in people}
    named = {person.speaker for person in here if person.speaker}
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
    problems = [_guessed(transcript, speaker, role) for speaker, role in guesses.items()]
    roles: dict[str, Role] = {}
    for speaker, role in known.items():
        roles[speaker] = role or guesses.get(speaker, "other")
        nameless = not any(character.isalnum() for character in speaker)  # `???`: the transcriber did not know either
        if role is None and speaker not in guesses and not nameless:
            problems.append(_unknown(transcript, speaker))
    return roles, problems


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
    unknown = [speaker for speaker, role in known.items() if role is None and any(c.isalnum() for c in speaker)]
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
    few, *_, many = sorted(unknown, key=lambda speaker: _words(transcript, speaker))
    if len(unknown) == 2 and _words(transcript, many) >= _CLEARLY_MORE * _words(transcript, few):
        return {few: "interviewer", many: "respondent"}
    return {}


def _asking(transcript: Transcript, speaker: str) -> float:
    """The share of a speaker's turns that hold a question."""
    turns = [turn for turn in transcript.turns if turn.speaker == speaker]
    return sum("?" in turn.text for turn in turns) / len(turns)


def _words(transcript: Transcript, speaker: str) -> int:
    return sum(len(turn.text.split()) for turn in transcript.turns if turn.speaker == speaker)


def _persons(
    transcript: Transcript, roles: dict[str, Role], people: Sequence[Respondent], here: Sequence[Respondent]
) -> dict[str, str]:
    """The respondent of each speaker who answers; speakers who are no respondent of the study are left out."""
    ids = {person.id.casefold(): person.id for person in people}
    named = {person.speaker: person.id for person in here if person.speaker}
    answering = [speaker for speaker, role in roles.items() if role == "respondent"]
    persons: dict[str, str] = {}
    for speaker in answering:
        person = ids.get(speaker.casefold()) or named.get(speaker.casefold())
        if person:
            persons[speaker] = person
    if not persons and len(answering) == 1 and len(here) == 1 and not here[0].speaker:
        persons[answering[0]] = here[0].id
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


def _check_interview(transcript: Transcript, roles: dict[str, Role], persons: dict[str, str]) -> list[Problem]:
    file = transcript.file
    if not any(_says_something(turn) for turn in transcript.turns if roles[turn.speaker] == "respondent"):
        text = Bilingual(
            "l'intervista è vuota: nessuno risponde. Controlla le etichette dei parlanti e [speakers] in study.toml",
            "the interview is empty: nobody answers. Check the speakers' labels and [speakers] in study.toml",
        )
        return [Problem(text, file=file)]
    lost = [speaker for speaker, role in roles.items() if role == "respondent" and speaker not in persons]
    if not persons:
        text = Bilingual(
            f"l'intervista non ha un rispondente: aggiungi a {RESPONDENTS} una riga con transcript = `{transcript.id}`"
            f" (se rispondono in più, anche con `speaker`). Rispondono: {', '.join(lost)}",
            f"the interview has no respondent: add to {RESPONDENTS} a row with transcript = `{transcript.id}`"
            f" (with `speaker` too when several people answer). Those who answer: {', '.join(lost)}",
        )
        return [Problem(text, file=file)]
    return [_unlisted(transcript, speaker) for speaker in lost]


def _unlisted(transcript: Transcript, speaker: str) -> Problem:
    likely = _mend_or_else(transcript, speaker)
    return problem(
        f"`{speaker}` risponde ma non è in {RESPONDENTS}: {likely.it}aggiungi una riga con transcript = "
        f"`{transcript.id}` e speaker = `{speaker}`",
        f"`{speaker}` answers but is not in {RESPONDENTS}: {likely.en}add a row with transcript = `{transcript.id}`"
        f" and speaker = `{speaker}`",
        transcript.file,
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


def _says_something(turn: Turn) -> bool:
    return any(character.isalnum() for character in turn.text)


def _unknown(transcript: Transcript, speaker: str) -> Problem:
    likely = _mend_or_else(transcript, speaker)
    it = f"{likely.it}mettilo in [speakers] di study.toml (interviewer, respondent oppure other)"
    en = f"{likely.en}put the label under [speakers] in study.toml (interviewer, respondent or other)"
    return problem(
        f"parlante sconosciuto `{speaker}`: i suoi turni non si analizzano. {it[0].upper()}{it[1:]}",
        f"unknown speaker `{speaker}`: these turns are not analysed. {en[0].upper()}{en[1:]}",
        transcript.file,
    )


def _guessed(transcript: Transcript, speaker: str, role: Role) -> Problem:
    warning: Severity = "warning"
    italian = "chi intervista" if role == "interviewer" else "chi risponde"
    english = "the one who asks" if role == "interviewer" else "the one who answers"
    text = Bilingual(
        f"`{speaker}` è stato preso per {italian}, ma è una supposizione: scrivilo in [speakers] di study.toml",
        f"`{speaker}` was taken for {english}, but that is a guess: write it under [speakers] in study.toml",
    )
    return Problem(text, file=transcript.file, severity=warning)
