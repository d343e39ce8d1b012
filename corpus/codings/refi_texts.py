"""Which transcript each text of a project is, and what `trama init` calls it. Reads no file and moves no coding."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from corpus.codings.quotations import letters
from corpus.refi.names import guid
from corpus.refi.project import Source
from corpus.transcripts.transcript_names import transcript_called, without_ending
from corpus.words.spelling import fold

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|;\x00-\x1f\x7f]')  # `;` parts the transcripts of a respondent
_LONGEST_NAME = 180  # bytes: file systems hold 255, and a number or an ending may follow
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # by Windows
_ALIKE = 0.5  # of a text's runs of letters that a transcript of another name must have
_RUN = 16
_RUNS = 60  # taken evenly from the whole text


def file_names(sources: Sequence[Source]) -> tuple[str, ...]:
    """The file name without ending that each source gets in transcripts/, "" for one without text.

    A name that is alike but for case or accents gets a number: some disks hold one file of such names.
    """
    taken: set[str] = set()
    names: list[str] = []
    for source in sources:
        name = ""
        if has_text(source):
            plain = file_name(source.name)
            tries = (plain, *(f"{plain} ({number})" for number in range(2, len(sources) + 2)))
            name = next(each for each in tries if fold(each) not in taken)
            taken.add(fold(name))
        names.append(name)
    return tuple(names)


def file_name(name: str) -> str:
    """A source's name as a file can be called on every disk, without the ending of the file it was."""
    plain = _NOT_IN_NAMES.sub("_", without_ending(name))
    short = plain.encode("utf-8")[:_LONGEST_NAME].decode("utf-8", "ignore").strip(" ._~") or "testo"
    return f"_{short}" if _RESERVED.match(short) else short


def has_text(source: Source) -> bool:
    """Whether anything but blanks is in it."""
    return bool((source.text or "").strip("\ufeff \t\r\n"))


class TextMatcher:
    """Finds the transcript that a source of a project is."""

    def __init__(self, sources: Sequence[Source], held: Mapping[str, str], title: str) -> None:
        """`held` are the texts of the transcripts by id, `title` the study's, of which exported GUIDs are made."""
        self._sources = sources
        self._held = held
        self._exported = {guid(title, "source", id): id for id in held}
        self._times = Counter(fold(source.name) for source in sources)

    def find(self, source: Source) -> str | None:
        """The transcript that was exported as the source, else that of its name, else the one with the same words.

        Of several sources of one name the one that `trama init` calls so, if the words are the same; else the words
        alone tell.
        """
        if source.guid in self._exported:
            return self._exported[source.guid]
        own = letters(source.text or "")[0]
        given = next(name for each, name in zip(self._sources, self._file_names, strict=True) if each is source)
        if own and own == self._letters.get(given, ""):
            return given
        if self._times[fold(source.name)] == 1:
            tries = (transcript_called(name, self._names) for name in (source.name, file_name(source.name)))
            name = next((name for name in tries if name is not None), None)
            if name is not None:
                return self._names[name]
        return _same_words(own, self._letters)

    @cached_property
    def _file_names(self) -> tuple[str, ...]:
        return file_names(self._sources)

    @cached_property
    def _names(self) -> dict[str, str]:
        """What sources may be called -> transcript: exported names are without a colon."""
        return {id.replace(":", " "): id for id in self._held} | {id: id for id in self._held}

    @cached_property
    def _letters(self) -> dict[str, str]:
        return {id: letters(text)[0] for id, text in self._held.items()}


def _same_words(wanted: str, held: Mapping[str, str]) -> str | None:
    """The transcript whose letters (`held`) have most of those wanted, when it has half and no other comes near."""
    if len(wanted) < _RUN:
        return next((id for id, own in sorted(held.items()) if wanted and own == wanted), None)
    step = max(_RUN, len(wanted) // _RUNS)
    runs = [wanted[start : start + _RUN] for start in range(0, len(wanted) - _RUN + 1, step)]
    shares = sorted(((_share(runs, own), id) for id, own in held.items()), reverse=True)
    if not shares or shares[0][0] < _ALIKE or (len(shares) > 1 and shares[1][0] > shares[0][0] / 2):
        return None
    return shares[0][1]


def _share(runs: Sequence[str], text: str) -> float:
    return sum(run in text for run in runs) / len(runs)
