from pathlib import Path

import pytest

from corpus.codebook.theme_codebook import read_codebook, without_coded_gaps
from corpus.errors import Problem, StudyError
from corpus.records import Theme

HEADER = (
    "code;label;parent;definition;use_when;do_not_use_when;include_terms;exclude_terms;questionnaire_items;examples\n"
)
GOOD = "personale;Personale;;Chi lavora;Sempre;Mai;dipendente|ufficio tecnico;personale di bordo;Q05|Q06;Siamo in tre\n"


def read(folder: Path, rows: str, items: set[str] | None = None) -> tuple[tuple[Theme, ...], tuple[Problem, ...]]:
    (folder / "codebook.csv").write_text(HEADER + rows, encoding="utf-8")
    return read_codebook(folder, dict.fromkeys(items, "") if items is not None else None)


def test_a_theme_is_read_whole(tmp_path: Path) -> None:
    themes, problems = read(tmp_path, GOOD, {"Q05", "Q06"})
    assert problems == ()
    assert themes == (
        Theme(
            code="personale",
            label="Personale",
            definition="Chi lavora",
            use_when="Sempre",
            do_not_use_when="Mai",
            include_terms=("dipendente", "ufficio tecnico"),
            exclude_terms=("personale di bordo",),
            questionnaire_items=("Q05", "Q06"),
            examples=("Siamo in tre",),
        ),
    )


@pytest.mark.parametrize(
    ("rows", "it", "en"),
    [
        (
            GOOD + GOOD,
            "riga 3, colonna code: il codice `personale` è già usato alla riga 2: questa riga è lasciata fuori",
            "row 3, column code: the code `personale` is already used in row 2: this row is left out",
        ),
        (
            GOOD + ";Senza codice;;d;;;;;;\n",
            "riga 3, colonna code: manca il codice del tema",
            "row 3, column code: the theme has no code",
        ),
        (
            GOOD + "t;;;d;;;;;;\n",
            "riga 3, colonna label: manca l'etichetta del tema `t`",
            "row 3, column label: the theme `t` has no label",
        ),
        (
            GOOD + "t;T;personalle;d;;;;;;\n",
            "riga 3, colonna parent: il tema superiore `personalle` non esiste (intendevi `personale`?)",
            "the parent `personalle` does not exist (did you mean `personale`?)",
        ),
        (
            GOOD + "a;A;b;d;;;;;;\nb;B;a;d;;;;;;\n",
            "riga 3, colonna parent: i temi superiori girano in cerchio: a > b > a",
            "the parents go round in a circle: a > b > a",
        ),
        (
            GOOD + "a;A;a;d;;;;;;\n",
            "riga 3, colonna parent: i temi superiori girano in cerchio: a > a",
            "in a circle: a > a",
        ),
        (
            GOOD + "t;T;;;;;parola;;;\n",
            "riga 3, colonna definition: il tema `t` non ha definizione",
            "row 3, column definition: the theme `t` has no definition",
        ),
        (
            GOOD + "t;T;;;;;;;;\n",
            "riga 3, colonna definition: il tema `t` non ha né termini né definizione",
            "has neither terms nor definition",
        ),
        (
            GOOD + "t;T;;d;;;;;Q99;\n",
            "riga 3, colonna questionnaire_items: la domanda `Q99` non è nel questionario",
            "the item `Q99` is not in the questionnaire",
        ),
        ("", "codebook.csv: non contiene nessun tema", "codebook.csv: it has no theme"),
    ],
)
def test_a_fault_in_the_codebook_is_told_once(tmp_path: Path, rows: str, it: str, en: str) -> None:
    _, problems = read(tmp_path, rows, {"Q05", "Q06"})
    assert len(problems) == 1
    assert it in problems[0].say("it")
    assert en in problems[0].say("en")


def test_a_theme_with_a_name_alone_is_searched_by_it(tmp_path: Path) -> None:
    themes, (told,) = read(tmp_path, "acqua;Acqua e clima;;;;;;;;\n")
    assert [theme.label for theme in themes] == ["Acqua e clima"]
    assert told.severity == "warning"
    assert "il tema `acqua` è cercato solo con il suo nome" in told.say("it")
    assert "the theme `acqua` is searched by its name only" in told.say("en")


def test_what_is_missing_is_told_of_a_theme_that_people_coded_with_once(tmp_path: Path) -> None:
    themes, problems = read(tmp_path, "acqua;Acqua e clima;;;;;;;;\nt;T;;;;;;;;\n")
    (told,) = without_coded_gaps(problems, themes, {"acqua", "t"})
    assert "imparati da chi ha codificato: 2 (`acqua`, `t`)" in told.say("it")


def test_a_parent_or_an_item_may_be_meant_by_its_words(tmp_path: Path) -> None:
    rows = "org;Organizzazione del lavoro;;d;;;;;;\nturni;Turni;Organizzazione del lavor;d;;;;;;\n"
    _, (parent,) = read(tmp_path, rows)
    assert "(intendevi `Organizzazione del lavoro`?): `turni` resta senza" in parent.say("it")
    (tmp_path / "codebook.csv").write_text(HEADER + "a;Acqua;;d;;;;;Quanta acqua usa al giorno;\n", encoding="utf-8")
    _, (item,) = read_codebook(tmp_path, {"Q1": "Quanta acqua usate al giorno?"})
    assert "(intendevi `Quanta acqua usate al giorno?`?)" in item.say("it")


def test_a_fault_is_told_with_the_names_that_the_file_gives_its_columns(tmp_path: Path) -> None:
    text = "Codice;Tema;Tema superiore;Definizione;Parole chiave\na;Acqua;b;;acqua\n"
    (tmp_path / "codebook.csv").write_text(text, encoding="utf-8")
    _, problems = read_codebook(tmp_path)
    assert [fault.column for fault in problems] == ["Tema superiore", "Definizione"]


def test_only_a_missing_definition_is_no_error(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "t;T;;;;;parola;;;\n")
    assert [fault.severity for fault in problems] == ["warning"]


def test_a_theme_under_a_circle_keeps_its_parent_and_the_circle_is_cut(tmp_path: Path) -> None:
    themes, problems = read(tmp_path, "a;A;b;d;;;;;;\nb;B;a;d;;;;;;\nc;C;a;d;;;;;;\n")
    assert {theme.code: theme.parent for theme in themes} == {"a": "", "b": "", "c": "a"}
    assert len(problems) == 1


def test_items_are_not_checked_without_a_questionnaire(tmp_path: Path) -> None:
    themes, problems = read(tmp_path, GOOD)
    assert themes[0].questionnaire_items == ("Q05", "Q06")
    assert problems == ()


YAML = """
temi:
  - codice: personale
    etichetta: Personale
    definizione: Chi lavora nel comune
    usare quando: Si parla di assunzioni
    non usare quando: Aziende private
    termini: [concorso, "dipendente"]
    termini esclusi: personale di bordo
    domande: [Q1, Q2]
    esempi:
      - Siamo rimasti in tre, purtroppo
    sottotemi:
      - codice: formazione
        etichetta: Formazione
        definizione: "no"
"""


def test_themes_inside_themes_of_a_yaml_file(tmp_path: Path) -> None:
    (tmp_path / "codebook.yaml").write_text(YAML, encoding="utf-8")
    themes, problems = read_codebook(tmp_path)
    assert [fault.say() for fault in problems] == []
    assert themes[0] == Theme(
        "personale", "Personale", "", "Chi lavora nel comune", "Si parla di assunzioni", "Aziende private",
        ("concorso", "dipendente"), ("personale di bordo",), ("Q1", "Q2"), ("Siamo rimasti in tre, purtroppo",),
    )  # fmt: skip
    assert (themes[1].code, themes[1].parent, themes[1].definition) == ("formazione", "personale", "no")


@pytest.mark.parametrize(
    ("text", "it"),
    [
        ("- code: a\n  code: b\n", "codebook.yaml, riga 2: non è YAML leggibile"),
        ("a: &x [1]\nb: *x\n", "codebook.yaml, riga 2: non è YAML leggibile"),
        ("[" * 3000, "codebook.yaml: è troppo grande o annidato"),
        ("soltanto testo", "non è un elenco di temi"),
        ("- code: [{a: b}]\n", "non è un elenco di temi"),
        ("- label: x\n  definition: y\n", "manca la colonna `code`"),
        ("- {code: a, label: A, definition: d, parent: z}\n", "codebook.yaml, colonna parent: il tema superiore `z`"),
    ],
)
def test_a_yaml_codebook_with_faults_says_where(tmp_path: Path, text: str, it: str) -> None:
    (tmp_path / "codebook.yaml").write_text(text, encoding="utf-8")
    try:
        told = "\n".join(fault.say("it") for fault in read_codebook(tmp_path)[1])
    except StudyError as error:
        told = error.say("it")
    assert it in told


def test_a_parent_may_be_named_by_its_label_and_columns_be_italian(tmp_path: Path) -> None:
    text = "Codice;Etichetta;Tema superiore;Definizione\np;Il Personale;;x\nf;Formazione;il personale;y\n"
    (tmp_path / "codebook.csv").write_text(text, encoding="utf-8")
    themes, problems = read_codebook(tmp_path)
    assert [fault.say() for fault in problems] == []
    assert themes[1].parent == "p"


def test_terms_parted_by_commas_are_terms_and_told(tmp_path: Path) -> None:
    rows = "p;Personale;;d;;;dipendenti, organico, ufficio tecnico;personale di bordo, di volo;q05, Q06;In tre, pochi\n"
    themes, problems = read(tmp_path, rows, {"Q05", "Q06"})
    assert themes[0].include_terms == ("dipendenti", "organico", "ufficio tecnico")
    assert themes[0].exclude_terms == ("personale di bordo", "di volo")
    assert themes[0].questionnaire_items == ("Q05", "Q06")
    assert themes[0].examples == ("In tre, pochi",)
    assert [(fault.column, fault.severity) for fault in problems] == [
        ("include_terms", "warning"), ("exclude_terms", "warning"),
    ]  # fmt: skip
    assert "`,` è letto come separatore, righe 2" in problems[0].say("it")


def test_a_term_that_may_be_several_is_told(tmp_path: Path) -> None:
    themes, problems = read(tmp_path, "p;Personale;;d;;;dipendenti, organico|costi;;;\n")
    assert themes[0].include_terms == ("dipendenti, organico", "costi")
    assert "una voce che sembra contenerne più d'una è letta intera, righe 2" in problems[0].say("it")


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("Quanto pesa la spesa, in tutto?", ("D01",)),
        ("quanto pesa la spesa, in tutto|D03", ("D01", "D03")),
        ("Soddisfatta dei servizi [Centro diurno]", ("D02_2",)),
        ("Q3_SQ002", ("Q3[SQ002]",)),
        ("Q3[SQ002]; D03", ("Q3[SQ002]", "D03")),
    ],
)
def test_a_theme_names_an_item_by_its_text_or_as_another_export_writes_its_code(
    tmp_path: Path, cell: str, codes: tuple[str, ...]
) -> None:
    items = {
        "D01": "Quanto pesa la spesa, in tutto?",
        "D02_1": "Soddisfatta dei servizi [Assistenza]",
        "D02_2": "Soddisfatta dei servizi [Centro diurno]",
        "D03": "Stessa domanda",
        "D04": "Stessa domanda",
        "Q3[SQ002]": "Tariffe",
    }
    (tmp_path / "codebook.csv").write_text(f'code;label;definition;questionnaire_items\nt;T;d;"{cell}"\n', "utf-8")
    themes, problems = read_codebook(tmp_path, items)
    assert themes[0].questionnaire_items == codes and problems == ()


def test_a_text_that_two_items_share_names_none(tmp_path: Path) -> None:
    (tmp_path / "codebook.csv").write_text("code;label;definition;questionnaire_items\nt;T;d;Perché?\n", "utf-8")
    themes, problems = read_codebook(tmp_path, {"D01": "Perché?", "D02": "Perché?"})
    assert themes[0].questionnaire_items == () and "`Perché?` non è nel questionario" in problems[0].say("it")


@pytest.mark.parametrize(("one", "other"), [("mensa", "Mensa"), ("attivita", "attività"), ("PA", "pa")])
def test_codes_that_differ_by_case_or_accents_alone_are_told(tmp_path: Path, one: str, other: str) -> None:
    themes, problems = read(tmp_path, f"{one};Uno;;d;;;;;;\n{other};Altro;;d;;;;;;\n")
    assert [theme.code for theme in themes] == [one, other]
    assert [(problem.row, problem.severity) for problem in problems] == [(3, "warning")]
    assert f"`{other}` e `{one}` (riga 2)" in problems[0].say("it")


def test_two_themes_of_one_label_are_told(tmp_path: Path) -> None:
    themes, problems = read(tmp_path, "a;Costi;;d;;;;;;\nb;costi ;;d;;;;;;\n")
    assert [theme.code for theme in themes] == ["a", "b"]
    assert [(fault.row, fault.column, fault.severity) for fault in problems] == [(3, "label", "warning")]
    assert "già quella del tema `a`" in problems[0].say("it") and "that of the theme `a`" in problems[0].say("en")


def test_a_codebook_that_names_each_theme_once_calls_it_by_its_code(tmp_path: Path) -> None:
    (tmp_path / "codebook.csv").write_text(
        "Tema;Descrizione;Parole chiave\nOrari di apertura;Quando è aperta;orari|apertura\n", "utf-8"
    )
    themes, problems = read_codebook(tmp_path)
    assert [(theme.code, theme.label, theme.include_terms) for theme in themes] == [
        ("Orari di apertura", "Orari di apertura", ("orari", "apertura"))
    ]
    assert problems == ()
