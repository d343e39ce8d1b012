"""`trama suggest`: the study's text as a run reads it, then a worksheet of the segments most worth coding by hand."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from corpus.codings.coding_reader import FOLDER
from corpus.codings.human_labels import label_segments
from corpus.codings.sample_design import Design
from corpus.errors import study_error
from corpus.store import Store
from corpus.study import Study
from corpus.words.language import Bilingual, Language
from corpus.words.spelling import fold
from flows.analysis import KeptNetwork
from flows.crew import crew_for
from flows.host import Clock, Host
from flows.llm_reading import Reader, find_reader, open_study_coder
from flows.sampling import draw, sample_rows, strata_of, theme_called
from flows.server.prefect_home import STATE
from flows.sheet_wish import SheetWish
from flows.stage import Stage, run_stage
from flows.study_reading import read, without_originals
from flows.study_text import StudyText, read_text
from nlp.coders import Coder, check_coder
from nlp.coders.ask import code_text
from nlp.coders.ask import read_text as read_spoken
from nlp.embeddings import load_encoder
from nlp.next_segments import FLOOR, choose_at_random, choose_uncertain, least_sure
from nlp.themes.network import load_network
from outputs.worksheets.coding_rows import coding_rows, proposals_in_words
from outputs.worksheets.coding_sheet import write_coding_sheet
from outputs.worksheets.new_sheet import free_path, write_whole


@dataclass(frozen=True)
class Chosen:
    """What was chosen of a study: `rows` as outputs.worksheets.coding_rows gives them, and the design of a draw.

    Of segments that the machine is unsure of, `rows` has `unsure` too, the theme that it is least sure of. `path` is
    where a worksheet of them can be written.
    """

    study: Study
    rows: pd.DataFrame
    design: Design | None
    path: Path


def suggest_segments(folder: Path, host: Host, wish: SheetWish) -> Path:
    """Write a worksheet of segments to code into the `codings/` of the study in `folder`, and return its path.

    It shows nobody's codes. What is raised is as in `choose_segments`.
    """
    chosen = choose_segments(folder, host, wish)
    language = wish.language or chosen.study.settings.study.language

    def write() -> None:
        write_whole(
            chosen.path,
            lambda unfinished: write_coding_sheet(
                chosen.rows, chosen.study.themes, unfinished, language, wish.coder, chosen.design
            ),
        )

    run_stage(Stage(Bilingual("Scrivi il foglio da codificare", "Write the sheet to code"), write), host)
    host.info("%d segmenti da codificare in %s", len(chosen.rows), chosen.path.name)
    return chosen.path


def choose_segments(folder: Path, host: Host, wish: SheetWish) -> Chosen:
    """Choose segments of the study in `folder` to code by hand.

    Raises StudyError when there is no codebook, nobody of the name that is wished for, nothing left to code, or the
    draw cannot be as it is wished for.
    """
    if wish.respondents and (wish.theme or wish.by_respondent):
        raise study_error(
            "rispondenti interi si estraggono senza strati: togli `--theme` o `--by-respondent`",
            "whole respondents are drawn without strata: leave out `--theme` or `--by-respondent`",
        )
    store = Store(folder / STATE / "store")
    study = read(folder, store, host)
    if not study.themes:
        raise study_error(
            "senza un libro dei codici non c'è nulla da codificare", "without a codebook there is nothing to code"
        )
    theme = theme_called(study, wish.theme)
    check_coder(study.settings.analysis.coder)
    reader = Reader() if wish.after or (wish.at_random and not theme) else find_reader(study.settings)
    encoder = load_encoder(study.settings.analysis.encoder)
    if masked := without_originals(study, folder, host):
        study = masked.study
    sheet_language = wish.language or study.settings.study.language
    with crew_for() as crew:
        text = read_text(study, store, encoder, Clock(), crew, host)

    drawn_before = {draw.rpartition(" ")[0] for draw in study.sample["draw"]}
    stem = "seconda-lettura" if wish.after else "campione" if wish.at_random else "suggeriti"
    path = free_path(study.folder / FOLDER, stem, drawn_before)

    def machine() -> Coder:
        network = KeptNetwork(load_network(), store, host)
        return open_study_coder(study, text, reader, store, host, encoder, network=network)

    def choose() -> tuple[pd.DataFrame, Design | None]:
        if wish.after:
            return _second_rows(study, text, wish.number, wish.after, wish.coder), None
        if wish.at_random:
            strata = strata_of(study, text, machine, theme, wish.by_respondent)
            design = draw(study, text, path.stem, wish.number, None if wish.respondents else strata)
            return sample_rows(study, text, design), design
        return _uncertain_rows(study, text, machine(), wish.number, sheet_language if wish.proposals else None), None

    name = Bilingual("Scegli i segmenti da codificare", "Choose the segments to code")
    rows, design = run_stage(Stage(name, choose), host)
    if not len(rows):
        raise study_error(
            "non c'è più nessun segmento da codificare: le persone li hanno già decisi tutti (chi ha codificato almeno "
            "un quinto dei segmenti di un'intervista conta come chi l'ha letta tutta)",
            "no segment is left to code: people have decided on all of them (whoever coded a fifth of an interview's "
            "segments counts as having read it whole)",
        )
    return Chosen(study, rows, design, path)


def _second_rows(study: Study, text: StudyText, number: int, first: str, second: str) -> pd.DataFrame:
    """Rows of the worksheet for segments drawn from those that `first` has read and `second` has not."""
    spoken = text.spoken.segments
    labels = label_segments(spoken, study.human_codings, study.themes)
    names = {fold(name): number for number, name in enumerate(labels.coders)}
    if fold(first) not in names:
        known = ", ".join(f"`{name}`" for name in labels.coders) or "–"
        raise study_error(
            f"`{first}` non ha codificato nessun segmento di questo studio; hanno codificato: {known}",
            f"`{first}` has coded no segment of this study; who has: {known}",
        )
    read: np.ndarray = np.all(labels.asked, axis=2)
    open_rows = read[names[fold(first)]]
    if fold(second) in names:
        open_rows = open_rows & ~read[names[fold(second)]]
    drawn = choose_at_random(spoken, ~open_rows, number, study.settings.study.seed)
    return coding_rows(spoken.iloc[drawn], text.segments, study.transcripts)


def _uncertain_rows(
    study: Study, text: StudyText, coder: Coder, number: int, language: Language | None
) -> pd.DataFrame:
    """Rows of the worksheet for the least certain and most diverse segments.

    With what the machine proposes for each, in `language`, where one is given.
    """
    spoken = text.spoken.segments
    themes_read = read_spoken(coder, text.spoken, study.themes)
    codings = code_text(coder, themes_read, text.spoken, study.themes, study.human_codings, FLOOR)
    uncertain = choose_uncertain(spoken, text.spoken.vectors, codings, _decided(study, text), number)
    rows = coding_rows(spoken.iloc[uncertain], text.segments, study.transcripts)
    rows = rows.assign(unsure=least_sure(rows["segment"], codings))
    if language is None:
        return rows
    proposals = proposals_in_words(rows, codings, study.themes, study.settings.analysis.min_score, language)
    return rows.assign(proposals=proposals)


def _decided(study: Study, text: StudyText) -> np.ndarray:
    """Whether people have decided on all of a segment (one value a row of those that are spoken) already."""
    labels = label_segments(text.spoken.segments, study.human_codings, study.themes)
    decided: np.ndarray = np.all(labels.decided, axis=1)
    return decided
