"""What the worksheet of `trama suggest` is made of, for whoever writes it and whoever reads it back. Does neither."""

from corpus.words.language import Bilingual

CODES = 4  # codes that a person can give one segment
MARK = "trama"  # in the first cell of the hidden line that names the columns
CODER = Bilingual("Chi codifica", "Coder")
COLUMNS: tuple[str, ...] = (
    *("transcript", "start", "end", "source"),
    *(f"{kind}_{place}" for place in range(1, CODES + 1) for kind in ("code", "stance")),
)
CODE_HEAD, STANCE_HEAD = Bilingual("Codice", "Code"), Bilingual("Posizione", "Stance")
