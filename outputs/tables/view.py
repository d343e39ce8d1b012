"""What every table is built from, worked out once: who was interviewed, what was coded. Writes nothing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from corpus.codings.human_labels import HumanLabels, label_segments
from corpus.records import Item, Theme
from corpus.study import Study
from corpus.words.phrase import Phrase, phrase
from nlp.measures.corrected_themes import theme_estimates
from nlp.measures.groups import groups_of
from nlp.measures.items import item_frequencies, item_summaries
from nlp.measures.reasons import not_computable
from nlp.measures.sampled_themes import SampledThemes, sampled_themes
from nlp.measures.stance_agreement import stance_agreement
from nlp.measures.theme_mentions import coded_segments, counted_segments, interviewed, theme_mentions
from nlp.results import Results
from outputs.tables.table import Value, records


@dataclass(frozen=True)
class View:
    """The study and its results with the frames that several tables share.

    `coded`, `mentions` and `read` (what they say that somebody could code) are from nlp.measures.theme_mentions;
    `coded` has the column `told` too, whether a person gave the stance;
    `people` are the respondents interviewed and read; `classes` and `all_classes` hold the class of these people and of
    every respondent ("" when the study has no class variable). `labels` is what people decided on the segments of
    `spoken`, and what of it was settled.
    """

    study: Study
    results: Results
    coded: pd.DataFrame
    read: pd.DataFrame
    mentions: pd.DataFrame
    people: list[str]
    classes: pd.Series
    all_classes: pd.Series
    labels: HumanLabels

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The codings of `people`, which the tables by theme count; who only wrote answers is in none of them."""
        return self.coded[self.coded["respondent"].isin(self.people)]

    @cached_property
    def said(self) -> dict[str, pd.DataFrame]:
        """The codings of each theme that are said by the people interviewed."""
        return {str(theme): mine for theme, mine in self.counted.groupby("theme")}

    @cached_property
    def spoken(self) -> pd.DataFrame:
        """The segments that respondents say."""
        return _spoken(self.results)

    @cached_property
    def answered(self) -> pd.DataFrame:
        """The answers that say something: an Answers frame without "non so" and the like."""
        return self.study.answers[self.study.answers["status"] == "answered"]

    @cached_property
    def topic_members(self) -> pd.DataFrame:
        """What respondents of the study say that is in a topic: a TopicMembers frame with the column respondent."""
        members = self.results.topic_members.merge(self.results.segments[["segment", "respondent"]], on="segment")
        return _in_python(members[members["respondent"] != ""])

    @cached_property
    def texts(self) -> dict[str, str]:
        """The text of each segment."""
        segments = self.results.segments
        return dict(zip(segments["segment"].tolist(), segments["text"].tolist(), strict=True))

    @cached_property
    def sampled(self) -> SampledThemes:
        """What people read of the study's random sample, beside what the machine gives."""
        results = self.results
        study = self.study
        frames = (self.read, results.languages, self.coded, results.untaught)
        return sampled_themes(*frames, study.themes, study.human_codings, study.sample, study.settlements)

    @cached_property
    def theme_estimates(self) -> pd.DataFrame:
        """The figures of each theme corrected by the sample (nlp.measures.corrected_themes.theme_estimates)."""
        return theme_estimates(self.sampled)

    @cached_property
    def speakers(self) -> dict[str, str]:
        """The respondent who says each segment, "" for who is none of the study."""
        segments = self.results.segments
        return dict(zip(segments["segment"].tolist(), segments["respondent"].tolist(), strict=True))

    def said_of(self, theme: str) -> pd.DataFrame:
        """The codings of one theme that are said by the people interviewed."""
        return self.said.get(theme, self.coded.iloc[:0])

    @cached_property
    def agreement(self) -> pd.DataFrame:
        """Whose stance agrees with, or contradicts, their own answer (nlp.measures.stance_agreement)."""
        return stance_agreement(self.counted, self.study.answers, self.study.themes, self.study.items)

    def positions(self, theme: str, respondents: Collection[str]) -> pd.DataFrame:
        """What these respondents say of one theme with a stance: codings that are not neutral."""
        mine = self.said_of(theme)
        return mine[mine["respondent"].isin(respondents) & (mine["stance"] != "neutral")]

    @cached_property
    def frequencies(self) -> pd.DataFrame:
        """How often each option is answered, by everybody and by class (nlp.measures.items.item_frequencies)."""
        return item_frequencies(self.study.answers, self.study.items, self.all_classes)

    @cached_property
    def summaries(self) -> pd.DataFrame:
        """The numbers and scales of the questionnaire, of everybody and by class (items.item_summaries)."""
        return item_summaries(self.study.answers, self.study.items, self.all_classes)

    @property
    def seed(self) -> int:
        """The study's seed."""
        return self.study.settings.study.seed

    @property
    def class_name(self) -> str:
        """The variable of respondents.csv that the tables are broken down by, "" for none."""
        return self.study.settings.tables.class_variable

    @cached_property
    def _themes(self) -> dict[str, Theme]:
        return {theme.code: theme for theme in self.study.themes}

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.code: item for item in self.study.items}

    def theme(self, code: str) -> Theme:
        """The theme of the codebook; a code that is not in it stands for itself."""
        return self._themes.get(code, Theme(code, code))

    def item(self, code: str) -> Item:
        """The item of the questionnaire; a code that is not in it stands for itself."""
        return self._items.get(code, Item(code, code, "text"))

    def item_name(self, code: str) -> Phrase:
        """An item as tables name it: its code and wording."""
        return phrase("item.named", code=code, text=self.item(code).text)

    def option(self, item: str, value: str) -> str:
        """The label of an option."""
        return next((option.label for option in self.item(item).options if option.value == value), value)

    def quote(self, coded: pd.DataFrame) -> Phrase:
        """The quotations behind codings, one each: text, respondent and, where a person gave it, the stance."""
        return self.quote_each(records(coded[["segment", "respondent", "stance", "told"]]))

    def quote_each(self, codings: Iterable[Mapping[str, Any]]) -> Phrase:
        """The quotations behind a few codings, which need their segment, respondent, stance and `told`."""
        return phrase("quotations", quotations=tuple(map(self._quotation, codings)))

    def _quotation(self, coding: Mapping[str, Any]) -> Phrase:
        text = self.texts[coding["segment"]]
        if not coding["told"]:  # the machine's stance is no better than a guess: it is not put into anybody's mouth
            return phrase("argomenti.quotation", text=text, respondent=coding["respondent"])
        stance = Phrase(f"stance.{coding['stance']}")
        return phrase("quotation", text=text, respondent=coding["respondent"], stance=stance)

    def number(self, value: Any, reason: str = "") -> Value:
        """A number for a table: for NaN the reason why there is none, or None when there is no reason to give."""
        if isinstance(value, int | str):
            return value
        if value is None or pd.isna(value):
            return not_computable(reason)
        return float(value)


def make_view(study: Study, results: Results) -> View:
    """The view of a study."""
    spoken = _spoken(results)
    labels = label_segments(spoken, study.human_codings, study.themes, study.settlements)
    coded = _in_python(_with_told(coded_segments(results.codings, results.segments), spoken, labels))
    read = counted_segments(results.segments, results.languages)
    people = interviewed(read)
    themes = [theme.code for theme in study.themes]
    variable = study.settings.tables.class_variable
    return View(
        study=replace(study, answers=_in_python(study.answers)),
        results=results,
        coded=coded,
        read=read,
        mentions=_in_python(theme_mentions(coded, read, themes)),
        people=people,
        classes=groups_of(study.respondents, variable, people),
        all_classes=groups_of(study.respondents, variable, sorted(study.respondents["respondent"].unique())),
        labels=labels,
    )


def _spoken(results: Results) -> pd.DataFrame:
    return results.segments[results.segments["role"] == "respondent"]


def _with_told(coded: pd.DataFrame, spoken: pd.DataFrame, labels: HumanLabels) -> pd.DataFrame:
    """The codings with `told`: who coded them said how the theme is spoken of, too."""
    passages = labels.standing_passages
    with_stance = passages[passages["stance"] != ""]
    segments = spoken["segment"].to_numpy(object)[with_stance["row"].to_numpy(int)]
    themes = np.array(labels.themes, dtype=object)[with_stance["theme"].to_numpy(int)]
    told = pd.MultiIndex.from_frame(coded[["segment", "theme"]]).isin(pd.MultiIndex.from_arrays([segments, themes]))
    return coded.assign(told=told & (coded["how"] == "human").to_numpy())


def _in_python(frame: pd.DataFrame) -> pd.DataFrame:
    """The same frame with Python's own texts, one object a distinct text.

    Tables are made of thousands of selections of few rows, in which Arrow's texts take ten times as long.
    """
    texts: list[str] = frame.select_dtypes("str").columns.tolist()
    return frame.assign(**{name: _shared(frame[name]) for name in texts})


def _shared(texts: pd.Series) -> pd.Series:
    codes, distinct = pd.factorize(texts)
    return pd.Series(np.append(distinct.to_numpy(dtype=object), np.nan)[codes], index=texts.index, dtype=object)
