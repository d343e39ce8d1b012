"""The types of items, and the words of yes and no and of ticks. A vocabulary: reads nothing."""

from collections.abc import Mapping

from corpus.records import ItemType

TYPES: Mapping[str, ItemType] = {
    "number": "number",
    "date": "date",
    "single": "single",
    "multi": "multi",
    "likert": "likert",
    "yesno": "yesno",
    "text": "text",
    "numero": "number",
    "data": "date",
    "singola": "single",
    "multipla": "multi",
    "scala": "likert",
    "si/no": "yesno",
    "testo": "text",
    "numerica": "number",
    "numeric": "number",
    "scelta singola": "single",
    "scelta multipla": "multi",
    "multiple": "multi",
    "scale": "likert",
    "ordinale": "likert",
    "yes/no": "yesno",
    "aperta": "text",
    "open": "text",
}
CLOSED = ("single", "multi", "likert", "yesno")
YES = {"si", "s", "yes", "y", "x", "vero", "true", "1"}
NO = {"no", "n", "falso", "false", "0"}
# How programs and people write, in an option's own column, that it was chosen or not.
TICKED = {"checked", "selected", "scelto", "selezionato", "indicato", "citato"}
UNTICKED = {
    *("not checked", "unchecked", "not selected"),
    *("non scelto", "non selezionato", "non indicato", "non citato"),
}
