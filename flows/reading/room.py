"""One study's reading room while it is open: the study as its files stand, read again when they change."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from operator import is_
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from corpus.codings.human_labels import HumanLabels
from corpus.codings.journal import Decision
from corpus.errors import study_error
from corpus.input_files import input_hashes
from corpus.new_study.example import folder_read
from corpus.words.language import Language
from flows.reading.opening import open_study, version_of
from flows.reading.posted import Posted, decision_of, withdrawal_of
from flows.reading.shared_journal import SharedJournal
from flows.reading.work import Commands, Work
from flows.reading.worth import Choice, WorthReading
from outputs.reading.agreement import agreement_of, conflicts_of, labels_of
from outputs.reading.concordance import Concordance
from outputs.reading.opened import OpenedStudy
from outputs.reading.people import People, people_of
from outputs.run.folder import REPORT, latest_run

log = logging.getLogger(__name__)
_FRESH = 1.0  # seconds for which nobody looks again whether a file changed


Made = TypeVar("Made")


class Latest(Generic[Made]):
    """What was made last, for as long as it is asked for of the same things."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._things: tuple[Any, ...] = ()
        self._made: Made | None = None

    def of(self, make: Callable[..., Made], *things: Any) -> Made:
        """What `make` gives of the things, which are the same while they are the same objects."""
        with self._lock:
            same = len(things) == len(self._things) and all(map(is_, things, self._things))
            if self._made is None or not same:
                self._made = make(*things)
                self._things = things
            return self._made


class Room:
    """The room of the study in `folder`; what the machine says in it is in `language`.

    `blind` shows nobody else's codings and no proposals, whatever a page asks for; where there is a `coder`, everything
    is theirs. `work` runs the study, by default as commands of `trama`. `check` is asked before the study is read, and
    raises StudyError where it may not be. `reports` is the address before those of runs.
    """

    def __init__(
        self,
        folder: Path,
        language: Language = "it",
        *,
        coder: str = "",
        blind: bool = False,
        work: Work | None = None,
        check: Callable[[Path], None] = lambda _folder: None,
        reports: str = "report",
    ):
        self._reports = reports
        self.folder = folder
        self.work = work or Commands(folder, language)
        self._worth = WorthReading(folder, language)
        self._check = check
        self.coder = coder
        self.blind = blind
        self.journal = SharedJournal(folder_read(folder))
        self._lock = threading.Lock()
        self._people = Latest[People]()
        self._labels = Latest[HumanLabels]()
        self._conflicts = Latest[dict[str, list[dict[str, Any]]]]()
        self._agreement = Latest[dict[str, Any]]()
        self._concordance = Latest[Concordance]()
        self._behind = Latest[bool]()
        self._chosen: Choice | None = None
        self._rounds = 0
        self._opened: OpenedStudy | None = None
        self._looked = 0.0

    def study(self) -> OpenedStudy:
        """The study as its files stand now. Raises StudyError when it cannot be read any more."""
        with self._lock:  # a second request waits for the first to read, and reads nothing itself
            opened = self._opened
            if opened is None or (self._is_time() and version_of(self.folder) != opened.version):
                self._opened = None  # where it cannot be read, the next who asks is told so too
                self._check(self.folder)
                self._opened = opened = open_study(self.folder)
            return opened

    def report_address(self) -> str | None:
        """Where the report of the latest run is shown; None where it has none."""
        run = latest_run(self.folder)
        has_report = run is not None and (run / REPORT).is_file()
        return f"{self._reports}/{quote(run.name)}/{quote(REPORT)}" if run and has_report else None

    # What follows is asked of a study that was opened: between two looks its files may change.

    def people(self, opened: OpenedStudy) -> People:
        """What people decided, as it holds now."""
        return self._people.of(people_of, opened, self.journal.standing())

    def conflicts(self, opened: OpenedStudy) -> dict[str, list[dict[str, Any]]]:
        """Segment -> what people differ on there."""
        return self._conflicts.of(conflicts_of, opened, self._labels_now(opened))

    def agreement(self, opened: OpenedStudy, language: Language) -> dict[str, Any]:
        """How far people agree, in words of `language` where it cannot be said."""
        return self._agreement.of(agreement_of, opened, self.people(opened), self._labels_now(opened), language)

    def worth_reading(self, opened: OpenedStudy) -> Choice | None:
        """The passages most worth reading that nobody has read; None while the machine chooses them.

        It chooses anew once all were read, and where the study's files changed.
        """
        if not opened.study.themes:
            raise study_error(
                "senza un libro dei codici la macchina non può scegliere: aggiungi codebook.csv",
                "without a codebook the machine cannot choose: add codebook.csv",
            )
        read = {each["segment"] for each in self.people(opened).read}
        if self._chosen and read.issuperset(each["segment"] for each in self._chosen):
            self._rounds += 1
        self._chosen = self._worth.choice((opened.version, self._rounds))
        return self._chosen

    def is_behind(self, opened: OpenedStudy) -> bool:
        """Whether the study has changed since its latest run."""
        return opened.run is not None and self._behind.of(_is_behind, opened, self.journal.standing())

    def _labels_now(self, opened: OpenedStudy) -> HumanLabels:
        return self._labels.of(labels_of, opened, self.people(opened))

    def concordance(self) -> Concordance:
        """The words of the study, to look for words in."""
        return self._concordance.of(Concordance, self.study())

    def decide(self, posted: Posted) -> tuple[Decision, bool]:
        """Keep what was decided; the decision that stands, and whether it is new. Raises StudyError, nothing kept."""
        known = self.journal.find(posted.id) if posted.id else None
        if known is not None:
            return known, False
        if posted.do in ("remove", "undo"):
            decision = withdrawal_of(posted, self.journal.decisions())
        else:
            opened = self.study()
            decision = decision_of(posted, opened, set(opened.study.sample["draw"]))
        kept = self.journal.append(decision)
        log.info("%s %s %s %s", kept.do, kept.id, kept.segment or kept.ref, kept.theme)
        return kept, kept is decision

    def _is_time(self) -> bool:
        now = time.monotonic()
        if now - self._looked < _FRESH:
            return False
        self._looked = now
        return True


def _is_behind(opened: OpenedStudy, _decisions: Sequence[Decision]) -> bool:
    """By what is in the files: their names may have been replaced with those of other people."""
    assert opened.run is not None
    kept = opened.run.manifest["inputs"].values()
    return sorted(kept) != sorted(input_hashes(opened.study.folder).values())
