"""Praat TextGrid, long and short form: tiers as speakers, labelled intervals and points in the order of time."""

import re
import unicodedata
from collections.abc import Iterator

from corpus.errors import study_error
from corpus.files.decoding import decode
from corpus.transcripts.layers import Tier, layers_of, speaker_of_tier, tell_layers
from corpus.transcripts.text import NOBODY, Text, TextWriter

# Praat itself reads the long form as the short one: all but free-standing texts, numbers and flags is decoration.
_TOKEN = re.compile(r'"(?P<text>(?:[^"]|"")*)"|(?<![\w\[.-])(?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w\]])')
# Letters beyond ASCII are a backslash and two signs, `perch\\e'` for `perché`.
# A letter and a sign that stands for the accent on it, by the name of the combining character.
_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    '"': "\u0308",
    "<": "\u030c",
    ",": "\u0327",
    ";": "\u0328",
    "!": "\u0307",
    ":": "\u030b",
    "o": "\u030a",
}
# Letters of other kinds, signs of writing and of phonetics, as Praat's manual lists them ("Special symbols").
_SIGNS = dict(
    pair.rsplit("=", 1)
    for pair in str.split(
        "ss=ß ae=æ Ae=Æ oe=œ o/=ø O/=Ø l/=ł L/=Ł d-=đ D-=Đ th=þ Th=Þ dh=ð "
        "!d=¡ ?d=¿ --=– <<=« >>=» ..=… ap=’ 'a=' \"l=“ \"r=” bu=• bs=\\ .c=· -h=\u00ad un=_ -m=− "
        "eu=€ Lp=£ Y==¥ c/=¢ dg=° SS=§ co=© re=® tm=™ TM=™ a_=ª o_=º +-=± xx=× :-=÷ "
        "->=→ <-=← ^|=↑ _|=↓ <>=↔ =>=⇒ <_=≤ >_=≥ =/=≠ ~~=≈ oo=∞ Vr=√ su=∑ "
        "al=α be=β ga=γ de=δ ep=ε te=θ la=λ mu=μ pi=π ro=ρ si=σ ta=τ fi=φ ci=χ om=ω De=Δ Om=Ω "
        "sw=ə ct=ɔ ef=ɛ er=ɜ as=ɑ at=ɐ ab=ɒ vt=ʌ hs=ʊ ic=ɪ yc=ʏ i-=ɨ u-=ʉ o-=ɵ e-=ɘ mt=ɯ "
        "sh=ʃ zh=ʒ ng=ŋ nj=ɲ n.=ɳ yt=ʎ l.=ɭ gs=ɡ gf=ɣ ff=ɸ bf=β tf=θ cf=χ ht=ɥ h^=ɦ fh=ɾ rt=ɹ rc=ʀ ri=ʁ "
        "d.=ɖ t.=ʈ s.=ʂ z.=ʐ cc=ɕ zc=ʑ vs=ʋ ?g=ʔ 9e=ʕ :f=ː .f=ˑ ^h=ʰ ^j=ʲ ^w=ʷ '1=ˈ '2=ˌ ts=ʦ tS=ʧ dz=ʣ dZ=ʤ"
    )
)
_SPELLED = re.compile(r"\\(?P<first>[^\s\\])(?P<second>[^\s\\])")


def read_praat(data: bytes, file: str) -> Text:
    """Every interval or point that has a label, by start, end and tier, but those of sounds or of words said twice.

    Raises StudyError when the file is damaged.
    """
    source, encoding = decode(data, file)
    try:
        tiers = list(_tiers(iter(_tokens(source))))
    except (StopIteration, RuntimeError, ValueError, OverflowError):
        raise study_error(
            "non è un TextGrid leggibile: salvalo di nuovo con Praat come testo",
            "not a readable TextGrid: save it again with Praat as text",
            file=file,
        ) from None
    layers = layers_of(tiers)
    text = TextWriter(encoding=encoding)
    text.warnings += tell_layers(layers, tiers)
    spoken = [
        (start, end, number, words)
        for number, tier in enumerate(tiers)
        for start, end, words in tier.labels
        if number not in layers
    ]
    for start_ms, end_ms, number, words in sorted(spoken):
        text.add_spoken(speaker_of_tier(tiers[number].name) or NOBODY, words, start_ms, end_ms)
    return text.text()


def _tokens(text: str) -> Iterator[str | float]:
    for match in _TOKEN.finditer(text):
        if match["number"] is None:
            yield spell_out(match["text"].replace('""', '"'))
        else:
            yield float(match["number"])


def _tiers(tokens: Iterator[str | float]) -> Iterator[Tier]:
    if [next(tokens), next(tokens)] != ["ooTextFile", "TextGrid"]:
        raise ValueError("no TextGrid")
    next(tokens), next(tokens)
    for _ in range(_count(tokens)):
        kind = str(next(tokens))
        name = " ".join(str(next(tokens)).split())
        labels: list[tuple[int, int, str]] = []
        next(tokens), next(tokens)
        for _ in range(_count(tokens)):
            start = _next_in_ms(tokens)
            end = _next_in_ms(tokens) if kind == "IntervalTier" else start
            text = next(tokens)
            if not isinstance(text, str):
                raise ValueError("a label was expected")
            if text.strip():
                labels.append((start, end, text))
        yield Tier(name, labels)


def _count(tokens: Iterator[str | float]) -> int:
    return int(next(tokens))


def _next_in_ms(tokens: Iterator[str | float]) -> int:
    return round(float(next(tokens)) * 1000)


def spell_out(text: str) -> str:
    """`text` with each letter that Praat spells in three signs; a backslash that spells none stays as it is."""
    return _SPELLED.sub(_letter, text)


def _letter(spelled: re.Match[str]) -> str:
    pair = spelled["first"] + spelled["second"]
    if pair in _SIGNS:
        return _SIGNS[pair]
    accent = _ACCENTS.get(spelled["second"])
    if accent is None or not spelled["first"].isalpha():
        return spelled[0]
    letter = unicodedata.normalize("NFC", spelled["first"] + accent)
    return letter if len(letter) == 1 else spelled[0]
