"""The questionnaire's own results as tables, overall and by class. Room outputs; no statistics."""

from nlp.measures.groups import natural_order
from nlp.measures.items import MISSING
from nlp.measures.reasons import MIN_PERCENT_BASE
from outputs.tables.glossary import column, columns
from outputs.tables.table import PEOPLE_COLUMNS, Table, Value, answer_trail, join_trails, make_frame, records
from outputs.tables.view import View


def frequencies(view: View) -> Table:
    """One row an item and option: how many answer so, everybody and by class."""
    labels = natural_order([label for label in view.all_classes.tolist() if label])
    heads = list(columns("item item_text option n count share share_low share_high answers_share", view.language))
    for label in labels:
        heads += [
            column("count", view.language, name=label, label=label),
            column("n", view.language, name=f"{label}/n", label=view.say(f"{label}: su", f"{label}: of")),
        ]
    who = _who_chose(view)
    classes = _classes(view)
    valid = {place: set(mine) for place, mine in view.answered.groupby(["item", "option"])["respondent"]}
    rows: dict[str, dict[str, Value]] = {}
    people = []
    for row in records(view.frequencies):
        key = f"{row['item']}|{row['option']}"
        group = row["group"]
        cells = rows.setdefault(key, {"item": row["item"], "item_text": view.item(row["item"]).text})
        if group:
            cells |= {group: row["count"], f"{group}/n": row["n"]}
        else:
            cells |= {"option": view.option(row["item"], row["option"]), "n": row["n"], "count": row["count"]}
            cells["share"] = view.number(row["share"], row["reason"])
            cells["share_low"] = view.number(row["low"])
            cells["share_high"] = view.number(row["high"])
            cells["answers_share"] = view.number(row["answers_share"])
        chose = who.get((row["item"], row["option"]), set())
        people.append(answer_trail(key, group or "count", chose & classes[group]))
        of_option = row["option"] if view.item(row["item"]).type == "multi" else ""
        answered = valid.get((row["item"], of_option), set())
        people.append(answer_trail(key, f"{group}/n" if group else "n", answered & classes[group]))
    note = view.say(
        "n: rispondenti con una risposta valida. Nelle risposte multiple la percentuale è sui rispondenti; quella "
        f"sulle risposte date sta in una colonna a sé. IC 95 % di Wilson (1927). "
        f"Nessuna percentuale con meno di {MIN_PERCENT_BASE} rispondenti.",
        "n: respondents with a valid answer. For multiple responses the percentage is of respondents; that of all "
        "ticks has a column of its own. Wilson 95 % interval (1927). "
        f"No percentage with fewer than {MIN_PERCENT_BASE} respondents.",
    )
    title = view.say("Risposte al questionario", "Answers to the questionnaire")
    frame = make_frame(heads, rows)
    return Table("domande_frequenze", title, note, tuple(heads), frame, people=join_trails(people, PEOPLE_COLUMNS))


def summaries(view: View) -> Table:
    """One row a number or Likert item and class: mean, median, spread."""
    keys = "item item_text unit group n mean sd median q1 q3 min max " + " ".join(MISSING)
    heads = columns(keys, view.language)
    classes = _classes(view)
    valid = {item: set(mine) for item, mine in view.answered.groupby("item")["respondent"]}
    rows: dict[str, dict[str, Value]] = {}
    people = []
    for row in records(view.summaries):
        key = f"{row['item']}|{row['group']}"
        item = view.item(row["item"])
        rows[key] = {
            "item": row["item"],
            "item_text": item.text,
            "unit": item.unit or (view.say("scala", "scale") if item.type == "likert" else ""),
            "group": row["group"] or _everybody(view),
            **{name: row[name] for name in ("n", *MISSING)},
            **{name: view.number(row[name]) for name in ("mean", "sd", "q1", "q3", "min", "max")},
            "median": view.number(row["median"], row["reason"]),
        }
        people.append(answer_trail(key, "n", valid.get(row["item"], set()) & classes[row["group"]]))
    note = view.say(
        "Le scale hanno mediana e quartili, non la media; i valori sono quelli stampati, non rovesciati. Deviazione "
        "standard campionaria. Quartili per interpolazione lineare.",
        "Scales have median and quartiles, no mean; values are as printed, not reversed. Sample standard deviation. "
        "Quartiles by linear interpolation.",
    )
    title = view.say("Numeri e scale del questionario", "Numbers and scales of the questionnaire")
    frame = make_frame(heads, rows)
    return Table("domande_numeri", title, note, heads, frame, people=join_trails(people, PEOPLE_COLUMNS))


def _who_chose(view: View) -> dict[tuple[str, str], set[str]]:
    """Item and option -> who answered so."""
    who: dict[tuple[str, str], set[str]] = {}
    for row in records(view.answered[["respondent", "item", "option", "value", "number"]]):
        multi = view.item(row["item"]).type == "multi"
        if not multi or row["number"] == 1:
            who.setdefault((row["item"], row["option" if multi else "value"]), set()).add(row["respondent"])
    return who


def _classes(view: View) -> dict[str, set[str]]:
    """Class -> its respondents; "" for everybody."""
    members = {str(label): set(mine.index) for label, mine in view.all_classes.groupby(view.all_classes)}
    return members | {"": set(view.all_classes.index)}


def _everybody(view: View) -> str:
    return view.say("tutti", "everybody")
