"""The bundled study's run tells what its data hold: counted here from the raw files, not with Trama's functions."""

import csv
import json
import statistics
from collections import Counter
from pathlib import Path

import pytest

from tests.acceptance.trama_command import SAMPLE

CLASSES = ("fino a 3.000", "3.001-8.000", "oltre 8.000")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture(scope="module")
def run(bundled_run):
    return bundled_run("sample")


@pytest.fixture(scope="module")
def answers():
    return _rows(SAMPLE / "questionnaire.csv")


@pytest.fixture(scope="module")
def classes():
    return {row["respondent"]: row["classe"] for row in _rows(SAMPLE / "respondents.csv")}


def test_collaborations_per_municipality_are_two_on_average(run, answers):
    given = [float(row["Q02"].replace(",", ".")) for row in answers if row["Q02"]]
    shown = next(row for row in _rows(run / "tabelle" / "domande_numeri.csv") if row["row"] == "Q02|")
    assert statistics.mean(given) == 2
    assert float(shown["Media"].replace(",", ".")) == statistics.mean(given)
    assert int(shown["n"]) == len(given)


@pytest.mark.parametrize("item", ["Q11", "Q12", "Q13"])
def test_options_ticked_by_each_class_are_counted_right(run, answers, classes, item):
    ticked: Counter[tuple[str, str]] = Counter()
    for row in answers:
        for option in filter(None, row[item].split("|")):
            ticked[option, classes[row["respondent"]]] += 1
    shown = [row for row in _rows(run / "tabelle" / "domande_frequenze.csv") if row["Domanda"] == item]
    assert {row["row"].split("|")[1] for row in shown} >= {option for option, _ in ticked}
    for row in shown:
        option = row["row"].split("|")[1]
        assert [int(row[name]) for name in CLASSES] == [ticked[option, name] for name in CLASSES], option
        assert int(row["Rispondenti"]) == sum(ticked[option, name] for name in CLASSES)


def test_larger_municipalities_outsource_services_and_smaller_ones_competences(run):
    rows = {row["row"]: row for row in _rows(run / "tabelle" / "domande_frequenze.csv")}
    for service in ("rifiuti", "mense", "servizi_sociali"):
        assert int(rows[f"Q11|{service}"]["oltre 8.000"]) > int(rows[f"Q11|{service}"]["fino a 3.000"])
    for competence in ("progettazione_bandi", "paghe", "transizione_digitale"):
        assert int(rows[f"Q11|{competence}"]["oltre 8.000"]) < int(rows[f"Q11|{competence}"]["fino a 3.000"])


def test_efficiency_and_quality_are_the_aims_ticked_most(run):
    aims = [row for row in _rows(run / "tabelle" / "domande_frequenze.csv") if row["Domanda"] == "Q13"]
    by_count = sorted(aims, key=lambda row: -int(row["Rispondenti"]))
    assert [row["row"] for row in by_count[:2]] == ["Q13|efficienza", "Q13|qualita"]


def test_collaborations_exist_in_all_six_areas(run):
    rows = {row["row"]: int(row["Rispondenti"]) for row in _rows(run / "tabelle" / "domande_frequenze.csv")}
    areas = ("digitalizzazione", "tributi", "territorio", "ambiente", "protezione_civile", "servizi_sociali")
    assert all(rows[f"Q12|{area}"] > 0 for area in areas)


def test_mayors_speak_of_advantages_criticalities_and_of_a_plan_with_the_region(run):
    stances = {row["row"]: row for row in _rows(run / "tabelle" / "posizioni.csv")}
    assert int(stances["collaborazione"]["vantaggio: rispondenti"]) > 0
    assert int(stances["collaborazione"]["criticità: rispondenti"]) > 0
    assert int(stances["pianificazione"]["proposta: rispondenti"]) > 0


def test_staff_money_and_digitalisation_are_told_by_most_mayors(run):
    prevalence = {row["row"]: int(row["Ne parlano"]) for row in _rows(run / "tabelle" / "temi.csv")}
    for theme in ("personale", "risorse", "digitalizzazione", "collaborazione"):
        assert prevalence[theme] > 8


def _finding(run: Path, *parts: str) -> str:
    said = [row["Risultato"] for row in _rows(run / "tabelle" / "risultati.csv")]
    return next(sentence for sentence in said if all(part in sentence for part in parts))


def test_the_report_says_how_many_collaborations_a_municipality_has(run, answers, classes):
    told = _finding(run, "collaborazioni intercomunali")
    given = [(classes[row["respondent"]], float(row["Q02"])) for row in answers if row["Q02"]]
    assert f"media {statistics.mean(value for _, value in given):g}," in told
    for name in CLASSES:
        mean = statistics.mean(value for label, value in given if label == name)
        n = sum(label == name for label, _ in given)
        assert f"«{name}» {mean:.3g} (n = {n})".replace(".", ",") in told.replace(".", ",")


@pytest.mark.parametrize(
    ("more", "less", "options"),
    [
        ("oltre 8.000", "fino a 3.000", {"rifiuti": "Raccolta dei rifiuti", "mense": "Mense scolastiche"}),
        ("fino a 3.000", "oltre 8.000", {"paghe": "Elaborazione delle paghe", "urbanistica": "Urbanistica"}),
    ],
)
def test_the_report_says_what_larger_and_smaller_municipalities_outsource(run, answers, classes, more, less, options):
    told = _finding(run, "affidati all'esterno", f"più in «{more}»")
    sizes = Counter(classes[row["respondent"]] for row in answers)
    for code, label in options.items():
        ticked = Counter(classes[row["respondent"]] for row in answers if code in row["Q11"].split("|"))
        assert f"{label} ({ticked[more]} su {sizes[more]} contro {ticked[less]} su {sizes[less]})" in told


@pytest.mark.parametrize(("item", "text"), [("Q12", "In quali ambiti"), ("Q13", "obiettivi principali")])
def test_the_report_says_the_aims_and_the_areas(run, answers, item, text):
    told = _finding(run, text, "le risposte più frequenti")
    ticked = Counter(option for row in answers for option in filter(None, row[item].split("|")))
    labels = {"efficienza": "Efficienza dei servizi", "servizi_sociali": "Servizi sociali"}
    first, count = ticked.most_common(1)[0]
    assert f"su {len(answers)}: {labels[first]} ({count})" in told
    assert f"Opzioni scelte da qualcuno: {len(ticked)} su" in told


@pytest.mark.parametrize(
    "theme", ["Personale", "Risorse economiche", "Digitalizzazione", "Collaborazione", "Pianificazione"]
)
def test_the_report_says_advantages_problems_and_proposals_as_people_gave_them(run, theme):
    told = _finding(run, f"{theme}", "almeno una volta")
    people: dict[str, set[str]] = {"vantaggio": set(), "criticità": set(), "proposta": set(), "neutro": set()}
    for row in _rows(run / "tabelle" / "codifiche.csv"):
        if row["Tema"].startswith(theme) and row["Come"] == "persona":
            people[row["Posizione"]].add(row["Rispondente"])
    counts = [len(people[stance]) for stance in ("vantaggio", "criticità", "proposta")]
    assert "come vantaggio {}, come criticità {}, con una proposta {}.".format(*counts) in told


def test_the_report_says_that_a_strategic_plan_is_wanted(run, answers):
    told = _finding(run, "piano strategico", "mediana")
    given = [int(row["Q14"]) for row in answers if row["Q14"] not in ("", "9", "99")]
    assert f"mediana {statistics.median(given):g}, da {min(given)} a {max(given)} (n = {len(given)})" in told


def test_a_divergence_by_stance_is_counted_from_people_s_codings_and_answers_and_quoted(run, answers):
    """Who ticks social services as an area of collaboration, and tells them more as a problem than an advantage."""
    ticked = {row["respondent"] for row in answers if "servizi_sociali" in row["Q12"].split("|")}
    told: dict[str, Counter[str]] = {person: Counter() for person in ticked}
    for row in _rows(run / "tabelle" / "codifiche.csv"):
        by_people = row["Come"] == "persona"  # what the machine alone says of a stance contradicts nobody
        if row["row"].endswith("/servizi_sociali") and row["Rispondente"] in ticked and by_people:
            told[row["Rispondente"]][row["Posizione"]] += 1
    against = {person for person, count in told.items() if count["criticità"] > count["vantaggio"]}
    placed = {person for person, count in told.items() if count["criticità"] + count["vantaggio"]}
    shown = {row["row"]: row for row in _rows(run / "tabelle" / "joint_display.csv")}["servizi_sociali|Q12"]
    assert (shown["Lettura"], int(shown["Contrasto"])) == ("divergenza", len(against))
    assert f"contraddice la risposta in {len(against)} rispondenti su {len(placed)}" in shown["Perché"]
    assert shown["Perché"].startswith("regola 3b: ") and shown["Perché"].endswith(": " + ", ".join(sorted(against)))
    quoted = [line.rsplit("(", 1)[1].rstrip(")") for line in shown["Citazioni"].split("\n")]
    assert sum(said.endswith("criticità") and said.split(",")[0] in against for said in quoted) == 2
    trail = [row for row in _rows(run / "tabelle" / "joint_display.citazioni.csv") if row["column"] == "contradict"]
    assert {row["segment"].split(":")[0] for row in trail if row["row"] == "servizi_sociali|Q12"} == against


def test_links_nobody_declared_are_proposed_and_not_used(run):
    proposed = _rows(run / "collegamenti_proposti.csv")
    first = {row["item"]: row["theme"] for row in proposed if row["rank"] == "1"}
    assert first == {"Q01": "personale", "Q02": "collaborazione"}
    assert {row["decision"] for row in proposed} == {""}
    assert not {row["row"] for row in _rows(run / "tabelle" / "joint_display.csv")} & {
        "personale|Q01",
        "collaborazione|Q02",
    }


def test_every_coding_stands_in_its_transcript_where_the_table_says(run):
    codings = _rows(run / "tabelle" / "codifiche.csv")
    assert len(codings) > 200
    for row in codings:
        source = (SAMPLE / row["File"]).read_text(encoding="utf-8")
        assert source[int(row["Da"]) : int(row["A"])] == row["Evidenza"].removeprefix("'"), row["row"]


def test_every_number_of_a_theme_leads_to_as_many_respondents(run):
    speakers = {row["row"]: row["Rispondente"] for row in _rows(run / "tabelle" / "codifiche.csv")}
    trail = _rows(run / "tabelle" / "temi.citazioni.csv")
    for row in _rows(run / "tabelle" / "temi.csv"):
        coded = [cell["coding"] for cell in trail if cell["row"] == row["row"] and cell["coding"] in speakers]
        behind = {speakers[coding] for coding in coded}
        assert len(behind) == int(row["Ne parlano"]), row["row"]


def test_trust_is_measured_on_the_ten_interviews_that_people_coded(run):
    """The two coders' raw counts, and the machine's disagreements, lead to segments of those interviews alone."""
    coded = {row["transcript"] for row in _rows(SAMPLE / "codings.csv")}
    trust = {row["row"]: row for row in _rows(run / "tabelle" / "fiducia.csv")}
    themes = {row["code"] for row in _rows(SAMPLE / "codebook.csv")}
    assert set(trust) == themes | {"* "}
    assert all(int(row["Interviste"]) == len(coded) for row in trust.values())
    assert 0 < float(trust["* "]["F1 da"].replace(",", ".")) < float(trust["* "]["F1"].replace(",", ".")) < 1
    behind = _rows(run / "tabelle" / "accordo.citazioni.csv")
    assert {row["segment"].split(":")[0] for row in behind} == coded
    agreement = {row["row"]: row for row in _rows(run / "tabelle" / "accordo.csv")}
    missed = [row for row in behind if row["row"] == "people|Trama|personale" and row["column"] == "first_only"]
    assert len(missed) == int(agreement["people|Trama|personale"]["Solo il primo"])


def test_themes_that_come_together_and_saturation_are_counted_from_the_codings(run):
    codings = _rows(run / "tabelle" / "codifiche.csv")
    themes: dict[str, set[str]] = {}
    for row in codings:
        segment, _, theme = row["row"].partition("/")
        themes.setdefault(theme, set()).add(segment)
    for row in _rows(run / "tabelle" / "temi_insieme.csv"):
        first, second = (themes[code] for code in row["row"].split("|"))
        assert int(row["Segmenti insieme"]) == len(first & second), row["row"]
    seen: set[str] = set()
    for row in _rows(run / "tabelle" / "saturazione_interviste.csv"):
        fresh = {
            theme for theme, where in themes.items() if any(at.startswith(row["row"] + ":") for at in where)
        } - seen
        seen |= fresh
        assert (int(row["Temi nuovi"]), int(row["Temi fin qui"])) == (len(fresh), len(seen)), row["row"]


def test_topics_have_quotations_and_a_name_where_the_codebook_lacks_them(run):
    topics = [row for row in _rows(run / "tabelle" / "argomenti.csv") if row["row"] != "-1"]
    assert len(topics) > 3
    for row in topics:
        assert row["Citazioni"].count("«") >= 1
        assert row["Stabile"] == ("sì" if float(row["Stabilità"].replace(",", ".")) >= 0.6 else "no: instabile")
        assert (row["Tema vicino"] == "non ancora nel codebook") == bool(row["Nome proposto"])
    assert _rows(run / "tabelle" / "argomenti_gerarchia.csv") and _rows(run / "tabelle" / "argomenti_classe.csv")


def test_the_report_says_that_the_data_are_invented_and_reaches_nowhere(run):
    page = (run / "rapporto.html").read_text(encoding="utf-8")
    assert "inventati" in page
    assert 'src="http' not in page
    assert 'href="http' not in page


def test_the_manifest_names_inputs_models_options_and_seconds(run):
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["inputs"]) >= {"study.toml", "codebook.csv", "transcripts/S01.txt"}
    assert manifest["counts"]["transcripts"] == 16
    assert manifest["options"]["study"]["seed"] == 20260101
    assert manifest["models"]["pipeline"]["name"] == "it_trama"
    assert manifest["seconds"]["annotate"] > 0
