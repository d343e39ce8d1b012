"""A study's journal as the room follows it: what was decided, in the order in which it became known. Shows nothing."""

import threading
from pathlib import Path

from corpus.codings.coding_reader import coding_files
from corpus.codings.journal import ENDING, JOURNAL, Decision, append_decision, read_journal, standing

_State = tuple[tuple[str, int, int], ...]


class SharedJournal:
    """The journal of the study in `folder`, which other rooms write at the same time."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._lock = threading.Lock()
        self._state: _State | None = None
        self._decisions: list[Decision] = []
        self._standing: tuple[Decision, ...] = ()

    def decisions(self) -> list[Decision]:
        """Every decision, each after those that were known before it."""
        with self._lock:
            self._refresh()
            return list(self._decisions)

    def standing(self) -> tuple[Decision, ...]:
        """The decisions that hold."""
        with self._lock:
            self._refresh()
            return self._standing

    def find(self, id: str) -> Decision | None:
        """The decision with this id."""
        return next((decision for decision in self.decisions() if decision.id == id), None)

    def append(self, decision: Decision) -> Decision:
        """Keep the decision, once where it comes again; the one that is kept. Raises StudyError when it cannot be."""
        with self._lock:
            self._refresh()
            known = next((each for each in self._decisions if each.id == decision.id), None)
            if known is None:
                append_decision(self._folder, decision)
                self._refresh()
            return known or decision

    def _refresh(self) -> None:
        state = _state(self._folder)
        if state == self._state:
            return
        read, _ = read_journal(self._folder)
        known = {decision.id for decision in self._decisions}
        new = [decision for decision in read if decision.id not in known]
        self._decisions += sorted(new, key=lambda decision: decision.at)
        self._standing = standing(read)
        self._state = state


def _state(folder: Path) -> _State:
    """The journal's files as they were saved last: a journal only grows."""
    state = []
    for path in coding_files(folder, (ENDING,), JOURNAL):
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        state.append((path.name, stat.st_mtime_ns, stat.st_size))
    return tuple(state)
