"""What programs and typing leave among the words of an interview, one oddity each, to plant into clean transcripts.

`TUNED` is what the detector was made with. `HELD_OUT` was written before the detector was first run and is never looked
at one by one while it is made better: what it gives is the figure to believe.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

Turns = list[tuple[str, str]]
ASKS = "Anna"
ANSWERS = "Pietro"

# An interview with what must not be taken for a leftover: hours, prices, ratios, chance colons, real repetitions.
CLEAN: Turns = [
    (ASKS, "Da quanti anni lavora in comune?"),
    (ANSWERS, "Da sei anni, e non sono pochi. All'inizio eravamo in quattro, poi due sono andati in pensione."),
    (ASKS, "E lo sportello, quando è aperto?"),
    (ANSWERS, "Dalle 9 alle 12, e il martedì fino alle 17.30. La gente però arriva alle 8:15 e aspetta fuori."),
    (ASKS, "Sì, sì, sì, certo. Che cosa manca di più?"),
    (
        ANSWERS,
        "Le dico una cosa: manca il personale. Ci vorrebbero almeno due persone in ufficio. "
        "Una sta al protocollo, perché le pratiche sono tante. L'altra va in giro per le frazioni.",
    ),
    (ASKS, "E le frazioni come sono collegate?"),
    (
        ANSWERS,
        "Male, no no no, molto male. Il biglietto costa 2,50 euro. La corriera passa due volte al giorno. "
        "Chi non guida resta a casa, e chi è anziano aspetta un parente.",
    ),
    (ASKS, "Che cosa farebbe, se potesse decidere?"),
    (ANSWERS, "Allora: prima il personale, poi la corriera. Il rapporto è di 3 a 1. Ne abbiamo parlato in giunta."),
    (ASKS, "La ringrazio molto per il tempo."),
    (ANSWERS, "Grazie a lei, si figuri. Quando vuole, noi siamo qui."),
]
PLACE = 5  # the turn that oddities are planted into
SECOND = 7


class Planting(NamedTuple):
    """How an oddity is planted, and what then stands among the words unless it is mended; "" means all of them."""

    plant: Callable[[Turns], Turns]
    trace: str


class Oddity(NamedTuple):
    """One oddity: its kind, its name, how it is planted."""

    kind: str
    name: str
    planting: Planting


def _change(change: Callable[[str], str], trace: str, at: int = PLACE) -> Planting:
    """The words of one turn changed."""
    return Planting(
        lambda turns: [(who, change(text) if number == at else text) for number, (who, text) in enumerate(turns)], trace
    )


def _between(join: Callable[[str, str], str], trace: str, at: int = PLACE) -> Planting:
    """Something put between the second and the third sentence of a turn."""

    def change(text: str) -> str:
        first, second, rest = text.split(". ", 2)
        return join(f"{first}. {second}.", rest)

    return _change(change, trace, at)


def inside(odd: str, trace: str = "") -> Planting:
    """Between two sentences."""
    return _between(lambda before, after: f"{before} {odd} {after}", trace or odd)


def within(odd: str, trace: str = "") -> Planting:
    """Between two words."""
    return _between(
        lambda before, after: f"{before} {after.split(' ')[0]} {odd} {after.split(' ', 1)[1]}", trace or odd
    )


def line(odd: str, trace: str = "") -> Planting:
    """A line of its own amid a turn."""
    return _between(lambda before, after: f"{before}\n{odd}\n{after}", trace or odd)


def opening(odd: str) -> Planting:
    """At the beginning of a line amid a turn."""
    return _between(lambda before, after: f"{before}\n{odd} {after}", odd)


def ending(odd: str) -> Planting:
    """At the end of a turn."""
    return _change(lambda text: f"{text} {odd}", odd)


def letters(old: str, new: str) -> Planting:
    """Other letters for some."""
    return _change(lambda text: text.replace(old, new), new)


def running(*odd: str) -> Planting:
    """A line amid each of several turns, as a page's header."""

    def plant(turns: Turns) -> Turns:
        planted = list(turns)
        for number, text in zip((1, 3, 5, 7), odd, strict=True):
            who, words = planted[number]
            first, rest = words.split(". ", 1)
            planted[number] = (who, f"{first}.\n{text}\n{rest}")
        return planted

    return Planting(plant, odd[1])


def renamed(slip: str, at: int = PLACE) -> Planting:
    """Another label for one turn."""
    return Planting(
        lambda turns: [(slip if number == at else who, text) for number, (who, text) in enumerate(turns)], slip
    )


def voice(name: str, words: str, sign: str = ":") -> Planting:
    """A line that another says, typed into a turn."""
    return line(f"{name}{sign} {words}", name)


def each_word(change: Callable[[str], str]) -> Planting:
    """Every word changed."""
    return _change(lambda text: " ".join(map(change, text.split())), "")


def again(times: int, at: int = PLACE) -> Planting:
    """The last sentences of a turn several times."""
    return _between(lambda before, after: f"{before} {' '.join([after] * times)}", "", at)


def block(first: int, last: int) -> Planting:
    """Some turns pasted twice."""
    return Planting(lambda turns: [*turns[:last], *turns[first:last], *turns[last:]], "")


def _rolled(text: str) -> str:
    words = text.split()
    parts = [" ".join(words[start : start + 6]) for start in range(0, len(words), 6)]
    return "\n".join([parts[0], *(f"{before} {part}" for before, part in pairwise(parts))])


def _twice(text: str) -> str:
    return "".join(character * 2 for character in text)


TUNED = [
    Oddity("label", "slip", renamed("Peitro")),
    Oddity("label", "slip of who asks", renamed("Ana", 4)),
    Oddity("label", "own label mid-line", inside("Anna: Davvero? Pietro: Sì.", "Anna:")),
    Oddity("label", "own label on a line", line("Anna: E perché?", "Anna")),
    Oddity("label", "overlap in slashes", inside("//Anna: Davvero?//", "Anna")),
    Oddity("label", "tag in braces", line("{Anna} E perché?", "Anna")),
    Oddity("label", "voice tag", line("<v Anna>E perché?", "Anna")),
    Oddity("label", "code in brackets", line("[id1] E perché?", "id1")),
    Oddity("label", "own label in brackets", line("[Anna] E perché?", "Anna")),
    Oddity("label", "third person", voice("Loredana", "Permesso, posso?")),
    Oddity("label", "name with time", line("Loredana (00:12): Permesso, posso?", "Loredana")),
    Oddity("label", "dash", voice("Anna", "E perché?", " –")),
    Oddity("label", "capitals", voice("ANNA", "E perché?")),
    Oddity("label", "speaker with number", voice("Speaker 2", "E perché?")),
    Oddity("time", "hours in brackets", inside("[00:12:45]")),
    Oddity("time", "minutes in brackets", within("[12:45]")),
    Oddity("time", "round", inside("(00:12:45)")),
    Oddity("time", "braces", within("{00:12:45}")),
    Oddity("time", "bare", within("00:12:45")),
    Oddity("time", "bare at the end", ending("00:12:45")),
    Oddity("time", "f4", ending("#00:12:45-3#")),
    Oddity("time", "subtitle", line("00:12:45,500 --> 00:12:47,000")),
    Oddity("time", "half a subtitle", within("00:12:45,500 -->")),
    Oddity("time", "letters", inside("(1h02m)")),
    Oddity("time", "smpte", within("01:02:03:14")),
    Oddity("time", "angle", within("<00:12:45.300>")),
    Oddity("time", "range", inside("[00:12:45 - 00:12:47]")),
    Oddity("time", "minutes on a line", line("12:45")),
    Oddity("time", "minutes before a line", opening("[12:45]")),
    Oddity("time", "dots", within("[00.12.45]")),
    Oddity("page", "number", line("3")),
    Oddity("page", "number of pages", line("Pagina 3 di 12")),
    Oddity("page", "dashes", line("- 3 -")),
    Oddity("page", "slash", line("3/12")),
    Oddity("page", "English", line("Page 3")),
    Oddity("page", "abbreviated", line("pag. 3")),
    Oddity("page", "in brackets", within("[pag. 3]")),
    Oddity("page", "header", running(*["Interviste ai comuni, 2024"] * 4)),
    Oddity("page", "header with number", running(*(f"Intervista 7, {n}" for n in range(1, 5)))),
    Oddity("program", "started", line("Trascrizione avviata")),
    Oddity("program", "who started", line("Anna Bianchi ha avviato la trascrizione")),
    Oddity("program", "webvtt", line("WEBVTT")),
    Oddity("program", "note", line("NOTE Confidence 0.8", "Confidence 0.8")),
    Oddity("program", "cue settings", line("align:start position:0%")),
    Oddity("program", "cue tags", within("<c>quindi</c>", "<c>")),
    Oddity("program", "line break", within("<br>")),
    Oddity("program", "nbsp", within("&nbsp;")),
    Oddity("program", "quotes", within("&quot;quindi&quot;", "&quot;")),
    Oddity("program", "rtf", within("\\par")),
    Oddity("program", "rtf letter", letters("perché", "perch\\'e9")),
    Oddity("program", "ooxml", within("_x000D_")),
    Oddity("program", "ass", within("{\\an8}")),
    Oddity("program", "music", line("[Musica]")),
    Oddity("program", "amara", line("Sottotitoli creati dalla comunità Amara.org")),
    Oddity("program", "qtss", line("Sottotitoli e revisione a cura di QTSS")),
    Oddity("program", "maxqda", line("#TEXT Intervista 3")),
    Oddity("program", "link", within('HYPERLINK "http://esempio.it"', "HYPERLINK")),
    Oddity("program", "page field", within("PAGE \\* MERGEFORMAT")),
    Oddity("program", "otter", line("Transcribed by https://otter.ai")),
    Oddity("program", "replacement", letters("perché", "perch\ufffd")),
    Oddity("program", "mojibake", letters("perché", "perchÃ©")),
    Oddity("program", "mojibake quote", letters("L'altra", "Lâ€™altra")),
    Oddity("program", "bell", within("\x07")),
    Oddity("program", "private use", within("\uf0b7")),
    Oddity("program", "object", within("\ufffc")),
    Oddity("program", "heading", line("## Parte seconda", "##")),
    Oddity("program", "markdown link", within("[qui](http://esempio.it)", "](")),
    Oddity("program", "token", within("<|it|>")),
    Oddity("repetition", "line twice", again(2)),
    Oddity("repetition", "loop", again(5)),
    Oddity("repetition", "line twice, apart", line("Ci vorrebbero almeno due persone in ufficio.")),
    Oddity("repetition", "rolled up", _change(_rolled, "")),
    Oddity("repetition", "letters twice", each_word(_twice)),
    Oddity("repetition", "turns twice", block(2, 6)),
    Oddity("repetition", "phrase in a loop", inside("e poi si vede, " * 8, "e poi si vede, e poi si vede,")),
    # Written later, against the same rules made more general: at first 52 % of these were mended or told.
    Oddity("label", "recogniser's", voice("SPEAKER_00", "e poi?")),
    Oddity("label", "role", voice("INTERVISTATRICE", "E perché?")),
    Oddity("label", "letter", line("D: E perché?", "D:")),
    Oddity("label", "letter with a stop", line("P.: sì.", "P.:")),
    Oddity("label", "full name and time", line("Anna Bianchi  00:03", "Anna Bianchi")),
    Oddity("label", "space and initial", line("Anna B.: e poi?", "Anna B.")),
    Oddity("label", "semicolon", line("Anna; e poi?", "Anna")),
    Oddity("label", "wide colon", line("Anna： e poi?", "Anna")),
    Oddity("label", "on its line", line("ANNA", "ANNA")),
    Oddity("label", "both", line("Anna e Pietro: sì!", "Anna e")),
    Oddity("label", "all", voice("Tutti", "sì!")),
    Oddity("label", "nobody known", voice("???", "sì.")),
    Oddity("label", "man", voice("Voce maschile", "sì.")),
    Oddity("label", "unknown", voice("Unknown Speaker", "yes.")),
    Oddity("label", "German", voice("Sprecher 2", "ja.")),
    Oddity("label", "guest", voice("Guest-1", "sì.")),
    Oddity("label", "tab", line("Anna\te poi?", "Anna")),
    Oddity("label", "equals", line("Anna = e poi?", "Anna")),
    Oddity("label", "with a number", line("12 Anna: e poi?", "Anna")),
    Oddity("label", "with a number and bracket", line("12) Anna: e poi?", "Anna")),
    Oddity("label", "CHAT", line("*INT: e poi?", "INT")),
    Oddity("label", "comment", line("Commentato [AB1]: da rivedere", "Commentato")),
    Oddity("label", "slip in the middle", renamed("Pierto", 7)),
    Oddity("label", "role slip", renamed("Piettro", 3)),
    Oddity("time", "dots", within("00.12.45")),
    Oddity("time", "unclosed", within("[00:12:45")),
    Oddity("time", "half closed", within("12:45]")),
    Oddity("time", "with minutes", within("(12:45 min)")),
    Oddity("time", "about", within("(ca. 12:45)")),
    Oddity("time", "in words", within("[12 min 45 sec]")),
    Oddity("time", "code", within("[TC 01:02:03:04]")),
    Oddity("time", "percent", within("%00:12:45%")),
    Oddity("time", "tilde", inside("~12:45~")),
    Oddity("time", "guillemets", inside("«00:12:45»")),
    Oddity("time", "CHAT", ending("2041_2689")),
    Oddity("time", "date and hour", line("2026-07-10 15:42:12")),
    Oddity("time", "date and hour, Italian", line("10/07/2026 15:42")),
    Oddity("time", "minute mark", within("[12']")),
    Oddity("time", "minutes of a range", inside("(min. 12-15)")),
    Oddity("time", "afternoon", line("8:42 PM")),
    Oddity("time", "inaudible at", within("[inaudible 00:12:45]")),
    Oddity("time", "equals", within("t=765.30")),
    Oddity("time", "ass", line("Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,")),
    Oddity("page", "German", line("Seite 4 von 12")),
    Oddity("page", "French", line("page 4 sur 12")),
    Oddity("page", "Spanish", line("Pág. 4")),
    Oddity("page", "square", line("[4]")),
    Oddity("page", "round", line("(4)")),
    Oddity("page", "tildes", line("~ 4 ~")),
    Oddity("page", "bar", line("Page | 4")),
    Oddity("page", "bars", line("4 | 12")),
    Oddity("page", "spaced slash", line("4 / 12")),
    Oddity("page", "joined", line("p.4")),
    Oddity("page", "goes on", line("segue a pag. 5")),
    Oddity("page", "number and title", running(*(f"{n} Intervista a Pietro" for n in range(2, 6)))),
    Oddity("page", "title and date", running(*["Intervista del 12/05/2024"] * 4)),
    Oddity("page", "lower-case title", running(*["intervista_pietro_def.doc"] * 4)),
    Oddity("program", "being recorded", line("Questa riunione è in fase di registrazione")),
    Oddity("program", "end of transcript", line("Fine trascrizione")),
    Oddity("program", "pause", line("Registrazione in pausa")),
    Oddity("program", "joined", line("Anna Bianchi si è unita alla riunione")),
    Oddity("program", "left", line("Pietro Rossi ha lasciato la riunione")),
    Oddity("program", "joined, English", line("Anna Bianchi joined the meeting")),
    Oddity("program", "unlimited", line("Unlimited transcription by Otter")),
    Oddity("program", "censored", within("[ __ ]")),
    Oddity("program", "stars round music", line("*musica*")),
    Oddity("program", "angle music", line("<musica>")),
    Oddity("program", "background music", line("(Musica di sottofondo)")),
    Oddity("program", "French subtitles", line("Sous-titres réalisés par la communauté d'Amara.org")),
    Oddity("program", "German subtitles", line("Untertitel im Auftrag des ZDF für funk, 2017")),
    Oddity("program", "watching", line("Thank you for watching!")),
    Oddity("program", "subscribe", line("Iscrivetevi al canale e attivate la campanella")),
    Oddity("program", "timestamp map", line("X-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000")),
    Oddity("program", "bbcode", within("[b]quindi[/b]", "[/b]")),
    Oddity("program", "braces", within("{b}quindi{/b}", "{/b}")),
    Oddity("program", "italics", within("<i>quindi</i>", "</i>")),
    Oddity("program", "closing voice", within("</v>")),
    Oddity("program", "number entity", letters("L'altra", "L&#8217;altra")),
    Oddity("program", "json escape", letters("perché", "perch\\u00e9")),
    Oddity("program", "line end in words", within("\\n")),
    Oddity("program", "url escape", letters("perché", "perch%C3%A9")),
    Oddity("program", "mail escape", letters("perché", "perch=C3=A9")),
    Oddity("program", "question mark", letters("L'altra", "L?altra")),
    Oddity("program", "twice broken", letters("perché", "perchÃƒÂ©")),
    Oddity("program", "Greek letters", letters("perché", "perchΓ©")),
    Oddity("program", "Cyrillic", letters("perché", "perchГ©")),
    Oddity("program", "cid", letters("perché", "perch(cid:233)")),
    Oddity("program", "ligature", letters("ufficio", "u\ufb03cio")),
    Oddity("program", "left-to-right mark", within("\u200e")),
    Oddity("program", "embedding", letters("protocollo", "\u202aprotocollo\u202c")),
    Oddity("program", "reference field", within("REF _Ref123456 \\h")),
    Oddity("program", "page field", within("{ PAGE }")),
    Oddity("program", "embed", within("EMBED Word.Picture.8")),
    Oddity("program", "Word's paste", line("Normal 0 14 false false false IT X-NONE X-NONE")),
    Oddity("program", "style definitions", line("/* Style Definitions */")),
    Oddity("program", "style of Word", line("mso-style-name:Tabella normale;")),
    Oddity("program", "style of LibreOffice", line("P { margin-bottom: 0.21cm }")),
    Oddity("program", "balloon", line("Formattato: Tipo di carattere: Grassetto")),
    Oddity("program", "placeholder", line("Fare clic o toccare qui per immettere il testo.")),
    Oddity("program", "CHAT", line("@Comment: rumore")),
    Oddity("program", "CHAT tier", line("%mor: n|casa")),
    Oddity("program", "file path", line("C:\\Users\\anna\\intervista.wav")),
    Oddity("program", "audio file", line("intervista_07.mp3")),
    Oddity("program", "translated token", within("<|startoftranscript|>")),
    Oddity("program", "json end", line('"}]}')),
    Oddity("program", "end of PDF", line("%%EOF")),
    Oddity("repetition", "three words six times", line("\n".join(["e poi basta"] * 7), "e poi basta e poi basta")),
    Oddity("repetition", "letters three times", each_word(lambda word: "".join(letter * 3 for letter in word))),
    Oddity("repetition", "two lines in turn", line("\n".join(["si va in là", "si torna in qua"] * 5), "qua si va")),
    Oddity("repetition", "turn and answer pasted", block(4, 6)),
    Oddity("repetition", "twice in the last", again(3)),
    Oddity(
        "repetition",
        "growing",
        line("noi\nnoi qui siamo\nnoi qui siamo in pochi\nnoi qui siamo in pochi sempre", "noi noi"),
    ),
    Oddity("repetition", "words three times", each_word(lambda word: f"{word} {word} {word}")),
]

HELD_OUT = [
    Oddity("label", "letter lost", renamed("Pieto")),
    Oddity("label", "letter more", renamed("Annna", 4)),
    Oddity("label", "exchange in one line", inside("Anna: E il personale? Pietro: Siamo in quattro.", "Anna:")),
    Oddity("label", "voice off", voice("Voce fuori campo", "buongiorno a tutti.")),
    Oddity("label", "kin", voice("Moglie di Pietro", "il caffè è pronto.")),
    Oddity("label", "round with colon", line("(Anna): e allora?", "Anna")),
    Oddity("label", "bracket within", inside("[Anna: davvero?]", "Anna")),
    Oddity("label", "hyphen in capitals", voice("ANNA", "e poi?", " -")),
    Oddity("label", "at sign", voice("@Anna", "e poi?")),
    Oddity("label", "double angle", voice("Anna", "e poi?", ">>")),
    Oddity("label", "code in slashes", inside("//S01: sì.//", "S01")),
    Oddity("label", "stars", line("**Anna** e poi?", "Anna")),
    Oddity("label", "two voices", line("Speaker 3 (0:14): sì.", "Speaker 3")),
    Oddity("label", "angle name", line("<Anna> e poi?", "Anna")),
    Oddity("label", "initials", voice("M.B.", "e poi?")),
    Oddity("label", "title", voice("Dott. Rossi", "mi scusi, entro un attimo.")),
    Oddity("time", "fraction", inside("[00:12:45.300]")),
    Oddity("time", "prime marks", inside("(12'45\")")),
    Oddity("time", "braces at the end", ending("{12:45}")),
    Oddity("time", "frames", within("00:12:45;10")),
    Oddity("time", "angle on a line", line("<00:12:45>")),
    Oddity("time", "stars", line("*00:12:45*")),
    Oddity("time", "before a dash", opening("12:45 -")),
    Oddity("time", "long range", inside("[1:02:33 - 1:02:40]")),
    Oddity("time", "arrow", line("00:12:45.300 --> 00:12:47.100 align:start", "00:12:45.300")),
    Oddity("time", "hash", ending("#12:45#")),
    Oddity("time", "minute", inside("[min. 12:45]")),
    Oddity("time", "minute with dot", inside("(min 12.45)")),
    Oddity("time", "at", inside("@12:45")),
    Oddity("time", "letters", within("00h12m45s")),
    Oddity("time", "seconds", within("[765.30s]")),
    Oddity("time", "seconds range", inside("(765.3 - 770.2)")),
    Oddity("time", "pipe", opening("00:12:45 |")),
    Oddity("page", "long dashes", line("– 4 –")),
    Oddity("page", "pages in English", line("Page 4 of 12")),
    Oddity("page", "word", line("pagina 4")),
    Oddity("page", "pages", line("4 di 12")),
    Oddity("page", "square", within("[p. 4]")),
    Oddity("page", "number between bars", line("| 4 |")),
    Oddity("page", "running title", running(*["Intervista 07 – Comune di Valdombra"] * 4)),
    Oddity("page", "file name", running(*["Trascrizione_Pietro_07.docx"] * 4)),
    Oddity("page", "title and page", running(*(f"Progetto Valli – Pag. {n}" for n in range(2, 6)))),
    Oddity("page", "number at turns", running("2", "3", "4", "5")),
    Oddity("program", "stopped", line("Registrazione interrotta")),
    Oddity("program", "made by itself", line("Questa trascrizione è stata generata automaticamente")),
    Oddity("program", "sonix", line("Trascritto con Sonix")),
    Oddity("program", "watching", line("Grazie per aver guardato il video!")),
    Oddity("program", "subtitles by", line("Sottotitoli a cura di Mario Rossi")),
    Oddity("program", "style", line("::cue { color: white }")),
    Oddity("program", "apostrophe", letters("L'altra", "L&#39;altra")),
    Oddity("program", "span", within('<span class="x">quindi</span>', "span")),
    Oddity("program", "rtf quote", within("\\rquote")),
    Oddity("program", "ooxml tab", within("_x0009_")),
    Oddity("program", "ass position", within("{\\pos(10,20)}")),
    Oddity("program", "applause", line("[Applausi]")),
    Oddity("program", "notes", line("♪♪♪")),
    Oddity("program", "blank audio", line("[BLANK_AUDIO]")),
    Oddity("program", "end of text", line("#ENDTEXT")),
    Oddity("program", "merge field", within("MERGEFIELD Nome")),
    Oddity("program", "bookmark", line("Errore. Il segnalibro non è definito.")),
    Oddity("program", "mojibake of replacement", letters("perché", "perchï¿½")),
    Oddity("program", "mojibake of DOS", letters("perché", "perch├®")),
    Oddity("program", "capital mojibake", letters("perché", "perchã©")),
    Oddity("program", "escape", within("\x1b[0m", "\x1b")),
    Oddity("program", "own sign", within("\ue000")),
    Oddity("program", "rule", line("--------------------")),
    Oddity("program", "confidence", within("(confidence: 0.87)")),
    Oddity("program", "token time", within("<|0.00|>")),
    Oddity("program", "json", within('{"speaker": "A", "text":')),
    Oddity("program", "end of file", line("=== Fine file 1 ===")),
    Oddity("program", "foreign", line("(speaking in foreign language)")),
    Oddity("program", "address", line("https://app.trint.com/editor/abc")),
    Oddity("repetition", "four times", again(4, SECOND)),
    Oddity("repetition", "twice", again(2, SECOND)),
    Oddity("repetition", "words twice", each_word(lambda word: f"{word} {word}")),
    Oddity("repetition", "letters twice with signs", each_word(lambda word: _twice(word) if word.isalpha() else word)),
    Oddity("repetition", "three turns twice", block(3, 6)),
    Oddity("repetition", "word in a loop", inside("grazie " * 14, "grazie grazie grazie")),
    Oddity("repetition", "turn twice", block(7, 8)),
]

# Written after the rules were made general, before they were first run on it.
FRESH = [
    Oddity("label", "three letters", voice("INT", "e poi?")),
    Oddity("label", "letter and number", voice("R2", "io no.")),
    Oddity("label", "small letters", line("anna: e poi?", "anna:")),
    Oddity("label", "letters changed places", renamed("Pietor", 3)),
    Oddity("label", "a letter for another", renamed("Pietre", 9)),
    Oddity("label", "mother of", voice("Madre di Anna", "scusate!")),
    Oddity("label", "participant", voice("Partecipante 4", "anch'io.")),
    Oddity("label", "whole name", voice("Carla Verdi", "mi scusi.")),
    Oddity("label", "at the turn's end", ending("Anna: ah.")),
    Oddity("label", "square and time", line("[Anna 00:12] e poi?", "Anna")),
    Oddity("label", "in a heading", line("### Anna", "Anna")),
    Oddity("label", "arrow", voice("Anna", "e poi?", " ->")),
    Oddity("label", "bar", voice("Anna", "e poi?", " |")),
    Oddity("label", "underscore", line("__Anna__ e poi?", "Anna")),
    Oddity("time", "double bracket", inside("[[00:12:45]]")),
    Oddity("time", "slashes", inside("/00:12:45/")),
    Oddity("time", "bars", inside("|12:45|")),
    Oddity("time", "hours and minutes with h", inside("[1h 12']")),
    Oddity("time", "comma", inside("(00:12:45,300)")),
    Oddity("time", "thousandths", within("745300ms")),
    Oddity("time", "counted frames", within("00:12:45.12")),
    Oddity("time", "three ranges", inside("00:12:45–00:12:50")),
    Oddity("time", "time word", inside("[tempo 12:45]")),
    Oddity("time", "counter", inside("{T: 12:45}")),
    Oddity("time", "underlined", inside("_12:45_")),
    Oddity("time", "seconds in angles", within("<765.3>")),
    Oddity("page", "of pages", line("Pagina 5/12")),
    Oddity("page", "stars", line("* 5 *")),
    Oddity("page", "points", line("... 5 ...")),
    Oddity("page", "capital", line("PAG. 5")),
    Oddity("page", "word after", line("5ª pagina")),
    Oddity("page", "with a dot", line("5.")),
    Oddity("page", "amid a sentence", within("[pagina 5 di 12]")),
    Oddity("page", "university", running(*["Università degli Studi di Valdombra"] * 4)),
    Oddity("page", "author and title", running(*(f"Bianchi – Tesi di laurea – {n}" for n in range(41, 45)))),
    Oddity("program", "started by", line("Registrazione avviata da Anna Bianchi")),
    Oddity("program", "captions on", line("Sottotitoli in tempo reale attivati")),
    Oddity("program", "waiting", line("In attesa dell'host")),
    Oddity("program", "generated by AI", line("Contenuto generato dall'IA")),
    Oddity("program", "export", line("Exported from NVivo 14")),
    Oddity("program", "trial", line("Evaluation version - aspose.words")),
    Oddity("program", "font tag", within('<font color="#ffffff">quindi</font>', "font")),
    Oddity("program", "ruby", within("<rt>quindi</rt>", "<rt>")),
    Oddity("program", "hex entity", letters("L'altra", "L&#x27;altra")),
    Oddity("program", "named entity", letters("perché", "perch&eacute;")),
    Oddity("program", "rtf accent", letters("perché", "perch\\'e8")),
    Oddity("program", "rtf unicode", letters("perché", "perch\\u233?")),
    Oddity("program", "latex", letters("perché", "perch\\'{e}")),
    Oddity("program", "control picture", within("\u2400")),
    Oddity("program", "box", within("\u25a1")),
    Oddity("program", "black diamond", within("\u25c6")),
    Oddity("program", "pilcrow", within("\u00b6")),
    Oddity("program", "object sign", within("\ufff9")),
    Oddity("program", "variation", within("\ufe0f")),
    Oddity("program", "mojibake of the euro", within("â‚¬")),
    Oddity("program", "mojibake of a dash", within("â€“")),
    Oddity("program", "mojibake of capitals", letters("Le dico", "LÃ\u0088 dico")),
    Oddity("program", "mac letters", letters("perché", "perchŽ")),
    Oddity("program", "table piece", within("| quindi |", "|")),
    Oddity("program", "curly code", within("{{nome}}")),
    Oddity("program", "laughing notes", line("(applausi)")),
    Oddity("program", "sound in stars", line("*suono di notifica*")),
    Oddity("program", "music sign", within("♫")),
    Oddity("program", "silence token", within("[SILENCE]")),
    Oddity("program", "speaker change", within("<sc>")),
    Oddity("program", "thanks", line("Grazie per la visione!")),
    Oddity("program", "next video", line("Ci vediamo nel prossimo video!")),
    Oddity("program", "revision", line("Revisione a cura di QTSS")),
    Oddity("program", "table of contents", line('TOC \\o "1-3" \\h')),
    Oddity("program", "code chip", line("[[Personale]]")),
    Oddity("program", "comment mark", within("[AB1]")),
    Oddity("program", "note mark", within("[1]")),
    Oddity("program", "tracked", within("[Eliminato: forse]")),
    Oddity("repetition", "three times", again(3, SECOND)),
    Oddity("repetition", "sentence at once", _between(lambda before, after: f"{before} {before} {after}", "")),
    Oddity("repetition", "two turns", block(6, 8)),
    Oddity("repetition", "last turns", block(5, 10)),
    Oddity("repetition", "capital letters twice", each_word(lambda word: _twice(word.upper()))),
    Oddity("repetition", "short loop", inside("va bene, " * 10, "va bene, va bene, va bene")),
    Oddity("repetition", "long loop", inside("non so che cosa dire di questo " * 4, "questo non so che")),
]

# Written last of all, and run once: what nobody made a rule for.
LAST = [
    Oddity("label", "letters lost", renamed("Petro", 9)),
    Oddity("label", "capital inside", renamed("PIetro", 7)),
    Oddity("label", "nickname", voice("Zia Rosa", "ma no!")),
    Oddity("label", "code with dash", voice("P-03", "io sì.")),
    Oddity("label", "role in English", voice("Interviewer", "and then?")),
    Oddity("label", "initials together", voice("AB", "e poi?")),
    Oddity("label", "colon and dash", voice("Anna", "e poi?", ":-")),
    Oddity("label", "dot and dash", voice("Anna", "e poi?", ".-")),
    Oddity("label", "quoted", line('"Anna": e poi?', "Anna")),
    Oddity("label", "with emphasis", line("*Anna*: e poi?", "Anna")),
    Oddity("time", "dash for colon", within("[00-12-45]")),
    Oddity("time", "space for colon", within("[00 12 45]")),
    Oddity("time", "semicolon for colon", within("[00;12;45]")),
    Oddity("time", "minutes in words", within("(minuto 12)")),
    Oddity("time", "at minute", within("[al minuto 12:45]")),
    Oddity("time", "double colon", within("[12::45]")),
    Oddity("time", "negative", within("[-00:12:45]")),
    Oddity("time", "with zone", line("2026-07-10T15:42:12Z")),
    Oddity("page", "Italian sheet", line("Foglio 5")),
    Oddity("page", "roman", line("- iv -")),
    Oddity("page", "brackets and word", line("[pagina 5]")),
    Oddity("page", "project", running(*["Progetto PRIN 2022 Aree interne"] * 4)),
    Oddity("page", "confidential", running(*["RISERVATO"] * 4)),
    Oddity("program", "camera", line("Anna Bianchi ha attivato la videocamera")),
    Oddity("program", "screen", line("Condivisione schermo avviata")),
    Oddity("program", "battery", line("Connessione instabile")),
    Oddity("program", "reaction", within("👏")),
    Oddity("program", "tab word", within("<tab/>")),
    Oddity("program", "page break", within("<<PAGE BREAK>>")),
    Oddity("program", "null", within("null")),
    Oddity("program", "nan", within("NaN")),
    Oddity("program", "undefined", within("undefined")),
    Oddity("program", "speaker json", within("'speaker': 'A',")),
    Oddity("program", "number sign", letters("perché", "perch#e")),
    Oddity("program", "soft break", letters("protocollo", "proto¬collo")),
    Oddity("program", "accent apart", letters("perché", "perche´")),
    Oddity("program", "yen", letters("perché", "perch¥")),
    Oddity("program", "cedilla", letters("perché", "perch¸")),
    Oddity("program", "note of a footnote", within("¹")),
    Oddity("program", "double dagger", within("‡")),
    Oddity("program", "revision", line("Versione 3.2 – bozza")),
    Oddity("program", "separator", line("~~~~~~~~")),
    Oddity("program", "uncertain word", within("quindi(?)", "(?)")),
    Oddity("program", "sure of it", within("{0.87}")),
    Oddity("repetition", "five times", again(5, SECOND)),
    Oddity("repetition", "first turns", block(0, 4)),
    Oddity("repetition", "yes in a loop", inside("sì, " * 30, "sì, sì, sì, sì, sì, sì")),
    Oddity("repetition", "half a sentence in a loop", inside("perché non si può " * 7, "può perché non")),
]
