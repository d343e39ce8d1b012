"""Why a number cannot be given, in words a researcher accepts. Room nlp; holds words, never computes."""

from corpus.words.language import Bilingual, Language

MIN_PERCENT_BASE = 10  # below this many respondents a percentage says more than is known

REASONS: dict[str, Bilingual] = {
    "few": Bilingual(f"meno di {MIN_PERCENT_BASE} rispondenti", f"fewer than {MIN_PERCENT_BASE} respondents"),
    "fewer than 3": Bilingual("meno di 3 rispondenti", "fewer than 3 respondents"),
    "fewer than 6": Bilingual("meno di 6 rispondenti", "fewer than 6 respondents"),
    "nobody": Bilingual("nessuno ne parla", "nobody mentions it"),
    "everybody": Bilingual("ne parlano tutti", "everybody mentions it"),
    "constant": Bilingual("valori tutti uguali", "all values are equal"),
    "one group": Bilingual("un solo gruppo", "a single group"),
    "one person": Bilingual("un gruppo ha un solo rispondente", "a group has a single respondent"),
    "one person each": Bilingual("un solo rispondente per gruppo", "a single respondent in each group"),
    "no answers": Bilingual("nessuna risposta valida", "no valid answer"),
    "no pairs": Bilingual(
        "nessuno ha sia un'intervista sia una risposta valida", "nobody has both an interview and a valid answer"
    ),
    "too few answers": Bilingual("meno di 3 risposte valide", "fewer than 3 valid answers"),
    "no order": Bilingual("non si sa l'ordine della scala", "the order of the scale is not known"),
    "no polarity": Bilingual("non si sa quale risposta sia un sì", "which answer is yes is not known"),
    "date": Bilingual("una data non si confronta con un tema", "a date is not compared with a theme"),
    "free text": Bilingual("risposta libera, senza codici", "free text, no codes"),
    "no item": Bilingual("nessuna domanda collegata", "no linked item"),
    "one rater": Bilingual("un solo codificatore", "a single coder"),
    "undefined": Bilingual("il metodo non dà un valore con questi dati", "the method has no value for these data"),
}


def not_computable(reason: str, language: Language = "it") -> str:
    """`non calcolabile: perché` for a key of REASONS; "" for ""."""
    if not reason:
        return ""
    return Bilingual("non calcolabile: ", "not computable: ").say(language) + REASONS[reason].say(language)
