"""Corrected figures as tables: a machine that hears less of small municipalities, put right by a random sample.

Twenty-four respondents of six segments each. Three of four speak of staff in three segments; the machine finds all of
them with the large municipalities, hardly any with the small ones, and a few that are not there.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from corpus.alignment import Alignment
from corpus.records import Item, Option, Theme, Transcript, Turn
from corpus.schemas import HumanCodings, SampledPassages
from corpus.study import Study
from nlp.results import UNTAUGHT_COLUMNS, Results
from outputs.findings import summary, told_findings
from outputs.page import write_page
from outputs.page.bars import finding_bars
from outputs.tables.all_tables import build_tables
from outputs.tables.corrected_tables import corrected_figures
from outputs.tables.view import make_view
from outputs.words.render import RenderedTable, render_all
from tests.tiny_study import answers, codings, make_run, make_study, segments

SIZE = 6
PEOPLE = [f"P{number:02d}" for number in range(1, 25)]
SMALL = PEOPLE[:12]
THEMES = (Theme("personale", "Personale", questionnaire_items=("Q1",)), Theme("mai", "Mai letto"))
ITEM = Item(
    "Q1", "Manca personale?", "yesno", (Option("no", "No", 0), Option("si", "Sì", 1)), yes=("si",), direction="+"
)
UNCHECKED = "codifiche della macchina, non ancora controllate"


def _truth(person: str) -> list[int]:
    return [0] * SIZE if int(person[1:]) % 4 == 0 else [1, 1, 1, 0, 0, 0]


def _machine(person: str) -> list[int]:
    if person in (PEOPLE[0], PEOPLE[-1]):
        return [1, 0, 0, 1, 1, 0]
    if person in SMALL:
        return [int(int(person[1:]) % 3 == 0), 0, 0, 0, 0, 0]
    return _truth(person) if any(_truth(person)) else [0, 0, 0, 1, 0, 0]


def make(
    read: float = 0.5, flaw: str = "", themes: str = "personale|mai", unit: str = "segment"
) -> tuple[Study, Results]:
    """The study with `read` of each respondent's segments drawn, or with all segments of as many respondents."""
    study, results = make_study()
    texts = {person: _texts(person) for person in PEOPLE}
    frame = segments(texts)
    given = zip(frame["segment"], np.concatenate([_machine(person) for person in PEOPLE]), strict=True)
    by_machine = [(name, "personale", "problem") for name, gives in given if gives]
    drawn = _drawn(frame, read, unit)
    told = []
    sample = []
    for row, taken in zip(frame.to_dict("records"), drawn, strict=True):
        place = (row["transcript"], row["start"], row["end"])
        if taken:
            theme = "personale" if _truth(row["respondent"])[int(row["segment"][-1]) - 1] else ""
            stance = "advantage" if theme else ""
            told.append((*place, row["text"], theme, stance, "anna"))
            sample.append(("foglio 1", *place, row["respondent"], "", unit, read, "anna", True, True, themes, flaw))
    human = pd.DataFrame(told, columns=["transcript", "start", "end", "quote", "theme", "stance", "coder"])
    names = list(HumanCodings.to_schema().columns)
    human = HumanCodings.validate(
        human.assign(alone=True, given=True, **dict.fromkeys(set(names) - {*human, "alone", "given"}, ""))[names]
    )
    decided = set(_names(human))
    respondents = pd.DataFrame({"respondent": PEOPLE, "transcript": PEOPLE, "speaker": "S"}, dtype="str")
    respondents["classe"] = ["piccolo" if person in SMALL else "grande" for person in PEOPLE]
    yes = ("si", 1.0)
    no = ("no", 0.0)
    answered = answers([(who, "Q1", "", *(yes if place % 2 else no), "answered") for place, who in enumerate(PEOPLE)])
    counted = codings(_counted(by_machine, human, decided), frame)
    counted["how"] = np.where(counted["segment"].isin(decided), "human", "pattern")
    untaught = pd.DataFrame(by_machine, columns=UNTAUGHT_COLUMNS, dtype="str")
    spoken = results.languages.iloc[[0] * len(frame)].assign(segment=frame["segment"].to_numpy()).reset_index(drop=True)
    results = replace(
        results,
        segments=frame,
        codings=counted,
        untaught=untaught,
        languages=spoken,
        entities=results.entities.iloc[:0],
        topics=results.topics.iloc[:0],
        topic_members=results.topic_members.iloc[:0],
    )
    talks = tuple(_transcript(person, " ".join(said)) for person, said in texts.items())
    study = replace(
        study,
        transcripts=talks,
        themes=THEMES,
        items=(ITEM,),
        answers=answered,
        respondents=respondents,
        human_codings=human,
        sample=SampledPassages.validate(pd.DataFrame(sample, columns=list(SampledPassages.to_schema().columns))),
    )
    return study, results


def _texts(person: str) -> list[str]:
    return [f"Parole numero {place} di {person} ecco." for place in range(SIZE)]


def _transcript(name: str, source: str) -> Transcript:
    turn = Turn(1, "S", 0, len(source), source, Alignment(((0, 0, len(source)),)))
    return Transcript(name, f"transcripts/{name}.txt", "0" * 64, source, (turn,))


def _names(human: pd.DataFrame) -> pd.Series:
    """The segments that the passages are: all of a respondent are of one length, a blank between them."""
    places = 1 + human["start"] // (human["quote"].str.len() + 1)
    names = zip(human["transcript"], places, strict=True)
    return pd.Series([f"{name}:{place:04d}" for name, place in names], dtype="str")


def _drawn(frame: pd.DataFrame, read: float, unit: str) -> np.ndarray:
    """Which segments were drawn: as many of each respondent, or all of as many respondents of each class."""
    generator = np.random.default_rng(3)
    if unit == "respondent":
        halves = (SMALL, PEOPLE[12:])
        chosen = np.concatenate([generator.choice(half, round(len(half) * read), replace=False) for half in halves])
        return frame["respondent"].isin(chosen).to_numpy()
    taken = np.zeros(len(frame), dtype=bool)
    for start in range(0, len(frame), SIZE):
        taken[start + generator.choice(SIZE, round(SIZE * read), replace=False)] = True
    return taken


def _counted(by_machine: list, human: pd.DataFrame, decided: set[str]) -> list[tuple[str, str, str]]:
    """What people read as they decided, the machine elsewhere."""
    elsewhere = [row for row in by_machine if row[0] not in decided]
    told = [(name, "personale", "advantage") for name in _names(human[human["theme"] != ""])]
    return sorted([*elsewhere, *told])


def shown(study: Study, results: Results) -> dict[str, RenderedTable]:
    return {table.key: table for table in render_all(build_tables(study, results), "it")}


@pytest.fixture(scope="module")
def sampled() -> dict[str, RenderedTable]:
    return shown(*make())


def test_the_corrected_share_holds_the_truth_and_the_plain_one_does_not(sampled):
    row = sampled["cifre_corrette"].frame.loc["personale|segments"]
    assert row["corrected_low"] <= 0.375 <= row["corrected_high"]
    assert row["plain"] < 0.35 and row["leads"] == "corretta"
    assert (
        row["read"]
        == 72
        == len(sampled["cifre_corrette"].cells.query("row == 'personale|segments' and column == 'read'"))
    )


def test_the_table_of_themes_leads_with_the_corrected_share(sampled):
    assert [column.key for column in sampled["temi"].columns][2] == "corrected"
    assert (
        sampled["temi"].frame.loc["personale", "corrected"]
        == sampled["cifre_corrette"].frame.loc["personale|segments", "corrected"]
    )
    assert "conteggi" in sampled["temi"].warning and not sampled["cifre_corrette"].warning


def test_respondents_are_corrected_only_where_they_were_drawn_whole(sampled):
    assert "rispondenti interi" in sampled["cifre_corrette"].frame.loc["personale|respondents", "corrected"]
    whole = shown(*make(unit="respondent"))["cifre_corrette"].frame.loc["personale|respondents"]
    assert whole["read"] == 72 and not isinstance(whole["corrected"], str)


def test_a_theme_that_nobody_found_in_the_sample_gets_a_sentence_and_no_figure(sampled):
    row = sampled["cifre_corrette"].frame.loc["mai|segments"]
    assert row["corrected"] == "non calcolabile: il tema non compare in ciò che si è letto del campione"
    assert row["leads"] == "senza correzione, non controllata"


def test_the_machine_errs_unlike_on_small_municipalities(sampled):
    table = sampled["errori_macchina"]
    missed = table.frame.loc["classe|personale|missed|piccolo"]
    assert missed["verdict"] == "sbaglia diversamente" and missed["error_share"] > 0.5
    assert table.frame.loc["classe|personale|missed|grande", "error_share"] < 0.3
    assert "Personale (persa, classe)" in table.lead and "estratto a caso" in table.lead
    wrong = table.cells.query("row == 'classe|personale|missed|piccolo' and column == 'errors'")
    assert len(wrong) == missed["errors"] and set(wrong["segment"].str[:3]) <= set(SMALL)


def test_a_difference_that_the_machine_made_is_no_finding_where_a_sample_was_read(sampled):
    difference = sampled["cifre_corrette_classe"].frame.loc["personale|"]
    assert difference["q"] > 0.05 and difference["corrected_low"] < 0 < difference["corrected_high"]
    assert not [text for text in sampled["risultati"].frame["finding"] if "per classe" in text]


def test_the_joint_display_reads_the_corrected_figure_and_shows_the_plain_one_beside(sampled):
    row = sampled["joint_display"].frame.loc["personale|Q1"]
    assert row["link"].startswith("differenza corretta") and "senza correzione" in row["link"]
    assert sampled["cifre_corrette_domande"].frame.loc["personale|Q1|", "read"] == 72


def test_the_first_finding_on_themes_is_the_corrected_share(sampled):
    frame = sampled["risultati"].frame
    themes = frame[frame["chapter"] == "I temi"]
    assert "quota corretta con i 72 segmenti letti" in themes["finding"].iloc[0] and not themes["caveat"].iloc[0]
    assert "posizione media corretta" in " ".join(themes["finding"])
    told = themes[themes["finding"].str.startswith("Personale: ne parlano")]
    assert told["finding"].str.contains("come criticità 0").all()  # the machine says nothing else
    assert told["caveat"].str.startswith("contano solo le posizioni date da persone; conteggi").tolist() == [True]


def test_a_corrected_share_that_may_be_anything_does_not_lead(monkeypatch):
    view = make_view(*make())
    assert corrected_figures(view).frame.loc["personale|segments", "leads"] == "corrected"
    vague = view.theme_estimates.assign(low=0.02, high=0.98)
    monkeypatch.setattr("outputs.tables.view.theme_estimates", lambda sampled: vague)
    assert set(corrected_figures(make_view(*make())).frame["leads"]) == {"machine"}


def test_a_finding_of_counts_draws_no_corrected_share(sampled):
    counted = [one for one in told_findings(sampled["risultati"]) if one.sentence.startswith("I temi di cui parlano")]
    bars = finding_bars(counted[0], sampled["temi"], len(PEOPLE), "it")
    assert bars and all(bar.value.endswith("su 24") for bar in bars)


@pytest.mark.parametrize(
    ("flaw", "sentence"),
    [
        ("sample unread", "nessuno ha compilato il campione"),
        ("sample with gaps", "il campione ha righe saltate"),
        ("sample edited", "il disegno del campione è stato modificato"),
    ],
)
def test_a_sample_of_which_nothing_follows_corrects_nothing_and_says_why(flaw, sentence):
    tables = shown(*make(flaw=flaw))
    for key in ("cifre_corrette", "cifre_corrette_classe", "cifre_corrette_domande", "posizioni_corrette"):
        assert tables[key].frame.empty and sentence in tables[key].lead
    assert tables["temi"].warning.startswith(UNCHECKED)
    assert "corrected" not in tables["temi"].frame


def test_a_theme_that_no_sheet_offered_is_told_apart():
    row = shown(*make(themes="personale"))["cifre_corrette"].frame.loc["mai|segments"]
    assert row["corrected"] == "non calcolabile: il tema è stato aggiunto dopo l'estrazione"


def test_where_people_read_everything_the_figures_are_theirs():
    tables = shown(*make(read=1.0))
    assert tables["cifre_corrette"].frame.empty and "su tutti i segmenti" in tables["cifre_corrette"].lead
    assert not tables["temi"].warning and not any(UNCHECKED in text for text in tables["risultati"].frame["caveat"])


def test_a_difference_by_the_machine_alone_is_told_with_what_is_known_of_its_errors():
    tables = shown(*make(read=0))
    frame = tables["risultati"].frame
    told = frame[frame["finding"].str.contains("per classe ne parlano di più in «grande»")]
    caveat = f"non si sa se per classe la macchina sbagli allo stesso modo; {UNCHECKED}"
    assert told["caveat"].tolist() == [caveat]
    assert "nessuna persona ha deciso" in tables["errori_macchina"].lead


def test_without_a_sample_what_rests_on_the_machine_says_so(tables):
    assert tables["temi"].warning == tables["joint_display"].warning == UNCHECKED
    assert not tables["domande_frequenze"].warning
    caveats = tables["risultati"].frame.set_index("chapter")["caveat"]
    assert set(caveats["I temi"]) == {UNCHECKED} and set(caveats["Il questionario"]) == {""}


def test_no_finding_tells_stances_that_the_machine_alone_gave(tables):
    assert not [text for text in tables["risultati"].frame["finding"] if "criticità" in text]


def test_the_summary_and_the_page_say_it_beside_what_rests_on_the_machine(tmp_path, study, results):
    assert any(sentence.endswith(f"[{UNCHECKED}]") for sentence in summary(make_run()))
    rendered = render_all(build_tables(study, results), "it")
    page = write_page(study, results, rendered, tmp_path / "p.html").read_text(encoding="utf-8")
    assert page.count(f'<p class="warning unchecked">{UNCHECKED}</p>') >= 5


def test_the_same_study_in_another_order_gives_the_same_figures():
    study, results = make()
    shuffled = replace(results, untaught=results.untaught.sample(frac=1, random_state=1))
    mixed = replace(study, sample=study.sample.sample(frac=1, random_state=2))
    for key, table in shown(study, results).items():
        if key.startswith(("cifre", "errori")):
            pd.testing.assert_frame_equal(table.frame, shown(mixed, shuffled)[key].frame)
