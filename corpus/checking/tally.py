"""How many errors and warnings a study has, and what the errors leave out of a run. Finds none itself."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import Problem
from corpus.words.language import Bilingual

if TYPE_CHECKING:  # a finished run is read without what reads a study
    from corpus.study import Study

_INTERVIEWS = "transcripts/"
# From two on: one interview has a phrase of its own.
_NUMBERS = (
    Bilingual("due", "two"), Bilingual("tre", "three"), Bilingual("quattro", "four"), Bilingual("cinque", "five"),
    Bilingual("sei", "six"), Bilingual("sette", "seven"), Bilingual("otto", "eight"), Bilingual("nove", "nine"),
    Bilingual("dieci", "ten"),
)  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """Of one study: how many `errors` and `warnings`, and `left_out`, such as `quattro interviste lasciate fuori`."""

    errors: int
    warnings: int
    left_out: tuple[Bilingual, ...] = ()

    def say(self) -> Bilingual:
        """`14 errori, 1 avviso: quattro interviste lasciate fuori, 2 errori in codings.csv`."""
        errors = _counted(self.errors, "errore", "errori", "error")
        warnings = _counted(self.warnings, "avviso", "avvisi", "warning")
        counts = Bilingual(f"{errors.it}, {warnings.it}", f"{errors.en}, {warnings.en}")
        if not self.left_out:
            return counts
        it = ", ".join(part.it for part in self.left_out)
        en = ", ".join(part.en for part in self.left_out)
        return Bilingual(f"{counts.it}: {it}", f"{counts.en}: {en}")


def tally(study: "Study") -> Tally:
    """The tally of a study.

    An interview is left out when its file could not be read, or nobody answers in it; it has no respondent when
    respondents.csv does not say who answers, and is read in part when some of its speakers are known to nobody.
    """
    errors = [each for each in study.problems if each.severity == "error"]
    answering = study.turns[study.turns["role"] == "respondent"]
    known = set(answering.loc[answering["respondent"] != "", "transcript"])
    silent = {each.file for each in study.interviews if each.id not in set(answering["transcript"])}
    nameless = {each.file for each in study.interviews if each.id not in known} - silent
    unread = {each.file for each in errors if _of_interview(each)} - {each.file for each in study.interviews}
    partly = {each.file for each in errors if _of_interview(each)} - unread - silent - nameless
    parts = tuple(_left_out(len(unread | silent), len(nameless), len(partly), errors))
    return Tally(len(errors), len(study.problems) - len(errors), parts)


def _of_interview(problem: Problem) -> bool:
    return problem.file.startswith(_INTERVIEWS)


def _left_out(interviews: int, nameless: int, partly: int, errors: Iterable[Problem]) -> Iterator[Bilingual]:
    if interviews:
        counted = _interviews(interviews)
        yield Bilingual(f"{counted.it} {'lasciata' if interviews == 1 else 'lasciate'} fuori", f"{counted.en} left out")
    if nameless:
        counted = _interviews(nameless)
        yield Bilingual(f"{counted.it} senza rispondente", f"{counted.en} without a respondent")
    if partly:
        counted = _interviews(partly)
        yield Bilingual(f"{counted.it} {'letta' if partly == 1 else 'lette'} in parte", f"{counted.en} read in part")
    for file, number in Counter(each.file for each in errors if not _of_interview(each)).items():
        counted = _counted(number, "errore", "errori", "error")
        yield Bilingual(f"{counted.it} in {file}", f"{counted.en} in {file}")


def _interviews(number: int) -> Bilingual:
    if number == 1:
        return Bilingual("un'intervista", "one interview")
    word = _NUMBERS[number - 2] if number - 2 < len(_NUMBERS) else Bilingual(str(number), str(number))
    return Bilingual(f"{word.it} interviste", f"{word.en} interviews")


def _counted(number: int, one: str, many: str, english: str) -> Bilingual:
    return Bilingual(f"{number} {one if number == 1 else many}", f"{number} {english}{'' if number == 1 else 's'}")
