"""The questionnaire's own results as tables, overall and by class. Computes no statistics."""

from corpus.words.phrase import Phrase, phrase
from nlp.measures.groups import natural_order
from nlp.measures.items import MISSING
from nlp.measures.reasons import MIN_PERCENT_BASE
from outputs.tables.collector import Collector
from outputs.tables.glossary import column, columns
from outputs.tables.table import Table, records
from outputs.tables.view import View

_EVERYBODY = ""  # the group of everybody, in frames of nlp.measures.items


def frequencies(view: View) -> Table:
    """One row an item and option: how many answer so, everybody and by class."""
    heads = list(columns("item item_text option n count share share_low share_high answers_share"))
    for label in natural_order([label for label in view.all_classes.tolist() if label]):
        heads.append(column("count", name=label, label=label))
        heads.append(column("n", name=f"{label}/n", label=phrase("domande_frequenze.of", label=label)))
    table = Collector("domande_frequenze", heads)
    choosers = _choosers_by_option(view)
    members = _members_by_class(view)
    by_option = view.answered.groupby(["item", "option"])["respondent"]
    valid_answers = {item_and_option: set(respondents) for item_and_option, respondents in by_option}
    for row in records(view.frequencies):
        item = row["item"]
        option = row["option"]
        group = row["group"]
        row_key = f"{item}|{option}"
        table.add(row_key, {"item": item, "item_text": view.item(item).text})
        if group == _EVERYBODY:
            table.add(
                row_key,
                {
                    "option": view.option(item, option),
                    "share": view.number(row["share"], row["reason"]),
                    "share_low": view.number(row["low"]),
                    "share_high": view.number(row["high"]),
                    "answers_share": view.number(row["answers_share"]),
                },
            )
        table.count_people(row_key, group or "count", choosers.get((item, option), set()) & members[group])
        # Each option of a multiple response is answered by itself, ticked or not; of other items the item is.
        answered_option = option if view.item(item).type == "multi" else ""
        answered = valid_answers.get((item, answered_option), set())
        table.count_people(row_key, f"{group}/n" if group else "n", answered & members[group])
    return table.done(least=MIN_PERCENT_BASE)


def summaries(view: View) -> Table:
    """One row a number or Likert item and class: mean, median, spread."""
    table = Collector(
        "domande_numeri", columns("item item_text unit group n mean sd median q1 q3 min max " + " ".join(MISSING))
    )
    members = _members_by_class(view)
    by_item = view.answered.groupby("item")["respondent"]
    valid_answers = {item: set(respondents) for item, respondents in by_item}
    for row in records(view.summaries):
        row_key = f"{row['item']}|{row['group']}"
        item = view.item(row["item"])
        scale = Phrase("domande_numeri.scale") if item.type == "likert" else ""
        table.add(
            row_key,
            {
                "item": row["item"],
                "item_text": item.text,
                "unit": item.unit or scale,
                "group": row["group"] or Phrase("domande_numeri.everybody"),
                **{name: row[name] for name in MISSING},
                **{name: view.number(row[name]) for name in ("mean", "sd", "q1", "q3", "min", "max")},
                "median": view.number(row["median"], row["reason"]),
            },
        )
        table.count_people(row_key, "n", valid_answers.get(row["item"], set()) & members[row["group"]])
    return table.done()


def _choosers_by_option(view: View) -> dict[tuple[str, str], set[str]]:
    """Item and option -> who answered so."""
    choosers: dict[tuple[str, str], set[str]] = {}
    for row in records(view.answered[["respondent", "item", "option", "value", "number"]]):
        multi = view.item(row["item"]).type == "multi"
        if not multi or row["number"] == 1:
            choosers.setdefault((row["item"], row["option" if multi else "value"]), set()).add(row["respondent"])
    return choosers


def _members_by_class(view: View) -> dict[str, set[str]]:
    """Class -> its respondents; "" for everybody."""
    by_class = view.all_classes.groupby(view.all_classes)
    members = {str(label): set(respondents.index) for label, respondents in by_class}
    return members | {_EVERYBODY: set(view.all_classes.index)}
