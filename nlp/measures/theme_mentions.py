"""Who mentions which theme, and how much. Room nlp: frames in, frames out; counts persons, never estimates."""

import pandas as pd

from corpus.questionnaire.written_answers import is_written
from corpus.records import ITALIAN


def counted_segments(segments: pd.DataFrame, languages: pd.DataFrame) -> pd.DataFrame:
    """What the people interviewed say and somebody could code: the machine what is Italian, people what they read.

    `languages` is that of Results. What nobody read is unknown and
    not "not said", so it is in no denominator; nor is who only wrote answers.
    """
    read = languages["read"] if "read" in languages else languages["language"] == ITALIAN
    unread = languages.loc[~read.astype(bool), "segment"]
    respondents_read = segments[(segments["role"] == "respondent") & ~segments["segment"].isin(unread)]
    return respondents_read[respondents_read["respondent"].isin(interviewed(respondents_read))]


def interviewed(segments: pd.DataFrame) -> list[str]:
    """Respondents who say something in an interview, sorted; who only wrote answers was not interviewed.

    Of `counted_segments` they are the denominator of every prevalence.
    """
    known_respondents = segments[(segments["role"] == "respondent") & (segments["respondent"] != "")]
    by_respondent = known_respondents.drop_duplicates(["respondent", "transcript"])
    return sorted(by_respondent.loc[~by_respondent["transcript"].map(is_written).astype(bool), "respondent"].unique())


def coded_segments(codings: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """Codings with who said it and where, sorted by segment and theme.

    Columns: those of Codings, then transcript, turn, speaker, respondent, words. Codings of speakers who are no
    respondent of the study have respondent "".
    """
    where = segments[["segment", "transcript", "turn", "speaker", "respondent", "words"]]
    joined = codings.merge(where, on="segment", how="inner", validate="many_to_one")
    return joined.sort_values(["segment", "theme", "coding"], kind="stable", ignore_index=True)


def theme_mentions(coded: pd.DataFrame, segments: pd.DataFrame, themes: list[str]) -> pd.DataFrame:
    """One row a theme and respondent interviewed, mentioned or not.

    `coded` is from `coded_segments`, `segments` from `counted_segments`. Columns: theme, respondent, mentioned (bool),
    segments (distinct, coded), words (in them), share (of the respondent's words), spoken (all segments of the
    respondent). A theme counts its own codings, not those of its children.
    """
    people = interviewed(segments)
    spoken = segments[segments["role"] == "respondent"].groupby("respondent")["words"].sum()
    once = coded[coded["respondent"] != ""].drop_duplicates(["theme", "segment"])
    counted = once.groupby(["theme", "respondent"]).agg(segments=("segment", "size"), words=("words", "sum"))
    every = pd.MultiIndex.from_product([themes, people], names=["theme", "respondent"])
    frame = counted.reindex(every, fill_value=0).reset_index()
    total = frame["respondent"].map(spoken).astype("float64")
    frame["share"] = (frame["words"] / total.where(total > 0)).fillna(0.0)
    all_segments = segments[segments["role"] == "respondent"].groupby("respondent").size()
    frame["spoken"] = frame["respondent"].map(all_segments).fillna(0).astype("int64")
    frame.insert(2, "mentioned", frame["segments"] > 0)
    return frame
