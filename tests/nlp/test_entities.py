import re
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from corpus.schemas import Entities
from nlp.annotation import MENTION_COLUMNS, annotate
from nlp.entities import find_entities, join_entities, keep_longest
from nlp.italian import load_pipeline
from nlp.italian.gazetteer import municipalities, terms
from nlp.italian.loading import MODEL
from nlp.italian.mentions import Mention
from nlp.italian.phrases import TERM_LABELS
from nlp.italian.places import StudyPlaces

HELD_OUT = [Path(__file__).parent / name for name in ("entities_held_out.txt", "entities_second_held_out.txt")]
NO_MENTIONS = pd.DataFrame(columns=MENTION_COLUMNS)


def resolve_entities(segments, mentions, places=None):
    places = places or StudyPlaces()
    return join_entities(find_entities(segments, mentions, places), places)


def said(*texts: str, transcript: str = "S01") -> pd.DataFrame:
    names = [f"{transcript}:{number:04d}" for number in range(len(texts))]
    return pd.DataFrame({"segment": names, "transcript": transcript, "text": list(texts)})


def model_saw(segments: pd.DataFrame, **names: str) -> pd.DataFrame:
    """The first place where each name stands, with its label, as `annotate` gives it."""
    rows = [
        (row.segment, found.start(), found.end(), found[0], label)
        for row in segments.itertuples()
        for name, label in names.items()
        if (found := re.search(name.replace("_", " "), row.text))
    ]
    return pd.DataFrame(rows, columns=MENTION_COLUMNS)


def found(*texts: str, places: StudyPlaces | None = None) -> list[tuple[str, str, str]]:
    entities = resolve_entities(said(*texts), NO_MENTIONS, places)
    return list(zip(entities["surface"], entities["label"], entities["normal_form"], strict=True))


def test_every_municipality_is_known_by_its_code():
    codes = {town.istat for town in municipalities()}
    assert len(municipalities()) == len(codes) == 7896
    assert all(re.fullmatch(r"\d{6}", code) for code in codes)
    brescia = next(town for town in municipalities() if town.name == "Brescia")
    assert (brescia.istat, brescia.sigla, brescia.region) == ("017029", "BS", "Lombardia")


@pytest.mark.parametrize("name", sorted(TERM_LABELS))
def test_no_gazetteer_gives_one_form_two_meanings(name):
    path = Path(__file__).parents[2] / "nlp" / "italian" / "gazetteers" / f"{name}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split(";")[:2] for line in lines]
    forms = [form.lower() for row in rows for form in re.split(r"[;|]", ";".join(row)) if form]
    assert len(terms(name)) == len(set(forms))
    assert len(forms) == len(set(forms))


def test_words_that_are_also_towns_are_towns_only_in_a_place_for_towns():
    assert found("Sale la tensione, il re è nudo, la vita in campagna è dura.") == []
    assert found("Re e regine non c'entrano, il sale sulle strade nemmeno.") == []
    assert found("Abbiamo scritto al comune di Re, poi a Sale e a Vita.") == [
        ("comune di Re", "COMUNE", "Re"),
        ("Sale", "COMUNE", "Sale"),
        ("Vita", "COMUNE", "Vita"),
    ]
    assert found("Lo dice il sindaco di Campagna.") == [
        ("sindaco", "RUOLO", "sindaco"),
        ("Campagna", "COMUNE", "Campagna"),
    ]
    assert found("Un comune di campagna non ha i soldi di una città.") == []


def test_in_small_letters_a_town_needs_no_capital_but_a_word_stays_a_word():
    assert found("sono nata a sale ma lavoro a torino e mangio la gorgonzola") == [
        ("sale", "COMUNE", "Sale"),
        ("torino", "COMUNE", "Torino"),
    ]
    assert found("la casa sale sul monte", "la vita è questa", "porca troia", "il re") == []


def test_streets_and_surnames_are_no_towns():
    assert found("Abito in via Roma, vicino a piazza Cremona, da quando c'era Mario Ferrara.") == [
        ("via Roma", "LOC", "via Roma"),
        ("piazza Cremona", "LOC", "piazza Cremona"),
        ("Mario Ferrara", "PER", "Mario Ferrara"),
    ]


def test_a_mention_carries_the_istat_code_and_one_entity():
    entities = resolve_entities(said("A Brescia si sta bene.", "Il Comune di Brescia risponde."), NO_MENTIONS)
    assert entities["surface"].to_list() == ["Brescia", "Comune di Brescia"]
    assert entities["code"].to_list() == ["017029", "017029"]
    assert entities["entity"].to_list() == ["COMUNE:017029", "COMUNE:017029"]


def test_homonyms_get_a_code_only_when_the_study_or_the_sigla_tells():
    def code(text: str, *provinces: str) -> str:
        entities = resolve_entities(said(text), NO_MENTIONS, StudyPlaces(provinces=provinces))
        return entities["code"].iloc[0]

    assert code("Il comune di Castro è piccolo.") == ""
    assert code("Il comune di Castro è piccolo.", "BG") == "016065"
    assert code("Il comune di Castro (LE) è piccolo.", "BG") == "075096"


def test_the_studys_own_municipalities_are_known_also_by_a_short_name():
    places = StudyPlaces(municipalities=("San Vito in Palude", "Borgo Lanza"))
    assert found("A San Vito e a Borgo Lanza non c'è nessuno.", places=places) == [
        ("San Vito", "COMUNE", "San Vito in Palude"),
        ("Borgo Lanza", "COMUNE", "Borgo Lanza"),
    ]


def test_the_studys_own_municipality_is_a_place_even_when_the_model_sees_a_person():
    segments = said("Lo chieda a Motta Senna, lo sanno tutti.")
    mentions = model_saw(segments, Motta_Senna="PER")
    entities = resolve_entities(segments, mentions, StudyPlaces(municipalities=("Motta Senna",)))
    assert entities["entity"].to_list() == ["COMUNE:motta-senna"]


def test_broken_words_and_words_in_small_letters_are_no_names():
    segments = said("Il consiglio di Torin~ e xxx, dice la polizia di Mario.")
    mentions = model_saw(segments, consiglio="ORG", Torin="LOC", xxx="PER", polizia="ORG", Mario="PER")
    mentions.loc[mentions["surface"] == "Torin", "end"] += 1
    assert resolve_entities(segments, mentions)["surface"].to_list() == ["polizia", "Mario"]


def test_the_bare_region_is_the_region_that_the_transcript_names_or_lies_in():
    texts = ("La Regione non risponde.", "Con la Provincia va meglio.")
    places = StudyPlaces(provinces=("BS",), of_transcripts=(("S01", "BS"),))
    assert [form for _, _, form in found(*texts, places=places)] == ["Regione Lombardia", "Provincia di Brescia"]
    assert [form for _, _, form in found(*texts, "Anzi, la Regione Veneto.")][:2] == ["Regione Veneto", "Provincia"]
    assert [form for _, _, form in found(*texts)] == ["Regione", "Provincia"]


def test_one_law_said_in_many_ways_is_one_entity():
    texts = ["il D.Lgs. 267 del 2000", "il decreto legislativo 267/2000", "il TUEL", "il d.lgs. 18 agosto 2000, n. 267"]
    assert {form for _, label, form in found(*texts) if label == "NORMA"} == {"D.Lgs. 267/2000"}
    laws = ["la legge 158 del 2017", "la legge n. 158", "la legge centocinquantotto del duemiladiciassette"]
    assert {form for _, _, form in found(*laws)} == {"L. 158/2017"}
    assert found("è una legge due volte sbagliata") == []


@pytest.mark.parametrize(
    ("text", "normal_form"),
    [
        ("servono 3 milioni di euro", "3000000 EUR"),
        ("costa 1.500 euro al mese", "1500 EUR"),
        ("duecentomila euro", "200000 EUR"),
        ("due milioni e mezzo di euro", "2500000 EUR"),
        ("un milione e duecentoquarantamila euro", "1240000 EUR"),
        ("300 mila euro", "300000 EUR"),
        ("€ 1.234,50 in tutto", "1234.5 EUR"),
        ("cinquemila lire", "5000 ITL"),
        ("centottantamila euro", "180000 EUR"),
        ("ne servono quattro milioni e trecentomila", "4300000 EUR"),
        ("un avanzo di due milioni e mezzo", "2500000 EUR"),
        ("un milione e due fermo in tesoreria", "1200000 EUR"),
        ("un euro e venti di pane", "1.2 EUR"),
        ("la retta era di duecentoventi, poi basta", "220 EUR"),
        ("guadagno millecento al mese", "1100 EUR"),
        ("pago mille e sei al mese", "1600 EUR"),
    ],
)
def test_sums_of_money(text, normal_form):
    assert [form for _, label, form in found(text) if label == "IMPORTO"] == [normal_form]


@pytest.mark.parametrize(
    ("text", "normal_form"),
    [
        ("il 12 marzo 2021", "2021-03-12"),
        ("il 12/03/2021", "2021-03-12"),
        ("il primo maggio", "--05-01"),
        ("a marzo del 2020", "2020-03"),
        ("nel 2019", "2019"),
        ("nel duemila e undici", "2011"),
        ("negli anni Ottanta", "198X"),
        ("nei primi anni Duemila", "200X"),
        ("a ottobre", "--10"),
        ("il sei di giugno", "--06-06"),
        ("a Natale", "--12-25"),
        ("nel ventuno, dopo", "2021"),
        ("nell'ottantacinque", "1985"),
        ("la campana del milleseicento", "1600"),
        ("dipinto nell'Ottocento", "18XX"),
        ("l'estate del '98", "1998-22"),
        ("entro il venti.", "---20"),
    ],
)
def test_dates(text, normal_form):
    assert [form for _, label, form in found(text)] == [normal_form]


def test_of_mentions_that_overlap_the_longest_stays_then_the_rule():
    university = Mention(0, 20, "ENTE", "Università di Pavia")
    town = Mention(14, 19, "COMUNE", "Pavia", "018110")
    place = Mention(10, 25, "LOC", "di Pavia dove", rule=False)
    same = Mention(14, 19, "ORG", "Pavia", rule=False)
    assert keep_longest([town, university]) == [university]
    assert keep_longest([same, town, place]) == [town]


def test_a_surname_belongs_to_the_only_full_name_and_a_first_name_stays_in_its_interview():
    one = said("Ho visto Mario Rossi.", "Rossi era stanco.", "La Giusi no.")
    two = said("La Giusi sì.", transcript="S02")
    segments = pd.concat([one, two], ignore_index=True)
    mentions = model_saw(segments, Mario_Rossi="PER", Giusi="PER")
    alone = model_saw(segments.iloc[[1]], Rossi="PER")
    entities = resolve_entities(segments, pd.concat([mentions, alone], ignore_index=True))
    ids = entities.set_index("segment")["entity"]
    assert ids["S01:0000"] == ids["S01:0001"] == "PER:mario-rossi"
    assert (ids["S01:0002"], ids["S02:0000"]) == ("PER:giusi@S01", "PER:giusi@S02")


def test_positions_point_at_the_surface_and_no_mentions_overlap():
    segments, _ = read_held_out(HELD_OUT[0])
    entities = resolve_entities(segments, NO_MENTIONS)
    Entities.validate(entities)
    texts = dict(zip(segments["segment"], segments["text"], strict=True))
    for segment, group in entities.groupby("segment"):
        spans = list(zip(group["start"], group["end"], strict=True))
        assert [texts[segment][start:end] for start, end in spans] == group["surface"].to_list()
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_nothing_said_gives_an_empty_frame():
    entities = resolve_entities(said("", "Sì.", "😀"), NO_MENTIONS)
    assert list(entities.columns) == list(Entities.to_schema().columns)
    assert entities.empty


def read_held_out(path: Path) -> tuple[pd.DataFrame, set[tuple[str, int, int, str]]]:
    segments = []
    gold = set()
    for number, document in enumerate(path.read_text(encoding="utf-8").split("\n\n")):
        for line in document.split("\n"):
            if not line or line.startswith("#"):
                continue
            segment = f"D{number}:{len(segments):04d}"
            text = ""
            for piece in re.split(r"(\[[^|\]]+\|[A-Z]+\|[^\]]*\])", line):
                surface, _, rest = piece.strip("[]").partition("|") if piece.startswith("[") else (piece, "", "")
                if rest:
                    gold.add((segment, len(text), len(text) + len(surface), rest.partition("|")[0]))
                text += surface
            segments.append((segment, f"D{number}", text))
    return pd.DataFrame(segments, columns=["segment", "transcript", "text"]), gold


@pytest.mark.parametrize("path", HELD_OUT, ids=["first", "second"])
def test_rules_find_nearly_all_of_sentences_they_were_not_made_from(path):
    segments, gold = read_held_out(path)
    entities = resolve_entities(segments, NO_MENTIONS)
    entities = entities[entities["label"] != "LOC"]
    got = set(zip(entities["segment"], entities["start"], entities["end"], entities["label"], strict=True))
    assert len(got & gold) / len(got) >= 0.95
    assert len(got & gold) / len(gold) >= 0.9


def test_with_the_bundled_model_people_and_towns_come_together():
    if not (MODEL / "meta.json").is_file():
        pytest.skip("the bundled model is not in this checkout")
    segments = said("Il sindaco Mario Rossi è andato a Brescia con l'assessore.")
    _, mentions = annotate(segments, load_pipeline())
    entities = resolve_entities(segments, mentions)
    labels = dict(zip(entities["surface"], entities["label"], strict=True))
    assert labels["Mario Rossi"] == "PER"
    assert labels["Brescia"] == "COMUNE"
    assert (labels["sindaco"], labels["assessore"]) == ("RUOLO", "RUOLO")


def test_a_year_is_no_number_of_what_follows():
    assert [form for _, _, form in found("È successo nel 2008 e due anni fa.")] == ["2008"]
    assert [form for _, _, form in found("Un milione e duecentomila euro, poi 3 milioni e mezzo di euro.")] == [
        "1200000 EUR",
        "3500000 EUR",
    ]


def test_a_decree_law_by_its_short_name():
    assert found("il dl 78/2010 e il DL n. 34/2020") == [
        ("dl 78/2010", "NORMA", "D.L. 78/2010"),
        ("DL n. 34/2020", "NORMA", "D.L. 34/2020"),
    ]


def test_the_letters_of_a_province_are_no_place_of_their_own():
    segments = said("Siamo andati a Castro (BG) in treno.")
    entities = resolve_entities(segments, model_saw(segments, BG="LOC"))
    assert list(zip(entities["surface"], entities["code"], strict=True)) == [("Castro", "016065")]


def test_a_province_is_no_municipality():
    assert [label for _, label, _ in found("Abito in provincia di Salerno.")] == ["LOC"]


@pytest.mark.parametrize(
    "text",
    [
        "due milioni di persone",
        "nel settanta per cento dei casi",
        "costa trenta minuti di treno",
        "abbiamo quattrocento abitanti e un euro no",
        "il ventidue per cento",
        "a pagina centoventi, dice",
    ],
)
def test_numbers_that_count_something_are_neither_money_nor_dates(text):
    assert [form for form in found(text) if form[2] != "1 EUR"] == []


def test_bodies_are_named_by_their_office_roles_by_their_post():
    assert found("Il Genio civile e la Soprintendenza di Lecce, poi la Casa della Comunità.") == [
        ("Genio civile", "ENTE", "Genio civile"),
        ("Soprintendenza di Lecce", "ENTE", "Soprintendenza di Lecce"),
        ("Casa della Comunità", "ENTE", "Casa della Comunità"),
    ]
    assert found("Il messo e la maestra: si è messo a ridere, andare a capo.") == [
        ("messo", "RUOLO", "messo"),
        ("maestra", "RUOLO", "maestro"),
    ]
    assert found("Sono stata a Brindisi di Montagna, in via dei Mercanti.") == [
        ("Brindisi di Montagna", "COMUNE", "Brindisi Montagna"),
        ("via dei Mercanti", "LOC", "via dei Mercanti"),
    ]


def test_laws_are_named_in_speech():
    assert [form for _, _, form in found("Secondo la 131 del 2025 e la 104.")] == ["L. 131/2025", "L. 104/1992"]
    assert found("La legge regionale sulle fusioni e il piano regolatore.") == [
        ("legge regionale sulle fusioni", "NORMA", "legge regionale sulle fusioni"),
        ("piano regolatore", "NORMA", "piano regolatore"),
    ]


def test_what_the_model_takes_for_a_person_must_be_able_to_be_one():
    segments = said("Guardi, la Bruna fa tutto.", "Geniale. Passa Gerardo con Sandro sessantaquattro.")
    mentions = model_saw(segments, Guardi="PER", Bruna="ORG", Geniale="PER", Passa_Gerardo="PER")
    entities = resolve_entities(segments, mentions)
    assert entities["surface"].to_list() == ["Bruna", "Gerardo", "Sandro"]
    assert set(entities["label"]) == {"PER"}


def labelled(text: str, label: str) -> list[str]:
    return [surface for surface, of_label, _ in found(text) if of_label == label]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Il mutuo ce l'ha dato la Banca di Piacenza Centro.", "Banca di Piacenza Centro"),
        ("La cooperativa Arcobaleno non trova autisti.", "cooperativa Arcobaleno"),
        ("andava al liceo scientifico galvani con mio fratello", "liceo scientifico galvani"),
        ("I ragazzi della scuola elementare Gianni Rodari piantano alberi.", "Gianni Rodari"),
        ("La U.S. Virescit gioca qui.", "U.S. Virescit"),
        ("Lo ha scritto la Stampa di ieri.", "la Stampa"),
    ],
)
def test_organisations_are_named_by_a_head_and_a_name(text, surface):
    assert labelled(text, "ORG") == [surface]


def test_a_head_without_a_name_and_a_word_that_is_a_name_by_chance_are_no_organisations():
    assert labelled("la stampa non ci aiuta e la cooperativa nuova nemmeno eh il bar centrale chiude", "ORG") == []
    assert labelled("Libera la piazza, poi vieni.", "ORG") == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("L'ASL Napoli 3 non risponde.", "ASL Napoli 3"),
        ("la provincia non ha i soldi per le strade", "provincia"),
        ("la regione ci paga la metà eh", "regione"),
        ("adesso in parlamento ne discutono", "parlamento"),
        ("i soldi li dà la provincia di cuneo non il comune", "provincia di cuneo"),
        ("Il consorzio di bonifica e basta.", "consorzio di bonifica"),
    ],
)
def test_bodies_act_also_in_small_letters(text, surface):
    assert labelled(text, "ENTE") == [surface]


def test_a_region_or_province_where_something_lies_is_no_body():
    assert labelled("la provincia è grande e abito in provincia di cuneo", "ENTE") == []
    assert labelled("Nato a Roma, sono venuto qui.", "ENTE") == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("con la Galasso non si muove un sasso", "Galasso"),
        ("la due sei sette dice tutto", "due sei sette"),
        ("la centoquattro di mio padre", "centoquattro"),
        ("Il decreto Ischia è arrivato dopo.", "decreto Ischia"),
        ("Hanno dato il bonus trasloco a tutti.", "bonus trasloco"),
        ("Il milleproroghe ci ha salvati.", "milleproroghe"),
    ],
)
def test_laws_and_measures_as_people_call_them(text, surface):
    assert labelled(text, "NORMA") == [surface]


def test_a_trade_is_no_role_and_a_title_neither():
    assert labelled("mio padre faceva l'autista", "RUOLO") == []
    assert labelled("L'autista del pulmino è malato.", "RUOLO") == ["autista"]
    assert labelled("Ha chiamato la dottoressa Nardi.", "RUOLO") == []
    assert labelled("Ha chiamato la dottoressa.", "RUOLO") == ["dottoressa"]


def test_thousands_that_change_hands_and_half_millions_are_money():
    assert labelled("Ho preso quindicimila dalla banca, e mezzo milione dallo Stato.", "IMPORTO") == [
        "quindicimila",
        "mezzo milione",
    ]
    assert found("ci vogliono quarantamila di parcella")[-1] == ("quarantamila", "IMPORTO", "40000 EUR")


def test_a_day_with_a_short_year_is_one_date():
    assert found("sono arrivata il trenta aprile del cinquantotto")[-1][1:] == ("DATA", "1958-04-30")


def said_small(text: str) -> list[tuple[str, str]]:
    return [(surface, label) for surface, label, _ in found(text) if label in ("COMUNE", "LOC", "PER")]


def test_a_town_is_known_by_the_first_part_of_its_name():
    assert found("Ero a Gemona e poi a Gioia, dal sindaco di Rocca.") == [
        ("Gemona", "COMUNE", "Gemona del Friuli"),
        ("Gioia", "COMUNE", "Gioia"),
        ("sindaco", "RUOLO", "sindaco"),
        ("Rocca", "COMUNE", "Rocca"),
    ]
    assert found("Volta pagina, che gioia: una rocca sul monte.") == []
    assert said_small("la scossa a arquata, una gioia la rocca") == [("arquata", "COMUNE")]
    assert said_small("ho lavorato a castelmaggiore") == [("castelmaggiore", "COMUNE")]


def test_in_small_letters_words_are_towns_after_a_verb_of_going_or_between_towns():
    assert said_small("la guardia medica la spostano a bovino e l'agenzia sta a potenza") == [
        ("bovino", "COMUNE"),
        ("potenza", "COMUNE"),
    ]
    assert said_small("il paese sta tra volturino e motta") == [("volturino", "COMUNE"), ("motta", "COMUNE")]
    assert said_small("a cavallo tra bologna e san lazzaro") == [("bologna", "COMUNE"), ("san lazzaro", "COMUNE")]
    assert said_small("camicia a quadri, porte a vita, gente di campagna, tra due anni, fino a mezzogiorno") == []


def test_teams_rivers_laws_and_people_with_a_title_are_no_towns():
    texts = ("Tifo per il Torino.", "Casa abusiva sul Sarno.", "Il decreto Genova.", "L'ingegner Vercelli di Varese.")
    assert [(surface, label) for text in texts for surface, label in said_small(text)] == [
        ("Sarno", "LOC"),
        ("Vercelli", "PER"),
        ("Varese", "COMUNE"),
    ]


def test_a_school_that_is_called_after_somebody_is_nobody():
    segments = said("Il liceo Gioberti è chiuso, come la scuola di Vita.")
    mentions = model_saw(segments, Gioberti="PER", scuola_di_Vita="LOC")
    assert "PER" not in set(resolve_entities(segments, mentions)["label"])


def test_quarters_roads_and_areas_are_places():
    assert said_small("abito in zona mazzini, nel quartiere savena, vicino a via d'azeglio") == [
        ("mazzini", "LOC"),
        ("savena", "LOC"),
        ("via d'azeglio", "LOC"),
    ]
    assert said_small("qui in alto molise la statale centosei è chiusa") == [
        ("alto molise", "LOC"),
        ("statale centosei", "LOC"),
    ]
    assert said_small("La SP 28, la frazione si chiama Realdo, e poi a Charleroi.") == [
        ("SP 28", "LOC"),
        ("Realdo", "LOC"),
        ("Charleroi", "LOC"),
    ]
    assert said_small("la partita in piazza coi bambini, in zona mensa") == []


def named_as(text: str, *labels: str) -> list[tuple[str, str]]:
    return [(surface, label) for surface, label, _ in found(text) if label in labels]


def test_organisations_are_known_by_a_head_and_a_name_with_or_without_an_article():
    said_of = named_as("La cooperativa Il Ponte, il frantoio Santoro e lo studio Puggioni di Nuoro.", "ORG")
    assert [surface for surface, _ in said_of] == ["cooperativa Il Ponte", "frantoio Santoro", "studio Puggioni"]
    assert named_as("Ha vinto la Edilvalle, seconda la Rossi Costruzioni, poi Sviluppo Molise Srl.", "ORG") == [
        ("Edilvalle", "ORG"),
        ("Rossi Costruzioni", "ORG"),
        ("Sviluppo Molise Srl", "ORG"),
    ]
    assert named_as("La parrocchia di San Leonardo e l'associazione dei comuni.", "ORG") == [
        ("parrocchia di San Leonardo", "ORG"),
        ("associazione dei comuni", "ORG"),
    ]
    assert named_as("L'ha messa un'associazione di genitori, e il circolo ARCI paga.", "ORG") == [("ARCI", "ORG")]
    assert named_as("la ditta rossi ha chiuso e siamo andati al cinema assieme", "ORG") == [("ditta rossi", "ORG")]


def test_a_town_with_an_article_is_a_team_where_people_talk_of_play():
    assert named_as("Il Cesena ha perso e la Roma pure: che campionato.", "ORG", "COMUNE") == [
        ("Cesena", "ORG"),
        ("Roma", "ORG"),
    ]
    assert named_as("La partita non si vede, la Torino di allora era un'altra.", "ORG") == []
    assert named_as("tifo per il bologna, sto a bologna", "ORG", "COMUNE") == [
        ("bologna", "ORG"),
        ("bologna", "COMUNE"),
    ]


def test_bodies_are_known_by_what_they_are_for():
    assert named_as("L'azienda consortile di zona e l'agenzia del Po, sentita l'autorità di bacino.", "ENTE") == [
        ("azienda consortile di zona", "ENTE"),
        ("agenzia del Po", "ENTE"),
        ("autorità di bacino", "ENTE"),
    ]
    assert named_as("Serve a questo, un'Unione, e che cada il governo.", "ENTE") == [("Unione", "ENTE")]
    assert named_as("Un consorzio di Sulmona, e il governo ha mandato un commissario.", "ENTE") == [("governo", "ENTE")]
    assert named_as("i rifiuti li fa l'unione montana agordina e il parco dei castelli romani", "ENTE") == [
        ("unione montana agordina", "ENTE"),
        ("parco dei castelli romani", "ENTE"),
    ]


def test_a_province_without_an_article_is_where_something_lies():
    assert named_as("Duemila abitanti, provincia di Asti.", "ENTE", "LOC") == [("provincia di Asti", "LOC")]
    assert named_as("Ha risposto la provincia di Asti.", "ENTE", "LOC") == [("provincia di Asti", "ENTE")]


def test_people_are_known_by_an_article_an_office_or_an_elision():
    assert named_as("L'Ornella allo sportello, la Loretta all'anagrafe.", "PER") == [
        ("Ornella", "PER"),
        ("Loretta", "PER"),
    ]
    assert named_as("Con l'assessora Bertolini e il notaio Di Giacomo.", "PER") == [
        ("Bertolini", "PER"),
        ("Di Giacomo", "PER"),
    ]
    assert named_as("Adesso il Ferrari vuole i danni.", "PER", "ORG") == [("Ferrari", "PER")]
    assert named_as("Ferma la maestra. Abbiamo finito.", "PER") == []
    assert named_as("parlava sempre di berlinguer la signora bruni", "PER") == [("berlinguer", "PER"), ("bruni", "PER")]


def test_a_name_that_no_list_has_is_a_hamlet_where_somebody_goes():
    assert named_as("Salgo a Pianlasco e a Pian di Sopra.", "LOC") == [("Pianlasco", "LOC"), ("Pian di Sopra", "LOC")]


def test_what_only_has_a_capital_is_no_name_of_the_model():
    segments = said("Ho mandato undici PEC. Gratis, col Lambrusco, alla festa di San Bassiano.")
    mentions = model_saw(segments, PEC="ORG", Gratis="ORG", Lambrusco="LOC", San_Bassiano="LOC")
    assert not len(resolve_entities(segments, mentions))


def test_a_former_municipality_is_the_present_one():
    assert found("Abito a Bazzano, prima a Porretta Terme.") == [
        ("Bazzano", "COMUNE", "Valsamoggia"),
        ("Porretta Terme", "COMUNE", "Alto Reno Terme"),
    ]


def test_numbers_beside_millions_are_sums_and_numbers_of_measures_are_none():
    assert named_as("Facciamo tre milioni all'anno, di cui seicentomila dalla centrale.", "IMPORTO") == [
        ("tre milioni", "IMPORTO"),
        ("seicentomila", "IMPORTO"),
    ]
    assert named_as("All'avanzo centoventimila, e trentamila li mette la Fondazione.", "IMPORTO") == [
        ("centoventimila", "IMPORTO"),
        ("trentamila", "IMPORTO"),
    ]
    assert found("Un migliaio di euro, cento milioni di vecchie lire.") == [
        ("Un migliaio di euro", "IMPORTO", "1000 EUR"),
        ("cento milioni di vecchie lire", "IMPORTO", "100000000 ITL"),
    ]
    assert found("con l'avviso uno-quattro, misura 1.4.1") == [
        ("avviso uno-quattro", "NORMA", "PNRR 1.4"),
        ("misura 1.4.1", "NORMA", "PNRR 1.4.1"),
    ]
    assert found("la legge duecentoquarantuno, non una legge due") == [
        ("legge duecentoquarantuno", "NORMA", "L. 241"),
    ]


def test_a_given_name_is_a_place_only_where_somebody_goes():
    assert named_as("Mia collega Fatima viene dal Marocco, e a Ginevra è nata Petra.", "LOC") == [
        ("Marocco", "LOC"),
        ("Ginevra", "LOC"),
    ]
    assert named_as("Hanno rifatto l'argine lungo la Dora, lo dice Dora.", "LOC") == [("Dora", "LOC")]


def test_an_acronym_of_bodies_needs_no_article():
    assert named_as("Abbiamo chiesto ad ATS e poi ASL e Regione si sono parlate.", "ENTE")[:2] == [
        ("ATS", "ENTE"),
        ("ASL", "ENTE"),
    ]
