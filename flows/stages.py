"""The stages of a run as Prefect tasks, named as a researcher would. Each hands its work to one library function.

Frames and records travel inside `quote`, so that Prefect neither walks through them nor keeps them. Logs carry counts
and ids, never what was said.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from corpus.codings.human_labels import label_segments
from corpus.pseudonyms.masking import Masked
from corpus.records import ITALIAN
from corpus.store import Store
from corpus.study import Study, read_study
from corpus.word_template import usable_template
from corpus.words.language import Language
from flows.crew import Pending
from flows.splitting import kept_languages, kept_segments
from nlp.coders import Coder, open_coder
from nlp.coders.ask import code_text, read_text
from nlp.cross_coding import cross_code
from nlp.crosswalk import propose_links
from nlp.embeddings import Encoder
from nlp.entities import find_entities, join_entities
from nlp.italian.places import StudyPlaces
from nlp.privacy.study_masker import pseudonymise_study
from nlp.results import Results
from nlp.spoken_text import SpokenText
from nlp.suggestion import FLOOR, choose_at_random, choose_uncertain
from nlp.topics import TopicModel, find_topics, match_topics
from nlp.uncoded_terms import uncoded_terms
from outputs.formats import Leaving, write_formats
from outputs.run.record import RunRecord
from outputs.tables.all_tables import build_tables
from outputs.tables.table import Table
from outputs.worksheets.coding_rows import coding_rows, proposals_in_words
from outputs.worksheets.coding_sheet import write_coding_sheet
from outputs.worksheets.link_proposals import write_link_proposals


def _stage(name: str, run_name: str | None = None) -> Callable[[Callable[..., Any]], Any]:
    """A task that keeps nothing: Trama's own store keeps what is worth keeping."""
    return task(name=name, task_run_name=run_name or name, cache_policy=NO_CACHE, persist_result=False)


@_stage("Leggi lo studio")
def read(folder: Path, store: Store) -> Study:
    """Everything in the study folder; transcripts that did not change come out of the store."""
    study = read_study(folder, store=store)
    get_run_logger().info("%d trascritti, %d rispondenti", len(study.interviews), len(study.respondents))
    return study


@_stage("Sostituisci i nomi")
def pseudonymise(study: Study, pipeline: Any, folder: Path) -> Masked:
    """The study without originals; the key goes into `folder`, apart from everything else. Logs counts only."""
    masked = pseudonymise_study(study, pipeline, folder)
    replaced = sum(sum(kinds.values()) for kinds in masked.counts.values())
    get_run_logger().info("%d passaggi sostituiti con pseudonimi", replaced)
    return masked


@_stage("Dividi in segmenti")
def segment(study: Study, store: Store) -> pd.DataFrame:
    """Segments frame of every turn."""
    segments = kept_segments(study, store)
    get_run_logger().info("%d segmenti", len(segments))
    return segments


@_stage("Annota il testo", "Annota il testo: {count} segmenti")
def annotate_batch(pending: Pending, count: int) -> dict[str, tuple[pd.DataFrame, pd.DataFrame]]:
    """Tokens and names of each transcript of a batch that was handed to a crew."""
    annotated: dict[str, tuple[pd.DataFrame, pd.DataFrame]] = pending.result()
    return annotated


@_stage("Calcola i vettori di frase", "Calcola i vettori di frase: {count} segmenti")
def embed_batch(pending: Pending, count: int) -> dict[str, np.ndarray]:
    """The unit vectors of each transcript of a batch that was handed to a crew."""
    vectors: dict[str, np.ndarray] = pending.result()
    return vectors


@_stage("Riconosci le entità", "Riconosci le entità: {count} segmenti")
def find_entities_in(
    batch: pd.DataFrame, mentions: pd.DataFrame, places: StudyPlaces, count: int
) -> dict[str, pd.DataFrame]:
    """Transcript -> what is named in it; the respondents' own municipalities and provinces settle homonyms."""
    found = find_entities(batch, mentions[mentions["segment"].isin(batch["segment"])], places)
    return {str(name): found[found["transcript"] == name] for name in batch["transcript"].unique()}


@_stage("Unisci le entità")
def entities(found: pd.DataFrame, places: StudyPlaces) -> pd.DataFrame:
    """Entities frame."""
    return join_entities(found, places)


@_stage("Riconosci le lingue")
def languages(segments: pd.DataFrame, store: Store) -> pd.DataFrame:
    """The language of each segment; what is not Italian is listed and not coded."""
    found = kept_languages(segments, store)
    get_run_logger().info("%d segmenti non in italiano", int((found["language"] != ITALIAN).sum()))
    return found


@_stage("Leggi il testo con il libro dei codici")
def read_codebook(study: Study, text: SpokenText, coder: Coder) -> Any:
    """What the coder reads in the respondents' segments, against the codebook."""
    return read_text(coder, text, study.themes)


@_stage("Codifica i temi")
def code(study: Study, text: SpokenText, coder: Coder, read: Any) -> pd.DataFrame:
    """Codings frame."""
    codings = code_text(coder, read, text, study.themes, study.human_codings, study.settings.analysis.min_score)
    get_run_logger().info("%d codifiche", len(codings))
    return codings


@_stage("Cerca i termini non codificati")
def find_uncoded(
    study: Study,
    text: SpokenText,
    coder: Coder,
    read: Any,
    segments: pd.DataFrame,
    languages: pd.DataFrame,
    codings: pd.DataFrame,
) -> pd.DataFrame:
    """The codebook's terms that stand in a segment and gave no coding, with the reason."""
    terms = None if read is None else coder.terms(read)
    return uncoded_terms(terms, text.segments, segments, languages, codings, study.themes, study.human_codings)


@_stage("Confronta con le codifiche umane")
def compare(study: Study, text: SpokenText, coder: Coder, read: Any) -> pd.DataFrame:
    """What people and the machine decided on the same segments; empty where nobody coded."""
    min_score = study.settings.analysis.min_score
    decisions = cross_code(coder, read, text.segments, study.themes, study.human_codings, min_score)
    if read is not None:
        get_run_logger().info("%d decisioni confrontabili", len(decisions))
    return decisions


@_stage("Scegli i segmenti da codificare")
def suggest(
    study: Study,
    segments: pd.DataFrame,
    text: SpokenText,
    encoder: Encoder,
    number: int,
    at_random: bool,
    language: Language,
) -> pd.DataFrame:
    """Rows of the worksheet (outputs.worksheets.coding_rows): the least certain and most diverse segments, or a random
    sample.
    """
    settings = study.settings
    spoken = text.segments
    decided: np.ndarray = np.any(label_segments(spoken, study.human_codings, study.themes).decided, axis=1)
    if at_random:
        chosen = spoken.iloc[choose_at_random(spoken, decided, number, settings.study.seed)]
        return coding_rows(chosen, segments, study.transcripts)
    coder = open_coder(settings.analysis.coder, encoder)
    read = read_text(coder, text, study.themes)
    codings = code_text(coder, read, text, study.themes, study.human_codings, FLOOR)
    chosen = spoken.iloc[choose_uncertain(spoken, text.vectors, codings, decided, number)]
    rows = coding_rows(chosen, segments, study.transcripts)
    told = proposals_in_words(rows, codings, study.themes, settings.analysis.min_score, language)
    return rows.assign(proposals=told)


@_stage("Scrivi il foglio da codificare")
def write_suggestions(rows: pd.DataFrame, study: Study, path: Path, language: Language, coder: str) -> None:
    """The worksheet, whole or not at all."""
    unfinished = path.with_suffix(".partial")
    write_coding_sheet(rows, study.themes, unfinished, language, coder)
    unfinished.replace(path)


@_stage("Trova gli argomenti emergenti")
def topics(
    study: Study, segments: pd.DataFrame, tokens: pd.DataFrame, embeddings: np.ndarray, encoder: Encoder
) -> TopicModel:
    """Topics, their members and hierarchy, and the notes for the report."""
    seed, size = study.settings.study.seed, study.settings.analysis.min_topic_size
    return find_topics(segments, tokens, embeddings, encoder, seed=seed, min_topic_size=size)


@_stage("Accosta gli argomenti ai temi")
def topic_themes(
    study: Study, model: TopicModel, segments: pd.DataFrame, embeddings: np.ndarray, encoder: Encoder
) -> TopicModel:
    """The topics with the theme that each resembles."""
    return match_topics(model, segments, embeddings, study.themes, encoder)


@_stage("Proponi legami fra temi e domande")
def propose(study: Study, encoder: Encoder) -> pd.DataFrame:
    """LinkProposals frame: for a person to accept or reject."""
    decisions = study.link_decisions[study.link_decisions["decision"] != ""]
    decided = set(zip(decisions["theme"], decisions["item"], strict=True))
    return propose_links(study.themes, study.items, decided, encoder)


@_stage("Collega i temi al questionario")
def link(study: Study, results: Results, language: Language) -> list[Table]:
    """Every table of the run."""
    return build_tables(study, results, language)


@_stage("Scrivi tabelle e rapporto")
def write(study: Study, run: RunRecord, folder: Path, home: Path) -> None:
    """What study.toml asks for (tables, workbook, page ...) into the folder of the run; `home` is the study's."""
    write_link_proposals(study, run.tables, run.results.link_proposals, folder, run.language)
    wanted = study.settings.outputs
    template = usable_template(home, wanted.template) if wanted.template else None
    write_formats(Leaving(run, run.tables, (), lambda: study, template), wanted.formats, folder)
