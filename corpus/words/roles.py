"""The words by which transcribers name who asks and who answers. A vocabulary, no guess and no reading of files."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

Role = Literal["interviewer", "respondent", "other"]


_INTERVIEWER = frozenset(
    str.split(
        "i int interv intervistatore intervistatrice intervistatori "
        "intervistatrici interviewer intv ric d dom domanda q question "
        "mod moderatore moderatrice moderator ricercatore ricercatrice researcher conduttore conduttrice facilitatore "
        "facilitatrice facilitator"
    )
)
_RESPONDENT = frozenset(
    str.split(
        "r risp risposta resp respondent respondente "
        "rispondente intervistato intervistata intervistati interviewee answer "
        "partecipante participant sindaco sindaca vicesindaco vicesindaca assessore assessora testimone "
        "segretario segretaria responsabile funzionario funzionaria dirigente consigliere consigliera presidente "
        "direttore direttrice amministratore amministratrice sind vicesind docente dipendente operatore operatrice"
    )
)
_WORD = re.compile(r"[^\W\d_]+")
_ENTRY = re.compile(r"\W*(?P<role>[^:\n]{2,40}):\s*(?P<name>[^\W\d_][^\n(,;]{1,59})")
_LEGEND = re.compile(r"(?<!\w)(?P<label>[^\W_][\w.]{0,9})\s*[=–]\s*(?P<role>[^\W\d_]{4,30})")
_TITLES = frozenset(str.split("dott dottssa dr prof profssa sig sigra avv ing arch geom rag on"))


def role_of_label(label: str) -> Role | None:
    """The role that `label` names by itself: `INT.`, `R2`, `Sindaca Bianchi`; None when it names none.

    The whole label without digits and signs is looked up, then its first word if that has five letters or more.
    """
    words = _WORD.findall(label.casefold())
    if not words:
        return None
    names = words if len(words) == 1 else [word for word in words[:1] if len(word) >= 5]
    for name in names:
        if name in _INTERVIEWER:
            return "interviewer"
        if name in _RESPONDENT:
            return "respondent"
    return None


def roles_on_sheet(notes: Iterable[str]) -> dict[str, Role]:
    """Roles that an interview's own sheet gives: `Intervistatrice: Anna Bianchi`, `Legenda: A = intervistatrice`.

    Keys are labels without regard to case: the whole name, its first and last word, its initials. A label that two
    people of different roles could have is left out.
    """
    roles_of: dict[str, set[Role]] = {}
    for note in notes:
        for label, role in _on_sheet(note):
            roles_of.setdefault(label, set()).add(role)
    return {label: next(iter(roles)) for label, roles in roles_of.items() if len(roles) == 1}


def _on_sheet(note: str) -> Iterator[tuple[str, Role]]:
    for match in _LEGEND.finditer(note):
        role = role_of_label(match["role"])
        if role:
            yield match["label"].casefold().rstrip("."), role
    entry = _ENTRY.fullmatch(note) or _ENTRY.match(note)
    role = role_of_label(entry["role"]) if entry else None
    if entry is None or role is None:
        return
    words = [word for word in entry["name"].casefold().split() if word.replace(".", "") not in _TITLES]
    if not words or len(words) > 4:
        return
    initials = [word[0] for word in words]
    yield " ".join(words), role
    yield words[0], role
    yield words[-1], role
    yield f"{words[0][0]}. {words[-1]}", role
    yield "".join(initials), role
    yield ".".join(initials), role
    yield "".join(f"{initial}." for initial in initials), role
