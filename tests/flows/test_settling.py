"""People differ, somebody settles it in the worksheet of `trama settle`, and the study is read and run again."""

import openpyxl
import pytest

from corpus.errors import StudyError
from corpus.study import read_study
from flows.host import PlainHost
from flows.settling import settle_disagreements
from flows.study_reading import without_originals
from tests.acceptance.small_studies import SmallStudy
from tests.acceptance.whole_studies import count_in_process, run_in_process

HOST = PlainHost()


@pytest.fixture
def study(tmp_path):
    """Anna gives `personale` (problem) to the first answer of P1, Bruno to the second: each read all of P1."""
    return SmallStudy(codings="coders disagree").write(tmp_path / "studio")


def fill(path, rows, settler="Carla", date="3 marzo") -> None:
    """Rows by number: decision, stance, reason."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    page["D2"] = settler
    page["D3"] = date
    heads = {cell.value: cell.column for cell in page[6]}
    for number, cells in rows.items():
        for heading, text in zip(("Il tema c'è?", "Posizione", "Motivo"), cells, strict=True):
            page.cell(6 + number, heads[heading]).value = text
    book.save(path)


def table(run, key):
    return next(each for each in run.tables if each.key == key).frame


def test_a_sheet_names_both_sides_and_the_definition(study):
    page = openpyxl.load_workbook(settle_disagreements(study, HOST)).worksheets[0]
    heads = [cell.value for cell in page[6]]
    first = dict(zip(heads, [cell.value for cell in page[7]], strict=True))
    assert first["Chi lo dà: passo e posizione"].startswith("anna (criticità): «Il personale non basta")
    assert (first["Chi non lo dà"], first["TEMA"]) == ("bruno", "Personale")
    assert first["Definizione"] == "Chi lavora nel comune, quanti sono e chi manca"


def test_what_is_settled_counts_and_both_originals_stay(study):
    before = (study / "codings.csv").read_bytes()
    fill(settle_disagreements(study, HOST), {1: ("no", "", "parla d'altro"), 2: ("sì", "vantaggio", "del lavoro")})
    loaded = read_study(study)
    assert loaded.problems == ()
    run = count_in_process(study)
    coded = run.results.codings[["segment", "theme", "stance", "coder"]].to_numpy().tolist()
    assert coded == [["P1:0004", "personale", "advantage", "Carla"]]
    differing = table(run, "disaccordi")
    assert differing["settled_reason"].tolist() == ["parla d'altro", "del lavoro"]
    assert set(differing["settler"]) == {"Carla"}
    assert set(differing["settled_on"]) == {"3 marzo"}
    assert (study / "codings.csv").read_bytes() == before
    with pytest.raises(StudyError, match=r"nessun disaccordo da decidere \(già decisi: 2\)"):
        settle_disagreements(study, HOST)


def test_a_run_compares_coders_before_and_after(study):
    fill(settle_disagreements(study, HOST), {1: ("no", "", "a"), 2: ("no", "", "b")})
    from outputs.run.record import read_run

    agreement = table(read_run(run_in_process(study)), "accordo")
    assert agreement.loc["anna|bruno|personale", "raw_agreement"] == 0.5
    assert agreement.loc["after|anna|bruno|personale", "raw_agreement"] == 1
    assert (
        agreement.loc["people|Trama|personale", "first_only"] + agreement.loc["people|Trama|personale", "both_coders"]
        == 2
    )
    assert agreement.loc["after|people|Trama|personale", "both_coders"] == 0


def test_a_settled_segment_that_moved_is_found_and_one_that_changed_is_asked_about_again(study):
    fill(settle_disagreements(study, HOST), {1: ("no", "", "a"), 2: ("no", "", "b")})
    transcript = study / "transcripts" / "P1.txt"
    text = transcript.read_text(encoding="utf-8")
    corrected = text.replace("una convenzione", "un accordo").replace("Come va", "Buongiorno a tutti. Come va")
    transcript.write_text(corrected, encoding="utf-8")
    loaded = read_study(study)
    told = [(problem.severity, problem.row) for problem in loaded.problems if "disaccordi" in problem.file]
    assert told == [("error", 8), ("warning", 7)]
    assert len(loaded.settlements) == 1


def test_what_nobody_can_read_in_the_sheet_is_told_and_loses_nothing_else(study):
    path = settle_disagreements(study, HOST)
    fill(path, {1: ("forse", "", "a"), 2: ("sì", "boh", "")}, settler="", date="")
    (path.parent / "copia.xlsx").write_bytes(path.read_bytes())
    loaded = read_study(study)
    assert loaded.settlements[["given", "stance", "settler"]].to_numpy().tolist() == [[True, "", "copia"]]
    told = " ".join(problem.message.it for problem in loaded.problems)
    for words in ("`forse` non è una decisione", "`boh` non è una posizione", "manca il motivo", "manca la data",
                  "manca il nome di chi decide", "vale quella letta per prima"):  # fmt: skip
        assert words in told


def test_with_nothing_to_settle_it_says_why(tmp_path):
    alone = SmallStudy(codings="one coder").write(tmp_path / "uno")
    with pytest.raises(StudyError, match=r"nessun segmento è stato letto da due persone.*`anna`"):
        settle_disagreements(alone, HOST)
    agreeing = SmallStudy(codings="two coders").write(tmp_path / "due")
    page = openpyxl.load_workbook(settle_disagreements(agreeing, HOST)).worksheets[0]
    assert page.cell(7, 11).value == "—"  # both give the theme, with stances that differ


def test_with_pseudonyms_the_sheet_holds_no_name_and_what_is_settled_on_it_counts(tmp_path):
    study = SmallStudy(codings="coders disagree", pseudonyms=True).write(tmp_path / "studio")
    for file in (study / "transcripts" / "P1.txt", study / "codings.csv"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("Il personale non", "Mario Rossi dice che il personale non"), encoding="utf-8")
    sheet = settle_disagreements(study, HOST)
    written = [str(cell.value) for row in openpyxl.load_workbook(sheet).worksheets[0].iter_rows() for cell in row]
    assert not any("Rossi" in text for text in written)
    fill(sheet, {1: ("sì", "criticità", "lo dice Mario Rossi"), 2: ("no", "", "b")})
    masked = without_originals(read_study(study), study, HOST)
    assert masked is not None
    assert sorted(masked.study.settlements["reason"]) == ["b", "lo dice [PERSONA_1]"]
    assert masked.study.problems == ()
