import pytest

from corpus.questionnaire.answer_cells import Choices, read_tick
from corpus.questionnaire.item_codebook import read_questionnaire_codebook
from corpus.questionnaire.polarity import yes_options
from corpus.records import Item, Option
from corpus.words.scales import orders_where_printed


def said_yes(*rows):
    return yes_options([Option(value, label, order) for value, label, order in rows])


@pytest.mark.parametrize(
    "rows",
    [
        [("1", "Sì", None), ("2", "No", None)],
        [("2", "No", None), ("1", "Sì", None)],
        [("1", "Sì, abbiamo una convenzione", 1), ("2", "No, nessuna", 2)],
        [("1", "S", 1), ("2", "N", 2)],
        [("1", "Y", 1), ("2", "N", 2)],
        [("1", "Yes, always", None), ("2", "Not yet", None)],
        [("1", "Abbiamo una convenzione", None), ("2", "Non abbiamo una convenzione", None)],
        [("1", "Direi di sì", None), ("2", "Direi di no", None)],
        [("1", "Favorevole", 1), ("2", "Contrario", 2)],
        [("1", "Presente", None), ("2", "Assente", None)],
        [("1", "1", None), ("0", "0", None)],
        [("1", "Sì", None), ("2", "Altrimenti", None)],
        [("1", "Vero", 0), ("2", "Falso", 1)],
        [("1", "Maschio", 1), ("2", "Femmina", 0)],  # nothing in the words: declared by order
        [("1", "Sì", None), ("2", "No", None), ("3", "In parte", None)],
        [("1", "Il comune ha un sito", 1), ("2", "Il comune non ha un sito", 2)],
        [("2", "We don't have one", None), ("1", "We have one", None)],
        [("1", "Con convenzione", None), ("2", "Senza convenzione", None)],
        [("1", "Certo che sì", None), ("2", "Certo che no", None)],
        [("1", "D'accordo", None), ("0", "Per niente d'accordo", None)],
        [("1", "Agree", 2), ("2", "Disagree", 1)],
    ],
)
def test_yes_is_told_by_words_and_not_by_place(rows):
    assert said_yes(*rows) == ("1",)


def test_several_options_may_say_yes():
    assert said_yes(("a", "Sì, sempre", 1), ("b", "Sì, a volte", 2), ("c", "No", 3)) == ("a", "b")


@pytest.mark.parametrize(
    "rows",
    [
        [("1", "Maschio", 1), ("2", "Femmina", 2)],
        [("a", "Rosso", None), ("b", "Verde", None)],
        [("1", "Sì, molto", None), ("2", "Sì, poco", None)],
        [("1", "Ente senza fini di lucro", None), ("2", "Impresa privata", None)],
        [("1", "Non ne ho", None), ("2", "Non lo uso", None)],
    ],
)
def test_what_no_word_tells_is_not_guessed(rows):
    assert said_yes(*rows) is None


HEAD = "item;text;type;value;label;order;missing;reverse;stance\n"


def codebook(folder, *rows):
    (folder / "questionnaire_codebook.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    items, problems = read_questionnaire_codebook(folder)
    return items[0], [fault for fault in problems if fault.column in ("label", "order", "missing")]


def test_a_yes_nobody_can_tell_is_asked_for(tmp_path):
    item, problems = codebook(tmp_path, "Q;Chi?;yesno;1;Rosso;1;;;", "Q;Chi?;yesno;2;Verde;2;;;")
    assert item.yes == ()
    assert [(fault.severity, fault.column) for fault in problems] == [("error", "label")]
    assert "`Rosso`, `Verde`" in problems[0].message.it


def test_the_stance_of_a_yes_is_the_declared_one_whatever_its_code(tmp_path):
    item, _ = codebook(
        tmp_path, "Q;Va?;yesno;1;Sì, bene;1;;;vantaggio", "Q;Va?;yesno;2;Nessuna risposta utile;2;;;vantaggio"
    )
    assert [option.stance for option in item.options] == ["advantage", "problem"]


def test_an_answer_between_yes_and_no_is_told(tmp_path):
    rows = [f"Q;Va?;yesno;{n};{label};;;;" for n, label in enumerate(("Sì", "In parte", "No"), 1)]
    item, problems = codebook(tmp_path, *rows)
    assert item.yes == ("1",)
    assert [(fault.severity, fault.column) for fault in problems] == [("warning", "label")]
    assert problems[0].message.it.startswith("`In parte` di `Q` non dice né sì né no")


def scale(*labels):
    """Rows of a scale coded 1, 2, 3 ... as its options are printed."""
    return [f"Q;Quanto?;likert;{n};{label};;;;" for n, label in enumerate(labels, 1)]


@pytest.mark.parametrize(
    "labels",
    [
        ("Molto importante", "Importante", "Poco importante", "Per nulla importante"),
        ("Eccellente", "Buono", "Sufficiente", "Insufficiente", "Pessimo"),
        ("Molto alto", "Alto", "Medio", "Basso", "Molto basso"),
        ("Agree strongly", "Agree somewhat", "Disagree somewhat", "Disagree strongly"),
        ("Molto", "2", "3", "4", "Per niente"),
        ("Very", "Fairly", "Not very", "Not at all"),
        ("Aumentato", "Uguale", "Diminuito"),
    ],
)
def test_a_scale_printed_from_high_to_low_falls_with_its_codes(tmp_path, labels):
    item, problems = codebook(tmp_path, *scale(*labels))
    assert [option.order for option in item.options] == list(range(len(labels), 0, -1))
    assert [fault.severity for fault in problems] == ["warning"]
    item, _ = codebook(tmp_path, *scale(*labels[::-1]))
    assert [option.order for option in item.options] == list(range(1, len(labels) + 1))


@pytest.mark.parametrize(
    "labels",
    [
        ("Ogni giorno", "Una volta al mese", "Mai"),  # one end alone is no direction
        ("Tutti i mesi", "Tutte le settimane"),
        ("1 = molto", "2", "3", "4 = per niente"),  # numbers and words contradict each other
    ],
)
def test_codes_alone_or_against_the_words_order_no_scale(tmp_path, labels):
    item, problems = codebook(tmp_path, *scale(*labels))
    assert {option.order for option in item.options} == {None}
    assert [(fault.severity, fault.column) for fault in problems] == [("error", "order")]


@pytest.mark.parametrize("label", ["99 - Non so", "9. NR", "Non saprei dire", "88) non ricordo"])
def test_a_non_answer_is_known_behind_its_printed_code(tmp_path, label):
    item, _ = codebook(tmp_path, *scale("1 poco", "2 molto", label))
    assert item.options[2].missing
    assert [option.order for option in item.options] == [1, 2, None]


@pytest.mark.parametrize(
    ("labels", "orders"),
    [
        (("Molto", "Abbastanza", "Poco", "Per niente"), [4, 3, 2, 1]),
        (("3 ottimo", "1 pessimo", "2 così"), [3, 1, 2]),
    ],
)
def test_a_scale_without_order_takes_it_from_its_words(tmp_path, labels, orders):
    item, problems = codebook(tmp_path, *(f"Q;Quanto?;likert;c{n};{label};;;;" for n, label in enumerate(labels)))
    assert [option.order for option in item.options] == orders
    assert [fault.severity for fault in problems] == ["warning"]


def test_a_scale_whose_words_tell_no_order_is_asked_for(tmp_path):
    item, problems = codebook(tmp_path, *(f"Q;Quanto?;likert;{code};{code};;;;" for code in ("rosso", "blu", "verde")))
    assert [option.order for option in item.options] == [None, None, None]
    assert [(fault.severity, fault.column) for fault in problems] == [("error", "order")]


def test_an_order_against_the_words_is_told(tmp_path):
    rows = [f"Q;Quanto?;likert;{n};{label};{n};;{{}};" for n, label in enumerate(("Molto", "Poco", "Per niente"), 1)]
    item, problems = codebook(tmp_path, *(row.format("") for row in rows))
    assert [option.order for option in item.options] == [1, 2, 3]
    assert "mette `Per niente` sopra `Molto`" in problems[0].message.it
    assert codebook(tmp_path, *(row.format("si") for row in rows))[1] == []


@pytest.mark.parametrize(("value", "label"), [("6", "Non so"), ("99", "non saprei"), ("9", "N.R."), ("nr", "")])
def test_a_non_answer_among_the_options_is_a_missing_one(tmp_path, value, label):
    item, problems = codebook(
        tmp_path,
        "Q;Quanto?;likert;1;Poco;1;;;",
        "Q;Quanto?;likert;2;Molto;2;;;",
        f"Q;Quanto?;likert;{value};{label};;;;",
    )
    assert item.options[2].missing
    assert [(fault.severity, fault.column, fault.row) for fault in problems] == [("warning", "missing", 4)]


def test_a_non_answer_counts_as_answer_where_the_codebook_insists(tmp_path):
    item, problems = codebook(tmp_path, "Q;Chi?;single;a;A;;;;", "Q;Chi?;single;ns;Non so;;no;;")
    assert [option.missing for option in item.options] == ["", ""]
    assert problems == []


def test_a_place_far_beyond_a_scale_is_asked_about(tmp_path):
    rows = [f"Q;Quanto?;likert;{n};v{n};{n};;;" for n in (1, 2, 3, 99)]
    _, problems = codebook(tmp_path, *rows)
    assert [(fault.severity, fault.column) for fault in problems] == [("warning", "order")]
    assert "`v99` sta molto oltre" in problems[0].message.it


@pytest.mark.parametrize(
    ("labels", "orders"), [(("Molto", "Poco"), [2, 1]), (("Giugno", "Luglio"), [1, 2]), (("2 molto", "1 poco"), [2, 1])]
)
def test_a_scale_that_a_program_prints_goes_by_its_words_before_its_places(labels, orders):
    assert orders_where_printed(labels, ("A1", "A2")) == orders


def test_a_yes_with_an_accent_typed_beside_it_is_yes():
    item = Item("Q", "Va?", "yesno", (Option("1", "Sì"), Option("2", "No")), yes=("1",))
    assert [Choices(item).one(cell).value for cell in ("SI'", "si’", "No")] == ["1", "1", "2"]
    assert read_tick("SI'", Option("mense", "Mense"))
