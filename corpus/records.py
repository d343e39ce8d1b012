"""The field's nouns as frozen records: what was said, by whom, and what was asked. Reads nothing, computes nothing."""

from dataclasses import dataclass
from typing import Literal

from corpus.alignment import Alignment
from corpus.errors import Problem
from corpus.words.stances import AnswerStance

Reading = Literal["silence", "insufficient_evidence", "divergence", "convergence", "complementarity", "inconclusive"]
ItemType = Literal["number", "date", "single", "multi", "likert", "yesno", "text"]

ITALIAN = "it"  # the language in which segments are coded by machine; others only where a person coded


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a turn that the transcriber marked off (an ELAN annotation, a subtitle cue).

    `start:end` count in the turn's clean `text`; `start_ms`/`end_ms` are milliseconds from the recording's start.
    """

    start: int
    end: int
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, as a person finds it: the row's number (the header is row 1), the column's title."""

    row: int
    column: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says until another speaks.

    `start:end` are Unicode code points in `Transcript.source`, so that `source[start:end]` is the raw text of the turn;
    `text` is that text cleaned for analysis and `alignment` leads from it back to the source. `cell` is where a
    written answer stands.
    """

    number: int
    speaker: str
    start: int
    end: int
    text: str
    alignment: Alignment
    units: tuple[Unit, ...] = ()
    start_ms: int | None = None
    end_ms: int | None = None
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """One interview as read from one file.

    `id` is the file's name without its ending, `file` its path inside the study folder, `sha256` the hash of its bytes.
    `source` is the decoded text, or for binary formats the text extracted from it, with line ends as LF.
    `encoding` is what it was decoded from ("" for binary formats), `problems` what the reader was not sure of.
    """

    id: str
    file: str
    sha256: str
    source: str
    turns: tuple[Turn, ...]
    notes: tuple[str, ...] = ()
    encoding: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """A row of the theme codebook. `color` is how QDA programs paint it, `#RRGGBB`, "" where nobody chose one.

    `guid` is the code's in the QDA project that the theme came from, "" where it came from none.
    """

    code: str
    label: str
    parent: str = ""
    definition: str = ""
    use_when: str = ""
    do_not_use_when: str = ""
    include_terms: tuple[str, ...] = ()
    exclude_terms: tuple[str, ...] = ()
    questionnaire_items: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    color: str = ""
    guid: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One code of a closed item. `missing` names the kind of non-answer it stands for ("" for a real answer).

    `stance` is what giving this answer amounts to, where the codebook declares it
    (corpus.questionnaire.answer_stances).
    """

    value: str
    label: str
    order: float | None = None
    missing: str = ""
    stance: AnswerStance = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """An item is asked those who gave another `item` one of `values` (codes or labels), or none when not `equal`."""

    item: str
    values: tuple[str, ...]
    equal: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """A question of the questionnaire.

    `reverse`: a high value, or a yes, says the contrary of the theme. `direction` is what the codebook expects of the
    link with a theme, "" where it says nothing.
    """

    code: str
    text: str
    type: ItemType
    options: tuple[Option, ...] = ()
    reverse: bool = False
    separator: str = "|"
    unit: str = ""
    asked_in_interview: bool = False
    direction: Literal["+", "-", ""] = ""
    notes: str = ""
    filter: tuple[Condition, ...] = ()
    analyse: bool = False  # open text: its answers are coded and quoted like turns of an interview
    yes: tuple[str, ...] = ()  # of a yes/no item, the options that say yes; () where nobody can tell

    @property
    def expected(self) -> Literal["+", "-", ""]:
        """Whether who mentions the theme should answer higher (or yes), as printed: declared, or of a reversed item."""
        return self.direction or ("-" if self.reverse else "")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a memo is about: a theme's code, a respondent, a transcript, or `start:end` of a transcript's source.

    `quote` are the words of the passage. What the study does not have is not `found`: `name` and `quote` are then as
    the memo has them.
    """

    kind: Literal["theme", "respondent", "transcript", "passage"]
    name: str
    start: int = 0
    end: int = 0
    quote: str = ""
    found: bool = True


@dataclass(frozen=True, slots=True)
class Memo:
    """What somebody wrote of the study, or of its `subjects`; a link joins two of them, a set gathers them.

    `id` is the file's path in `memo/`, or the GUID in the project `file`. `date` is as ISO 8601 writes it where it
    could be read. `direction` is a link's: "OneWay" leads from the first subject to the second. `guid` is that of the
    project it came from, "" where it came from none.
    """

    id: str
    file: str
    text: str
    kind: Literal["memo", "link", "set"] = "memo"
    title: str = ""
    author: str = ""
    date: str = ""
    subjects: tuple[Subject, ...] = ()
    direction: Literal["", "Associative", "OneWay", "Bidirectional"] = ""
    guid: str = ""
