"""Which kinds of respondents speak of which topic. Finds no topics and tests no difference."""

import pandas as pd


def topics_by_class(
    members: pd.DataFrame, segments: pd.DataFrame, respondents: pd.DataFrame, variable: str
) -> pd.DataFrame:
    """Who speaks of which topic: one row a topic and class of respondents, in the order of topics and classes.

    `members` is a TopicMembers frame, `segments` its Segments frame, `respondents` a frame with the columns respondent
    and `variable`. Columns: topic, class, segments, share (of the class's segments that entered), respondents (of the
    class who speak of it), n (respondents of the class with any segment that entered). Respondents without a class are
    left out.
    """
    spoken = members.merge(segments[["segment", "respondent"]], on="segment")
    classes = respondents[["respondent", variable]].rename(columns={variable: "class"}).dropna()
    spoken = spoken.merge(classes[classes["class"] != ""], on="respondent")
    counts = spoken.groupby(["topic", "class"]).agg(segments=("segment", "size"), respondents=("respondent", "nunique"))
    every = pd.MultiIndex.from_product(
        [sorted(spoken["topic"].unique()), sorted(spoken["class"].unique())], names=["topic", "class"]
    )
    counts = counts.reindex(every, fill_value=0).reset_index()
    sizes = spoken.groupby("class").agg(total=("segment", "size"), n=("respondent", "nunique"))
    counts = counts.merge(sizes, left_on="class", right_index=True, how="left")
    shares = counts.assign(share=counts["segments"] / counts["total"])
    columns = ["topic", "class", "segments", "share", "respondents", "n"]
    return shares[columns].sort_values(["topic", "class"], ignore_index=True)
