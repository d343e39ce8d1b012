"""What a memo is about, looked for in the study: themes, respondents, passages. Takes nothing in another's place."""

import re
from collections.abc import Collection, Mapping, Sequence

from corpus.codebook.theme_names import ThemeNames
from corpus.codings.quotations import Place, Wording, find_typed, nearest
from corpus.errors import Notebook
from corpus.memos.memo_header import HeadLine
from corpus.records import Subject, Theme
from corpus.transcripts.transcript_names import transcript_called
from corpus.words.language import Bilingual
from corpus.words.spelling import called, suggestion

_POSITION = re.compile(r"(\d{1,11})\s*[-–]\s*(\d{1,11})")
_QUOTATION_MARKS = '«»“”"'
_OFFERED = 3  # places that a message names


class SubjectFinder:
    """Finds in one study what the heads of memos name. `texts` are the transcripts by id."""

    def __init__(self, texts: Mapping[str, Wording], themes: Sequence[Theme], respondents: Collection[str]) -> None:
        self.texts = texts
        self._themes = ThemeNames(themes)
        self._respondents = sorted(set(respondents))

    def find(self, head: Sequence[HeadLine], notebook: Notebook) -> tuple[Subject, ...]:
        """The subjects of a memo in the order of its head; what is not there is told, and not `found`."""
        subjects: list[Subject] = []
        for lines in _apart(head):
            key = lines[0].key
            page = notebook.at(lines[0].row)
            if key == "theme":
                subjects.append(self._theme(lines[0].value, page))
            elif key == "respondent":
                subjects.append(self._respondent(lines[0].value, page))
            else:
                subjects.append(self._text({line.key: line for line in lines}, page))
        return tuple(dict.fromkeys(subjects))

    def _theme(self, name: str, page: Notebook) -> Subject:
        code = self._themes.find(name)
        if code:
            return Subject("theme", code)
        if alike := self._themes.alike(name):
            codes = ", ".join(f"`{each}`" for each in alike)
            page.error(
                f"più temi si chiamano `{name}`: scrivi il codice ({codes}); il memo resta, senza il tema",
                f"several themes are called `{name}`: write the code ({codes}); the memo stays, without the theme",
            )
        else:
            hint = suggestion(name, self._themes.known())
            page.error(
                f"il tema `{name}` non è nel libro dei codici{hint.it}: il memo resta, senza il tema",
                f"the theme `{name}` is not in the codebook{hint.en}: the memo stays, without the theme",
            )
        return Subject("theme", name, found=False)

    def _respondent(self, name: str, page: Notebook) -> Subject:
        code = called(name, self._respondents)
        if code is not None:
            return Subject("respondent", code)
        hint = suggestion(name, self._respondents)
        page.error(
            f"il rispondente `{name}` non c'è{hint.it}: il memo resta, senza il rispondente",
            f"there is no respondent `{name}`{hint.en}: the memo stays, without the respondent",
        )
        return Subject("respondent", name, found=False)

    def _text(self, lines: Mapping[str, HeadLine], page: Notebook) -> Subject:
        """A transcript, or the passage of it that the lines give."""
        name = lines["transcript"].value if "transcript" in lines else ""
        quote = lines["quote"].value.strip().strip(_QUOTATION_MARKS).strip() if "quote" in lines else ""
        position = self._position(lines["position"], page) if "position" in lines else None
        transcript = transcript_called(name, self.texts) if name else self._only_holder(quote)
        if transcript is None:
            self._tell_no_transcript(name, quote, page)
            return Subject("passage" if quote else "transcript", name, quote=quote, found=False)
        if not quote and position is None:
            return Subject("transcript", transcript)
        page = page.at(lines["quote" if quote else "position"].row)
        place = self._place(self.texts[transcript], quote, position, page)
        if place is None:
            self._tell_lost(transcript, quote, page)
            return Subject("passage", transcript, quote=quote, found=False)
        return Subject("passage", transcript, *place, quote=self.texts[transcript].source[slice(*place)])

    def _only_holder(self, quote: str) -> str | None:
        """The transcript that holds the words, where one alone does."""
        holders = [id for id, text in self.texts.items() if quote and text.find(quote)]
        return holders[0] if len(holders) == 1 else None

    @staticmethod
    def _position(line: HeadLine, page: Notebook) -> Place | None:
        match = _POSITION.fullmatch(line.value)
        if match:
            return int(match[1]), int(match[2])
        page.at(line.row).warning(
            f"`{line.value}` non è una posizione (due numeri, `120-140`): valgono le parole del passo",
            f"`{line.value}` is no position (two numbers, `120-140`): the words of the passage count",
        )
        return None

    @staticmethod
    def _place(text: Wording, quote: str, position: Place | None, page: Notebook) -> Place | None:
        inside = position is not None and 0 <= position[0] < position[1] <= len(text.source)
        if position is not None and inside:
            words = text.source[slice(*position)]
            if not quote:
                page.warning(
                    "il passo è indicato dalla sola posizione: aggiungi le sue parole (`passo: ...`), con cui si "
                    "ritrova quando il testo è corretto",
                    "the passage is given by its position alone: add its words (`passage: ...`), by which it is found "
                    "again when the text is corrected",
                    quote=words,
                )
                return position
            if quote in words or find_typed(quote, words) or Wording(words).find(quote):
                return position
        places = text.find(quote) if quote else ()
        if not places:
            return None
        place = nearest(places, position[0] if position else 0)
        if position is not None:
            page.warning(
                f"il passo non è più alla posizione indicata: ritrovato a {place[0]}-{place[1]}",
                f"the passage is not at its position any more: found again at {place[0]}-{place[1]}",
            )
        elif len(places) > 1:
            _tell_several(text, places, page)
        return place

    def _tell_no_transcript(self, name: str, quote: str, page: Notebook) -> None:
        if name:
            hint = suggestion(name, self.texts)
            page.error(
                f"la trascrizione `{name}` non c'è o non si è potuta leggere{hint.it}: il memo resta, senza di essa",
                f"the transcript `{name}` does not exist or could not be read{hint.en}: the memo stays, without it",
            )
            return
        holders = sorted(id for id, text in self.texts.items() if quote and text.find(quote))
        where = Bilingual("nessuna trascrizione ha quelle parole", "no transcript has these words")
        if holders:
            some = ", ".join(f"`{id}`" for id in holders[:_OFFERED]) + (" ..." if holders[_OFFERED:] else "")
            where = Bilingual(f"quelle parole sono in {some}", f"these words are in {some}")
        page.error(
            f"manca la riga `trascrizione: ...` e {where.it}: il memo resta, senza il passo",
            f"the line `transcript: ...` is missing, and {where.en}: the memo stays, without the passage",
        )

    def _tell_lost(self, transcript: str, quote: str, page: Notebook) -> None:
        """Say that the passage is not there, and where it, or something like it, is."""
        text = self.texts[transcript]
        elsewhere = next((id for id in sorted(self.texts) if quote and self.texts[id].find(quote)), None)
        likest = text.likest(quote)
        hint = Bilingual("", "")
        if elsewhere is not None:
            hint = Bilingual(f"; è invece in `{elsewhere}`", f"; it is in `{elsewhere}` instead")
        elif likest is not None:
            start, end = likest
            line = text.line(start)
            hint = Bilingual(
                f"; qualcosa di simile è alla riga {line} del testo (`posizione: {start}-{end}`)",
                f"; something like it is in line {line} of the text (`position: {start}-{end}`)",
            )
        page.error(
            f"il passo non si trova nella trascrizione `{transcript}`: il memo resta, senza il passo{hint.it}",
            f"the passage is not found in the transcript `{transcript}`: the memo stays, without the passage{hint.en}",
        )


def _apart(head: Sequence[HeadLine]) -> list[list[HeadLine]]:
    """The lines of each subject by themselves: a second passage of one transcript has that transcript's line too."""
    subjects: list[list[HeadLine]] = []
    of_text: list[HeadLine] = []  # the lines of the transcript or passage that the next ones may belong to
    for line in head:
        if line.key in ("theme", "respondent"):
            subjects.append([line])
        elif line.key == "transcript":
            of_text = [line]
            subjects.append(of_text)
        elif line.key in ("quote", "position"):
            if not of_text or any(other.key == line.key for other in of_text):
                of_text = [other for other in of_text if other.key == "transcript"]
                subjects.append(of_text)
            of_text.append(line)
    return subjects


def _tell_several(text: Wording, places: Sequence[Place], page: Notebook) -> None:
    (start, end), *others = sorted(places)
    some = ", ".join(f"{first}-{last}" for first, last in others[:_OFFERED]) + (" ..." if others[_OFFERED:] else "")
    line = text.line(start)
    page.warning(
        f"il passo compare {len(places)} volte: vale il primo, {start}-{end} (riga {line} del testo); per un altro "
        f"scrivi `posizione: ...` ({some})",
        f"the passage occurs {len(places)} times: the first counts, {start}-{end} (line {line} of the text); for "
        f"another one write `position: ...` ({some})",
    )
