"""One study's reading room while it is open: the study as its files stand, read again when they change."""

import threading
import time
from collections import Counter
from pathlib import Path

from flows.reading.opening import open_study, version_of
from flows.reading.sounds import find_sounds
from outputs.reading.opened import OpenedStudy

_FRESH = 1.0  # seconds for which nobody looks again whether a file changed


class Room:
    """The room of the study in `folder`.

    `blind` shows nobody else's codings and no proposals, whatever a page asks for; `coder` is then the only reader.
    """

    def __init__(self, folder: Path, *, coder: str = "", blind: bool = False):
        self.folder = folder
        self.coder = coder
        self.blind = blind
        self._lock = threading.Lock()
        self._opened: OpenedStudy | None = None
        self._looked = 0.0

    def study(self) -> OpenedStudy:
        """The study as its files stand now. Raises StudyError when it cannot be read any more."""
        with self._lock:  # a second request waits for the first to read, and reads nothing itself
            if self._opened is None or (self._is_time() and version_of(self.folder) != self._opened.version):
                self._opened = open_study(self.folder)
            return self._opened

    def sounds(self) -> dict[str, Path]:
        """Transcript -> its recording."""
        return find_sounds(self.study().study)

    def read(self) -> dict[str, dict[str, int]]:
        """Transcript -> coder -> how many of its segments that person decided on."""
        opened = self.study()
        owner = opened.segments["transcript"].to_numpy(object)
        read: dict[str, Counter[str]] = {}
        for labels in opened.file_labels.values():
            for place, coder in enumerate(labels.coders):
                for transcript in owner[labels.asked[place].any(axis=1)]:
                    read.setdefault(transcript, Counter())[coder] += 1
        return {transcript: dict(counts) for transcript, counts in read.items()}

    def _is_time(self) -> bool:
        now = time.monotonic()
        if now - self._looked < _FRESH:
            return False
        self._looked = now
        return True
