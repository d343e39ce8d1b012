"""The account of an exchange with another program: what it kept, what it could not. Counts nothing itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.words.language import Bilingual, Language

NAMES: Mapping[str, Bilingual] = {
    "texts": Bilingual("testi", "texts"),
    "themes": Bilingual("temi", "themes"),
    "respondents": Bilingual("rispondenti", "respondents"),
    "variables": Bilingual("variabili", "variables"),
    "passages": Bilingual("passaggi codificati", "coded passages"),
    "codings": Bilingual("codifiche", "codings"),
    "memo": Bilingual("memo", "memos"),
    "link": Bilingual("legami", "links"),
    "set": Bilingual("insiemi", "sets"),
    # what could not be brought over
    "blank texts": Bilingual("testi vuoti o mancanti", "texts blank or missing"),
    "media": Bilingual("immagini, registrazioni e PDF senza testo", "pictures, recordings and PDFs without text"),
    "media codings": Bilingual("selezioni su immagini o registrazioni", "selections of pictures or recordings"),
    "text codings": Bilingual("codifiche di testi interi", "codings of whole texts"),
    "lost note": Bilingual("memo senza testo leggibile", "memos without a readable text"),
    "lost link": Bilingual("legami di cose che lo studio non ha", "links of what the study lacks"),
    "lost member": Bilingual("membri di insiemi che lo studio non ha", "members of sets that the study lacks"),
    "lost subject": Bilingual("cose di cui parla un memo e che lo studio non ha", "subjects of memos not here"),
    "coded notes": Bilingual("codifiche di memo", "codings of memos"),
    "graphs": Bilingual("grafici", "graphs"),
    "no theme": Bilingual("passaggi letti senza nessun tema", "passages read without any theme"),
    "refused": Bilingual("«no» a un tema in un passaggio", "“no” to a theme in a passage"),
    "terms": Bilingual("temi con termini, esempi o criteri d'uso", "themes with terms, examples or criteria of use"),
    "item links": Bilingual("legami fra temi e domande, con le letture", "links of themes and items, with readings"),
    "topics": Bilingual("argomenti emergenti", "emergent topics"),
    "unplaced": Bilingual("cose di cui parla un memo e che non si trovano", "subjects of memos that are not found"),
    "set members": Bilingual("rispondenti e passi negli insiemi", "respondents and passages in sets"),
}


@dataclass(frozen=True)
class Account:
    """How many of each kind of thing (a key of NAMES) came over, and how many did not."""

    kept: Mapping[str, int]
    left_out: Mapping[str, int]

    def say(self, language: Language) -> tuple[str, ...]:
        """A line of what was kept, and one of what was not, where there is anything."""
        lines = (
            (Bilingual("Portati", "Brought over"), self.kept),
            (Bilingual("Non portati", "Not brought over"), self.left_out),
        )
        shown = ((what, _listed(counts, language)) for what, counts in lines)
        return tuple(f"{what.say(language)}: {counts}" for what, counts in shown if counts)


def _listed(counts: Mapping[str, int], language: Language) -> str:
    return ", ".join(f"{NAMES[kind].say(language)} {number}" for kind, number in counts.items() if number)
