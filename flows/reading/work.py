"""What takes minutes: a run, a random sample. One at a time in a room, as a person would start it. Decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Literal, Protocol

from corpus.errors import study_error
from corpus.words.language import Language
from corpus.words.phrase import Phrase
from flows.reading.child import Child
from outputs.words.sentences import say

What = Literal["run", "sample"]
State = Literal["idle", "running", "done", "failed"]
_LEFT_OUT = 3  # how `trama run` ends with something left out
_TOLD = 3  # lines that a command ended with, of which the last says why


@dataclass(frozen=True)
class Progress:
    """How far the work is: `stage` while it goes on, `message` what it ended with, in words."""

    state: State = "idle"
    what: What = "run"
    stage: str = ""
    message: str = ""


class Work(Protocol):
    """Who works on a study for its room: commands at a terminal, deployments in the service."""

    def start(self, what: What, arguments: Sequence[str] = ()) -> None:
        """Begin. Raises StudyError where work on the study is going on already."""
        ...

    def progress(self) -> Progress:
        """How far the latest work is."""
        ...


class Commands:
    """Work on the study in `folder` by the commands of `trama`, which speak `language`."""

    def __init__(self, folder: Path, language: Language):
        self._folder = folder
        self._language: Language = language
        self._lock = Lock()
        self._what: What = "run"
        self._child: Child | None = None

    def start(self, what: What, arguments: Sequence[str] = ()) -> None:
        """Start `trama run` or `trama suggest --sample` with more `arguments`."""
        verb = ("run",) if what == "run" else ("suggest", "--sample")
        with self._lock:
            if self._child is not None and self._child.ended() is None:
                raise busy()
            self._what = what
            self._child = Child("flows", *verb, *arguments, "--language", self._language, "--", str(self._folder))

    def progress(self) -> Progress:
        """What the command says meanwhile, and how it ended."""
        with self._lock:
            if self._child is None:
                return Progress()
            code = self._child.ended()
            lines = self._child.told()
        if code is None:
            return Progress("running", self._what, stage=lines[-1] if lines else "")
        if code in (0, _LEFT_OUT):
            message = say(Phrase("reading.left_out"), self._language) if code == _LEFT_OUT else ""
            return Progress("done", self._what, message=message)
        return Progress("failed", self._what, message="\n".join(lines[-_TOLD:]))


def busy() -> Exception:
    """What is raised where work on the study is going on already."""
    return study_error(
        "la macchina sta già lavorando a questo studio: aspetta che finisca",
        "the machine is at work on this study already: wait for its end",
    )
