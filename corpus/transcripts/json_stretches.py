"""The stretches of speech in a recogniser's JSON, found by the shape of its lists. Decodes no file, says no message."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from corpus.transcripts.json_items import (
    Item,
    Time,
    are_entries,
    channel_of,
    dicts_of,
    lists_of,
    names_of_speakers,
    plainly,
    speaker_of,
    text_of,
    times_of,
)

# The lists in which programs keep their speech, those first that keep it in whole stretches.
_KNOWN = (
    *("utterances", "audiosegments", "recognizedphrases", "phrases", "monologues", "segments", "sentences"),
    *("transcript", "transcripts", "transcription", "speakers", "paragraphs", "chunks", "channels", "results"),
    *("items", "words", "tokens", "wordsegments"),
)
# A list that holds less of the speech than so much of the longest one is something else: topics, entities, chapters.
_MOST = 0.8
_HALF = 0.5  # and one that names speakers for less than so much of it does not do for the whole
_WORDS = 0.8
# Of two words a second nobody is a fiftieth as fast: a slower speech was counted in milliseconds.
_SLOWEST = 0.02
_DEEPEST = 4  # lists inside one another: channels, their paragraphs, their sentences, their words
_ENDS_SENTENCE = re.compile(r"[.?!…][\"»”)]*\s*$")
_CLOSES = re.compile(r"[.,;:?!…%)\]»”]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """What somebody says from one time to another; `speaker` is "" where the file does not say.

    It is `mixed` where the file gives some of its words, two or more, to somebody else than the whole.
    """

    speaker: str
    text: str
    start: Time | None = None
    end: Time | None = None
    channel: str = ""
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class Speech:
    """The stretches in order, the name of the list they stood in, and whether known programs write such a list.

    It `alternates` where the file says when the speaker changes, and not who speaks: two people are supposed.
    """

    stretches: Sequence[Stretch]
    list_name: str
    known: bool
    alternates: bool = False

    @property
    def length(self) -> int:
        """How many signs the stretches have."""
        return sum(len(stretch.text.strip()) for stretch in self.stretches)

    @property
    def names_speakers(self) -> bool:
        """Whether the file says of any stretch who speaks."""
        return any(stretch.speaker for stretch in self.stretches)

    @property
    def is_timed(self) -> bool:
        """Whether the file says of any stretch when it begins."""
        return any(stretch.start for stretch in self.stretches)

    @property
    def channels(self) -> frozenset[str]:
        """The channels that the stretches are of."""
        return frozenset(stretch.channel for stretch in self.stretches if stretch.channel)

    @property
    def unit(self) -> float:
        """How many milliseconds a time counts that names no unit: as many as make it speech."""
        times = [time for stretch in self.stretches for time in (stretch.start, stretch.end)]
        bare = [time.count for time in times if time and not time.unit]
        words = sum(len(stretch.text.split()) for stretch in self.stretches)
        length = max(bare, default=0) - min(bare, default=0)
        return 1.0 if length > 0 and words / length < _SLOWEST else 1000.0


def find_speech(content: object) -> Speech | None:
    """The speech in `content`: of all its lists of entries with words the best that names speakers, if one does.

    Where speakers stand in a list of their own, with times and no words (Amazon Transcribe, IBM Watson), each word has
    the one who speaks at its time. Recordings of a channel each have their channels for speakers.
    """
    content = plainly(content)
    names = names_of_speakers(content)
    speech = _best(content, names)
    if speech is None or speech.names_speakers:
        return speech
    spans = _spans(content, names)
    if spans:
        words = _words_of(content)
        return replace(speech, stretches=_in_sentences(_spoken_at(words, spans))) if words else speech
    if len(speech.channels) > 1:
        return replace(speech, stretches=[replace(stretch, speaker=stretch.channel) for stretch in speech.stretches])
    turns = _alternating(content)
    return replace(speech, stretches=turns, alternates=True) if turns else speech


def _best(content: object, names: Mapping[str, str], depth: int = _DEEPEST) -> Speech | None:
    if not depth:
        return None
    # A file says its speech several times over: as whole text, as segments, as words, beside lists of topics and names.
    # No program's documents are relied on; the list that holds most of the words and says most of them is the speech.
    lists: list[tuple[str, Any]] = [("", content)] if are_entries(content) else []
    lists += [entries for holder in dicts_of(content) for entries in lists_of(holder)]
    speeches = [_speech(name, items, names, depth) for name, items in lists]
    longest = max((speech.length for speech in speeches), default=0)
    long = [speech for speech in speeches if speech.length > _HALF * longest]
    # Of those that are long enough the ones that say most of who speaks or when, and of these the longest.
    telling = (
        [speech for speech in long if speech.names_speakers]
        or [speech for speech in long if len(speech.channels) > 1]
        or [speech for speech in long if speech.is_timed]
        or long
    )
    longest = max((speech.length for speech in telling), default=0)
    complete = [speech for speech in telling if speech.length >= _MOST * longest]
    return min(complete, key=_rank, default=None)


def _rank(speech: Speech) -> int:
    """The place of its list among those that programs write, the last for any other."""
    return _KNOWN.index(speech.list_name) if speech.list_name in _KNOWN else len(_KNOWN)


def _speech(name: str, items: Sequence[Item], names: Mapping[str, str], depth: int) -> Speech:
    if _are_words(items):
        stretches = _in_sentences(_read_words(items, names))
    else:
        by_item = [list(_stretches(item, names, depth)) for item in items]
        if name == "results":
            by_item = _without_summary(by_item)
        elif name == "channels":
            by_item = [_of_channel(stretches, number) for number, stretches in enumerate(by_item)]
        stretches = list(chain.from_iterable(by_item))
    return Speech(_in_time(stretches), name, name in _KNOWN or not name)


def _stretches(item: Item, names: Mapping[str, str], depth: int) -> Iterator[Stretch]:
    """The stretches of one entry: itself, or all that it holds, where that says more of who speaks or when."""
    text = text_of(item)
    outer = Stretch(speaker_of(item, names), text or "", *times_of(item), channel_of(item))
    # Pieces inside an entry are worth reading only where they say what it does not: who speaks, or since when. And only
    # where they hold nearly all its words, for some programs keep there the words that they are unsure of.
    inner = None if outer.speaker and text is not None else _best(item, names, depth - 1)
    if inner is None:
        if text is not None:
            yield replace(outer, mixed=_is_mixed(item, outer.speaker, names))
        return
    says_more = inner.names_speakers or (inner.is_timed and not outer.start)
    if text is None or (says_more and inner.length >= _MOST * len(text)):
        for stretch in inner.stretches:
            speaker = stretch.speaker or outer.speaker
            yield replace(stretch, speaker=speaker, channel=stretch.channel or outer.channel)
    else:
        start = outer.start or inner.stretches[0].start
        yield replace(outer, start=start, end=outer.end or inner.stretches[-1].end)


def _is_mixed(item: Item, speaker: str, names: Mapping[str, str]) -> bool:
    speakers = Counter(speaker_of(word, names) for _, words in lists_of(item) for word in words)
    return any(words > 1 for other, words in speakers.items() if other not in ("", speaker))


def _of_channel(stretches: Sequence[Stretch], number: int) -> list[Stretch]:
    return [replace(stretch, channel=stretch.channel or f"Channel {number}") for stretch in stretches]


def _without_summary(by_result: list[list[Stretch]]) -> list[list[Stretch]]:
    """The stretches of each result, or of the last alone when that says all again with its speakers, as Google's."""
    # With speakers asked for, Google writes the results without them and then all words once more, from the beginning.
    last = by_result[-1]
    before = list(chain.from_iterable(by_result[:-1]))
    starts = [stretch.start.count for stretch in (*before, *last[:1]) if stretch.start]
    again = len(starts) > 1 and starts[-1] <= min(starts)
    named = any(stretch.speaker for stretch in last) and not any(stretch.speaker for stretch in before)
    return [last] if named and again else by_result


def _are_words(items: Sequence[Item]) -> bool:
    texts = [text for item in items if (text := text_of(item)) is not None]
    single = sum(len(text.split()) <= 1 for text in texts)
    return len(texts) > 1 and single >= _WORDS * len(texts) and any(times_of(item)[0] for item in items)


def _read_words(items: Sequence[Item], names: Mapping[str, str]) -> list[tuple[Stretch, bool]]:
    """Each word, and whether it stands close to the one before it. What has no time has its neighbour's speaker."""
    texts = [text_of(item) for item in items]
    spaced = any(text and (not text.strip() or text != text.strip()) for text in texts)
    words: list[tuple[Stretch, bool]] = []
    after = False
    for item, text in zip(items, texts, strict=True):
        if text is None:
            continue
        mark = str(item.get("type", "")).startswith("punct") or _CLOSES.fullmatch(text) is not None
        attached = str(item.get("attachesto", "previous" if mark else ""))
        start, end = times_of(item)
        speaker = speaker_of(item, names)
        if words and not speaker and (mark or start is None or not text.strip()):
            speaker = words[-1][0].speaker
        words.append(
            (Stretch(speaker, text, start, end, channel_of(item)), spaced or after or attached in ("previous", "both"))
        )
        after = attached in ("next", "both")
    return words


def _in_sentences(words: Sequence[tuple[Stretch, bool]]) -> list[Stretch]:
    """The words put together, a stretch for each sentence of each speaker."""
    sentences: list[list[tuple[Stretch, bool]]] = []
    speaker = ""
    ended = False
    for word, close in words:
        bare = word.text.strip()
        goes_on = word.speaker == speaker and not (ended and bare and _CLOSES.fullmatch(bare) is None)
        if not sentences or not goes_on:
            sentences.append([])
        sentences[-1].append((word, close))
        speaker = word.speaker
        ended = _ENDS_SENTENCE.search(word.text) is not None or (ended and not bare)
    return [_joined(sentence) for sentence in sentences]


def _joined(words: Sequence[tuple[Stretch, bool]]) -> Stretch:
    text = "".join(word.text if close else f" {word.text}" for word, close in words)
    starts = [word.start for word, _ in words if word.start]
    ends = [word.end for word, _ in words if word.end]
    first = words[0][0]
    return replace(first, text=text, start=starts[0] if starts else None, end=ends[-1] if ends else None)


def _in_time(stretches: Sequence[Stretch]) -> list[Stretch]:
    starts = [stretch.start for stretch in stretches if stretch.start]
    if len(starts) < len(stretches) or len({start.unit for start in starts}) > 1:
        return list(stretches)
    return sorted(stretches, key=lambda stretch: stretch.start.count if stretch.start else 0)


def _spans(content: object, names: Mapping[str, str]) -> list[Stretch]:
    """Who speaks from when on, where a list says that and no words."""
    for holder in dicts_of(content):
        for _, items in lists_of(holder):
            spans = [Stretch(speaker_of(item, names), "", *times_of(item)) for item in items if text_of(item) is None]
            spans = [span for span in spans if span.speaker and span.start]
            if len(spans) > 1:
                return _in_time(spans)
    return []


def _words_of(content: object) -> list[tuple[Stretch, bool]]:
    """The finest words of the file: a list of them, or those of each entry of one."""
    for holder in dicts_of(content):
        for _, items in lists_of(holder):
            if _are_words(items):
                return _read_words(items, {})
            inner = [entries for item in items for _, entries in lists_of(item) if _are_words(entries)]
            if inner:
                return [word for entries in inner for word in _read_words(entries, {})]
    return []


def _spoken_at(words: Sequence[tuple[Stretch, bool]], spans: Sequence[Stretch]) -> list[tuple[Stretch, bool]]:
    """The words, each said by whoever speaks at its time; one without a time by whoever said the one before."""
    starts = [span.start.count for span in spans if span.start]
    speaker = spans[0].speaker
    spoken: list[tuple[Stretch, bool]] = []
    for word, close in words:
        if word.start is not None:
            speaker = spans[max(0, bisect_right(starts, word.start.count) - 1)].speaker
        spoken.append((replace(word, speaker=speaker), close))
    return spoken


def _alternating(content: object) -> list[Stretch]:
    """The stretches of whisper.cpp's tinydiarize, which knows that the speaker changes and not who speaks."""
    for holder in dicts_of(content):
        for _, items in lists_of(holder):
            if any(item.get("speakerturnnext") is True for item in items):
                return list(_turn_about(items))
    return []


def _turn_about(items: Sequence[Item]) -> Iterator[Stretch]:
    changes = 0
    for item in items:
        text = (text_of(item) or "").replace("[SPEAKER_TURN]", "")
        yield Stretch(f"Speaker {changes % 2}", text, *times_of(item))
        changes += item.get("speakerturnnext") is True
