"""What was understood of each transcript, for `trama check`: format, encoding, speakers, turns. Finds no fault."""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from corpus.study import Study
from corpus.words.language import Bilingual
from corpus.words.roles import Role

_ROLES: dict[Role, Bilingual] = {
    "interviewer": Bilingual("chiede", "asks"),
    "respondent": Bilingual("risponde", "answers"),
    "other": Bilingual("altro", "other"),
}


def describe_transcripts(study: Study) -> Iterator[Bilingual]:
    """One line a transcript: file, format and encoding, turns, and each speaker with role, respondent and turns."""
    warnings = Counter(problem.file for problem in study.problems if problem.severity == "warning")
    for transcript in study.interviews:
        turns = study.turns[study.turns["transcript"] == transcript.id]
        speakers = turns.groupby(["speaker", "role", "respondent"], sort=False).size()
        kind = PurePath(transcript.file).suffix.lower().removeprefix(".")
        encoding = f" {transcript.encoding}" if transcript.encoding else ""
        people = [
            _person(speaker, role, respondent, int(count))
            for (speaker, role, respondent), count in zip(speakers.index, speakers.to_numpy(), strict=True)
        ]
        counted = [
            _counted(len(turns), ("turno", "turni"), ("turn", "turns")),
            _counted(len(transcript.notes), ("nota", "note"), ("note", "notes")),
            _counted(warnings[transcript.file], ("avviso", "avvisi"), ("warning", "warnings")),
        ]
        yield Bilingual(
            f"{transcript.file}  {kind}{encoding}, {', '.join(count.it for count in counted)}: "
            + ", ".join(person.it for person in people),
            f"{transcript.file}  {kind}{encoding}, {', '.join(count.en for count in counted)}: "
            + ", ".join(person.en for person in people),
        )


def _counted(number: int, it: tuple[str, str], en: tuple[str, str]) -> Bilingual:
    form = 0 if number == 1 else 1
    return Bilingual(f"{number} {it[form]}", f"{number} {en[form]}")


def _person(speaker: str, role: Role, respondent: str, turns: int) -> Bilingual:
    who = f": {respondent}" if respondent else ""
    return Bilingual(f"{speaker} ({_ROLES[role].it}{who}, {turns})", f"{speaker} ({_ROLES[role].en}{who}, {turns})")
