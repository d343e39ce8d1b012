"""Prevalence, cross tables, links and items, on a study small enough to count by hand."""

import pandas as pd
import pytest
from scipy import stats

from nlp.measures.crosstabs import theme_by_group, theme_group_tests
from nlp.measures.groups import natural_order
from nlp.measures.items import item_frequencies, item_summaries
from nlp.measures.linking import declared_links, link_themes, pair_answers
from nlp.measures.prevalence import stance_counts, theme_prevalence
from nlp.measures.theme_mentions import counted_segments, interviewed, theme_mentions
from tests.tiny_study import ITEMS, PEOPLE, THEMES, answers

CODES = [theme.code for theme in THEMES]


def test_ten_of_twelve_mention_staff(mentions):
    row = theme_prevalence(mentions).set_index("theme").loc["personale"]
    assert (row["n"], row["mentioned"], row["segments"]) == (12, 10, 12)
    assert row["share"] == pytest.approx(10 / 12)
    assert (row["share_low"], row["share_high"]) == pytest.approx((0.5520, 0.9530), abs=5e-4)


def test_the_share_of_words_counts_coded_segments(mentions):
    mine = mentions[(mentions["theme"] == "rifiuti") & (mentions["respondent"] == "R01")].iloc[0]
    assert (mine["words"], mine["share"]) == (5, pytest.approx(5 / 13))


def test_a_theme_nobody_mentions_is_a_row_that_says_so(mentions):
    row = theme_prevalence(mentions).set_index("theme").loc["silenzio"]
    assert row["mentioned"] == 0 and row["share"] == 0
    assert row["reason_words"] == "nobody"


def test_nine_respondents_give_no_percentage(results, coded):
    few = results.segments[results.segments["respondent"].isin(PEOPLE[:9])]
    rows = theme_prevalence(theme_mentions(coded, few, CODES))
    assert rows["share"].isna().all() and (rows["reason"] == "few").all()
    assert rows.set_index("theme").loc["personale", "mentioned"] == 9


def test_a_respondent_may_take_several_stances(coded):
    counts = stance_counts(coded, CODES).set_index(["theme", "stance"])
    assert tuple(counts.loc[("personale", "problem")]) == (10, 10)
    assert tuple(counts.loc[("personale", "proposal")]) == (2, 2)
    assert tuple(counts.loc[("personale", "advantage")]) == (0, 0)


def test_classes_come_in_the_order_of_their_numbers():
    assert natural_order(["oltre 8.000", "3.001-8.000", "fino a 3.000"]) == [
        "fino a 3.000",
        "3.001-8.000",
        "oltre 8.000",
    ]


def test_theme_by_class_counts_and_tests(mentions, classes):
    rows = theme_by_group(mentions, classes).set_index(["theme", "group"])
    assert tuple(rows.loc[("personale", "fino a 3.000"), ["n", "mentioned"]]) == (7, 7)
    assert tuple(rows.loc[("personale", "oltre 8.000"), ["n", "mentioned"]]) == (5, 3)
    tests = theme_group_tests(mentions, classes, 1).set_index("theme")
    assert tests.loc["personale", "p"] == pytest.approx(stats.fisher_exact([[7, 3], [0, 2]]).pvalue)
    assert tests.loc["silenzio", "reason"] == "nobody"


def test_a_class_with_one_respondent_and_one_unknown_is_still_tested(classes, mentions):
    groups = classes.copy()
    groups.loc["R01"] = "da solo"
    groups.loc["R02"] = ""
    tests = theme_group_tests(mentions, groups, 1).set_index("theme")
    assert tuple(tests.loc["rifiuti", ["n", "unknown", "test"]]) == (11, 1, "freeman-halton")
    assert 0 < tests.loc["rifiuti", "p"] <= 1


def test_a_single_class_cannot_be_compared(mentions):
    tests = theme_group_tests(mentions, pd.Series("tutti", index=PEOPLE), 1)
    assert set(tests["reason"]) <= {"one group", "nobody"} and tests["p"].isna().all()


def test_the_order_of_rows_changes_nothing(mentions, coded, study, results):
    shuffled = theme_mentions(coded.sample(frac=1, random_state=3), results.segments.iloc[::-1], CODES)
    pd.testing.assert_frame_equal(shuffled, mentions)
    links = declared_links(THEMES, ITEMS)
    mixed = study.answers.sample(frac=1, random_state=5)
    first, second = (link_themes(mentions, given, ITEMS, links, 3) for given in (study.answers, mixed))
    pd.testing.assert_frame_equal(first, second)


def test_links_pair_theme_and_answers(mentions, study):
    rows = link_themes(mentions, study.answers, ITEMS, declared_links(THEMES, ITEMS), 1)
    scale = rows[(rows["item"] == "Q1") & (rows["measure"] == "mention")].iloc[0]
    assert (scale["n"], scale["mentioned"], scale["test"]) == (12, 10, "mann-whitney")
    number = rows[(rows["item"] == "Q2") & (rows["measure"] == "share")].iloc[0]
    assert (number["n"], number["dont_know"]) == (11, 1)
    option = rows[(rows["item"] == "Q3") & (rows["option"] == "rifiuti")].iloc[0]
    assert (option["n"], option["mentioned"], option["ticked"], option["both"]) == (12, 4, 6, 4)
    assert option["p"] == pytest.approx(stats.fisher_exact([[4, 0], [2, 6]]).pvalue)
    assert option["effect"] == float("inf") and option["haldane"] == pytest.approx(4.5 * 6.5 / (0.5 * 2.5))


def test_links_that_cannot_be_tested_say_why(mentions, study):
    rows = link_themes(mentions, study.answers, ITEMS, declared_links(THEMES, ITEMS), 1).set_index(["theme", "item"])
    assert rows.loc[("silenzio", "Q4"), "reason"].eq("nobody").all()
    assert rows.loc[("silenzio", "Q9"), "reason"] == "no item"
    unanswered = study.answers.assign(status="no_answer")
    silent = link_themes(mentions, unanswered, ITEMS, declared_links(THEMES[:1], ITEMS), 1)
    assert silent.loc[silent["measure"] == "mention", "reason"].eq("no answers").all()
    assert silent["no_reply"].eq(12).all() and silent["p"].isna().all()


def test_q_values_belong_to_one_theme(mentions, study):
    rows = link_themes(mentions, study.answers, ITEMS, declared_links(THEMES, ITEMS), 1)
    staff = rows[rows["theme"] == "personale"]
    assert staff["family"].eq(4).all()
    assert staff["q"].to_numpy() == pytest.approx(stats.false_discovery_control(staff["p"].to_numpy()))


def test_pairs_leave_out_who_did_not_answer(mentions, study):
    paired = pair_answers(mentions, study.answers, "personale", ITEMS[1])
    assert paired["respondent"].tolist() == PEOPLE[1:]


def test_items_count_options_and_cases(classes, study):
    counts = item_frequencies(study.answers, ITEMS, classes).set_index(["item", "option", "group"])
    assert tuple(counts.loc[("Q3", "rifiuti", ""), ["n", "count", "share"]]) == (12, 6, 0.5)
    # Wilson (1927) solved by hand: (x + z²/2 ± z sqrt(x(n-x)/n + z²/4)) / (n + z²).
    z2 = 1.959964**2
    half = (z2 * (3 + z2 / 4)) ** 0.5 / (12 + z2)
    assert tuple(counts.loc[("Q3", "rifiuti", ""), ["low", "high"]]) == pytest.approx((0.5 - half, 0.5 + half))
    assert tuple(counts.loc[("Q3", "rifiuti", "oltre 8.000"), ["n", "count", "reason"]]) == (5, 0, "few")
    assert tuple(counts.loc[("Q4", "no", ""), ["n", "count"]]) == (12, 0)


def test_who_cannot_be_read_on_an_option_is_not_counted_as_not_ticking_it(classes, study):
    unread = (study.answers["option"] == "rifiuti") & study.answers["respondent"].isin(PEOPLE[:2])
    given = study.answers.assign(status=study.answers["status"].mask(unread, "rejected"))
    counts = item_frequencies(given, ITEMS, classes)
    n = counts[(counts["item"] == "Q3") & (counts["group"] == "")].set_index("option")["n"]
    assert n["rifiuti"] == 10 and n.drop("rifiuti").eq(12).all()


def test_numbers_have_a_mean_and_scales_do_not(classes, study):
    rows = item_summaries(study.answers, ITEMS, classes).set_index(["item", "group"])
    number = rows.loc[("Q2", "")]
    scale = rows.loc[("Q1", "")]
    assert (number["n"], number["mean"], number["median"], number["dont_know"]) == (11, 6, 6, 1)
    assert number["sd"] == pytest.approx(stats.tstd(range(1, 12)))
    assert pd.isna(scale["mean"]) and scale["median"] == 2.5


def test_an_item_nobody_answers_is_a_row_that_says_so(classes):
    rows = item_summaries(answers([]), ITEMS, classes)
    assert rows["reason"].eq("no answers").all() and rows.loc[rows["group"] == "", "no_questionnaire"].eq(12).all()


def test_interviewed_are_those_who_speak(results):
    silent = results.segments.copy()
    silent.loc[silent["respondent"] == "R12", "role"] = "other"
    assert interviewed(silent) == PEOPLE[:11]


def test_who_only_wrote_is_not_interviewed_and_what_nobody_read_is_unknown(results, coded):
    frame = results.segments.copy()
    frame.loc[frame["respondent"] == "R01", "transcript"] = "questionario:R01"
    languages = results.languages.copy()
    foreign = frame["respondent"].isin(["R02", "R03"]).to_numpy()
    languages.loc[foreign, "language"] = "de"
    read = languages.assign(read=~foreign | (frame["respondent"] == "R03").to_numpy())
    assert interviewed(frame) == PEOPLE[1:]
    assert interviewed(counted_segments(frame, languages)) == PEOPLE[3:]
    assert interviewed(counted_segments(frame, read)) == PEOPLE[2:]
    rows = theme_prevalence(theme_mentions(coded, counted_segments(frame, read), CODES)).set_index("theme")
    assert tuple(rows.loc["personale", ["n", "mentioned"]]) == (10, 8)
