"""The frames of the statistics, with their columns and types. Room nlp; declares, never computes.

A number that cannot be computed is NaN and `reason` (a key of nlp.measures.reasons) says why; an odds ratio may be
infinite.
"""

import pandas as pd

from corpus.frame_models import Field, FrameModel, Series

Count = Series[pd.Int64Dtype]


class Prevalence(FrameModel):
    """One row a theme (nlp.measures.prevalence.theme_prevalence); its numbers are columns of the table `temi`."""

    theme: Series[str] = Field(unique=True)
    n: Series[int] = Field(ge=0)
    mentioned: Series[int] = Field(ge=0)
    share: Series[float] = Field(ge=0, le=1, nullable=True)
    share_low: Series[float] = Field(ge=0, le=1, nullable=True)
    share_high: Series[float] = Field(ge=0, le=1, nullable=True)
    segments: Series[int] = Field(ge=0)
    segment_share: Series[float] = Field(ge=0, le=1, nullable=True)
    segment_low: Series[float] = Field(ge=0, le=1, nullable=True)
    segment_high: Series[float] = Field(ge=0, le=1, nullable=True)
    words: Series[float] = Field(ge=0, le=1, nullable=True)
    words_q1: Series[float] = Field(ge=0, le=1, nullable=True)
    words_q3: Series[float] = Field(ge=0, le=1, nullable=True)
    words_low: Series[float] = Field(nullable=True)
    words_high: Series[float] = Field(nullable=True)
    reason: Series[str]
    reason_segments: Series[str]
    reason_words: Series[str]


class GroupCounts(FrameModel):
    """One row a theme and group of respondents (nlp.measures.crosstabs.theme_by_group)."""

    theme: Series[str]
    group: Series[str]
    n: Series[int] = Field(ge=1)
    mentioned: Series[int] = Field(ge=0)
    share: Series[float] = Field(ge=0, le=1, nullable=True)
    low: Series[float] = Field(ge=0, le=1, nullable=True)
    high: Series[float] = Field(ge=0, le=1, nullable=True)
    reason: Series[str]


class GroupTests(FrameModel):
    """One row a theme against one variable of the respondents (nlp.measures.crosstabs.theme_group_tests)."""

    theme: Series[str]
    variable: Series[str]
    n: Series[int] = Field(ge=0)
    unknown: Series[int] = Field(ge=0)
    test: Series[str]
    larger: Series[str]  # of two groups the one with more, "" where the effect has no side
    effect_name: Series[str]
    effect: Series[float] = Field(nullable=True)
    low: Series[float] = Field(nullable=True)
    high: Series[float] = Field(nullable=True)
    haldane: Series[float] = Field(nullable=True)
    p: Series[float] = Field(ge=0, le=1, nullable=True)
    q: Series[float] = Field(ge=0, le=1, nullable=True)
    family: Series[int] = Field(ge=0)
    reason: Series[str]


class ItemFrequencies(FrameModel):
    """One row an item, option and group (nlp.measures.items.item_frequencies)."""

    item: Series[str]
    option: Series[str]
    group: Series[str]
    n: Series[int] = Field(ge=0)
    count: Series[int] = Field(ge=0)
    share: Series[float] = Field(ge=0, le=1, nullable=True)
    low: Series[float] = Field(ge=0, le=1, nullable=True)
    high: Series[float] = Field(ge=0, le=1, nullable=True)
    answers_share: Series[float] = Field(ge=0, le=1, nullable=True)
    reason: Series[str]


class ItemSummaries(FrameModel):
    """One row a number or Likert item and group (nlp.measures.items.item_summaries)."""

    item: Series[str]
    group: Series[str]
    n: Series[int] = Field(ge=0)
    dont_know: Series[int] = Field(ge=0)
    no_reply: Series[int] = Field(ge=0)
    not_shown: Series[int] = Field(ge=0)
    rejected: Series[int] = Field(ge=0)
    no_questionnaire: Series[int] = Field(ge=0)
    mean: Series[float] = Field(nullable=True)
    sd: Series[float] = Field(ge=0, nullable=True)
    median: Series[float] = Field(nullable=True)
    q1: Series[float] = Field(nullable=True)
    q3: Series[float] = Field(nullable=True)
    min: Series[float] = Field(nullable=True)
    max: Series[float] = Field(nullable=True)
    reason: Series[str]


class ItemTests(FrameModel):
    """One row an item, or option, against one variable of the respondents (item_tests.item_group_tests)."""

    item: Series[str]
    option: Series[str]
    variable: Series[str]
    n: Series[int] = Field(ge=0)
    no_answer: Series[int] = Field(ge=0)
    unknown: Series[int] = Field(ge=0)
    test: Series[str]
    larger: Series[str]  # of two groups the one with more, "" where the effect has no side
    effect_name: Series[str]
    effect: Series[float] = Field(nullable=True)
    low: Series[float] = Field(nullable=True)
    high: Series[float] = Field(nullable=True)
    haldane: Series[float] = Field(nullable=True)
    p: Series[float] = Field(ge=0, le=1, nullable=True)
    q: Series[float] = Field(ge=0, le=1, nullable=True)
    family: Series[int] = Field(ge=0)
    reason: Series[str]


class LinkTests(FrameModel):
    """One row a test of a theme against an item or option (nlp.measures.linking.link_themes)."""

    theme: Series[str]
    item: Series[str]
    option: Series[str]
    type: Series[str]
    measure: Series[str] = Field(isin=["mention", "share"])
    test: Series[str]
    n: Count = Field(nullable=True)
    dont_know: Count = Field(nullable=True)
    no_reply: Count = Field(nullable=True)
    not_shown: Count = Field(nullable=True)
    rejected: Count = Field(nullable=True)
    no_questionnaire: Count = Field(nullable=True)
    mentioned: Count = Field(nullable=True)
    ticked: Count = Field(nullable=True)
    both: Count = Field(nullable=True)
    typical_mentioned: Series[float] = Field(nullable=True)
    typical_others: Series[float] = Field(nullable=True)
    effect_name: Series[str]
    effect: Series[float] = Field(nullable=True)
    low: Series[float] = Field(nullable=True)
    high: Series[float] = Field(nullable=True)
    haldane: Series[float] = Field(nullable=True)
    tau: Series[float] = Field(ge=-1, le=1, nullable=True)
    tau_low: Series[float] = Field(ge=-1, le=1, nullable=True)
    tau_high: Series[float] = Field(ge=-1, le=1, nullable=True)
    p: Series[float] = Field(ge=0, le=1, nullable=True)
    q: Series[float] = Field(ge=0, le=1, nullable=True)
    family: Count = Field(nullable=True)
    reason: Series[str]


class LinkReadings(FrameModel):
    """One row a link of the joint display (nlp.measures.joint_rows.read_links)."""

    theme: Series[str]
    item: Series[str]
    option: Series[str]
    measure: Series[str]
    reading: Series[str]
    rules_reading: Series[str]
    why: Series[object]  # a Phrase
    by: Series[str]
    outdated: Series[bool]  # a person read it when the rules read it otherwise than now
    effect_name: Series[str]
    effect: Series[float] = Field(nullable=True)
    low: Series[float] = Field(nullable=True)
    high: Series[float] = Field(nullable=True)
    p: Series[float] = Field(nullable=True)
    q: Series[float] = Field(nullable=True)
    plain_effect_name: Series[str]  # of the codings as they are counted, where `effect` is corrected
    plain_effect: Series[float] = Field(nullable=True)
    plain_low: Series[float] = Field(nullable=True)
    plain_high: Series[float] = Field(nullable=True)
    plain_p: Series[float] = Field(nullable=True)
    plain_q: Series[float] = Field(nullable=True)
    read: Series[int] = Field(ge=0)  # segments that people read for the corrected effect
    n: Series[int] = Field(ge=0)
    smaller_group: Series[int] = Field(ge=0)
    agree: Count = Field(nullable=True)
    contradict: Count = Field(nullable=True)
    mixed: Count = Field(nullable=True)
    reason: Series[str]


class StanceAgreement(FrameModel):
    """One row a link and respondent who takes a stance in both strands (nlp.measures.stance_agreement)."""

    theme: Series[str]
    item: Series[str]
    respondent: Series[str]
    answer_stance: Series[str]  # one or more of corpus.records.AnswerStance, parted by `|`
    advantages: Series[int] = Field(ge=0)
    problems: Series[int] = Field(ge=0)
    proposals: Series[int] = Field(ge=0)
    by_people: Series[int] = Field(ge=0)
    verdict: Series[str] = Field(isin=["agrees", "contradicts", "mixed", "unchecked"])


class SaidAndTicked(FrameModel):
    """One row a theme and the option that names it (nlp.measures.said_and_ticked)."""

    theme: Series[str]
    item: Series[str]
    option: Series[str]
    n: Series[int] = Field(ge=0)
    no_answer: Series[int] = Field(ge=0)
    said: Series[int] = Field(ge=0)
    ticked: Series[int] = Field(ge=0)
    both: Series[int] = Field(ge=0)
    only_said: Series[int] = Field(ge=0)
    only_ticked: Series[int] = Field(ge=0)
    difference: Series[float] = Field(ge=-1, le=1, nullable=True)
    low: Series[float] = Field(ge=-1, le=1, nullable=True)
    high: Series[float] = Field(ge=-1, le=1, nullable=True)
    p: Series[float] = Field(ge=0, le=1, nullable=True)
    q: Series[float] = Field(ge=0, le=1, nullable=True)
    family: Series[int] = Field(ge=0)
    reason: Series[str]


class ThemeEstimates(FrameModel):
    """One row a theme and figure (nlp.measures.corrected_themes.theme_estimates)."""

    theme: Series[str]
    figure: Series[str] = Field(isin=["segments", "words", "respondents", "stance"])
    value: Series[float] = Field(ge=-1, le=1, nullable=True)
    low: Series[float] = Field(ge=-1, le=1, nullable=True)
    high: Series[float] = Field(ge=-1, le=1, nullable=True)
    plain: Series[float] = Field(ge=-1, le=1, nullable=True)
    people: Series[float] = Field(ge=-1, le=1, nullable=True)
    read: Series[int] = Field(ge=0)
    reason: Series[str]


class GroupEstimates(FrameModel):
    """One row a theme and group, and one of the difference, group "" (corrected_themes.group_estimates)."""

    theme: Series[str]
    group: Series[str]
    value: Series[float] = Field(ge=-1, le=1, nullable=True)
    low: Series[float] = Field(ge=-1, le=1, nullable=True)
    high: Series[float] = Field(ge=-1, le=1, nullable=True)
    plain: Series[float] = Field(ge=-1, le=1, nullable=True)
    people: Series[float] = Field(ge=-1, le=1, nullable=True)
    read: Series[int] = Field(ge=0)
    p: Series[float] = Field(ge=0, le=1, nullable=True)
    q: Series[float] = Field(ge=0, le=1, nullable=True)
    family: Series[int] = Field(ge=0)
    reason: Series[str]


class LinkEstimates(FrameModel):
    """One row a theme and item or option (nlp.measures.corrected_themes.link_estimates)."""

    theme: Series[str]
    item: Series[str]
    option: Series[str]
    effect_name: Series[str]
    value: Series[float] = Field(nullable=True)
    low: Series[float] = Field(nullable=True)
    high: Series[float] = Field(nullable=True)
    odds: Series[float] = Field(ge=0, nullable=True)
    plain: Series[float] = Field(nullable=True)
    people: Series[float] = Field(nullable=True)
    smaller_group: Series[int] = Field(ge=0)
    read: Series[int] = Field(ge=0)
    p: Series[float] = Field(ge=0, le=1, nullable=True)
    q: Series[float] = Field(ge=0, le=1, nullable=True)
    family: Series[int] = Field(ge=0)
    reason: Series[str]


class MachineErrors(FrameModel):
    """One row a variable, theme, kind of error and group (nlp.measures.machine_errors.machine_errors)."""

    variable: Series[str]
    theme: Series[str]
    error: Series[str] = Field(isin=["missed", "invented"])
    group: Series[str]
    cases: Series[int] = Field(ge=0)
    errors: Series[int] = Field(ge=0)
    share: Series[float] = Field(ge=0, le=1, nullable=True)
    low: Series[float] = Field(ge=0, le=1, nullable=True)
    high: Series[float] = Field(ge=0, le=1, nullable=True)
    p: Series[float] = Field(ge=0, le=1, nullable=True)
    q: Series[float] = Field(ge=0, le=1, nullable=True)
    family: Series[int] = Field(ge=0)
    verdict: Series[str] = Field(isin=["unlike", "alike", "few"])
    reason: Series[str]
