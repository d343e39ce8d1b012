"""How well entities are found in passages that were read for them (`make entities`). Prints tables, changes nothing.

`coded/entities.tsv` of the data folder has the entities of 1,469 passages in order, with its conventions in the README
beside it. Two thirds are to learn rules from, the rest is held out: only its figures are looked at, never its passages.
Nor those of the 300 that stand in entity_labels, which two readers read apart. An entity counts as found when surface
and label are exact; what a passage says twice must be found twice.
"""

import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from nlp.annotation import annotate
from nlp.entities import find_entities
from nlp.italian.loading import load_pipeline
from nlp.italian.places import StudyPlaces
from nlp.laboratory.network.passages import InterviewLines, Passage, read_pools, rows_of

LABELS = Path(__file__).with_name("entity_labels")
Part = Literal["learn", "held out", "read twice"]
Reading = Literal["settled", "reader1", "reader2"]
Entity = tuple[str, str]  # surface, label
_FAMILIES = {"municipal": "municipal", "life": "raw speech"}  # any other: "domains"
_WRONG = 60  # entities listed a label by `--wrong`


@dataclass(frozen=True)
class Read:
    """A passage with the entities that its reader gave it, in order."""

    passage: Passage
    family: str
    part: Part
    entities: tuple[Entity, ...]


def read_entities(data: Path) -> list[Read]:
    """The passages of coded/entities.tsv. `data` holds coded/, parlato/ and parlabo/."""
    pools = [pool for pool in read_pools(data) if pool.topics]
    passages = {passage.id: passage for pool in pools for passage in pool.passages}
    read = []
    for row in rows_of(data / "coded" / "entities.tsv"):
        passage = passages[row["id"]]
        entities = entities_of(row["entities"])
        read.append(Read(passage, _FAMILIES.get(passage.family, "domains"), part_of(passage), entities))
    return read


def read_twice(data: Path, reading: Reading = "settled") -> list[Read]:
    """The 300 passages of entity_labels by one reading; the text of the spoken ones is that of interviews in `data`."""
    lines = InterviewLines(data)
    read = []
    for row in rows_of(LABELS / "municipal.tsv"):
        passage = Passage(row["id"], "municipal", row["id"], "test", "", "", row["text"], spoken=False)
        read.append(Read(passage, "municipal", "read twice", entities_of(row[reading])))
    for row in rows_of(LABELS / "spoken.tsv"):
        passage = lines.passage(row, topics=None)
        read.append(Read(passage, "raw speech", "read twice", entities_of(row[reading])))
    return read


def entities_of(cell: str) -> tuple[Entity, ...]:
    """`surface=LABEL;surface=LABEL` as pairs; "-" and "" are none."""
    parts = (entry.rpartition("=") for entry in cell.split(";") if entry not in ("", "-"))
    return tuple((surface, label) for surface, _, label in parts)


def part_of(passage: Passage) -> Part:
    """Held out: what the coded passages keep for testing, and of the others those whose id's hash four divides."""
    digest = hashlib.md5(passage.id.encode(), usedforsecurity=False).hexdigest()
    return "held out" if passage.part == "test" or int(digest, 16) % 4 == 0 else "learn"


def find(read: Iterable[Read]) -> dict[str, list[Entity]]:
    """Passage -> the entities that Trama finds in it, in order. Each passage is read as a transcript of its own."""
    passages = [one.passage for one in read]
    columns = {"segment": [passage.id for passage in passages], "text": [passage.text for passage in passages]}
    segments = pd.DataFrame(columns, dtype="str")
    segments["transcript"] = segments["segment"]
    mentions = annotate(segments, load_pipeline())[1]
    found: dict[str, list[Entity]] = {passage.id: [] for passage in passages}
    entities = find_entities(segments, mentions, StudyPlaces())
    for segment, surface, label in entities[["segment", "surface", "label"]].itertuples(index=False):
        found[segment].append((surface, label))
    return found


def score(read: Iterable[Read], found: Mapping[str, Iterable[Entity]]) -> pd.DataFrame:
    """A row a label, then "all": label, entities, found, right, precision, recall, f (0 where there is nothing)."""
    given: Counter[str] = Counter()
    got: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in read:
        of_reader = Counter(one.entities)
        of_trama = Counter(found[one.passage.id])
        for counts, entities in ((given, of_reader), (got, of_trama), (right, of_reader & of_trama)):
            for (_, label), count in entities.items():
                counts.update({label: count, "all": count})
    labels = [*sorted((given | got).keys() - {"all"}), "all"]
    rows = [(label, given[label], got[label], right[label]) for label in labels]
    table = pd.DataFrame(rows, columns=["label", "entities", "found", "right"])
    table["precision"] = table["right"] / table["found"].clip(lower=1)
    table["recall"] = table["right"] / table["entities"].clip(lower=1)
    table["f"] = 2 * table["right"] / (table["entities"] + table["found"]).clip(lower=1)
    return table


def wrong(read: Iterable[Read], found: Mapping[str, Iterable[Entity]]) -> pd.DataFrame:
    """What is missed and what is too much: columns label, error, surface, count, passages, the most frequent first."""
    passages: dict[tuple[str, str, str], list[str]] = {}
    for one in read:
        of_reader = Counter(one.entities)
        of_trama = Counter(found[one.passage.id])
        for error, entities in (("missed", of_reader - of_trama), ("too much", of_trama - of_reader)):
            for surface, label in entities.elements():
                passages.setdefault((label, error, surface), []).append(one.passage.id)
    rows = [(*key, len(ids), " ".join(ids)) for key, ids in passages.items()]
    columns = ["label", "error", "surface", "count", "passages"]
    return pd.DataFrame(rows, columns=columns).sort_values(["label", "error", "count"], ascending=[True, True, False])


def main() -> None:
    """Print figures by part and family; with `--wrong` also the errors in the part to learn from."""
    data = Path(sys.argv[1])
    read = [*read_entities(data), *read_twice(data)]
    found = find(read)
    second = {one.passage.id: one.entities for one in read_twice(data, "reader2")}
    for part in ("learn", "held out", "read twice"):
        for family in ("municipal", "domains", "raw speech", "all"):
            chosen = [one for one in read if one.part == part and family in (one.family, "all")]
            if chosen:
                print(f"\n{part}, {family}: {len(chosen)} passages")
                print(score(chosen, found).to_string(index=False, float_format="{:.2f}".format))
    print("\nthe two readers, one by the other")
    print(score(read_twice(data, "reader1"), second).tail(1).to_string(index=False, float_format="{:.2f}".format))
    if "--wrong" in sys.argv:
        listed = wrong([one for one in read if one.part == "learn"], found).groupby(["label", "error"]).head(_WRONG)
        print(listed.to_string(index=False))


if __name__ == "__main__":
    main()
