"""Lines that meeting, transcription and QDA programs write themselves among what was said. Knows no speakers."""

import re

from corpus.words.language import Bilingual

_SIGNS = r"[\W_]*"
_DONE = r"(?:terminat|interrott|sospes|arrestat|iniziat|avviat|ripres|completat)a"
_PROGRAMS = (
    r"otter(?:\.ai)?|sonix(?:\.ai)?|trint|happy ?scribe|amberscript|descript|rev(?:\.com)?|temi|turboscribe(?:\.ai)?"
    r"|fireflies(?:\.ai)?|tactiq(?:\.io)?|fathom|riverside(?:\.fm)?|notta(?:\.ai)?|transkriptor|good ?tape|cockatoo"
    r"|zoom|webex|(?:microsoft )?teams|(?:google )?meet|microsoft|google|gemini|openai|whisper(?:x|\.cpp)?|noscribe"
    r"|atrain|vook(?:\.ai)?|read ?ai|assemblyai|deepgram|simon ?says|maestra|veed|alrite|gglot|amara(?:\.org)?"
    r"|macwhisper|audiopen"
)
_SITES = (
    r"otter\.ai|sonix\.ai|trint\.com|happyscribe\.com?|amberscript\.com|descript\.com|rev\.com|temi\.com|turboscribe\.ai"
    r"|fireflies\.ai|tactiq\.io|fathom\.video|riverside\.fm|notta\.ai|transkriptor\.com|goodtape\.io|cockatoo\.com|amara\.org"
)
_LINES = tuple(
    re.compile(rf"{_SIGNS}(?:{pattern}){_SIGNS}", re.IGNORECASE)
    for pattern in (
        # Teams: who began and ended it, who came and went.
        r"[^:.?!]{1,80}? (?:has )?(?:started|stopped|paused|resumed|ended)"
        r" (?:the )?(?:transcription|transcribing|recording)(?: at [\d:.apm ]+)?",
        r"(?:the )?(?:host|organi[sz]er) (?:has )?ended the (?:meeting|call)",
        r"[^:.?!]{1,80}? ha (?:avviato|iniziato|interrotto|arrestato|terminato|fermato|sospeso|ripreso|messo in pausa)"
        r" la (?:trascrizione|registrazione)(?: della riunione)?(?: alle (?:ore )?[\d:.]+)?",
        r"[^:.?!]{1,80}? (?:has )?(?:joined|left) the (?:meeting|call)",
        r"[^:.?!]{1,80}? (?:si è unit[oa] alla|ha (?:lasciato|abbandonato) la|è (?:entrat[oa] nella|uscit[oa] dalla))"
        r" riunione",
        # Meet, Zoom, Webex.
        r"(?:the )?(?:meeting|transcription|transcript|recording|call) (?:has |was )?"
        r"(?:ended|stopped|started|paused|resumed)(?: (?:after|at) [\d:.hms ]+)?",
        rf"(?:la )?(?:riunione|trascrizione|registrazione|(?:video)?chiamata)(?: è(?: stata)?)? {_DONE}"
        r" (?:dopo|alle|alle ore) [\d:.hms ]+",
        rf"(?:(?:la )?(?:trascrizione|registrazione)(?: è(?: stata)?)?|riunione) {_DONE}"
        r"(?: da(?:ll.)? ?[^.?!]{1,60})?",
        rf"la (?:riunione|(?:video)?chiamata) è stata {_DONE} dall.(?:organizzatore|organizzatrice|host)",
        r"(?:this meeting is being|questa riunione (?:è|viene)) (?:recorded|transcribed|registrata|trascritta)",
        r"(?:ai-generated content|(?:i contenuti|il contenuto) generat[io] dall.\S+(?: artificiale)?)"
        r" (?:may be|might be|potrebbe(?:ro)? (?:non )?essere) .*",
        r"(?:trascrizione|trascritto|transcript|transcription|transcribed) (?:generat[ao] |creat[ao] )?"
        r"(?:automatic(?:a(?:mente)?|ally)|generated automatically)\W*(?:(?:e )?(?:può|potrebbe|may|might|could) .*)?",
        r"view original transcript at .*",
        r"fine (?:della )?(?:trascrizione|registrazione|riunione)",
        r"this editable transcript was computer generated\b.*",
        r"people can also change the text after it was created",
        r"(?:questa|la(?: presente)?) trascrizione(?: modificabile)? è stata (?:generata|creata|prodotta)\b.*",
        r"(?:è possibile|puoi|gli utenti possono) anche modificare .{0,20}il testo dopo .*",
        r"end of (?:the )?(?:transcript|transcription|recording|interview|meeting)",
        # Teams in other languages.
        r"[^:.?!]{1,80}? hat die (?:transkription|aufzeichnung) (?:gestartet|beendet|angehalten|fortgesetzt)",
        r"[^:.?!]{1,80}? a (?:démarré|commencé|arrêté|interrompu|repris) (?:la transcription|l.enregistrement)",
        r"[^:.?!]{1,80}? (?:ha )?(?:inici(?:ó|ado)|detuvo|detenido|finaliz(?:ó|ado)|paus(?:ó|ado)) la"
        r" (?:transcripción|grabación)",
        r"[^:.?!]{1,80}? (?:iniciou|interrompeu|parou|encerrou) a (?:transcrição|gravação)",
        # Services of transcription, and what recognisers make of the silence at the end.
        r"(?:automatically )?(?:transcribed|generated|created|powered|exported|downloaded|made|recorded)"
        rf"(?: automatically)? (?:by|with|from|using|on|in) (?:https?://)?(?:www\.)?(?:{_PROGRAMS})\b.*",
        rf"(?:automatic |automated )?(?:transcript(?:ion)?|subtitles?|captions?)(?: \w+){{0,2}} (?:by|with|from|using)"
        rf" (?:the )?(?:https?://)?(?:www\.)?(?:{_PROGRAMS})\b.*",
        rf"(?:generat|creat|esportat|scaricat|realizzat|trascritt)[oaei](?: automaticamente)?"
        rf" (?:da|dal|dalla|con|tramite|su) (?:https?://)?(?:www\.)?(?:{_PROGRAMS})\b.*",
        rf"(?:trascrizione|sottotitoli)(?: \w+){{0,2}} (?:da|di|dal|dalla|con|tramite|su|comunità) (?:{_PROGRAMS})\b.*",
        rf"(?=.{{0,200}}$).*(?:https?://|www\.)(?:\w+\.)?(?:{_SITES})\b.*",
        rf"(?=\(.{{0,200}}\)$).*\b(?:{_SITES})\b.*",
        r"sonix is the world.s most advanced .*",
        r"automatically convert your .* files? to .*",
        r"(?:sottotitoli|subtitles) .*\bqtss\b.*",
        r"(?:this|the) transcript(?:ion)? (?:was|has been|is) (?:exported|generated|produced|created|automatically"
        r"|machine|computer)\b.*",
        r"(?:nota: |note: |avviso: )?(?:questo|il presente) (?:documento|testo) è stato generato automaticamente\b.*",
        # MAXQDA's preprocessor.
        r"(?-i:\#(?:END)?(?:TEXT|CODE|VARIABLES?|MEMO|COMMENT)(?![a-z])).*",
        r"kind: captions|language: [a-z]{2}(?:-[a-z]{2})?|webvtt",
    )
)
_TEXT = re.compile(r"\s*#TEXT(?![a-z])\s*(?P<name>.*?)\s*")
_MOST_NAMES = 5


def is_written_by_a_program(line: str) -> bool:
    """Whether a whole line is what a program writes: `Anna ha interrotto la trascrizione`, `#ENDTEXT`, a credit."""
    return any(pattern.fullmatch(line) for pattern in _LINES)


def several_interviews(lines: list[str]) -> list[Bilingual]:
    """A warning when MAXQDA's preprocessor keeps more than one text in the file, else none."""
    names = [match["name"] for line in lines if (match := _TEXT.fullmatch(line))]
    if len(names) < 2:
        return []
    some = ", ".join(f"`{name}`" for name in names[:_MOST_NAMES]) + (", ..." if len(names) > _MOST_NAMES else "")
    return [
        Bilingual(
            f"il file contiene {len(names)} testi (righe #TEXT: {some}), letti come una sola intervista:"
            " se sono interviste diverse, salvane una per file",
            f"the file holds {len(names)} texts (#TEXT lines: {some}), read as one interview:"
            " if they are different interviews, save one a file",
        )
    ]
