"""What survey programs put into their exports, one record a program. Reads no file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.words.missing_words import NO_ANSWER, NOT_SHOWN


@dataclass(frozen=True, slots=True)
class Program:
    """What a survey program puts into its exports. All words are folded (corpus.words.spelling.fold).

    `signs`: columns that tell the program, all of them needed; `own`: columns that hold no answer, as a pattern;
    `missing`: what its cells say instead of an answer; `finished`: the column of a finished response and the cells of
    an unfinished one.
    """

    name: str
    signs: tuple[str, ...]
    own: re.Pattern[str]
    missing: Mapping[str, str]
    finished: tuple[str, ...] = ()
    unfinished: frozenset[str] = frozenset()


def _own(*names: str) -> re.Pattern[str]:
    return re.compile("|".join(names))


_LIMESURVEY_OWN = _own(
    *("id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "token", "ipaddr", "refurl"),
    *("interviewtime", "grouptime.*", "questiontime.*", "id risposta", "response id", "id della risposta"),
    *("data (di )?invio", "data di completamento", "date submitted", "ultima pagina", "last page"),
    *("lingua iniziale", "lingua di partenza", "start language", "seme", "data di inizio", "date started"),
    *("date last action", "data (dell')?ultima azione", "indirizzo ip", "ip address", "url di riferimento"),
    *("tempo totale", "total time", "tempo per gruppo.*", "group time.*", "referrer url", "codice di accesso"),
    "access code",
)
_QUALTRICS_OWN = _own(
    *("startdate", "enddate", "status", "ipaddress", "progress", "duration \\(in seconds\\)", "finished"),
    *("recordeddate", "responseid", "recipientlastname", "recipientfirstname", "recipientemail", "externalreference"),
    *("externaldatareference", "locationlatitude", "locationlongitude", "distributionchannel", "userlanguage"),
    *("responseset", "q_.*", ".*_do_\\d+.*", ".*_(first click|last click|page submit|click count)"),
)
_GOOGLE_OWN = _own("timestamp", "informazioni cronologiche", "indirizzo email", "email address", "username|nome utente")
_MICROSOFT_OWN = _own(
    *("id", "start time", "completion time", "email", "name", "last modified time", "total points", "quiz feedback"),
    *("ora di inizio", "ora (di )?completamento", "posta elettronica", "nome", "ora dell'ultima modifica", "lingua"),
    *("ora di fine", "language", "nome utente"),
)
_LIMESURVEY_WORDS = {"n/a": NOT_SHOWN, "{question_not_shown}": NOT_SHOWN, "{invalid}": NO_ANSWER}
_UNSENT = frozenset({"", "n/a", "1980-01-01 00:00:00", "{question_not_shown}"})
LIMESURVEY = "LimeSurvey"
PROGRAMS = (
    *(
        Program(LIMESURVEY, signs, _LIMESURVEY_OWN, _LIMESURVEY_WORDS, signs[:1], _UNSENT)
        for signs in (
            ("submitdate", "lastpage"),
            ("data di invio", "ultima pagina"),
            ("data invio", "ultima pagina"),
            ("data di completamento", "ultima pagina"),
            ("date submitted", "last page"),
        )
    ),
    *(
        Program("Qualtrics", signs, _QUALTRICS_OWN, {"-99": NO_ANSWER}, ("finished",), frozenset({"0", "false"}))
        for signs in (("responseid", "recordeddate"), ("startdate", "enddate", "finished"))
    ),
    *(Program("Microsoft Forms", signs, _MICROSOFT_OWN, {}) for signs in (("id", "start time", "completion time"),)),
    *(
        Program("Microsoft Forms", ("id", "ora di inizio", end), _MICROSOFT_OWN, {})
        for end in ("ora di completamento", "ora completamento", "ora di fine")
    ),
    *(Program("Google Moduli", (sign,), _GOOGLE_OWN, {}) for sign in ("timestamp", "informazioni cronologiche")),
)
BY_HAND = Program("", (), re.compile(r"(?!)"), {})
