"""The sample: how many interviews, words, answers, by class; a builder of one table."""

from corpus.questionnaire.written_answers import is_written
from corpus.words.missing_words import DONT_KNOW, REJECTED
from corpus.words.phrase import Phrase, phrase
from nlp.measures.groups import natural_order
from nlp.measures.theme_mentions import interviewed
from outputs.tables.collector import Collector
from outputs.tables.glossary import columns
from outputs.tables.table import Table
from outputs.tables.view import View


def overview(view: View) -> Table:
    """One row a fact about the material."""
    table = Collector("campione", columns("measure value"))
    segments = view.results.segments
    answers = view.study.answers
    interviewees = set(interviewed(segments))
    # Whose answers are all out of the codes has a questionnaire, too.
    with_answers = set(answers.loc[answers["status"].isin(["answered", DONT_KNOW, REJECTED]), "respondent"])
    _add_people(table, "respondents", set(view.all_classes.index))
    _add_number(table, "transcripts", len(view.study.interviews))
    _add_written(table, view)
    _add_people(table, "interviewed", interviewees)
    _add_uncounted(table, view, interviewees)
    _add_people(table, "questionnaires", with_answers)
    _add_people(table, "both", with_answers & interviewees)
    for label in natural_order(view.classes[view.classes != ""].tolist()):
        measure = phrase("campione.class", variable=view.class_name, label=label)
        table.add(f"class={label}", {"measure": measure})
        table.count_people(f"class={label}", "value", view.classes.index[view.classes == label])
    _add_number(table, "turns", len(view.study.turns))
    spoken = segments[segments["role"] == "respondent"]
    _add_number(table, "segments", len(spoken))
    _add_number(table, "words", int(spoken["words"].sum()))
    _add_number(table, "themes", len(view.study.themes))
    _add_number(table, "items", len(view.study.items))
    codings = view.results.codings
    _add_number(table, "codings", len(codings))
    _add_number(table, "human", int((codings["how"] == "human").sum()))
    return table.done()


def _add_number(table: Collector, measure: str, value: int) -> None:
    table.add(measure, {"measure": Phrase(f"campione.{measure}"), "value": value})


def _add_people(table: Collector, measure: str, people: set[str]) -> None:
    table.add(measure, {"measure": Phrase(f"campione.{measure}")})
    table.count_people(measure, "value", people)


def _add_uncounted(table: Collector, view: View, interviewees: set[str]) -> None:
    """Who is in no denominator of the themes, and why; no row where nobody is."""
    spoken = view.spoken.loc[view.spoken["respondent"] != "", "respondent"]
    unread = interviewees - set(view.people)
    only_wrote = set(spoken) - interviewees
    if unread:
        _add_people(table, "unread", unread)
    if only_wrote:
        _add_people(table, "only_wrote", only_wrote)


def _add_written(table: Collector, view: View) -> None:
    """Open answers that are analysed like an interview; no row where nothing is."""
    texts = [transcript for transcript in view.study.transcripts if is_written(transcript.id)]
    if texts:
        _add_number(table, "written", sum(turn.cell is not None for text in texts for turn in text.turns))
