"""Does the machine err alike on everybody? Missed and invented codings by each variable. Computes no statistics."""

import pandas as pd

from corpus.respondents.respondents_list import COLUMNS as IDENTITY
from corpus.words.phrase import Phrase, phrase
from nlp.measures.agreement import MACHINE, PEOPLE, paired_decisions
from nlp.measures.groups import groups_of
from nlp.measures.machine_errors import ALL_THEMES, CASE_COLUMNS, MOST_GROUPS, machine_errors, sampled_cases
from outputs.tables.collector import Collector
from outputs.tables.glossary import column, columns
from outputs.tables.leading import leading
from outputs.tables.table import Table, records
from outputs.tables.view import View

KEY = "errori_macchina"


def errors_by_variable(view: View) -> Table:
    """One row a variable, theme, kind of error and class; what it does to findings is the last column."""
    counted = columns("variable theme error group cases errors error_share error_low error_high p q family")
    table = Collector(KEY, [*counted, column("verdict_on_errors", name="verdict"), column("consequence")])
    cases = _cases(view)
    groups = _variables(view)
    if cases.empty or not groups:
        why = "nothing_read" if cases.empty else "no_variables"
        return table.done(Phrase(f"errori_macchina.{why}"), most=MOST_GROUPS)
    errors = machine_errors(cases, groups, view.seed)
    behind = cases.assign(wrong=cases["people"] != cases["machine"])
    for row in records(errors):
        key = f"{row['variable']}|{row['theme']}|{row['error']}|{row['group']}"
        theme = view.theme(row["theme"]).label if row["theme"] != ALL_THEMES else Phrase("errori_macchina.all_themes")
        names = {name: row[name] for name in ("variable", "error", "group", "family", "verdict")}
        table.add(key, {"theme": theme, **names, "consequence": _consequence(view, row["verdict"])})
        table.add(key, {test: view.number(row[test]) for test in ("p", "q")})
        for end in ("share", "low", "high"):
            table.add(key, {f"error_{end}": view.number(row[end], row["reason"])})
        labels = groups[row["variable"]]
        given = behind["people"] == (row["error"] == "missed")
        of_row = behind[given & behind["respondent"].map(labels.to_dict()).eq(row["group"])]
        table.quote_segments(key, "error_share", sorted(set(of_row.loc[of_row["wrong"], "segment"])))
        if row["theme"] != ALL_THEMES:
            of_row = of_row[of_row["theme"] == row["theme"]]
            table.count_segments(key, "cases", of_row["segment"])
            table.count_segments(key, "errors", of_row.loc[of_row["wrong"], "segment"])
    return table.done(_lead(view, errors), most=MOST_GROUPS)


def _cases(view: View) -> pd.DataFrame:
    """What people decided in the random sample or, without one, wherever they decided, beside the machine's."""
    if leading(view) == "corrected":
        return sampled_cases(view.sampled)
    if view.results.decisions.empty:
        return pd.DataFrame(columns=CASE_COLUMNS)
    pairs = paired_decisions(view.results.decisions, PEOPLE, MACHINE)
    order = {theme.code: place for place, theme in enumerate(view.study.themes)}
    pairs = pairs.sort_values("theme", key=lambda codes: codes.map(order), kind="stable")
    speakers = view.results.segments.set_index("segment")["respondent"]
    return pairs.assign(
        respondent=pairs["segment"].map(speakers),
        people=pairs["cell"].isin(["both", "first_only"]).astype(int),
        machine=pairs["cell"].isin(["both", "second_only"]).astype(int),
        probability=1.0,
    )[CASE_COLUMNS]


def _variables(view: View) -> dict[str, pd.Series]:
    """The study's own variables that put at least two respondents into a class, and make no more than MOST_GROUPS."""
    own = [name for name in view.study.respondents.columns if name not in IDENTITY]
    groups = {name: groups_of(view.study.respondents, name, view.people) for name in own}
    sizes = {name: labels[labels != ""].value_counts() for name, labels in groups.items()}
    return {name: groups[name] for name, size in sizes.items() if 2 <= len(size) <= MOST_GROUPS and size.max() > 1}


def _consequence(view: View, verdict: str) -> Phrase:
    """What the verdict does to the findings that use the variable."""
    corrected = "_corrected" if leading(view) == "corrected" and verdict == "unlike" else ""
    return Phrase(f"consequence.{verdict}{corrected}")


def _lead(view: View, errors: pd.DataFrame) -> Phrase:
    """The comparisons of each verdict, and against what people decided."""
    unlike = errors[errors["verdict"] == "unlike"].drop_duplicates(["variable", "theme", "error"])
    told = []
    for row in records(unlike):
        theme = view.theme(row["theme"]).label if row["theme"] != ALL_THEMES else Phrase("errori_macchina.all_themes")
        error = Phrase(f"error.{row['error']}")
        told.append(phrase("errori_macchina.named", theme=theme, error=error, variable=row["variable"]))
    tests = errors.drop_duplicates(["variable", "theme", "error"])["verdict"]
    counts = {verdict: int((tests == verdict).sum()) for verdict in ("unlike", "alike", "few")}
    basis = Phrase("errori_macchina.of_sample" if leading(view) == "corrected" else "errori_macchina.of_all")
    named = phrase("errori_macchina.unlike", named=tuple(told)) if told else None
    return Phrase("errori_macchina.lead", {**counts, "n": len(tests), "named": named, "basis": basis})
