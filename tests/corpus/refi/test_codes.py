"""Two codes of one name: each coding goes to its own code, or is told."""

import pytest

from corpus.codebook.theme_codebook import read_codebook
from corpus.codings.every_coding import read_codings
from corpus.codings.opened_codings import open_codings
from corpus.codings.quotations import Wording
from corpus.new_study.refi_intake import create_study_from
from corpus.records import Theme
from corpus.study import read_study
from tests.corpus.refi.made import code, guid, place, project, selection, source, write

TEXT = "R: il personale manca sempre. La mensa costa molto.\n"
SAID = {1: "il personale manca sempre", 2: "La mensa costa molto"}


def twins():
    """Codings of both codes, number 1 and number 2, in one text."""
    chosen = [selection(100 * number, place(TEXT, said), (number,)) for number, said in SAID.items()]
    return source(9, "S01", *chosen)


TREES = {
    "top, then nested": code(1, "Personale", memo="d1") + code(5, "Servizi", code(2, "Personale", memo="d2")),
    "nested, then top": code(5, "Servizi", code(2, "Personale", memo="d2")) + code(1, "Personale", memo="d1"),
    "both nested": code(4, "Comune", code(1, "Personale", memo="d1"))
    + code(5, "Servizi", code(2, "Personale", memo="d2")),
    "one in the other": code(1, "Personale", code(2, "Personale", memo="d2"), memo="d1"),
    "by case": code(1, "Personale", memo="d1") + code(2, "personale", memo="d2"),
    "by accent": code(1, "Città", memo="d1") + code(2, "Citta", memo="d2"),
    "by composition": code(1, "Citt\u00e0", memo="d1") + code(2, "Citta\u0300", memo="d2"),
    "letter by letter": code(1, "Personale", memo="d1") + code(2, "Personale", memo="d2"),
    "folder around": code(5, "Personale", code(1, "Personale", memo="d1"), code(2, "Mensa", memo="d2"), codable=False),
    "far down": code(5, "A", code(6, "X", code(1, "P", memo="d1")))
    + code(7, "B", code(8, "X", code(2, "P", memo="d2"))),
    "like a path": code(1, "Servizi > Personale", memo="d1") + code(5, "Servizi", code(2, "Personale", memo="d2"))
    + code(6, "Personale"),
}  # fmt: skip


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_each_coding_goes_to_its_own_code(tmp_path, tree):
    path = write(tmp_path / "p.qdpx", project("X", tree, twins()), {9: TEXT.encode()})
    create_study_from(path, tmp_path / "studio")
    study = read_study(tmp_path / "studio")
    themes = {theme.definition: theme for theme in study.themes}
    assert dict(zip(study.human_codings["quote"], study.human_codings["theme"], strict=True)) == {
        SAID[1]: themes["d1"].code, SAID[2]: themes["d2"].code,
    }  # fmt: skip
    assert len({theme.code for theme in study.themes}) == len({theme.label.casefold() for theme in study.themes})
    assert themes["d1"].guid == guid(1) and themes["d2"].guid == guid(2)


def test_labels_say_the_path_whichever_code_comes_first(tmp_path):
    rows = []
    for number, tree in enumerate(("top, then nested", "nested, then top")):
        path = write(tmp_path / f"{number}.qdpx", project("X", TREES[tree], twins()), {9: TEXT.encode()})
        create_study_from(path, tmp_path / str(number))
        rows.append({theme.guid: (theme.code, theme.label) for theme in read_codebook(tmp_path / str(number))[0]})
    assert rows[0] == rows[1]
    assert rows[0][guid(1)] == ("personale", "Personale")
    assert rows[0][guid(2)] == ("servizi_personale", "Servizi > Personale")


def of_two_projects(tmp_path, first, second, themes=None):
    """The codings of a study made of the first project when the second, with the same texts, joins them."""
    path = write(tmp_path / "p.qdpx", project("X", first, twins()), {9: TEXT.encode()})
    create_study_from(path, tmp_path / "studio")
    (tmp_path / "studio" / "codings" / "p.qdpx").unlink()
    write(tmp_path / "studio" / "codings" / "poi.qdpx", project("X", second, twins()), {9: TEXT.encode()})
    themes = themes or read_codebook(tmp_path / "studio")[0]
    frame, problems = read_codings(open_codings(tmp_path / "studio"), {"S01": Wording(TEXT)}, themes, "")
    given = dict(zip(frame["quote"], frame["theme"], strict=True))
    return {number: given.get(said, "") for number, said in SAID.items()}, [fault.say("it") for fault in problems]


def test_a_later_project_joins_by_guid_where_codes_were_renamed_and_moved(tmp_path):
    later = code(2, "Personale", code(1, "Dipendenti"))
    given, problems = of_two_projects(tmp_path, TREES["top, then nested"], later)
    assert given == {1: "personale", 2: "servizi_personale"} and problems == []


def test_a_project_with_other_guids_joins_by_path(tmp_path):
    elsewhere = code(41, "Comune", code(31, "Personale")) + code(51, "Servizi", code(32, "Personale"))
    path = write(tmp_path / "p.qdpx", project("X", elsewhere, ""), {})
    assert path.is_file()
    given, problems = of_two_projects(tmp_path, elsewhere + code(99, "Altro"), TREES["both nested"])
    assert given == {1: "comune_personale", 2: "servizi_personale"} and problems == []


def test_a_project_with_other_guids_joins_by_a_name_that_one_theme_has(tmp_path):
    moved = code(7, "Tutto", code(1, "mensa"), code(2, "Scuole"))
    given, problems = of_two_projects(tmp_path, code(31, "Mensa") + code(35, "Enti", code(32, "Scuole")), moved)
    assert given == {1: "mensa", 2: "scuole"} and problems == []


def test_a_name_that_is_open_between_themes_is_told_with_both(tmp_path):
    elsewhere = code(41, "Comune", code(31, "Personale")) + code(51, "Servizi", code(32, "Personale"))
    given, problems = of_two_projects(tmp_path, elsewhere, code(1, "Personale") + code(2, "Altro"))
    assert given == {1: "", 2: ""}
    assert "`comune_personale`, `servizi_personale`" in problems[1] and guid(1) in problems[1]


def test_two_codes_for_one_theme_are_told_with_both(tmp_path):
    themes = (Theme("personale", "Personale"),)
    given, problems = of_two_projects(tmp_path, code(31, "Personale"), TREES["both nested"], themes)
    assert given == {1: "", 2: ""} and len(problems) == 2
    assert "`Comune > Personale` si chiama come `Servizi > Personale`" in problems[0]
    given, problems = of_two_projects(tmp_path / "due", code(31, "Personale"), TREES["top, then nested"], themes)
    assert given == {1: "personale", 2: ""} and "`Servizi > Personale` si chiama come `Personale`" in problems[0]


def test_a_guid_twice_in_the_codebook_is_told(tmp_path):
    rows = f"code;label;definition;guid\na;A;d;{{{guid(1)}}}\nb;B;d;{guid(1)}\n"
    (tmp_path / "codebook.csv").write_text(rows, encoding="utf-8")
    themes, problems = read_codebook(tmp_path)
    assert [theme.guid for theme in themes] == [guid(1), ""]
    assert [fault.say("it").partition(":")[0] for fault in problems] == ["codebook.csv, riga 3, colonna guid"]


def test_a_theme_that_people_coded_with_needs_no_terms_and_a_folder_never(tmp_path):
    tree = code(1, "Personale") + code(5, "Servizi", code(2, "Mensa"), codable=False) + code(6, "Vuota", codable=False)
    path = write(tmp_path / "p.qdpx", project("X", tree + code(7, "Mai usato"), twins()), {9: TEXT.encode()})
    create_study_from(path, tmp_path / "studio")
    study = read_study(tmp_path / "studio")
    assert [theme.code for theme in study.themes] == ["personale", "servizi", "mensa", "mai_usato"]
    told = [(fault.severity, fault.say("it")) for fault in study.problems if fault.file == "codebook.csv"]
    assert [(severity, "`mai_usato`" in line, "`personale`, `mensa`" in line) for severity, line in told] == [
        ("warning", False, True), ("warning", True, False),
    ]  # fmt: skip
