"""Signs and lines that only programs write: markup, broken letters, announcements, what recognisers make up."""

import re
from collections.abc import Iterator

from corpus.transcripts.leftovers.lines import Leftover, SpokenLine


def _any(*patterns: str) -> str:
    return "|".join(patterns)


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
_MEETING = r"(?:riunione|chiamata|meeting|call|conversazione|conversation)"
_CARRIERS = "file|audio|traccia|track|nastro|tape|lato|side|parte"

# What people say is written with letters, figures and these; addresses, `@nome`, `[NOME_CITTÀ]` are kept out.
_SIGNS_OF_WRITING = r".,;:?!…'’‘\"“”„«»‹›()\[\]\-–—/@~%‰§€$£&°+ª²³*·"
_KEPT = r"https?://\S+|www\.\S+|\S+@\S+|(?<!\w)[@#][^\W\d_]\w*(?=[\s.,;:?!)]|$)|\[[^\W\d]+\d*\]"
_LETTERS_OF_ANOTHER_SCRIPT = r"(?<=[a-zà-ù])[\u0370-\u03ff\u0400-\u04ff]"
_ODD = re.compile(
    rf"(?P<kept>{_KEPT})|(?P<odd>[^\w\s{_SIGNS_OF_WRITING}]+|_+|[\ufb00-\ufb06⁰¹⁴-⁹]|{_LETTERS_OF_ANOTHER_SCRIPT})"
)
_SIGN = re.compile(
    _any(
        # UTF-8 read as Windows' or lower-cased letters; letters of old Macs and DOS read as Windows' signs.
        r"Ã(?=[^\w\s]|[\u00a0-\u00bfƒŠŒŽšœžŸ]|\s)|Â[\u00a0-\u00bf]|â€|ã[\u00a0-\u00bf]|ï[\u00bb\u00bf]",
        r"(?<=[a-zà-ù])[ŽˆŠ˜‡‰‚](?!\s*\d)",
        r"[A-Za-zà-ù]\?[a-zà-ù]|\w%[0-9A-F]{2}",  # l?ufficio, perch%C3%A9
        # Accents that became question marks: `perch? non c'? la citt?`.
        r"\b(?:[Pp]erch|[Pp]oich|[Aa]ffinch|[Bb]ench|[Cc]os|[Gg]i|[Pp]i|[Pp]u|[Cc]itt|[Cc]io|[Ss]ar|[Cc]')\?"
        r"|\b\w+(?:ilit|unit|ersit|iet|ivit|alit|olt)\?|(?<=[a-zà-ù]) \? (?=[a-zà-ù])",
        r"\(cid:\d+\)|\[/[a-z]+\]|\[(?:UNK|PAD|CLS|SEP|MASK)\]|\[[A-Z]{0,2}\d{1,3}\]",
        r"\b(?:align|position|line|size|vertical):\s?(?:start|middle|center|end|left|right|rl|lr|-?\d+%?)(?!\w)",
        r"::cue\b|[\[,]\s*[\"“]\w+[\"”]\s*:|[\"'’]\w+[\"'’]:\s?[\"'’\d]|/\*|\*/|%%\w|(?<!\w)(?:NaN|null|undefined)(?![\w'’-])",
        r"\b(?:HYPERLINK|MERGEFORMAT|MERGEFIELD|PAGEREF|(?:NUM|SECTION)PAGES|INCLUDE(?:PICTURE|TEXT)|EMBED)\b",
        r"\]\(\s*(?:https?:|www\.|#|mailto:)|!\[[^\]\n]*\]\(",
        rf"(?i:[\[(*]\s*(?:{_SOUNDS})\b[^\])*\n]{{0,30}}[\])*])",
        r"\b[\w-]+\.(?:docx?|odt|rtf|pdf|txt|mp3|mp4|m4a|wav|wma|ogg|flac|mov|avi|eaf|vtt|srt)\b",
        r"(?i:fare clic o toccare qui|click or tap here|tipo di carattere:|\bmso-[a-z])",
        r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});",
    )
)
_SAYING = re.compile(
    _any(
        r"\bamara\.org\b|\bqtss\b|\bconfiden(?:ce|za)\s*[:=]?\s*\d",
        r"^\W*sottotitoli (?:e revisione |creati |realizzati |a cura |di |by )",
        r"^\W*(?:subtitles|captions|transcription|transcript|trascrizione) (?:by|from) ",
        r"^\W*grazie (?:a tutti )?per (?:aver(?:ci)? (?:guardato|seguito|visto)|la visione)",
        r"^\W*thanks? (?:you )?for watching|^\W*untertitel im auftrag|^\W*sous-titr|^\W*subtítulos|^\W*legendas",
        r"iscriv(?:iti|etevi|ersi) al (?:nostro |mio )?canale|\bprossimo video\b",
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
        rf"(?:[A-Z][\w.'’]+ ){{1,4}}(?:si è unit[ao]|ha (?:lasciato|abbandonato)|joined|left) (?:\w+ )?{_MEETING}\W*",
        r"WEBVTT\b.*|(?:NOTE|STYLE|REGION)(?: .*)?|(?:Kind|Language): ?\w+",
        r"[-*~•·.\s]{5,}|@[A-Z]\w+:.*",
        rf"(?i:\W*(?:inizio|fine|start|end|begin)(?: del(?:la)?| of)? (?:{_RECORDING}|{_CARRIERS})\b.{{0,20}})",
        r"(?i:(?:file|audio|lingua|language|durata|duration|media)\s?: .*)",
    )
)


def find_program_signs(line: SpokenLine) -> Iterator[Leftover]:
    """What in `line` only a program writes, or the whole of it."""
    for match in _ODD.finditer(line.text):
        if match["odd"]:
            yield Leftover("program", line, match[0])
    for pattern in (_SIGN, _SAYING):
        for match in pattern.finditer(line.text):
            yield Leftover("program", line, match[0])
    if _LINE.fullmatch(line.text):
        yield Leftover("program", line, line.text)
