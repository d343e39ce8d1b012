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
    "prevalence_chart": Bilingual(
        "Quota dei rispondenti che parla di ogni tema, con intervallo di Wilson al 95 %",
        "Share of respondents who mention each theme, with Wilson 95 % interval",
    ),
    "counts_chart": Bilingual(
        "Rispondenti che parlano di ogni tema (troppo pochi per una percentuale)",
        "Respondents who mention each theme (too few for a percentage)",
    ),
    "heat_map": Bilingual(
        "Rispondenti che parlano di ogni tema, per {variable}: più scuro, più rispondenti della classe",
        "Respondents who mention each theme, by {variable}: darker, more respondents of the class",
    ),
    "of": Bilingual("su", "of"),
    "segments": Bilingual("segmenti", "segments"),
    "topic_map": Bilingual(
        "Mappa degli argomenti: vicini, simili; più grandi, più segmenti",
        "Map of the topics: near ones are alike, larger ones have more segments",
    ),
    "known_topic": Bilingual("con un tema vicino nel codebook", "with a near theme in the codebook"),
    "new_topic": Bilingual(
        "senza tema vicino: non ancora nel codebook", "without a near theme: not in the codebook yet"
    ),
    "network": Bilingual(
        "Rete dei temi che stanno insieme in almeno tre segmenti: linea più spessa, più segmenti insieme",
        "Network of the themes that come together in three segments or more: thicker line, more segments together",
    ),
    "saturation": Bilingual(
        "Temi trovati dopo una, due, tre interviste",
        "Themes found after one, two, three interviews",
    ),
    "interviews": Bilingual("interviste", "interviews"),
    "new_themes": Bilingual("temi nuovi", "new themes"),
    "curve_mean": Bilingual("media di 1.000 ordini, fascia del 95 %", "mean of 1,000 orders, band of 95 %"),
    "curve_order": Bilingual("nell'ordine della tabella", "in the order of the table"),
    "chart_help": Bilingual(
        "Ogni segno si apre, con un clic o con Invio. Gli stessi numeri sono nella tabella qui sotto.",
        "Every mark opens, by a click or by Enter. The same numbers stand in the table below.",
    ),
    "derived": Bilingual("Numero calcolato a partire da", "Number computed from"),
}


def page_words(language: Language) -> dict[str, str]:
    """Every sentence in one language."""
    return {key: text.say(language) for key, text in WORDS.items()}
