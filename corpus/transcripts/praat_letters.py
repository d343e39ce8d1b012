"""Praat's spelling of letters beyond ASCII, a backslash and two signs (`perch\\e'` for `perché`), to those letters."""

import re
import unicodedata

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
