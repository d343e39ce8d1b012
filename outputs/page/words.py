"""The page's own sentences in Italian and English. Room outputs; holds words, decides nothing."""

from corpus.words.language import Bilingual, Language

WORDS: dict[str, Bilingual] = {
    "fictional": Bilingual("dati inventati", "invented data"),
    "fictional_long": Bilingual(
        "Dati inventati: persone, enti e numeri di questo studio non esistono.",
        "Invented data: the people, bodies and figures of this study do not exist.",
    ),
    "report": Bilingual("Rapporto dello studio", "Study report"),
    "contents": Bilingual("Sezioni", "Sections"),
    "skip": Bilingual("Vai al contenuto", "Skip to the content"),
    "how": Bilingual(
        "Ogni numero sottolineato si apre: mostra le citazioni che conta, con chi parla, il file e la posizione.",
        "Every underlined number opens: it shows the quotations it counts, with speaker, file and position.",
    ),
    "all_columns": Bilingual("mostra tutte le colonne", "show all columns"),
    "filter_rows": Bilingual("Filtra le righe", "Filter the rows"),
    "rows_of": Bilingual("{shown} righe su {all}", "{shown} rows of {all}"),
    "quotations": Bilingual("Citazioni", "Quotations"),
    "profiles": Bilingual("Schede dei rispondenti", "Respondents' profiles"),
    "profile_help": Bilingual(
        "Ciò che una persona ha risposto accanto a ciò che ha detto, tema per tema.",
        "What a person answered beside what the person said, theme by theme.",
    ),
    "respondent": Bilingual("Rispondente", "Respondent"),
    "previous": Bilingual("Precedente", "Previous"),
    "following": Bilingual("Successivo", "Next"),
    "answers": Bilingual("Questionario", "Questionnaire"),
    "said": Bilingual("Intervista", "Interview"),
    "other_answers": Bilingual("Altre risposte al questionario", "Other answers to the questionnaire"),
    "not_mentioned": Bilingual("non ne parla", "does not mention it"),
    "no_interview": Bilingual("Nessuna intervista.", "No interview."),
    "no_answers": Bilingual("Nessun questionario.", "No questionnaire."),
    "methods": Bilingual("Metodi", "Methods"),
    "theme": Bilingual("Tema", "Theme"),
    "class": Bilingual("Classe", "Class"),
    "stance": Bilingual("Posizione", "Stance"),
    "all": Bilingual("tutti", "all"),
    "search": Bilingual("Cerca nel testo", "Search the text"),
    "found": Bilingual("citazioni", "quotations"),
    "respondents": Bilingual("rispondenti", "respondents"),
    "more": Bilingual("Mostra altre", "Show more"),
    "close": Bilingual("Chiudi", "Close"),
    "question": Bilingual("Domanda", "Question"),
    "context": Bilingual("Contesto", "Context"),
    "position": Bilingual("caratteri", "characters"),
    "open": Bilingual("apri le citazioni", "open the quotations"),
    "open_people": Bilingual("mostra chi ha risposto così", "show who answered so"),
    "nothing": Bilingual("Nulla da mostrare.", "Nothing to show."),
    "no_rows": Bilingual("Nessuna riga.", "No rows."),
    "interval": Bilingual("IC 95 %", "95 % CI"),
    "seed": Bilingual("Seme dei numeri casuali", "Seed of the random numbers"),
    "model": Bilingual("Modello linguistico", "Language model"),
    "encoder": Bilingual("Rappresentazione dei testi", "Text encoder"),
    "no_script": Bilingual(
        "Senza JavaScript le tabelle si leggono, ma i numeri non si aprono.",
        "Without JavaScript the tables can be read, but the numbers do not open.",
    ),
    "chart_help": Bilingual(
        "Ogni segno si apre, con un clic o con Invio. Gli stessi numeri sono nella tabella qui sotto.",
        "Every mark opens, by a click or by Enter. The same numbers stand in the table below.",
    ),
    "derived": Bilingual("Numero calcolato a partire da", "Number computed from"),
}


def page_words(language: Language) -> dict[str, str]:
    """Every sentence in one language."""
    return {key: text.say(language) for key, text in WORDS.items()}
