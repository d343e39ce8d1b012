"""The passages most worth reading, chosen as `trama suggest` does, in a process of its own: it loads the models.

`python -m flows.reading.worth STUDY NUMBER LANGUAGE` prints them as JSON.
"""

import json
import sys
from pathlib import Path
from threading import Lock
from typing import Any, cast

from corpus.errors import StudyError, study_error
from corpus.words.language import Language
from flows.faults import plain_faults
from flows.host import PlainHost, logged_to
from flows.isolation import isolated
from flows.reading.child import Child
from flows.server.prefect_home import STATE

NUMBER = 40  # as many as `trama suggest` usually asks
_LOG = "run.log"  # what `trama suggest` writes of the same work
Choice = list[dict[str, Any]]


class WorthReading:
    """The machine's choice in the study in `folder`, made when it is asked for and anew where that is wanted."""

    def __init__(self, folder: Path, language: Language):
        self._folder = folder
        self._language = language
        self._lock = Lock()
        self._state: object = None
        self._child: Child | None = None
        self._choice: Choice | None = None

    def choice(self, state: object) -> Choice | None:
        """Segment and `unsure`, the theme that makes it so, the best first; None while the machine chooses.

        It chooses again when `state` is another than it was. Raises StudyError, once, where it cannot choose.
        """
        with self._lock:
            if self._child is not None and (code := self._child.ended()) is not None:
                output = self._child.output()
                self._child = None
                if code:
                    raise _no_choice(output.strip())
                self._choice = json.loads(output)
            elif self._child is None and (self._choice is None or state != self._state):
                self._state = state
                self._choice = None
                self._child = Child("flows.reading.worth", str(self._folder), str(NUMBER), self._language)
            return self._choice


def _no_choice(why: str) -> StudyError:
    return study_error(
        why or "la macchina non è riuscita a scegliere i passaggi: `trama suggest` dice perché",
        why or "the machine could not choose passages: `trama suggest` says why",
    )


def main() -> None:
    """Print the choice, or in words why there is none."""
    folder = Path(sys.argv[1])
    language = cast(Language, sys.argv[3])
    try:
        with isolated(), plain_faults(folder), logged_to(folder / STATE / _LOG):
            from flows.sheet_wish import SheetWish
            from flows.suggestion import choose_segments

            rows = choose_segments(folder, PlainHost(), SheetWish(number=int(sys.argv[2]))).rows
    except StudyError as error:
        print(error.say(language))
        sys.exit(1)
    print(json.dumps(rows[["segment", "unsure"]].to_dict("records")))


if __name__ == "__main__":
    main()
