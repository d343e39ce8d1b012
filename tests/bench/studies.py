"""Studies to measure: ParlaTO's 31 interviews, many altered copies of them, and small changes to a study."""

import csv
import random
import re
from pathlib import Path

from tests.acceptance.parlato import DATA, write_study

_SAID = re.compile(r"(<ANNOTATION_VALUE>)([^<]+)(?=</ANNOTATION_VALUE>)")
_FEWEST_WORDS = 4


def parlato_study(folder: Path, interviews: int) -> Path:
    """A study of 31 interviews or a multiple of it; the copies have other ids, other speakers and altered words.

    In each turn of four words or more a copy has one word in the place of another, drawn from the same interview's
    words with a seed of its own, so that no derived file of another interview serves it.
    """
    write_study(DATA, folder)
    for copy in range(1, interviews // 31):
        _copy_interviews(folder, f"x{copy}", random.Random(copy))
    _copy_rows(folder / "respondents.csv", interviews // 31, columns=2)
    _copy_rows(folder / "questionnaire.csv", interviews // 31, columns=1)
    return folder


def change_interview(study: Path) -> None:
    """Alter one interview of middling size: one word in each of its turns."""
    paths = sorted((study / "transcripts").glob("*.eaf"), key=lambda path: (path.stat().st_size, path.name))
    path = paths[len(paths) // 2]
    path.write_text(_altered(path.read_text(encoding="utf-8"), random.Random(31)), encoding="utf-8")


def change_codebook(study: Path) -> None:
    """Say more in the definition of the codebook's first theme."""
    path = study / "codebook.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file, delimiter=";")
    rows[0][head.index("definition")] += ", anche nel racconto di chi è appena arrivato"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([head, *rows])


def _copy_interviews(folder: Path, suffix: str, chance: random.Random) -> None:
    for path in sorted((DATA / "eaf").glob("*.eaf")):
        text = _altered(path.read_text(encoding="utf-8"), chance)
        text = re.sub(r'(TIER_ID="TO\w+)', rf"\1{suffix}", text)
        (folder / "transcripts" / f"{path.stem}{suffix}.eaf").write_text(text, encoding="utf-8")


def _altered(text: str, chance: random.Random) -> str:
    words = [word for said in _SAID.findall(text) for word in said[1].split() if word.isalpha()]

    def alter(found: re.Match[str]) -> str:
        said = found[2].split(" ")
        if len(said) >= _FEWEST_WORDS:
            said[chance.randrange(len(said))] = chance.choice(words)
        return found[1] + " ".join(said)

    return _SAID.sub(alter, text)


def _copy_rows(path: Path, times: int, columns: int) -> None:
    """Each row once more a copy, the first `columns` columns (ids, several parted by |) with the copy's suffix."""
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file, delimiter=";")
    copies = [
        ["|".join(f"{name}x{copy}" for name in cell.split("|")) for cell in row[:columns]] + row[columns:]
        for copy in range(1, times)
        for row in rows
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows([head, *rows, *copies])
