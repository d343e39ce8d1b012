"""A decision as the page sends it: what is wrong with it is said to the researcher. Keeps nothing."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any, Literal
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StringConstraints, ValidationError

from corpus.codings.journal import Decision, Proposal, last_decision, with_places
from corpus.errors import StudyError, study_error
from corpus.words.spelling import clean_cell, fold, suggestion
from corpus.words.stances import STANCES
from outputs.reading.opened import OpenedStudy

LONGEST_NAME = 80  # signs of a coder's name
LONGEST_MEMO = 20_000  # signs
_ID = re.compile("[0-9a-f]{32}")
Text = Annotated[str, StringConstraints(max_length=300)]


class Moved(StudyError):
    """The text is not the one that the page shows any more."""


class PostedProposal(BaseModel):
    """What the machine gave where somebody decided."""

    model_config = ConfigDict(extra="ignore")
    theme: Text
    stance: Text = ""


class Posted(BaseModel):
    """What a page sends; `words` are those it showed at `start:end` of the segment."""

    model_config = ConfigDict(extra="ignore")
    do: Literal["code", "refuse", "remove", "read", "memo", "undo"]
    id: Text = ""
    coder: str = ""
    segment: Text = ""
    start: StrictInt | None = None
    end: StrictInt | None = None
    words: str | None = None
    theme: Text = ""
    stance: Text = ""
    proposal: PostedProposal | None = None
    draw: Text = ""
    on: Literal["", "passage", "theme", "respondent", "transcript"] = ""
    ref: Text = ""
    removes: Text = ""
    undoes: Text = ""
    text: Annotated[str, Field(max_length=LONGEST_MEMO)] = ""


def read_posted(body: Any, coder: str) -> Posted:
    """The decision in the body of a request, with an id; `coder` decides where the room is one person's. StudyError."""
    try:
        posted = Posted.model_validate(body)
    except ValidationError as error:
        names = sorted({str(fault["loc"][0]) for fault in error.errors() if fault["loc"]})
        shown = ", ".join(f"`{name}`" for name in names) or "JSON"
        raise study_error(
            f"la decisione non si legge ({shown}): ricarica la pagina e riprova; i memo possono avere al più "
            f"{LONGEST_MEMO} caratteri",
            f"the decision cannot be read ({shown}): load the page again and try once more; memos may have at most "
            f"{LONGEST_MEMO} characters",
        ) from None
    name = coder or " ".join(clean_cell(posted.coder).split())
    if not name or len(name) > LONGEST_NAME:
        raise study_error(
            f"scrivi il tuo nome, di {LONGEST_NAME} lettere al più: ogni decisione dice di chi è",
            f"write your name, of at most {LONGEST_NAME} letters: each decision says whose it is",
        )
    if posted.id and not _ID.fullmatch(posted.id):
        raise study_error(
            "il numero della decisione non è di quelli di Trama: ricarica la pagina",
            "the decision's number is none of Trama's: load the page again",
        )
    return posted.model_copy(update={"coder": name, "id": posted.id or uuid4().hex})


def decision_of(posted: Posted, opened: OpenedStudy, draws: Collection[str]) -> Decision:
    """The coding, refusal, reading or memo, with the words it is about; `draws` are the study's random samples.

    Raises StudyError for a theme, stance, segment, range, subject of a memo or draw that the study does not have, Moved
    where the segment's words are not those that the page shows.
    """
    segment = posted.segment
    if posted.do in ("code", "refuse"):
        _check_theme(posted.theme, opened)
    if posted.stance not in ("", *STANCES):
        raise study_error(f"`{posted.stance}` non è una posizione", f"`{posted.stance}` is no stance")
    if posted.draw and posted.draw not in draws:
        raise study_error(
            f"il campione `{posted.draw}` non è più fra quelli dello studio: ricarica la pagina",
            f"the sample `{posted.draw}` is none of the study's any more: load the page again",
        )
    if posted.do == "memo":
        segment = _memo_segment(posted, opened)
    elif not segment:
        raise study_error("scegli prima un passaggio", "choose a passage first")
    if segment:
        _check_words(posted, segment, opened)
        _check_counts(posted, segment, opened)
    decision = Decision(
        do=posted.do,
        coder=posted.coder,
        segment=segment,
        start=posted.start,
        end=posted.end,
        theme=posted.theme,
        label=next((theme.label for theme in opened.study.themes if theme.code == posted.theme), ""),
        stance=posted.stance,
        proposal=Proposal(posted.proposal.theme, posted.proposal.stance) if posted.proposal else None,
        draw=posted.draw,
        on=posted.on,
        ref=(segment or posted.ref) if posted.do == "memo" else "",
        text=posted.text.strip(),
        id=posted.id,
    )
    return with_places(decision, opened.segments, opened.study.transcripts)


def withdrawal_of(posted: Posted, decisions: Sequence[Decision]) -> Decision:
    """What takes back an own coding (`remove`) or an own decision (`undo`, the last one where none is named).

    Raises StudyError where there is no such decision, or it is another person's.
    """
    named = posted.removes if posted.do == "remove" else posted.undoes
    target = next((each for each in decisions if each.id == (named or posted.ref)), None)
    if target is None and posted.do == "undo" and not named and not posted.ref:
        target = last_decision(decisions, posted.coder)
    if target is None and ":" in named:
        file = named.rpartition(":")[0]
        raise study_error(
            f"questa codifica viene da {file}: si toglie lì; qui puoi dire che il tema non c'è",
            f"this coding comes from {file}: take it out there; here you can say that the theme is not there",
        )
    if target is None:
        raise study_error("non c'è niente da annullare", "there is nothing to take back")
    if fold(target.coder) != fold(posted.coder):
        raise study_error(
            f"è una decisione di {target.coder}: ognuno annulla le proprie",
            f"it is a decision of {target.coder}: everybody takes back their own",
        )
    return Decision(do=posted.do, coder=posted.coder, ref=target.id, id=posted.id)


def _check_theme(theme: str, opened: OpenedStudy) -> None:
    known = [each.code for each in opened.study.themes]
    if theme not in known:
        hint = suggestion(theme, known)
        raise study_error(
            f"il tema `{theme}` non è nel libro dei codici, o non c'è più{hint.it}: ricarica la pagina",
            f"the theme `{theme}` is not in the codebook, or no more{hint.en}: load the page again",
        )


def _memo_segment(posted: Posted, opened: OpenedStudy) -> str:
    """The segment of a memo on a passage, "" for other memos; what a memo is on must be in the study."""
    if not posted.text.strip():
        raise study_error("il memo è vuoto", "the memo is empty")
    known: Mapping[str, Collection[str]] = {
        "passage": opened.rows,
        "theme": {theme.code for theme in opened.study.themes},
        "respondent": set(opened.study.respondents["respondent"]),
        "transcript": opened.by_transcript,
    }
    ref = posted.segment or posted.ref if posted.on == "passage" else posted.ref
    if ref not in known.get(posted.on, ()):
        raise study_error(
            f"il memo è su `{ref}`, che nello studio non c'è, o non c'è più: ricarica la pagina",
            f"the memo is on `{ref}`, which is not in the study, or no more: load the page again",
        )
    return ref if posted.on == "passage" else ""


def _check_words(posted: Posted, segment: str, opened: OpenedStudy) -> None:
    row = opened.rows.get(segment)
    text = row["text"] if row else ""
    if row is None or (posted.words is not None and text[slice(posted.start, posted.end)] != posted.words):
        raise Moved(
            study_error(
                "la trascrizione è cambiata da quando la pagina è stata aperta, e il passaggio non è più questo: la "
                "pagina la rilegge; scegli di nuovo",
                "the transcript changed since the page was opened, and the passage is another now: the page reads it "
                "again; choose once more",
            ).problems
        )


def _check_counts(posted: Posted, segment: str, opened: OpenedStudy) -> None:
    """What interviewers say is in no table: a coding there would be one for nothing."""
    if posted.do in ("code", "refuse") and not opened.rows[segment]["respondent"]:
        raise study_error(
            "queste parole non sono di un rispondente (domanda, altro parlante): una codifica qui non conterebbe in "
            "nessuna tabella",
            "these words are no respondent's (a question, another speaker): a coding here would count in no table",
        )
