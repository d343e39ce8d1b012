"""Coded passages and codebooks out of the data folder and of the labels here, as records that training draws from."""

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Literal

import numpy as np

from corpus.records import Theme

LABELS = Path(__file__).with_name("labels")
Part = Literal["train", "dev", "test"]
STANCES = "vcpn"  # in the order of corpus.words.stances.STANCES
CITIES = {"parlato": "TOI", "parlabo": "BOI"}  # corpus -> what its respondents' names begin with
DOMAINS = ("culture", "health", "school", "territory", "welfare", "work")
FAMILIES = ("life", "municipal", *DOMAINS)
TEST_INTERVIEWS = frozenset(
    str.split(
        "PTA005 PTA013 PTA018 PTB009 PTB019 PTB023 "
    "PBA005 PBA014 PBA026 PBB006 PBB015 PBB028 PBC005 PBC017"
    )
)  # fmt: skip
# Never trained on either: what decides with the network's scores (nlp.themes.theme_model) learns from these.
DEV_INTERVIEWS = frozenset(
    str.split(
        "PTA003 PTA016 PTB004 PBA010 PBA020 PBB010 PBB020 PBC010 W03 W09 X04 X10 Y04 Y08 Z04 Z08 V04 V08"
    )
)  # fmt: skip
# ParlaTO was read before the inventory had these: that a passage lacks one says nothing there.
LATER_TOPICS = frozenset(
    str.split(
        "pandemia turismo droghe_alcol aspetto_cura gravidanza_nascita clima_meteo eventi_fiere giustizia_leggi "
    "crisi_economia ceti_sociali informazione solitudine_relazioni ricordi_nostalgia universita_citta"
    )
)  # fmt: skip
_SAME_TOPIC = {"torinesi": "carattere_gente"}
_ASKED = 6  # lines before a passage in which the interviewer's words count as its question
_TALK = 12  # lines before it that are what was said before


@dataclass(frozen=True)
class Code:
    """A code of a codebook. `topics` are the fine topics it covers; without any, passages were coded under it."""

    book: str
    code: str
    label: str
    definition: str = ""
    terms: tuple[str, ...] = ()
    topics: frozenset[str] = frozenset()

    @property
    def theme(self) -> Theme:
        """The code as a theme of a study."""
        return Theme(self.code, self.label, definition=self.definition, include_terms=self.terms)


@dataclass(frozen=True)
class Passage:
    """A passage with what its readers gave it, code or topic -> stance (a letter of STANCES).

    `codings` is by codebook, for those under which it was read; `topics` is None where no fine topics were given.
    `before` is what was said before it, the question and the talk that it goes on with.
    """

    id: str
    family: str
    interview: str
    part: Part
    question: str
    before: str
    text: str
    gist: str = ""
    topics: Mapping[str, str] | None = None
    codings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    spoken: bool = True  # real speech, and not written by the project
    later_topics: bool = True  # read with LATER_TOPICS in the inventory


@dataclass(frozen=True)
class Pool:
    """Passages that are coded under the same codebooks, and the fine topics of their inventory, if they have them."""

    name: str
    passages: tuple[Passage, ...]
    codebooks: tuple[tuple[Code, ...], ...]
    topics: tuple[Code, ...] = ()


def read_pools(data: Path) -> list[Pool]:
    """All that can be trained and tested on, in a fixed order. `data` holds coded/, parlato/ and parlabo/."""
    coded = data / "coded"
    spoken = {passage.id: passage for passage in _spoken(data)}
    by_writer = {path.stem: tuple(_written(path)) for path in sorted((LABELS / "municipal").glob("writer?.tsv"))}
    written = [passage for passages in by_writer.values() for passage in passages if passage.topics is not None]
    written += _invented(coded / "municipal.tsv", "municipal")
    pools = [
        _pool("life", tuple(spoken.values()), coded, ("topics-life.tsv", "topics-life-2.tsv"), "codebooks-life.tsv"),
        _pool("municipal", tuple(written), coded, ("topics-municipal.tsv",), "codebooks-municipal.tsv"),
    ]
    for domain in DOMAINS:
        passages = tuple(_invented(coded / "domains" / f"{domain}-passages.tsv", domain))
        pools.append(_pool(domain, passages, coded / "domains", (f"{domain}-topics.tsv",), f"{domain}-codebooks.tsv"))
    pools += _read_under_codebooks(data, spoken)
    for writer, passages in by_writer.items():
        pools.append(Pool(writer, passages, _codebooks(LABELS / "municipal" / f"{writer}-codebooks.tsv", writer)))
    return pools


def read_benchmark(data: Path, name: str) -> tuple[tuple[Passage, ...], tuple[Code, ...], list[dict[str, str]]]:
    """Passages with the settled codings, the codebook, and the rows of labels/benchmark with both readers' codings."""
    (codebook,) = _codebooks(LABELS / "benchmark" / f"{name}-codebook.tsv", name)
    rows = list(rows_of(LABELS / "benchmark" / f"{name}.tsv"))
    codings = [{name: stances_of(row["settled"])} for row in rows]
    if "passage" in rows[0]:
        talk = zip(_with_talk(rows), codings, strict=True)
        passages = [_segment(row, before, settled, part="test") for (row, before), settled in talk]
    else:
        lines = InterviewLines(data)
        passages = [
            lines.passage(row, codings=settled, topics=None) for row, settled in zip(rows, codings, strict=True)
        ]
    return tuple(passages), codebook, rows


def stances_of(cell: str) -> dict[str, str]:
    """`code:stance;code:stance` as a dictionary; "-" and "" are none, what has no stance is neutral."""
    stances: dict[str, str] = {}
    for entry in filter(None, (part.strip() for part in cell.split(";"))):
        code, _, stance = entry.rpartition(":")
        if entry != "-":
            stances[_SAME_TOPIC.get(code or entry, code or entry)] = stance if code else "n"
    return stances


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated file; an empty cell is ""."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {name: value or "" for name, value in row.items()}


def truth(passage: Passage, code: Code) -> tuple[bool, str]:
    """Whether the passage has the code, and its stance, "" where there is none or topics of the code differ."""
    if not code.topics:
        stance = passage.codings.get(code.book, {}).get(code.code)
        return stance is not None, stance or ""
    assert passage.topics is not None
    stances = {passage.topics[topic] for topic in code.topics if topic in passage.topics}
    judged = stances - {"n"} or stances
    return bool(stances), judged.pop() if len(judged) == 1 else ""


def truths(passages: Sequence[Passage], codes: Sequence[Code]) -> tuple[np.ndarray, np.ndarray]:
    """Whether each passage has each code, and the number of its stance, -1 where there is none: (passages, codes)."""
    has = np.zeros((len(passages), len(codes)), dtype=bool)
    stances = np.full(has.shape, -1)
    for row, passage in enumerate(passages):
        for column, code in enumerate(codes):
            has[row, column], stance = truth(passage, code)
            if stance:
                stances[row, column] = STANCES.find(stance)
    return has, stances


def known(passages: Sequence[Passage], codes: Sequence[Code]) -> np.ndarray:
    """is_known of each passage and code, (passages, codes)."""
    answers = [is_known(passage, code) for passage, code in product(passages, codes)]
    return np.array(answers).reshape(len(passages), len(codes))


def is_known(passage: Passage, code: Code) -> bool:
    """Whether it means anything that the passage lacks the code."""
    return passage.later_topics or not code.topics & LATER_TOPICS


class InterviewLines:
    """The lines of the interviews of both cities, each file read once. `data` holds parlato/ and parlabo/."""

    def __init__(self, data: Path):
        self._data = data
        self._lines: dict[str, list[tuple[str, str]]] = {}

    def passage(
        self,
        row: Mapping[str, str],
        *,
        topics: Mapping[str, str] | None,
        codings: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Passage:
        """The passage of a row with the columns id, file, first_line, last_line and perhaps gist."""
        interview = row["file"]
        corpus = "parlato" if interview.startswith("PT") else "parlabo"
        if interview not in self._lines:
            text = (self._data / corpus / "txt" / f"{interview}.txt").read_text(encoding="utf-8")
            parted = [line.partition("\t") for line in text.splitlines() if "\t" in line]
            self._lines[interview] = [(speaker, words) for speaker, _, words in parted]
        first = int(row["first_line"]) - 1
        spoken = self._lines[interview][first : int(row["last_line"])]
        asked = self._lines[interview][max(0, first - _ASKED) : first]
        talk = self._lines[interview][max(0, first - _TALK) : first]
        respondent = CITIES[corpus]
        return Passage(
            id=row["id"],
            family="life",
            interview=interview,
            part=part_of(interview),
            question=" ".join(words for speaker, words in asked if not speaker.startswith(respondent)),
            before=" ".join(words for _, words in talk),
            text=" ".join(words for speaker, words in spoken if speaker.startswith(respondent)),
            gist=row.get("gist", ""),
            topics=topics,
            codings=codings or {},
            later_topics=corpus == "parlabo",
        )


def part_of(interview: str) -> Part:
    """The part that an interview belongs to."""
    return "test" if interview in TEST_INTERVIEWS else "dev" if interview in DEV_INTERVIEWS else "train"


def _spoken(data: Path) -> Iterator[Passage]:
    lines = InterviewLines(data)
    for corpus in CITIES:
        for row in rows_of(data / "coded" / f"{corpus}.tsv"):
            yield lines.passage(row, topics=stances_of(row["topics"]))


def _invented(path: Path, family: str) -> Iterator[Passage]:
    """Every seventh passage is for testing; of the others those whose id's hash is divisible by eight for choosing."""
    for number, row in enumerate(rows_of(path)):
        kept = int(hashlib.md5(row["id"].encode(), usedforsecurity=False).hexdigest(), 16) % 8 == 0
        part: Part = "test" if number % 7 == 6 else "dev" if kept else "train"
        yield Passage(
            row["id"], family, f"{family}{number // 8}", part, row["question"], row["question"], row["passage"],
            row["gist"], stances_of(row["topics"]), spoken=False,
        )  # fmt: skip


def _written(path: Path) -> Iterator[Passage]:
    """The segments of the invented interviews of a writer, some of whom gave fine topics too."""
    for row, before in _with_talk(rows_of(path)):
        codings = {f"{path.stem}{book}": stances_of(row[book]) for book in "AB"}
        yield _segment(row, before, codings, part=part_of(row["interview"]))


def _with_talk(rows: Iterable[dict[str, str]]) -> Iterator[tuple[dict[str, str], str]]:
    """The rows of whole invented interviews, each with what was said before it."""
    last: dict[str, str] = {}
    for row in rows:
        goes_on = last.get("interview") == row["interview"]
        asked = "" if goes_on and last["question"] == row["question"] else row["question"]
        yield row, f"{last['passage'] if goes_on else ''} {asked}".strip()
        last = row


def _segment(row: Mapping[str, str], before: str, codings: Mapping[str, Mapping[str, str]], part: Part) -> Passage:
    """A segment of an invented interview of a municipality, whose text stands in its row."""
    topics = stances_of(row["topics"]) if "topics" in row else None
    return Passage(
        row["id"], "municipal", row["interview"], part, row["question"], before, row["passage"], row.get("gist", ""),
        topics, codings, spoken=False,
    )  # fmt: skip


def _read_under_codebooks(data: Path, spoken: Mapping[str, Passage]) -> Iterator[Pool]:
    lines = InterviewLines(data)
    for path in sorted((LABELS / "readings").glob("reader*[0-9].tsv")):
        reader = path.stem
        codebooks = _codebooks(path.with_name(f"{reader}-codebooks.tsv"), reader)
        passages = []
        for row in rows_of(path):
            codings = {f"{reader}{book}": stances_of(row[book]) for book in "ABC"}
            gist = spoken[row["id"]].gist if row["id"] in spoken else ""
            passages.append(lines.passage({**row, "gist": gist}, topics=None, codings=codings))
        yield Pool(reader, tuple(passages), codebooks)


def _pool(family: str, passages: tuple[Passage, ...], folder: Path, topics: tuple[str, ...], books: str) -> Pool:
    codebooks = (*_codebooks(folder / books, family), *_codebooks(LABELS / "codebooks" / f"{family}.tsv", family))
    return Pool(family, passages, codebooks, tuple(_topics(folder, topics)))


def _topics(folder: Path, files: tuple[str, ...]) -> Iterator[Code]:
    rows = {row["topic"]: row for file in files for row in rows_of(folder / file)}
    for topic, row in rows.items():
        if topic not in _SAME_TOPIC:
            yield Code("topics", topic, row["label"], row["definition"], topics=frozenset({topic}))


def _codebooks(path: Path, name: str) -> tuple[tuple[Code, ...], ...]:
    """The codebooks of a file, in order; `name` and the codebook's own make its name."""
    books: dict[str, list[Code]] = {}
    for row in rows_of(path):
        book = name + row.get("codebook", "")
        topics = frozenset(_SAME_TOPIC.get(topic, topic) for topic in row.get("topics", "").split("|") if topic)
        terms = tuple(filter(None, row["terms"].split("|")))
        books.setdefault(book, []).append(Code(book, row["code"], row["label"], row["definition"], terms, topics))
    return tuple(tuple(codes) for codes in books.values())
