"""The notebook of problems: what is wrong with a file, in the order in which it was found."""

from corpus.errors import Notebook, Problem
from corpus.words.language import Bilingual


def test_a_notebook_keeps_what_is_wrong_in_order_with_file_row_and_column() -> None:
    notebook = Notebook("codebook.csv")
    notebook.error("manca", "missing", row=3, column="code")
    notebook.warning("forse", "perhaps", quote="parole")
    assert notebook.problems == (
        Problem(Bilingual("manca", "missing"), "codebook.csv", 3, "code", "error"),
        Problem(Bilingual("forse", "perhaps"), "codebook.csv", None, "", "warning", "parole"),
    )


def test_a_notebook_open_at_a_row_or_at_another_file_writes_into_the_same_list() -> None:
    notebook = Notebook("codings.csv")
    page = notebook.at(7)
    page.warning("riga", "row")
    page.warning("altra", "other", row=9)
    page.of("study.toml").error("chiave", "key")
    assert [(each.file, each.row) for each in notebook.problems] == [
        ("codings.csv", 7),
        ("codings.csv", 9),
        ("study.toml", None),
    ]


def test_a_file_without_rows_that_a_person_can_count_has_no_row_numbers() -> None:
    known = Problem(Bilingual("nota", "known"), "study.lss", 4)
    notebook = Notebook("study.lss", [known], has_rows=False)
    notebook.at(5).error("errore", "error")
    assert [each.row for each in notebook.problems] == [None, None]
