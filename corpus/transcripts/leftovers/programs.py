"""Signs and lines that only programs write: markup, broken letters, announcements, what recognisers make up."""

import re
from collections.abc import Iterator

from corpus.transcripts.leftovers.lines import Leftover, SpokenLine


def _any(*patterns: str) -> str:
    return "|".join(patterns)


_HTML = _any(*str.split("""
    a b i u s p c v br hr em li ul ol td tr th rt div sub sup font span ruby lang code html body head table strong
    script style center small big img h[1-6]
"""))  # fmt: skip
_PROGRAMS = _any(*str.split(r"""
    otter(?:\.ai)? sonix trint temi happy\s?scribe rev\.com amberscript descript whisper\w* noscribe atrain notta
    turbo\s?scribe fireflies riverside zoom (?:microsoft\s)?teams google\smeet webex maxqda nvivo atlas\.ti elan praat
    f4(?:transkript|x)? express\sscribe inqscribe otranscribe transana dovetail good\s?tape speechmatics deepgram vook
    assembly\s?ai amazon\stranscribe azure cockatoo subtitle\sedit amara(?:\.org)? qtss opensubtitles youtube clipchamp
    premiere veed kapwing transkriptor tactiq fathom read\.ai
"""))  # fmt: skip
_MADE = _any(*str.split(r"""
    trascri\w+ transcri\w+ sottotitol\w+ subtitl\w+ untertitel\w* caption\w* generat\w* export\w* esportat\w+
    registrat\w+ record\w* creat\w+ prodott\w+ powered made
"""))  # fmt: skip
_SOUNDS = _any(*str.split(r"""
    musi[ck]\w* applaus[io] applause blank[_\s]audio inaudib\w+ rumor[ei] noise silen(?:ce|zio) suon[oa] sound sigla
    foreign speaking no\s(?:speech|audio) background laugh\w+ tosse cough\w* squill\w+ bip beep fischi\w* campan\w+
    telefono unintelligible crosstalk parol[ae]\sincomprensibil[ei]
"""))  # fmt: skip
_EVENT = r"(?:avviat|interrott|iniziat|terminat|sospes|ripres)[ao]|started|stopped|ended|paused|resumed"
_RECORDING = "trascrizione|registrazione|riunione|transcription|transcript|recording|meeting|chiamata|call"
_CARRIERS = "file|audio|traccia|track|nastro|tape|lato|side|parte"

_SIGN = re.compile(
    _any(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffc\ufffd\ufffe\uffff\ue000-\uf8ff]",
        # UTF-8 read as Windows', DOS' or lower-cased letters; letters of old Macs and DOS read as Windows' signs.
        r"Ã(?=[^\w\s]|[\u00a0-\u00bfƒŠŒŽšœžŸ]|\s)|Â[\u00a0-\u00bf]|â€|ï¿½|ï»¿|├|┬|ã[\u00a0-\u00bf]",
        r"(?<=[a-zà-ù])[ŽˆŠ˜‡‰‚](?!\s*\d)",
        r"\\[^\s\\]|\{\\",  # \par, \'e9, {\an8}
        r"_x[0-9A-Fa-f]{4}_",
        r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});",
        rf"</?(?:{_HTML})(?:[\s.][^<>\n]*)?\s*/?>|</[^<>\n]+>|<[^<>\n=]{{1,200}}=[^<>\n]{{0,200}}>|<!--",
        r"<\|[^<>|\n]*\|>|<unk>|</?s>|\[(?:UNK|PAD|CLS|SEP|MASK)\]",
        r"\b(?:align|position|line|size|vertical):\s?(?:start|middle|center|end|left|right|rl|lr|-?\d+%?)(?!\w)",
        r"::cue\b|\{\s*[\w-]+\s*:\s*[\w#-]+\s*;?\s*\}",
        r"[{\[,]\s*[\"“]\w+[\"”]\s*:",
        r"\b(?:HYPERLINK|MERGEFORMAT|MERGEFIELD|PAGEREF|NUMPAGES|INCLUDEPICTURE|INCLUDETEXT|FORMTEXT|SECTIONPAGES)\b",
        r"\]\(\s*(?:https?:|www\.|#|mailto:)|!\[[^\]\n]*\]\(|```",
        rf"(?i:[\[(*<]\s*(?:{_SOUNDS})\b[^\])*>\n]{{0,30}}[\])*>])|[♩♪♫♬🎵🎶]",
    )
)
_SAYING = re.compile(
    _any(
        r"\bamara\.org\b|\bqtss\b|\bconfiden(?:ce|za)\s*[:=]?\s*\d",
        r"^\W*sottotitoli (?:e revisione |creati |realizzati |a cura |di |by )",
        r"^\W*(?:subtitles|captions|transcription|transcript|trascrizione) (?:by|from) ",
        r"^\W*grazie (?:a tutti )?per (?:aver(?:ci)? (?:guardato|seguito|visto)|la visione)",
        r"^\W*thanks? (?:you )?for watching",
        r"iscriv(?:iti|etevi|ersi) al (?:nostro |mio )?canale",
        r"^\W*(?:questa |this )?(?:trascrizione|transcript\w*|sottotitoli)\b.{0,20}\b(?:automatic|auto-generated)",
        rf"^(?=.{{1,90}}$)(?=.*\b(?:{_MADE})\b).*\b(?:{_PROGRAMS})(?!\w)",
        rf"\b(?:https?://|www\.)[\w.-]*(?:{_PROGRAMS})[\w.-]*",
        r"^\W*(?:https?://|www\.)\S+\W*$",
        r"^\W*(?:errore|error)\s?[.!]\s.*\b(?:segnalibro|origine|riferimento|bookmark|reference)\b",
    ),
    re.IGNORECASE,
)
_LINE = re.compile(
    _any(
        rf"(?i:\W*(?:la |the )?(?:{_RECORDING})(?: è stata| has| was| has been)? (?:{_EVENT})\b"
        r"(?: (?:da|by|alle|at) .+)?\W*)",
        rf"(?i:.{{1,60}} (?:(?:ha|has) )?(?:{_EVENT}) (?:la |the )?(?:{_RECORDING})\W*)",
        r"WEBVTT\b.*|(?:NOTE|STYLE|REGION)(?: .*)?|(?:Kind|Language): ?\w+",
        r"#[A-Z]{3,}\b.*|#{1,6} .*",
        r"[-=_*~#•·.\s]{5,}|[=*~#_-]{3}.*[=*~#_-]{3}",
        rf"(?i:\W*(?:inizio|fine|start|end|begin)(?: del| of)? (?:{_CARRIERS})\b.{{0,20}})",
        r"(?i:(?:file|audio|lingua|language|durata|duration|media)\s?: .*)",
    )
)


def find_program_signs(line: SpokenLine) -> Iterator[Leftover]:
    """What in `line` only a program writes, or the whole of it."""
    for pattern in (_SIGN, _SAYING):
        for match in pattern.finditer(line.text):
            yield Leftover("program", line, match[0])
    if _LINE.fullmatch(line.text):
        yield Leftover("program", line, line.text)
