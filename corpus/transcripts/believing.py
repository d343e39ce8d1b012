"""Which labels of a transcript name speakers: weighed against each other, over all its lines. Splits no text.

A word before a colon may be a speaker or the beginning of a sentence (`Problema: i soldi`), and no line tells by itself
which. So all lines are asked together: what is known, comes back, or is set off like the others is believed; what is
left is read as text, and told where it is likely to be somebody. A wrong speaker costs more than a missed one: words
would be counted as another person's.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.transcripts.cleaning import is_aside
from corpus.transcripts.labels import Label
from corpus.transcripts.sheet import is_nobody
from corpus.transcripts.text import Line
from corpus.words.roles import role_of_label
from corpus.words.spelling import is_slip

_PARTICLES = frozenset(str.split("di de del della dei degli delle da dal dalla la lo e in alla al"))
_TITLES = frozenset(
    str.split(
        "dott dott.ssa dr dr.ssa prof prof.ssa sig sig.ra sig.na avv ing arch geom rag on sen mons don suor padre "
        "signor signora"
    )
)
_MOST_WORDS = 4
_CODE = re.compile(r"[^\W\d_]{1,12}[ _-]?(?:\d{1,3}|\?)")
_SHORT_CODE = re.compile(r"[^\W\d_]{1,5}[ _-]?\d+")
_NOT_A_NAME = re.compile(r"[;:!?…«»\"]")
_COMMA = re.compile(r"[^,]+,\s[^,]+")
_MOST_SPEAKERS = 200
_OFTENER = 4  # times that a name comes for each time that it is misspelt in the same way
_SURNAME = re.compile(r"(?:Lo|La|Li) [A-ZÀ-Ý][\w'’]+\b.*")
_WHOLE_LAYOUT = 0.6  # of the paragraphs open with a tag where tags are the labels
_LABELLED = 0.6  # of the paragraphs open with a label where each of them should
_SIGN_FOR_A_COLON = r"\s*(?P<sign>[.;])\s+(?=\S)"


@dataclass(frozen=True, slots=True)
class Slip:
    """A label read as a speaker's though it is no other label's: `name`, in the line `line`, is likely `likely`.

    `sign` is what stands there for the colon, where the name is right.
    """

    name: str
    likely: str
    line: int
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Beliefs:
    """The label that opens a turn in each line, None where none does; names typed like labels but read as text; slips.

    `certain` is whether one of them is known, a word of the vocabulary, bold, coming back, or told by the file itself.
    """

    labels: tuple[Label | None, ...]
    doubted: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()
    certain: bool = True

    @property
    def speakers(self) -> dict[str, str]:
        """The names believed, by their keys, as first typed."""
        names: dict[str, str] = {}
        for label in self.labels:
            if label is not None:
                names.setdefault(label.key, label.name)
        return names


def distinguish_namesakes(labels: Sequence[Label | None]) -> list[Label | None]:
    """The labels, with what stands in brackets a part of the name where only that tells two speakers apart.

    So where the name never comes without, and two or more different brackets come back; how something is said
    (`Anna (ridendo):`) comes beside the bare name, or once.
    """
    brackets: dict[str, Counter[str]] = defaultdict(Counter)
    for label in labels:
        if label is not None and label.sign != "enclosed":
            brackets[label.key][label.aside.casefold()] += 1
    named = {key for key, times in brackets.items() if _tell_speakers(times)}
    return [
        replace(label, name=f"{label.name} ({label.aside})") if label is not None and label.key in named else label
        for label in labels
    ]


def _tell_speakers(times: Counter[str]) -> bool:
    """Whether the brackets after one name, with how often each comes, are of several speakers."""
    return len(times) > 1 and min(times.values()) > 1 and all(aside and not is_aside(aside) for aside in times)


def believe(
    strong: Sequence[Label | None], weak: Sequence[Label | None], lines: Sequence[Line], known: frozenset[str]
) -> Beliefs:
    """Who opens which line: by labels set off by a sign, or by weak ones where these make by far the more turns.

    Labels of the other kind count where they name a speaker of the kind that was chosen. `strong` and `weak` are the
    two labels that each of `lines` may have; `known` are the study's own, without regard to case.
    """
    by_sign, doubted, certain = _weigh(strong, lines, known)
    by_form = _weigh_weak(weak, known)
    signed = Beliefs(tuple(by_sign))
    formed = Beliefs(tuple(by_form))
    turns = sum(label is not None for label in by_sign)
    weak_turns = sum(label is not None for label in by_form)
    if weak_turns > (2 * turns if len(signed.speakers) > 1 else turns):
        names = formed.speakers.keys()
        merged = [
            label or (other if other is not None and other.key in names | known else None)
            for label, other in zip(by_form, strong, strict=True)
        ]
        return _with_slips(Beliefs(tuple(merged)), strong, weak, lines, known)
    names = signed.speakers.keys()
    merged = [
        label or (other if other is not None and other.marked and other.key in names else None)
        for label, other in zip(by_sign, weak, strict=True)
    ]
    return _with_slips(Beliefs(tuple(merged), doubted, (), certain), strong, weak, lines, known)


def with_missing_colons(beliefs: Beliefs, source: str, lines: Sequence[Line]) -> Beliefs:
    """`beliefs`, with a turn, told as a slip, for each paragraph that opens with a speaker's name and `.` or `;`.

    Only where nearly all paragraphs open with a label, by a colon: elsewhere it may be how somebody begins to speak.
    """
    typed = [label for label in beliefs.labels if label is not None and label.sign == "colon"]
    times = Counter(label.name for label in typed)
    names = [name for name, turns in times.items() if turns > 1]
    openings = sum(line.opens for line in lines)
    packed = openings <= 1  # lines under one another are a turn each
    if not names or len(typed) < _LABELLED * (len(lines) if packed else openings):
        return beliefs
    opening = re.compile(rf"\s*(?P<name>{'|'.join(map(re.escape, names))}){_SIGN_FOR_A_COLON}")
    labels = list(beliefs.labels)
    slips = list(beliefs.slips)
    for number, line in enumerate(lines):
        match = opening.match(source, line.start, line.end) if labels[number] is None else None
        if match is None or line.speaker is not None or not (line.opens or packed):
            continue
        labels[number] = Label(match["name"], match.end(), None, "weak", False)
        slips.append(Slip(match["name"], match["name"], number, match["sign"]))
    return replace(beliefs, labels=tuple(labels), slips=tuple(slips))


def _weigh(
    labels: Sequence[Label | None], lines: Sequence[Line], known: frozenset[str]
) -> tuple[list[Label | None], tuple[str, ...], bool]:
    """Which of `labels` (one a line) are speakers; `known` are the study's own, believed wherever they stand.

    After a colon a name is sure when the study or the role vocabulary has it, when it is bold or comes back. A name
    that comes once is believed when it looks like one (capitals, no turn of speech) at the start of a paragraph; but
    beside two sure speakers a single word (`Problema: i soldi`) is taken for text, and doubted aloud.
    A name on a line of its own is believed when it is sure by a colon elsewhere, is a word of the vocabulary, or is
    bold, or comes back; beside a time it need not look like one. A name in brackets is a word of the vocabulary or a
    code, or comes back in `<>`; or any that comes back, where brackets open turns.
    """
    typed = [(label, line.opens) for label, line in zip(labels, lines, strict=True) if label is not None]
    times = Counter((label.sign, label.key) for label, _ in typed)
    cased = Counter(label.name for label, _ in typed)
    sure = {
        label.key for label, _ in typed if label.sign == "colon" and _is_sure(label, times["colon", label.key], known)
    }
    opening = [opens for label, opens in typed if label.sign == "colon" and label.key in sure]
    # Where turns mostly begin without an empty line before them, every line may be a turn.
    packed = _is_packed(opening, lines)
    colon: set[str] = set()
    doubted: dict[str, None] = {}
    for label, opens in typed:
        if label.sign != "colon":
            continue
        if label.key in sure:
            if not label.name[0].islower() or label.key in known or _lower_case_label(label, cased, opens or packed):
                colon.add(label.key)
        elif (opens or packed) and _looks_like_a_name(label.name) and not is_nobody(label.key):
            if len(sure) < 2 or _is_full_name(label.name):
                colon.add(label.key)
            else:
                doubted[label.name] = None
    alone = {
        label.key
        for label, opens in typed
        if label.sign == "alone"
        and (opens or label.marked)
        and _is_named_alone(label, times["alone", label.key], colon | known, doubtful=len(sure) > 1)
    }
    if len(colon | alone) < 2:  # a single bold line is a heading
        alone = {key for key in alone if key in colon | known or role_of_label(key)}
    timed = {
        label.key
        for label, _ in typed
        if label.sign == "timed"
        and not is_nobody(label.key)
        and (label.key in colon | known or role_of_label(label.name) or times["timed", label.key] > 1)
        and _looks_like_a_name(label.name)
    }
    enclosed = _tags(labels, lines, known)
    names = {"colon": colon, "alone": alone, "timed": timed, "enclosed": enclosed | colon}
    certain = bool(sure & colon or alone or timed or enclosed) or any(line.speaker for line in lines)
    return (
        [label if label is not None and label.key in names[label.sign] else None for label in labels],
        tuple(doubted),
        certain,
    )


def _weigh_weak(labels: Sequence[Label | None], known: frozenset[str]) -> list[Label | None]:
    """The same for labels that no colon sets off: known or in the vocabulary, else bold or named-like and coming back.

    At least two different speakers must be found so.
    """
    typed = [label for label in labels if label is not None]
    times = Counter(label.key for label in typed)
    names = {
        label.key
        for label in typed
        if not is_nobody(label.key)
        and (
            label.key in known
            or role_of_label(label.name)
            or (times[label.key] >= 2 and (label.marked or _looks_like_a_name(label.name)))
        )
    }
    if len(names) < 2:
        return [None] * len(labels)
    return [label if label is not None and label.key in names else None for label in labels]


def _tags(labels: Sequence[Label | None], lines: Sequence[Line], known: frozenset[str]) -> set[str]:
    """The names in brackets that are speakers; what is an aside (`[ride]`) is none."""
    typed = [label for label in labels if label is not None and label.sign == "enclosed" and not is_aside(label.name)]
    times = Counter(label.key for label in typed)
    back = {label.key for label in typed if times[label.key] > 1 and _could_name(label.name)}
    # A tag before words, not alone in its line as `[Musica]`.
    before_words = {
        label.key
        for label, line in zip(labels, lines, strict=True)
        if label is not None and label.sign == "enclosed" and (label.marked or label.text_start < line.end)
    }
    capital = {label.key for label in typed if label.key in back & before_words and _looks_like_a_name(label.name)}
    openings = sum(line.opens for line in lines)
    whole_layout = len(times) > 1 and bool(back) and sum(times.values()) >= _WHOLE_LAYOUT * openings
    return {
        label.key
        for label in typed
        if label.key in known
        or role_of_label(label.name)
        or (label.key in back and (label.marked or _CODE.fullmatch(label.key) is not None))
        or (len(capital) > 1 and label.key in capital)
        or (whole_layout and label.key in before_words and _could_name(label.name))
        or (whole_layout and _CODE.fullmatch(label.key) is not None)
    }


def _with_slips(
    beliefs: Beliefs,
    strong: Sequence[Label | None],
    weak: Sequence[Label | None],
    lines: Sequence[Line],
    known: frozenset[str],
) -> Beliefs:
    """Labels that miss a speaker's name by a slip (`Peitro`) believed too, and each of them told but the `known`."""
    # What the file itself says of a line's speaker is misspelt as labels are.
    labels = [label or _label_told_by_file(line) for label, line in zip(beliefs.labels, lines, strict=True)]
    times = Counter(label.key for label in labels if label is not None)
    often = [key for key, turns in times.items() if turns > 1]
    if not often or len(often) > _MOST_SPEAKERS:
        return beliefs
    speakers = Beliefs(tuple(labels)).speakers
    packed = _is_packed([line.opens for label, line in zip(labels, lines, strict=True) if label is not None], lines)
    slips: list[Slip] = []
    for number, line in enumerate(lines):
        label = labels[number]
        if label is None and (line.opens or packed):
            label = next(_meant(strong[number], weak[number]), None)
        if label is None or label.key in known:
            continue
        likely = [key for key in often if is_slip(label.key, key) and _is_rare(times[label.key], times[key])]
        if len(likely) == 1 and not _is_another(label, likely[0], believed=labels[number] is not None):
            labels[number] = label
            slips.append(Slip(label.name, speakers[likely[0]], number))
    names = {slip.name for slip in slips}
    doubted = tuple(name for name in beliefs.doubted if name not in names)
    return Beliefs(tuple(labels), doubted, tuple(slips), beliefs.certain)


def _label_told_by_file(line: Line) -> Label | None:
    return Label(line.speaker, line.start, None, "colon", True) if line.speaker else None


def _meant(strong: Label | None, weak: Label | None) -> Iterator[Label]:
    """The labels that are typed so that they can be nothing else, or after a colon."""
    if weak is not None and weak.marked:
        yield weak
    if strong is not None:
        yield strong
    if weak is not None:
        yield weak


def _is_another(label: Label, likely: str, *, believed: bool) -> bool:
    """Whether a label close to a speaker's is somebody else's: `TOR002` beside `TOI002`, `Carlo` beside `Carla`."""
    if is_nobody(label.key) or not _could_name(label.name) or _SHORT_CODE.fullmatch(label.key):
        return True
    return believed and (role_of_label(label.name) is not None or label.key[:-1] == likely[:-1])


def _is_rare(times: int, often: int) -> bool:
    return times <= 1 or (times == 2 and times * _OFTENER <= often)


def _is_packed(opening: Sequence[bool], lines: Sequence[Line]) -> bool:
    return sum(opening) * 2 < len(opening) or sum(line.opens for line in lines) <= 1


def _is_nobody(label: Label, times: int) -> bool:
    """`is_nobody`, but for a surname that begins with an article (`Lo Presti`) and comes back."""
    return is_nobody(label.key) and not (times > 2 and _SURNAME.fullmatch(label.name))


def _is_sure(label: Label, times: int, known: frozenset[str]) -> bool:
    if label.key in known:
        return True
    if _is_nobody(label, times):
        return False
    words = len(label.name.split())
    role = role_of_label(label.name) is not None and (words == 1 or times > 1 or _is_short(label.name))
    comes_back = times >= (3 if label.name[0].islower() else 2) and words <= _MOST_WORDS
    return role or label.marked or comes_back


def _lower_case_label(label: Label, cased: Counter[str], opens: bool) -> bool:
    """Whether labels are typed in lower case here; else `sindaco:` is the wrapped end of "dissi al sindaco: ..."."""
    capital = cased[label.name.capitalize()] + cased[label.name.upper()]
    return opens and capital == 0


def _is_named_alone(label: Label, times: int, sure: frozenset[str] | set[str], *, doubtful: bool) -> bool:
    """`doubtful` where speakers are marked by colons: there a bold line is the heading of a part of the interview."""
    if label.key in sure:
        return True
    if _is_nobody(label, times):
        return False
    names_a_role = len(label.name.split()) == 1 and role_of_label(label.name) is not None
    timed = label.start_ms is not None
    believable = times >= 2 or (label.marked and (not doubtful or timed))
    if names_a_role or (believable and _looks_like_a_name(label.name)):
        return True
    by_a_program = label.wide or (timed and times >= 2 and _COMMA.fullmatch(label.name) is not None)
    return by_a_program and _could_name(label.name)


def _could_name(name: str) -> bool:
    """Whether people may call somebody so, in any case and with a comma: `de Rossi, Anna`."""
    return len(name.split()) <= 7 and name.count(",") <= 1 and _NOT_A_NAME.search(name.rstrip("?")) is None


def _looks_like_a_name(name: str) -> bool:
    """At most four words besides particles and titles, each with a capital or a digit, none that ends a sentence."""
    words = [word for word in name.split() if word.casefold() not in _PARTICLES]
    return _is_short(name) and all(not word[0].isalpha() or word[0].isupper() for word in words)


def _is_short(name: str) -> bool:
    words = [word for word in name.split() if word.casefold().strip(".") not in _PARTICLES | _TITLES]
    if not 0 < len(words) <= _MOST_WORDS or re.search(r"[,;…]|\w\W*[?!]", name):
        return False
    return not any(word.endswith(".") and len(word) > 3 and not _is_initials(word) for word in words[:-1])


def _is_initials(word: str) -> bool:
    return all(len(part) == 1 for part in word.split(".") if part)


def _is_full_name(name: str) -> bool:
    """`Mario Rossi`, `R. Rossi`, `M.B.`, `Dott. Rossi`, `S3`: a person's name or code even when it comes once."""
    code = any(character.isdigit() for character in name) and len(name) <= 12
    return code or len(name.split()) > 1 or (_is_initials(name) and "." in name)
