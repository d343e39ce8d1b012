"""The frames that flow from stage to stage, with their columns and types. Declares, never computes.

Positions are Unicode code points. `start:end` of a turn or segment count in the transcript's source; `start:end` of a
token, entity or coding count in its segment's `text`.
"""

from functools import cache

import pandas as pd

from corpus.frame_models import Field, FrameModel, Series


class Turns(FrameModel):
    """One row a turn, in the order of the transcript."""

    transcript: Series[str]
    turn: Series[int]
    speaker: Series[str]
    role: Series[str] = Field(isin=["interviewer", "respondent", "other"])
    respondent: Series[str]  # "" when the speaker is no respondent of the study
    start: Series[int]
    end: Series[int]
    start_ms: Series[pd.Int64Dtype] = Field(nullable=True)
    end_ms: Series[pd.Int64Dtype] = Field(nullable=True)
    text: Series[str]


class Segments(FrameModel):
    """One row a segment: one or a few adjacent sentences of one turn, the unit that is coded."""

    segment: Series[str] = Field(unique=True)  # <transcript>:<running number, 4 digits or more>
    transcript: Series[str]
    turn: Series[int]
    speaker: Series[str]
    role: Series[str] = Field(isin=["interviewer", "respondent", "other"])
    respondent: Series[str]
    start: Series[int]
    end: Series[int]
    turn_start: Series[int]  # where the segment begins in the turn's clean text
    start_ms: Series[pd.Int64Dtype] = Field(nullable=True)
    end_ms: Series[pd.Int64Dtype] = Field(nullable=True)
    text: Series[str]
    words: Series[int]
    question: Series[str]  # the interviewer's last turn before it, "" if none


class Tokens(FrameModel):
    """One row a token, spaCy's attributes; `head` is the token number of the head inside the segment."""

    segment: Series[str]
    token: Series[int]
    start: Series[int]
    end: Series[int]
    text: Series[str]
    lemma: Series[str]
    pos: Series[str]
    morph: Series[str]
    dep: Series[str]
    head: Series[int]
    sentence: Series[int]


class Entities(FrameModel):
    """One row a mention. Mentions of one thing share `entity`; `code` is an official code such as ISTAT's, or ""."""

    segment: Series[str]
    start: Series[int]
    end: Series[int]
    surface: Series[str]
    label: Series[str]
    normal_form: Series[str]
    entity: Series[str]
    code: Series[str]


class Codings(FrameModel):
    """One row a theme in a segment. `start:end` is the evidence, the words that decided, inside the segment's text."""

    coding: Series[str] = Field(unique=True)  # <segment>/<theme>
    segment: Series[str]
    theme: Series[str]
    score: Series[float] = Field(ge=0, le=1)
    stance: Series[str] = Field(isin=["advantage", "problem", "proposal", "neutral"])
    how: Series[str] = Field(isin=["pattern", "similarity", "learned", "llm", "human"])
    start: Series[int]
    end: Series[int]
    evidence: Series[str]
    terms: Series[str]  # the codebook's terms that stand there, "; "-separated; "" where none decided
    near_words: Series[str]  # without a term: the words nearest to the theme, ", "-separated
    nearest_text: Series[str]  # without a term: the text of the codebook (example, phrase, definition) nearest to it
    coder: Series[str]


OUTLIERS = -1  # the topic of segments that belong to none


class Topics(FrameModel):
    """One row an emergent topic; the topic OUTLIERS has neither label nor words."""

    topic: Series[int] = Field(unique=True)
    label: Series[str]
    words: Series[str]  # "; "-separated, most typical first
    segments: Series[int]
    respondents: Series[int]
    share: Series[float]
    theme: Series[str]  # the codebook theme it matches, "" = not in the codebook yet
    theme_similarity: Series[float]
    stability: Series[float] = Field(nullable=True)
    stable: Series[bool]
    name: Series[str]  # what it could be called in the codebook; "" for the outliers


class TopicMembers(FrameModel):
    """One row a segment that entered the topic model."""

    segment: Series[str] = Field(unique=True)
    topic: Series[int]
    probability: Series[float]
    representative: Series[bool]


class Answers(FrameModel):
    """One row an answer; a multiple response has one row an option of the item, ticked or not.

    `status`: "answered", or why not (corpus.words.missing_words): "dont_know", "no_answer" (blank), "not_shown"
    (filtered out), "rejected" (no answer to the item). Who sent no questionnaire has no row.
    `number` holds numbers, dates as days since 1970-01-01, the order of a Likert or single option, 1 or 0 for an option
    of a multiple response and for yes or no (nothing where the codebook does not tell which is yes).
    """

    respondent: Series[str]
    item: Series[str]
    option: Series[str]  # the option's code for multi items, else ""
    value: Series[str]
    label: Series[str]
    number: Series[float] = Field(nullable=True)
    status: Series[str]


class HumanCodings(FrameModel):
    """One row a passage that a person coded; `start:end` count in the transcript's source."""

    transcript: Series[str]
    start: Series[int]
    end: Series[int]
    quote: Series[str]
    theme: Series[str]  # "" = read, and no theme of the codebook is there
    stance: Series[str]
    coder: Series[str]
    alone: Series[bool]  # shown to the coder by itself (`trama suggest`): says nothing of the rest of the transcript
    given: Series[bool]  # False: a "no" to this theme, which says nothing of the others


class SampledPassages(FrameModel):
    """One row a passage and draw of the study's random samples (corpus.codings.known_sample).

    Where one draw has a passage that another has not, the other has a row of it too, not `drawn`, which says how likely
    it was there. `start:end` count in the transcript's source as it stands now; -1 where its words are there no longer.
    """

    draw: Series[str]  # the sheet's name when it was drawn, and a part of its seal
    transcript: Series[str]
    start: Series[int]
    end: Series[int]
    respondent: Series[str]
    stratum: Series[str]  # "" when all were drawn alike
    unit: Series[str] = Field(isin=["segment", "respondent"])
    probability: Series[float] = Field(gt=0, le=1)  # of being in the part of this draw that was read
    coder: Series[str]  # who read it, ", "-separated
    read: Series[bool]  # somebody decided on it in a sheet of a draw
    drawn: Series[bool]  # it is in the part of this draw that was read
    themes: Series[str]  # those that the sheet offered, "|"-separated: of no other it says that they are not there
    flaw: Series[str]  # why nothing can be concluded from the draw, a key of nlp.measures.reasons; "" when it can


class Settlements(FrameModel):
    """One row a segment and theme on which people differed and somebody decided; it stands before what each coded.

    `start:end` count in the transcript's source; `stance` and `date` are "" where nobody wrote one.
    """

    transcript: Series[str]
    start: Series[int]
    end: Series[int]
    quote: Series[str]
    theme: Series[str]
    given: Series[bool]
    stance: Series[str]
    reason: Series[str]
    settler: Series[str]
    date: Series[str]


class LinkDecisions(FrameModel):
    """One row a link of theme and item that a person decided on or read; `reading` is "" where the rules are kept."""

    theme: Series[str]
    item: Series[str]
    decision: Series[str] = Field(isin=["accept", "reject", ""])
    reading: Series[str]
    reason: Series[str]
    rules_reading: Series[str]  # what the rules said when the person read the link, "" where nobody wrote it down
    author: Series[str]
    date: Series[str]


class LinkProposals(FrameModel):
    """One row a link that nobody declared and a person may want: how alike theme and item are worded.

    `side` is the silence it would end; `rank` counts from 1 within that theme or item.
    """

    side: Series[str] = Field(isin=["theme", "item"])
    theme: Series[str]
    item: Series[str]
    score: Series[float]
    rank: Series[int]


def empty(schema: type[FrameModel]) -> pd.DataFrame:
    """A frame of `schema` without rows, so that a stage with nothing to say still says it in the right columns."""
    return _empty(schema).copy()


@cache
def _empty(schema: type[FrameModel]) -> pd.DataFrame:
    # Validated once: a small study asks for some forty of these, and pandera takes longer over each than pandas.
    columns = schema.to_schema().columns
    return schema.validate(pd.DataFrame({name: pd.Series(dtype="object") for name in columns}))
