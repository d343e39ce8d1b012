"""Times, page numbers and programs' signs by their form alone, one pattern a kind. Knows one line at a time."""

import re
from collections.abc import Iterator

from corpus.transcripts.leftovers.kinds import Kind
from corpus.transcripts.leftovers.lines import Leftover, SpokenLine

_OPEN, _CLOSE = r"[\[({<#*|@•]", r"[\])}>#*|•]"
_SHORT = r"\d{1,3}:[0-5]\d"
_LONG = r"\d{1,2}:[0-5]\d:[0-5]\d(?:[.,:;]\d{1,3})?"
_AT_START = r"(?:^|(?<=[.?!…] ))"

# Hours that people say have two parts and a word before them (`alle 10:30`): those count only where a sentence begins.
_TIME = re.compile(
    "|".join(
        (
            r"-->",
            rf"(?<![\w:.]){_LONG}(?![\w:])",
            rf"{_OPEN}\s*(?:{_SHORT}(?:[.,]\d{{1,3}})?)(?:\s*[-–—]\s*{_SHORT}(?:[.,]\d{{1,3}})?)?\s*{_CLOSE}",
            rf"@\s?{_SHORT}",
            rf"{_AT_START}{_SHORT}(?=$|\s*[-–—|]|\s[^\W\d_a-zà-ÿ])",
            rf"(?<=[.?!…] ){_SHORT}$",
            rf"[\[({{<#]\s*(?:al\s)?(?:min(?:ut[oi]|utes?)?|time|tempo|tc|timecode)\b\.?:?\s*\d{{1,3}}"
            rf"(?:[:.'’]\d{{2}})?[^\])}}>#\n]{{0,12}}{_CLOSE}",
            r"(?<!\w)\d{1,2}\s?h\s?\d{1,2}\s?m(?:in)?(?:\s?\d{1,2}\s?s(?:ec)?)?(?!\w)",
            r"(?<!\w)\d{1,3}\s?m(?:in)?\s?\d{2}\s?s(?:ec)?(?!\w)",
            r"(?<!\w)\d{1,3}\s?['’′]\s?[0-5]\d\s?(?:[\"”″]|''|’’)",
            r"[\[{<#]\s*\d{1,2}\.[0-5]\d(?:\.[0-5]\d)?\s*[\]}>#]",
            r"[\[({<]\s*\d+(?:[.,]\d+)?\s*s(?:ec(?:ondi|onds)?\.?)?\s*[\])}>]",
            r"[\[({<]\s*\d+[.,]\d+\s*(?:-|–|,)\s*\d+[.,]\d+\s*s?\s*[\])}>]",
        )
    )
)

_PAGE_WORD = r"(?:pagina|pag\.?|pagg\.?|p\.|pp\.|page|foglio|seite)"
_OF = r"\s*(?:/|di|of|su|von)\s*\d{1,4}"
_PAGE_LINE = re.compile(
    rf"[^\w.?!,;:]*(?:{_PAGE_WORD}\s*\d{{1,4}}(?:{_OF})?|\d{{1,4}}{_OF}|[-–—|]\s*\d{{1,4}}\s*[-–—|])[^\w?!,;:]*", re.IGNORECASE
)
_PAGE_INSIDE = re.compile(rf"[\[({{<]\s*{_PAGE_WORD}\s*\d{{1,4}}(?:{_OF})?\s*[\])}}>]", re.IGNORECASE)
_NUMBER_LINE = re.compile(r"\d{1,4}")

_HTML = (
    "a|b|i|u|s|p|c|v|br|hr|em|li|ul|ol|td|tr|th|rt|div|sub|sup|font|span|ruby|lang|code|html|body|head|table|strong"
    "|script|style|center|small|big|h[1-6]|img"
)
_PROGRAMS = (
    r"otter(?:\.ai)?|sonix|trint|temi|happy ?scribe|rev\.com|amberscript|descript|whisper\w*|noscribe|atrain"
    r"|turbo ?scribe|notta|fireflies|riverside|zoom|microsoft teams|teams|google meet|webex|maxqda|nvivo|atlas\.ti"
    r"|f4(?:transkript|x)?|express scribe|inqscribe|elan|praat|otranscribe|transana|dovetail|good ?tape|speechmatics"
    r"|assembly ?ai|deepgram|amazon transcribe|azure|vook|cockatoo|subtitle edit|amara(?:\.org)?|qtss|opensubtitles"
    r"|youtube|clipchamp|premiere|veed|kapwing|transkriptor|tactiq|fathom|read\.ai"
)
_MADE = (
    r"trascri\w+|transcri\w+|sottotitol\w+|subtitl\w+|untertitel\w*|caption\w*|generat\w*|export\w*|esportat\w+"
    r"|registrat\w+|record\w*|creat\w+|prodott\w+|powered|made"
)
_SOUNDS = (
    r"music\w*|applaus[io]|applause|blank[_ ]audio|inaudible|inaudibile|rumor[ei]|noise|silence"
    r"|silenzio|suono|suona|sound|sigla|foreign|speaking|no speech|no audio|background|laughter|laughing|tosse|cough\w*|squill\w+"
    r"|bip|beep|fischi\w*|campan\w+|telefono|unintelligible|crosstalk|parole? incomprensibil[ei]"
)
_ANYWHERE = re.compile(
    "|".join(
        (
            # Letters that were lost, or belong to a program alone.
            r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffc\ufffd\ufffe\uffff\ue000-\uf8ff]",
            # UTF-8 read as Windows' letters, or as those of DOS; the second once more in lower case.
            r"Ã(?=[^\w\s]|[\u00a0-\u00bfƒŠŒŽšœžŸ]|\s)|Â[\u00a0-\u00bf]|â€|ï¿½|ï»¿|├|┬|ã[\u00a0-\u00bf]",
            r"(?<=[a-zà-ù])[ŽˆŠ˜‡‰‚](?!\s*\d)",
            # RTF's words, TextGrid's letters, escapes of JSON and of subtitles.
            r"\\[^\s\\]|\{\\",
            r"_x[0-9A-Fa-f]{4}_",
            r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});",
            rf"</?(?:{_HTML})(?:[\s.][^<>\n]*)?\s*/?>|</[^<>\n]+>|<[^<>\n]+=[^<>\n]*>|<!--|-->|<\|[^<>|\n]*\|>",
            rf"<unk>|</?s>|\[(?:UNK|PAD|CLS|SEP|MASK)\]",
            r"\b(?:align|position|line|size|vertical):\s?(?:start|middle|center|end|left|right|rl|lr|-?\d+%?)(?!\w)",
            r"::cue\b|\{\s*[\w-]+\s*:\s*[\w#-]+\s*;?\s*\}",
            r"[{\[,]\s*[\"“]\w+[\"”]\s*:",
            r"\b(?:HYPERLINK|MERGEFORMAT|MERGEFIELD|PAGEREF|NUMPAGES|INCLUDEPICTURE|INCLUDETEXT|FORMTEXT|SECTIONPAGES)\b",
            r"\]\(\s*(?:https?:|www\.|#|mailto:)|!\[[^\]\n]*\]\(|```",
            rf"(?i:[\[(*<]\s*(?:{_SOUNDS})\b[^\])*>\n]{{0,30}}[\])*>])|[♩♪♫♬🎵🎶]",
            r"(?i:\bconfiden(?:ce|za)\s*[:=]?\s*\d)",
        )
    ),
)
_SAID_BY_PROGRAMS = re.compile(
    "|".join(
        (
            r"\bamara\.org\b|\bqtss\b",
            r"^\W*sottotitoli (?:e revisione |creati |realizzati |a cura |di |by )",
            r"^\W*(?:subtitles|captions|transcription|transcript|trascrizione) (?:by|from) ",
            r"^\W*(?:grazie (?:a tutti )?per (?:aver(?:ci)? (?:guardato|seguito|visto)|la visione)|thanks? (?:you )?for watching)",
            r"iscriv(?:iti|etevi|ersi) al (?:nostro |mio )?canale",
            r"^\W*(?:questa |this )?(?:trascrizione|transcript|transcription|sottotitoli)\b.{0,20}\b(?:automatic\w*|auto-generated)",
            rf"^(?=.*\b(?:{_MADE})\b)(?=.*\b(?:{_PROGRAMS})(?!\w)).{{0,90}}$",
            rf"\b(?:https?://|www\.)[\w.-]*(?:{_PROGRAMS})[\w.-]*",
            r"^\W*(?:https?://|www\.)\S+\W*$",
            r"^\W*(?:errore|error)\s?[.!]\s.*\b(?:segnalibro|origine|riferimento|bookmark|reference)\b",
        )
    ),
    re.IGNORECASE,
)
_EVENT = r"(?:avviat[ao]|interrott[ao]|iniziat[ao]|terminat[ao]|sospes[ao]|ripres[ao]|started|stopped|ended|paused|resumed)"
_THING = r"(?:trascrizione|registrazione|riunione|transcription|transcript|recording|meeting|chiamata|call)"
_LINES = re.compile(
    "|".join(
        (
            rf"(?i:\W*(?:la |the )?{_THING}(?: è stata| has| was| has been)? {_EVENT}\b(?: (?:da|by|alle|at) .{{1,60}})?\W*)",
            rf"(?i:.{{1,60}} (?:ha|has)? ?{_EVENT} (?:la |the )?{_THING}\W*)",
            r"WEBVTT\b.*|(?:NOTE|STYLE|REGION)(?: .*)?|(?:Kind|Language): ?\w+",
            r"#[A-Z]{3,}\b.*|#{1,6} .*",
            r"[-=_*~#•·.\s]{5,}|[=*~#_-]{3,}.*[=*~#_-]{3,}",
            r"(?i:\W*(?:inizio|fine|start|end|begin)(?: (?:del|of))? (?:file|audio|traccia|track|nastro|tape|lato|side|parte)\b.{0,20})",
            r"(?i:(?:file|audio|lingua|language|durata|duration|media)\s?: .*)",
        )
    )
)


def find_signs(line: SpokenLine) -> Iterator[Leftover]:
    """What in `line` has the form of a recording's time, of a page number or of a program's sign."""
    for kind, text in _signs(line):
        yield Leftover(kind, line, text)


def _signs(line: SpokenLine) -> Iterator[tuple[Kind, str]]:
    text = line.text
    if any(character in _WITH_TIMES for character in text):
        for match in _TIME.finditer(text):
            yield "time", match[0]
    for match in _PAGE_INSIDE.finditer(text):
        yield "page", match[0]
    # A number alone may be an answer (`R: 4`), so it counts only where a turn is already going on.
    if _PAGE_LINE.fullmatch(text) or (not line.opens_turn and not line.opens_unit and _NUMBER_LINE.fullmatch(text)):
        yield "page", text
    for pattern in (_ANYWHERE, _SAID_BY_PROGRAMS):
        for match in pattern.finditer(text):
            yield "program", match[0]
    if _LINES.fullmatch(text):
        yield "program", text


_WITH_TIMES = frozenset(":-'’′hmsS.@")
