"""People's codings out of REFI-QDA projects (.qdpx) in `codings/`. Matches texts and codes; codes nothing itself."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from corpus.codings.coding_reader import FOLDER
from corpus.codings.quotations import Wording
from corpus.codings.refi_places import as_counted, place_finder, selected
from corpus.codings.refi_texts import TextMatcher
from corpus.codings.settled_codings import settle_rows
from corpus.errors import Notebook, Problem, left_out_if_unreadable
from corpus.records import Theme
from corpus.refi.codes import ARROW, CodeMatches, match_codes, paths_of
from corpus.refi.names import MACHINE, guid
from corpus.refi.project import Coding, Project, Selection
from corpus.words.language import Bilingual
from corpus.words.spelling import fold
from corpus.words.stances import stance_of

_LISTED = 5  # lost passages, of which a message shows the first words


def read_projects(
    projects: Sequence[Project], texts: Mapping[str, Wording], themes: Sequence[Theme], title: str = ""
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The HumanCodings frame of all projects, and what is wrong. The machine's codings are left out.

    Which transcript a text is says corpus.codings.refi_texts, which theme a code is corpus.refi.codes. `title` is the
    study's, of which exported GUIDs are made.
    """
    rows: list[tuple[object, ...]] = []
    notebook = Notebook(FOLDER)
    files_of: dict[str, dict[str, str]] = {}  # coder, folded -> file -> the name there
    for project in projects:
        with left_out_if_unreadable(project.file, notebook):
            reader = _Reader(project, texts, title, match_codes(project.codes, themes, title))
            coded = list(reader.rows())
            rows += coded
            for *_, coder, _alone, _given in coded:
                files_of.setdefault(fold(str(coder)), {}).setdefault(project.file, str(coder))
            reader.tell_what_is_lost(notebook.of(project.file))
    _tell_namesakes(files_of, notebook)
    codings, disagreements = settle_rows(rows, FOLDER)
    notebook.add(disagreements)
    return codings, notebook.problems


def _tell_namesakes(files_of: Mapping[str, Mapping[str, str]], notebook: Notebook) -> None:
    """Coders of one name in several projects: read as one person, which they need not be."""
    for names in files_of.values():
        if len(names) > 1:
            files = ", ".join(f"`{file}`" for file in names)
            last = list(names)[-1]
            apart = last.removesuffix(".qdpx")
            notebook.warning(
                f"`{names[last]}` codifica in più progetti ({files}): letto come una persona sola; se sono due, metti "
                f"nel nome di un file chi l'ha codificato, dopo una @: `{apart}@NOME.qdpx`",
                f"`{names[last]}` codes in several projects ({files}): read as one person; if they are two, put who "
                f"coded it into the name of one file, after an @: `{apart}@NAME.qdpx`",
            )


@dataclass
class _Reader:
    """One project being read: what its codes are here, and what could not be brought over."""

    project: Project
    texts: Mapping[str, Wording]
    title: str
    matches: CodeMatches
    foreign: list[str] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    lost: dict[str, list[str]] = field(default_factory=dict)
    textless: set[str] = field(default_factory=set)

    def rows(self) -> Iterator[tuple[object, ...]]:
        held = {id: text.source for id, text in self.texts.items()}
        matcher = TextMatcher(self.project.sources, held, self.title)
        for source in self.project.sources:
            selections = [each for each in map(self._of_themes, source.selections) if each.codings]
            if not selections:
                continue
            transcript = matcher.find(source)
            if transcript is None:
                self.foreign.append(source.name)
                continue
            text = self.texts[transcript]
            if source.text is None:
                self.textless.add(source.name)
            find = place_finder(source.text or "", selections, text, standard=self.project.origin == MACHINE)
            for selection in selections:
                people = [each for each in selection.codings if not self._by_machine(each, transcript, selection)]
                passage = find(selection) if people else None
                for coding in people:
                    if coding.code not in self.matches.theme:
                        self.unknown[coding.code] += 1
                    elif passage is None:
                        words = selected(selection, as_counted(source.text or "", selections)) or selection.words
                        self.lost.setdefault(source.name, []).append(words)
                    else:
                        stance = stance_of(selection.note) or ""
                        theme = self.matches.theme[coding.code]
                        quote = text.source[slice(*passage)]
                        yield (transcript, *passage, quote, theme, stance, self.signed or coding.coder, False, True)

    def tell_what_is_lost(self, notebook: Notebook) -> None:
        """The texts, codes and passages that could not be brought over, and what is never read."""
        for name in self.foreign:
            notebook.error(
                f"il testo `{name}` non è una trascrizione dello studio: le sue codifiche sono lasciate fuori",
                f"the text `{name}` is no transcript here: its codings are left out",
            )
        paths = paths_of(self.project.codes)
        for code, times in sorted(self.unknown.items(), key=lambda entry: paths.get(entry[0], ())):
            why = self._unmatched(code, ARROW.join(paths.get(code, ("?",))))
            notebook.error(f"{why.it}; codifiche lasciate fuori: {times}", f"{why.en}; codings left out: {times}")
        for name, words in sorted(self.lost.items()):
            textless = name in self.textless
            notebook.error(
                f"passaggi di `{name}` che non si ritrovano nella trascrizione, lasciati fuori: {len(words)}"
                + (" (il progetto non ha il suo testo)" if textless else ""),
                f"passages of `{name}` that are not in the transcript, left out: {len(words)}"
                + (" (the project lacks its text)" if textless else ""),
                quote=", ".join(f"«{Wording(each).excerpt((0, len(each)))}»" for each in words[:_LISTED]),
            )
        media = self.project.unread
        of_texts = sum(source.codings_of_text for source in self.project.sources)
        if media or of_texts:
            notebook.warning(
                f"non sono lette {media} selezioni su immagini o registrazioni, {of_texts} codifiche di testi interi",
                f"{media} selections of pictures or recordings, {of_texts} codings of whole texts are not read",
            )

    def _unmatched(self, code: str, name: str) -> Bilingual:
        """Why a code is no theme, and what to do about it."""
        if themes := self.matches.rival_themes.get(code, ()):
            listed = ", ".join(f"`{theme}`" for theme in themes)
            return Bilingual(
                f"il codice `{name}` può essere più temi ({listed}): scrivi `{code}` nella colonna guid del suo",
                f"the code `{name}` may be several themes ({listed}): write `{code}` into the column guid of its own",
            )
        if codes := self.matches.rival_codes.get(code, ()):
            listed = ", ".join(f"`{other}`" for other in codes)
            return Bilingual(
                f"il codice `{name}` si chiama come {listed} e il libro dei codici ha un solo tema così: "
                f"aggiungi un tema con `{code}` nella colonna guid",
                f"the code `{name}` is called like {listed} and the codebook has one such theme only: "
                f"add a theme with `{code}` in the column guid",
            )
        return Bilingual(f"il codice `{name}` non è nel libro dei codici", f"the code `{name}` is not in the codebook")

    @property
    def signed(self) -> str:
        """Who coded all of the project by its file's name, `interviste@Bianca.qdpx`; "" where it says nothing."""
        return Path(self.project.file).stem.partition("@")[2]

    @cached_property
    def _case_codes(self) -> frozenset[str]:
        return self.project.case_codes

    def _of_themes(self, selection: Selection) -> Selection:
        """Without the codings that only say whose text it is."""
        of_themes = tuple(coding for coding in selection.codings if coding.code not in self._case_codes)
        return selection if len(of_themes) == len(selection.codings) else replace(selection, codings=of_themes)

    def _by_machine(self, coding: Coding, transcript: str, selection: Selection) -> bool:
        """Whether Trama made it, also where the other program gave it to the person who opened it."""
        key = (transcript, str(selection.start), str(selection.end), MACHINE, self.matches.theme.get(coding.code, ""))
        return coding.coder == MACHINE or coding.guid == guid(self.title, "coding", *key)
