"""Emergent topics: each with its quotations, how they join into wider ones, and who speaks of them."""

import re
from typing import Any

import pandas as pd

from corpus.schemas import OUTLIERS
from corpus.words.phrase import Phrase, phrase
from nlp.measures.groups import natural_order
from nlp.measures.topic_classes import topics_by_class
from outputs.tables.collector import Collector
from outputs.tables.glossary import column, columns
from outputs.tables.table import Column, Table, Value, records
from outputs.tables.view import View


def topics(view: View) -> Table:
    """One row an emergent topic, the outliers last."""
    keys = "topic typical matches proposed respondents segments segment_share stability stable topic_quotations"
    table = Collector("argomenti", columns(f"{keys} similarity"))
    members = view.topic_members
    for row in records(view.results.topics):
        row_key = str(row["topic"])
        of_topic = members[members["topic"] == row["topic"]]
        representative = of_topic[of_topic["representative"]]
        table.add(
            row_key,
            {
                "topic": _topic_name(row),
                "typical": row["words"],
                "segment_share": float(row["share"]),
                "topic_quotations": _quotations(view, representative),
                **_beside_codebook(view, row),
            },
        )
        # Respondents are counted by who said the segments, so both numbers have the same trail.
        table.add(row_key, {"respondents": of_topic["respondent"].nunique()})
        table.quote_segments(row_key, "respondents", of_topic["segment"])
        table.count_segments(row_key, "segments", of_topic["segment"])
        table.quote_segments(row_key, "topic_quotations", representative["segment"])
    return table.done(_lead(view))


def hierarchy(view: View) -> Table:
    """One row a wider topic that joins two or more, the widest first."""
    table = Collector("argomenti_gerarchia", columns("branch parts topics_n respondents segments distance"))
    members = view.topic_members
    labels = {str(row["topic"]): str(row["label"]) for row in records(view.results.topics)}
    for row in records(view.results.topic_hierarchy):
        row_key = str(row["parent"])
        numbers = str(row["topics"]).split("; ")
        of_branch = members[members["topic"].astype(str).isin(numbers)]
        table.add(
            row_key,
            {
                "branch": row["label"],
                "parts": "; ".join(f"{number}: {labels.get(number, number)}" for number in numbers),
                "topics_n": len(numbers),
                "respondents": of_branch["respondent"].nunique(),
                "distance": float(row["distance"]),
            },
        )
        table.quote_segments(row_key, "respondents", of_branch["segment"])
        table.count_segments(row_key, "segments", of_branch["segment"])
    return table.done("" if table.rows else Phrase("argomenti_gerarchia.none"))


def topics_of_classes(view: View, variable: str, groups: pd.Series) -> Table:
    """One row a topic, two columns a class: respondents who speak of it, share of the class's segments."""
    members = view.topic_members.assign(group=view.topic_members["respondent"].map(groups.to_dict()))
    by_topic_and_class = members.groupby(["topic", "group"])["segment"]
    segments = {topic_and_class: names.tolist() for topic_and_class, names in by_topic_and_class}
    classes = pd.DataFrame({"respondent": groups.index, variable: groups.to_numpy()})
    speakers = view.results.segments[["segment", "respondent"]]
    counted = topics_by_class(view.results.topic_members, speakers, classes, variable)
    sizes = counted.drop_duplicates("class").set_index("class")["n"]
    heads: list[Column] = [column("topic")]
    for label in natural_order([label for label in groups.tolist() if label]):
        heading = phrase("argomenti_per.class", label=label, n=int(sizes.get(label, 0)))
        heads.append(column("respondents", name=label, label=heading))
        share = phrase("argomenti_per.share", label=label)
        heads.append(column("segment_share", name=f"{label}/share", label=share))
    table = Collector("argomenti_" + re.sub(r"\W+", "_", variable), heads, words="argomenti_per")
    names = {row["topic"]: _topic_name(row) for row in records(view.results.topics)}
    for row in records(counted):
        row_key = str(row["topic"])
        label = str(row["class"])
        table.add(row_key, {"topic": names.get(row["topic"], row_key)})
        table.add(row_key, {label: int(row["respondents"]), f"{label}/share": float(row["share"])})
        table.quote_segments(row_key, label, segments.get((row["topic"], label), []))
    return table.done("" if table.rows else Phrase("argomenti_per.none"), variable=variable)


def _topic_name(row: dict[str, Any]) -> Value:
    """What a row of a Topics frame is called; the segments that belong to no topic have no label of their own."""
    return Phrase("argomenti.outside") if row["topic"] == OUTLIERS else str(row["label"])


def _beside_codebook(view: View, row: dict[str, Any]) -> dict[str, Value]:
    """How a topic compares with the codebook and whether it is found again: nothing of the outliers."""
    if row["topic"] == OUTLIERS:
        return {}
    theme = row["theme"]
    return {
        "matches": view.theme(theme).label if theme else Phrase("argomenti.not_in_codebook"),
        "proposed": None if theme else row["name"],
        "stability": view.number(row["stability"], "undefined"),
        "stable": "yes" if row["stable"] else "no",
        "similarity": view.number(row["theme_similarity"]),
    }


def _quotations(view: View, members: pd.DataFrame) -> Value:
    """What these members of a topic say, one a line."""
    quotations = [
        phrase("argomenti.quotation", text=view.texts[row["segment"]], respondent=row["respondent"])
        for row in records(members[["segment", "respondent"]])
    ]
    return phrase("argomenti.quotations", quotations=tuple(quotations))


def _lead(view: View) -> Phrase:
    """Why there is none, how many there are, and which the codebook lacks."""
    found_topics = view.results.topics[view.results.topics["topic"] != OUTLIERS]
    new_names = tuple(name for name in found_topics.loc[found_topics["theme"] == "", "name"].tolist() if name)
    if not new_names:
        return phrase("argomenti.lead", notes=view.results.notes)
    return phrase("argomenti.lead_with_new", notes=view.results.notes, names=new_names)
