"""What people who read the same segments disagree on, and what was settled. Settles nothing itself."""

from corpus.codings.disagreements import Disagreement, Side, find_disagreements
from corpus.words.phrase import Phrase, phrase
from outputs.tables.collector import Collector
from outputs.tables.glossary import columns
from outputs.tables.table import Table, Value
from outputs.tables.view import View

_GAP = " […] "


def disagreements(view: View) -> Table:
    """One row a segment and theme on which people differ: who says what, and what was decided by whom, when and why."""
    keys = "theme differ_on respondent quotation says_yes says_no settled_as settled_stance settled_reason settler"
    table = Collector("disaccordi", columns(f"{keys} settled_on"))
    spoken = view.spoken[["segment", "respondent", "text"]].to_numpy()
    differing = sorted(find_disagreements(view.labels), key=lambda each: (each.theme, each.row))
    for each in differing:
        segment, respondent, text = spoken[each.row]
        theme = view.study.themes[each.theme]
        row_key = f"{segment}|{theme.code}"
        said: dict[str, Value] = {"theme": theme.label, "respondent": respondent, "quotation": text}
        table.add(row_key, said | _who_says_what(each, text) | _settlement(each))
        table.quote_segments(row_key, "quotation", [segment])
    settled = sum(each.settlement is not None for each in differing)
    lead = phrase("disaccordi.lead", n=len(differing), settled=settled)
    return table.done(lead if differing else Phrase("disaccordi.none"))


def _who_says_what(disagreement: Disagreement, text: str) -> dict[str, Value]:
    givers = tuple(_side(side, text) for side in disagreement.sides if side.given)
    others = tuple(side.coder for side in disagreement.sides if not side.given)
    return {
        "differ_on": Phrase("disaccordi.theme" if disagreement.on_theme else "disaccordi.stance"),
        "says_yes": phrase("list.semicolon", parts=givers),
        "says_no": phrase("list.comma", parts=others) if others else None,
    }


def _side(side: Side, text: str) -> Phrase:
    passages = _GAP.join(text[start:end] for start, end in side.places)
    if side.stance:
        return phrase(
            "disaccordi.side_with_stance", coder=side.coder, stance=Phrase(f"stance.{side.stance}"), text=passages
        )
    return phrase("disaccordi.side", coder=side.coder, text=passages)


def _settlement(disagreement: Disagreement) -> dict[str, Value]:
    settled = disagreement.settlement
    if settled is None:
        return {"settled_as": Phrase("disaccordi.open")}
    return {
        "settled_as": Phrase("disaccordi.yes" if settled.given else "disaccordi.no"),
        "settled_stance": settled.stance or None,
        "settled_reason": settled.reason or None,
        "settler": settled.settler,
        "settled_on": settled.date or None,
    }
