"""What the analysis of one study gives: the frames of every stage, side by side. Computes nothing."""

from dataclasses import dataclass, field

import pandas as pd

from corpus.schemas import LinkProposals, empty
from corpus.words.phrase import Phrase
from nlp.measures.topic_places import COLUMNS as MAP_COLUMNS

HIERARCHY_COLUMNS = ["parent", "label", "topics", "left", "right", "distance"]
UNCODED_COLUMNS = ["segment", "theme", "term", "reason"]
DECISION_COLUMNS = ["segment", "transcript", "theme", "coder", "value"]
UNTAUGHT_COLUMNS = ["segment", "theme", "stance"]


@dataclass(frozen=True)
class Results:
    """Frames as declared in corpus.schemas: Segments, Entities, Codings, Topics, TopicMembers.

    `languages` is what nlp.language_id says of every segment, and whether it was `read`: what is not Italian has no
    topic and only people's codings, and counts nowhere unless people read it.
    `topic_hierarchy` is that of nlp.topics.TopicModel, `decisions` what nlp.cross_coding compares.
    `link_proposals` are links a person may accept; nothing is counted by them.
    `untaught` is what nlp.cross_coding.code_untaught gives, where the study has a random sample that people read.
    `uncoded_terms` are the codebook's terms that stand in a segment and gave no coding, with the reason.
    `topic_map` is nlp.measures.topic_places's place of every topic in a plane.
    `notes` are sentences for the report about how a stage had to work (a fall-back, a threshold).
    """

    segments: pd.DataFrame
    entities: pd.DataFrame
    codings: pd.DataFrame
    topics: pd.DataFrame
    topic_members: pd.DataFrame
    languages: pd.DataFrame
    notes: tuple[Phrase, ...] = ()
    topic_hierarchy: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=HIERARCHY_COLUMNS))
    link_proposals: pd.DataFrame = field(default_factory=lambda: empty(LinkProposals))
    topic_map: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=MAP_COLUMNS, dtype="float64"))
    decisions: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=DECISION_COLUMNS))
    untaught: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=UNTAUGHT_COLUMNS, dtype="str"))
    uncoded_terms: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=UNCODED_COLUMNS, dtype="str"))
