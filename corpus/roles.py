"""The words by which transcribers name who asks and who answers. A vocabulary, no guess and no reading of files."""

import re

from corpus.records import Role

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
