"""A study with every original replaced: sources, turns, tables, codebooks, messages. Decides on no word itself."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from corpus.codings.opened_codings import OpenedCodings
from corpus.errors import Problem
from corpus.pseudonyms.edits import Edit, Edited, edited_alignment, without_overlaps
from corpus.pseudonyms.masked_codings import codings_on_masked, moved_codings, moved_passages
from corpus.pseudonyms.masked_memos import memos_on_masked, moved_memo
from corpus.pseudonyms.masked_sample import moved_sample, sample_on_masked
from corpus.pseudonyms.texts import TABLES, Find, Manner, StudyText, manner_of
from corpus.records import Item, Memo, Theme, Transcript, Turn
from corpus.settings import Settings
from corpus.study import Study, wordings
from corpus.words.language import Bilingual


@dataclass(frozen=True)
class Masked:
    """A study without originals. `counts`: transcript ("" for the tables) -> kind -> how many were replaced.

    `sources`: id in the masked study -> the edits of its source. `files`: original path of an input -> masked path.
    """

    study: Study
    counts: dict[str, dict[str, int]]
    sources: dict[str, Edited]
    files: dict[str, str]

    def file(self, original: str) -> str:
        """The masked path of an input file."""
        return self.files.get(original, original)

    def summary(self) -> dict[str, dict[str, Any]]:
        """What the manifest says: passages replaced by kind, and by transcript and kind. No names."""
        by_kind: Counter[str] = Counter()
        for kinds in self.counts.values():
            by_kind.update(kinds)
        return {
            "by_kind": dict(sorted(by_kind.items())),
            "by_transcript": {k or "(tables)": v for k, v in self.counts.items()},
        }


def mask_study(study: Study, find: Find) -> Masked:
    """The study with every original replaced by what `find` says; the same text gets the same pseudonyms everywhere.

    Positions of human codings, of turns and of their words are those of the masked sources. Codings that were made on
    the masked text (their quotation holds a pseudonym) are read on it. A masked id that two share is numbered.
    """
    masking = _Masking(find)
    ids = masking.names({transcript.id: transcript.id for transcript in study.transcripts}, "code")
    people = masking.names(dict.fromkeys(study.respondents["respondent"], TABLES), "code")
    files = {
        transcript.file: masking.file(transcript.file, transcript.id, ids[transcript.id])
        for transcript in study.transcripts
    }
    pairs = [
        masking.transcript(transcript, ids[transcript.id], files[transcript.file]) for transcript in study.transcripts
    ]
    sources = {transcript.id: edited for transcript, edited in pairs}
    transcripts = tuple(sorted((transcript for transcript, _ in pairs), key=lambda transcript: transcript.id))
    memos = tuple(masking.memo(memo, ids, people, sources) for memo in study.memos)
    files |= {before.file: memo.file for before, memo in zip(study.memos, memos, strict=True)}
    problems = tuple(masking.problem(problem, files) for problem in study.problems)
    masked = replace(
        study,
        settings=masking.settings(study.settings),
        transcripts=transcripts,
        turns=_turns(study.turns, transcripts, ids, people),
        respondents=masking.respondents(study.respondents, ids, people),
        items=tuple(masking.item(item) for item in study.items),
        answers=masking.answers(study, people),
        themes=tuple(masking.theme(theme) for theme in study.themes),
        link_decisions=masking.reasons(study.link_decisions),
        human_codings=moved_codings(study.human_codings, ids, sources),
        settlements=moved_passages(study.settlements, ids, sources),
        sample=moved_sample(study.sample, ids, people, sources),
        memos=memos,
        problems=problems,
    )
    texts = wordings(masked.transcripts)
    with_people = memos_on_masked(codings_on_masked(masked, texts), study, ids, texts)
    masked = sample_on_masked(study, with_people, texts)
    # what people's files hold has the originals
    masked = replace(masked, settlements=masking.reasons(masked.settlements), opened=OpenedCodings())
    counts = {ids.get(name, name): dict(sorted(kinds.items())) for name, kinds in masking.counts.items() if kinds}
    return Masked(masked, dict(sorted(counts.items())), sources, files)


class _Masking:
    """Applies `find` to records, counting what is replaced."""

    def __init__(self, find: Find):
        self.find = find
        self.counts: dict[str, Counter[str]] = {}

    def text(self, value: str, manner: Manner, transcript: str = TABLES) -> str:
        return Edited(value, self.edits(StudyText(transcript, value, manner))).text

    def edits(self, text: StudyText) -> tuple[Edit, ...]:
        edits = self.find(text)
        if text.manner != "message":
            self.counts.setdefault(text.transcript, Counter()).update(edit.kind for edit in edits)
        return edits

    def names(self, names: Mapping[str, str], manner: Manner) -> dict[str, str]:
        """Each name (with its transcript) -> the masked one, distinct names staying distinct."""
        given: dict[str, str] = {}
        taken: set[str] = set()
        for name, transcript in names.items():
            masked = candidate = self.text(name, manner, transcript)
            number = 2
            while candidate in taken:
                candidate = f"{masked}~{number}"
                number += 1
            taken.add(candidate)
            given[name] = candidate
        return given

    def file(self, file: str, id: str, masked_id: str) -> str:
        """The masked path: folders by themselves, the file's name as its id."""
        *folders, name = file.split("/")
        if not name.startswith(id):
            return file  # written answers: the questionnaire's file
        ending = name[len(id) :]
        masked = (self.text(folder, "code") for folder in folders[1:])
        return "/".join([*folders[:1], *masked, masked_id + ending])

    def transcript(self, transcript: Transcript, id: str, file: str) -> tuple[Transcript, Edited]:
        # What is found in a turn is found in the source too, where the turn's words stand there; labels, headings and
        # notes between turns are searched on their own, and give way where they overlap with a turn's.
        of_turns = {turn.number: self.edits(StudyText(transcript.id, turn.text, "speech")) for turn in transcript.turns}
        in_turns: list[Edit] = []
        for turn in transcript.turns:
            for edit in of_turns[turn.number]:
                start, end = turn.alignment.to_source(edit.start, edit.end)
                in_turns.append(replace(edit, start=start, end=end))
        outside: list[Edit] = []
        for start, end in _outside(transcript):
            text = StudyText(transcript.id, transcript.source[start:end], "label")
            outside += [replace(edit, start=edit.start + start, end=edit.end + start) for edit in self.edits(text)]
        apart = [edit for edit in outside if not _touches(edit, in_turns)]
        edited = Edited(transcript.source, without_overlaps([*in_turns, *apart]))
        turns = tuple(self._turn(turn, transcript, of_turns[turn.number], edited) for turn in transcript.turns)
        notes = tuple(self.text(note, "cell", transcript.id) for note in transcript.notes)
        problems = tuple(self.problem(problem, {transcript.file: file}) for problem in transcript.problems)
        masked = replace(transcript, id=id, file=file, source=edited.text, turns=turns, notes=notes, problems=problems)
        return masked, edited

    def _turn(self, turn: Turn, transcript: Transcript, edits: tuple[Edit, ...], source: Edited) -> Turn:
        clean = Edited(turn.text, edits)
        units = []
        for unit in turn.units:
            start, end = clean.moved(unit.start, unit.end)
            units.append(replace(unit, start=start, end=max(start, end)))
        start, end = source.moved(turn.start, turn.end)
        speaker = self.find(StudyText(transcript.id, turn.speaker, "label"))
        return replace(
            turn,
            speaker=Edited(turn.speaker, speaker).text,
            start=start,
            end=end,
            text=clean.text,
            alignment=edited_alignment(turn.alignment, clean, source),
            units=tuple(units),
        )

    def respondents(self, frame: pd.DataFrame, ids: Mapping[str, str], people: Mapping[str, str]) -> pd.DataFrame:
        by_fold = {name.casefold(): masked for name, masked in ids.items()}

        def transcripts(cell: str) -> str:
            parts = re.split(r"([;|])", cell)
            return "".join(by_fold.get(part.strip().casefold(), part) for part in parts)

        columns: dict[str, Any] = {}
        for name in frame.columns:
            if name == "respondent":
                columns[name] = [people[value] for value in frame[name]]
            elif name == "transcript":
                columns[name] = [transcripts(str(value)) for value in frame[name]]
            else:
                columns[name] = [self.text(str(value), manner_of(str(name))) for value in frame[name]]
        return pd.DataFrame(columns, index=frame.index, dtype="str")

    def answers(self, study: Study, people: Mapping[str, str]) -> pd.DataFrame:
        frame = study.answers.copy()
        if frame.empty:
            return frame
        spoken = frame["item"].isin({item.code for item in study.items if item.type == "text"})
        for column in ("value", "label"):
            manners: list[Manner] = ["cell" if is_open else "message" for is_open in spoken]
            frame[column] = [self.text(value, manner) for value, manner in zip(frame[column], manners, strict=True)]
        frame["respondent"] = frame["respondent"].map(lambda name: people.get(name, name))
        return frame

    def reasons(self, decisions: pd.DataFrame) -> pd.DataFrame:
        return decisions.assign(reason=[self.text(str(reason), "cell") for reason in decisions["reason"]])

    def memo(
        self, memo: Memo, ids: Mapping[str, str], people: Mapping[str, str], sources: Mapping[str, Edited]
    ) -> Memo:
        return moved_memo(memo, lambda text: self.text(text, "cell"), ids, people, sources)

    def item(self, item: Item) -> Item:
        options = tuple(replace(option, label=self.text(option.label, "message")) for option in item.options)
        return replace(item, text=self.text(item.text, "message"), options=options, notes=self.text(item.notes, "cell"))

    def theme(self, theme: Theme) -> Theme:
        def terms(of: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(self.text(term, "message") for term in of)

        return replace(
            theme,
            label=self.text(theme.label, "message"),
            definition=self.text(theme.definition, "cell"),
            use_when=self.text(theme.use_when, "cell"),
            do_not_use_when=self.text(theme.do_not_use_when, "cell"),
            include_terms=terms(theme.include_terms),
            exclude_terms=terms(theme.exclude_terms),
            examples=tuple(self.text(example, "cell") for example in theme.examples),
        )

    def settings(self, settings: Settings) -> Settings:
        """Title and labels masked; the lists of names left out, so that no manifest repeats them."""
        speakers = settings.speakers
        lists: dict[str, tuple[str, ...]] = {}
        for role in ("interviewer", "respondent", "other"):
            lists[role] = tuple(self.text(name, "label") for name in getattr(speakers, role))
        title = self.text(settings.study.title, "message")
        return settings.model_copy(
            update={
                "study": settings.study.model_copy(update={"title": title}),
                "speakers": speakers.model_copy(update=lists),
                "privacy": settings.privacy.model_copy(update={"names": (), "keep": ()}),
            }
        )

    def problem(self, problem: Problem, files: Mapping[str, str]) -> Problem:
        message = Bilingual(self.text(problem.message.it, "message"), self.text(problem.message.en, "message"))
        file = files.get(problem.file) or self.text(problem.file, "message")
        return replace(problem, message=message, file=file, column=self.text(problem.column, "message"), quote="")


def _turns(
    turns: pd.DataFrame, transcripts: Iterable[Transcript], ids: Mapping[str, str], people: Mapping[str, str]
) -> pd.DataFrame:
    records = {(transcript.id, turn.number): turn for transcript in transcripts for turn in transcript.turns}
    frame = turns.copy()
    frame["transcript"] = frame["transcript"].map(ids)
    masked_turns = [records[key] for key in zip(frame["transcript"], frame["turn"], strict=True)]
    for column in ("speaker", "start", "end", "text"):
        frame[column] = [getattr(turn, column) for turn in masked_turns]
    frame["respondent"] = frame["respondent"].map(lambda name: people.get(name, name))
    return frame.sort_values(["transcript", "turn"], kind="stable", ignore_index=True).astype(turns.dtypes.to_dict())


def _touches(edit: Edit, others: Iterable[Edit]) -> bool:
    return any(edit.start < other.end and other.start < edit.end for other in others)


def _outside(transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Stretches of the source that no turn's words come from, where they hold letters or figures: labels, headings."""
    done = 0
    pieces = sorted((start, start + size) for turn in transcript.turns for _, start, size in turn.alignment.pieces)
    for start, end in [*pieces, (len(transcript.source), len(transcript.source))]:
        if start > done and any(character.isalnum() for character in transcript.source[done:start]):
            yield done, start
        done = max(done, end)
