"""Emergent topics: each with its quotations, how they join into wider ones, and who speaks of them. Room outputs."""

import re
from typing import Any

import pandas as pd

from corpus.schemas import OUTLIERS
from nlp.measures.groups import natural_order
from nlp.measures.topic_classes import topics_by_class
from outputs.tables.glossary import column, columns
from outputs.tables.table import CELL_COLUMNS, Column, Table, Value, join_trails, make_frame, records, segment_trail
from outputs.tables.view import View


def topics(view: View) -> Table:
    """One row an emergent topic, the outliers last."""
    keys = "topic typical matches proposed respondents segments segment_share stability stable topic_quotations"
    heads = columns(f"{keys} similarity", view.language)
    members = view.topic_members
    rows: dict[str, dict[str, Value]] = {}
    trails = []
    for row in records(view.results.topics):
        key = str(row["topic"])
        mine = members[members["topic"] == row["topic"]]
        outliers = row["topic"] == OUTLIERS
        quoted = mine[mine["representative"]]
        said = records(quoted[["segment", "respondent"]])
        rows[key] = {
            "topic": _topic(view, row),
            "typical": row["words"],
            "matches": None if outliers else _match(view, row["theme"]),
            "proposed": None if outliers or row["theme"] else row["name"],
            "respondents": mine["respondent"].nunique(),
            "segments": mine["segment"].nunique(),
            "segment_share": float(row["share"]),
            "stability": None if outliers else view.number(row["stability"], "undefined"),
            "stable": None if outliers else _stable(view, row["stable"]),
            "topic_quotations": "\n".join(f"«{view.texts[one['segment']]}» ({one['respondent']})" for one in said),
            "similarity": None if outliers else view.number(row["theme_similarity"]),
        }
        trails += [segment_trail(key, name, mine["segment"].tolist()) for name in ("respondents", "segments")]
        trails.append(segment_trail(key, "topic_quotations", quoted["segment"].tolist()))
    note = view.say(
        "Argomenti trovati con BERTopic (Grootendorst 2022) nei segmenti dei rispondenti, senza guardare il codebook; "
        "-1 raccoglie i segmenti senza argomento. Stabilità: somiglianza di Jaccard con il gruppo più simile in cinque "
        "nuove stime con altri semi sull'80 % dei segmenti (Hennig 2007); sotto 0,60 l'argomento è instabile e non va "
        "usato da solo. Nome proposto: la locuzione più tipica dell'argomento. Citazioni: le più vicine al centro "
        "dell'argomento, di rispondenti diversi.",
        "Topics found with BERTopic (Grootendorst 2022) in the respondents' segments, without the codebook; -1 holds "
        "the segments without a topic. Stability: Jaccard similarity to the most similar group in five new fits with "
        "other seeds on 80 % of the segments (Hennig 2007); below 0.60 a topic is unstable and should not be used "
        "alone. Proposed name: the phrase most typical of the topic. Quotations: those nearest to the topic's centre, "
        "of different respondents.",
    )
    title = view.say("Argomenti emergenti", "Emergent topics")
    trails_ = join_trails(trails, CELL_COLUMNS)
    return Table("argomenti", title, note, heads, make_frame(heads, rows), trails_, lead=_lead(view, rows))


def hierarchy(view: View) -> Table:
    """One row a wider topic that joins two or more, the widest first."""
    heads = columns("branch parts topics_n respondents segments distance", view.language)
    members = view.topic_members
    labels = {str(row["topic"]): _topic(view, row) for row in records(view.results.topics)}
    rows: dict[str, dict[str, Value]] = {}
    trails = []
    for row in records(view.results.topic_hierarchy):
        key = str(row["parent"])
        numbers = str(row["topics"]).split("; ")
        mine = members[members["topic"].astype(str).isin(numbers)]
        rows[key] = {
            "branch": row["label"],
            "parts": "; ".join(f"{number}: {labels.get(number, number)}" for number in numbers),
            "topics_n": len(numbers),
            "respondents": mine["respondent"].nunique(),
            "segments": mine["segment"].nunique(),
            "distance": float(row["distance"]),
        }
        trails += [segment_trail(key, name, mine["segment"].tolist()) for name in ("respondents", "segments")]
    note = view.say(
        "Come gli argomenti si uniscono in argomenti più ampi: albero di Ward sulle parole (c-TF-IDF) di BERTopic. Due "
        "argomenti uniti a piccola distanza usano le stesse parole.",
        "How topics join into wider ones: BERTopic's Ward tree over words (c-TF-IDF). Two topics joined at a small "
        "distance use the same words.",
    )
    few = view.say("Non calcolabile: servono almeno due argomenti.", "Not computable: two topics are needed.")
    title = view.say("Gerarchia degli argomenti", "Hierarchy of topics")
    cells = join_trails(trails, CELL_COLUMNS)
    return Table("argomenti_gerarchia", title, note, heads, make_frame(heads, rows), cells, lead="" if rows else few)


def topics_of_classes(view: View, variable: str, groups: pd.Series) -> Table:
    """One row a topic, two columns a class: respondents who speak of it, share of the class's segments."""
    members = view.topic_members.assign(group=view.topic_members["respondent"].map(groups.to_dict()))
    said = {place: mine.tolist() for place, mine in members.groupby(["topic", "group"])["segment"]}
    order = natural_order([label for label in groups.tolist() if label])
    known = pd.DataFrame({"respondent": groups.index, variable: groups.to_numpy()})
    counted = topics_by_class(
        view.results.topic_members, view.results.segments[["segment", "respondent"]], known, variable
    )
    sizes = counted.drop_duplicates("class").set_index("class")["n"]
    heads: list[Column] = [column("topic", view.language)]
    for label in order:
        n = int(sizes.get(label, 0))
        heads.append(column("respondents", view.language, name=label, label=f"{label} (n = {n})"))
        share = view.say(f"{label}: % segmenti", f"{label}: % segments")
        heads.append(column("segment_share", view.language, name=f"{label}/share", label=share))
    labels = {row["topic"]: _topic(view, row) for row in records(view.results.topics)}
    rows: dict[str, dict[str, Value]] = {}
    trails = []
    for row in records(counted):
        key = str(row["topic"])
        label = str(row["class"])
        cells = rows.setdefault(key, {"topic": labels.get(row["topic"], key)})
        cells |= {label: int(row["respondents"]), f"{label}/share": float(row["share"])}
        trails.append(segment_trail(key, label, said.get((row["topic"], label), [])))
    note = view.say(
        "Rispondenti della classe che parlano dell'argomento, e quota dei segmenti della classe. Nessun test: gli "
        "argomenti sono trovati negli stessi dati.",
        "Respondents of the class who speak of the topic, and share of the class's segments. No test: the topics were "
        "found in the same data.",
    )
    title = view.say(f"Argomenti per {variable}", f"Topics by {variable}")
    frame = make_frame(heads, rows)
    name = "argomenti_" + re.sub(r"\W+", "_", variable)
    none = view.say("Non calcolabile: nessun argomento.", "Not computable: no topic.")
    cells_ = join_trails(trails, CELL_COLUMNS)
    return Table(name, title, note, tuple(heads), frame, cells_, lead="" if rows else none)


def _topic(view: View, row: dict[str, Any]) -> str:
    """What a row of a Topics frame is called; the segments that belong to no topic have no label of their own."""
    outside = view.say("Fuori da ogni argomento", "Outside any topic")
    return outside if row["topic"] == OUTLIERS else str(row["label"])


def _match(view: View, theme: str) -> str:
    if theme:
        return view.theme(theme).label
    return view.say("non ancora nel codebook", "not in the codebook yet")


def _stable(view: View, stable: bool) -> str:
    return view.say("sì", "yes") if stable else view.say("no: instabile", "no: unstable")


def _lead(view: View, rows: dict[str, dict[str, Value]]) -> str:
    """Why there is none, how many there are, and which the codebook lacks."""
    notes = " ".join(note.say(view.language) for note in view.results.notes)
    new = [str(row["proposed"]) for row in rows.values() if row["proposed"]]
    if not new:
        return notes
    return f"{notes} {view.say('Non ancora nel codebook', 'Not in the codebook yet')}: {', '.join(new)}."
