"""The kinds of what is left over among the words, and what a researcher is told of each. Looks for none."""

from typing import Literal

from corpus.language import Bilingual

Kind = Literal["label", "time", "page", "program", "repetition", "line", "shape"]

WHAT: dict[Kind, Bilingual] = {
    "label": Bilingual(
        "quello che sembra il nome di chi parla è rimasto tra le parole: se lo è, scrivilo come gli altri,"
        " o mettilo in [speakers] di study.toml",
        "what looks like a speaker's name stays among the words: if it is one, type it as the others are,"
        " or put it under [speakers] in study.toml",
    ),
    "time": Bilingual(
        "quelli che sembrano tempi della registrazione sono rimasti tra le parole: toglili",
        "what looks like times of the recording stays among the words: take it out",
    ),
    "page": Bilingual(
        "quelli che sembrano numeri di pagina o intestazioni sono rimasti tra le parole: toglili",
        "what looks like page numbers or running headers stays among the words: take it out",
    ),
    "program": Bilingual(
        "quelli che sembrano segni o righe di un programma sono rimasti tra le parole: toglili",
        "what looks like a program's signs or lines stays among the words: take it out",
    ),
    "repetition": Bilingual(
        "le stesse parole tornano subito, come se un programma le avesse scritte più volte: tienile una volta sola",
        "the same words come again at once, as if a program had written them several times: keep them once",
    ),
    "line": Bilingual(
        "righe che non sono frasi, in mezzo a un turno: se sono titoli o righe di un programma, toglile",
        "lines that are no sentences amid a turn: if they are headings or a program's lines, take them out",
    ),
    "shape": Bilingual(
        "un turno solo tiene quasi tutta l'intervista, domande comprese: controlla i nomi di chi parla",
        "one turn holds nearly all the interview, its questions too: check the speakers' names",
    ),
}
