"""What is named in the segments: people, places, bodies, roles, services, laws, sums and dates, each thing one entity.

Rules over gazetteers add to the names that the model saw. It reads no transcript and trains nothing.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

import pandas as pd

from corpus.schemas import Entities, empty
from corpus.words.spelling import is_uncased
from nlp.italian.bodies import GENERIC, find_bodies, specific_body
from nlp.italian.dates import find_dates
from nlp.italian.gazetteer import terms
from nlp.italian.mentions import Context, Mention
from nlp.italian.model_names import names_by_list, names_of_model, sifted, titled_names, unknown_places
from nlp.italian.name_lists import surname
from nlp.italian.norms import find_norms
from nlp.italian.organisations import find_organisations
from nlp.italian.phrases import Phrase, PhraseFinder, fits_capitals, is_common_word, is_determined
from nlp.italian.places import PlaceJudge, StudyPlaces, starts_sentence
from nlp.italian.streets import find_streets
from nlp.italian.sums import find_sums

_LISTED = {
    **{"RUOLO": "ruoli", "SERVIZIO": "servizi", "NORMA": "norme"},
    **{"ORG": "organizzazioni", "LOC": "luoghi", "PER": "persone"},
}
_TITLES = frozenset(("don", "dottoressa", "dottor", "dottore"))
# "faceva l'autista" is what somebody lives by, "l'autista dello scuolabus" a post
_TRADE = re.compile(
    r"\bf(?:a|ai|accio|anno|are|atto|acev[aoi]|acevano|acendo)\s(?:il\s|lo\s|la\s|l['’])$", re.IGNORECASE
)
_GOING_THERE = re.compile(r"\b(?:ad?|da|in|per|verso|fino)\s$", re.IGNORECASE)
_MASCULINE = re.compile(r"\b(?:il|al|del|dal|col)\s$", re.IGNORECASE)
FOUND = {
    **dict.fromkeys(("segment", "transcript"), "str"), **dict.fromkeys(("start", "end"), "int64"),
    **dict.fromkeys(("surface", "label", "normal_form", "code"), "str"),
}  # fmt: skip


def find_entities(segments: pd.DataFrame, mentions: pd.DataFrame, places: StudyPlaces) -> pd.DataFrame:
    """What is named in each segment, columns FOUND; of each transcript the same, whatever other ones are given.

    `segments` has the columns segment, transcript, text; `mentions` is what `annotate` gives. In the order of
    `segments`, no two of a segment overlapping: the longest is kept, then a rule's before the model's; a place of the
    model gives way to any rule inside it.
    """
    seen = _by_segment(mentions)
    uncased = _uncased(segments)
    finder = PhraseFinder(places.municipalities)
    judge = PlaceJudge(places)
    rows: list[tuple] = []
    keys = zip(segments["segment"], segments["transcript"], segments["text"], strict=True)
    for (segment, transcript, text), phrases in zip(keys, finder.find(list(segments["text"])), strict=True):
        of_model = list(names_of_model(text, seen.get(segment, ()), uncased[transcript]))
        listed = [*names_by_list(text, uncased[transcript]), *unknown_places(text, uncased[transcript])]
        context = Context(uncased[transcript], _spans(of_model, "PER"), _spans(of_model, "LOC"))
        rules = _rule_mentions(text, phrases, context, judge)
        believed = sifted(text, of_model, uncased[transcript])
        for mention in keep_longest([*believed, *listed, *rules]):
            surface = text[mention.start : mention.end]
            rows.append((segment, transcript, mention.start, mention.end, surface, *mention[2:5]))
    return pd.DataFrame(rows, columns=list(FOUND)).astype(FOUND)


def join_entities(mentions: pd.DataFrame, places: StudyPlaces) -> pd.DataFrame:
    """The Entities frame of what `find_entities` gave of the whole study: the same thing is one entity everywhere.

    Mentions are one entity when label and normal form (or official code) are the same. A first name alone is one entity
    within its transcript only; a surname alone belongs to the only full name of the transcript that ends with it.
    """
    if not len(mentions):
        return empty(Entities)
    frame = mentions.reset_index(drop=True)
    frame["normal_form"] = _specific_forms(frame, dict(places.of_transcripts))
    frame["normal_form"], scopes = _full_names(frame)
    frame["normal_form"] = _one_spelling(frame)
    frame["entity"] = [
        f"{label}:{code or _slug(form)}{scope}"
        for label, code, form, scope in zip(frame["label"], frame["code"], frame["normal_form"], scopes, strict=True)
    ]
    return Entities.validate(frame[list(Entities.to_schema().columns)])


def keep_longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions without overlaps, by position: the longest first, then rules before the model, then the earlier one."""
    everything = list(mentions)
    rules = [mention for mention in everything if mention.rule]
    longest: list[Mention] = []
    for mention in sorted(
        everything, key=lambda m: (m.start - m.end, not m.rule, m.start, m.label, -len(m.normal_form))
    ):
        if not _gives_way(mention, rules) and not any(_touch(mention, other) for other in longest):
            longest.append(mention)
    return sorted(longest)


def _gives_way(mention: Mention, rules: list[Mention]) -> bool:
    """A place of the model to anything else known in it, its firm to a firm, and any name to two places in it."""
    if mention.rule:
        return False
    inside = [rule.label for rule in rules if _touch(mention, rule)]
    if mention.label == "LOC":
        return any(label != "LOC" for label in inside)
    to_firm = mention.label == "ORG" and not {"ORG", "ENTE"}.isdisjoint(inside)
    return to_firm or (len(inside) > 1 and set(inside) <= {"LOC", "COMUNE"})


def _touch(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _uncased(segments: pd.DataFrame) -> dict[str, bool]:
    """Which transcripts are written in small letters."""
    capitals = segments["text"].map(lambda text: sum(map(str.isupper, text)))
    letters = segments["text"].map(lambda text: sum(map(str.isalpha, text)))
    sums = pd.DataFrame({"capitals": capitals, "letters": letters}).groupby(segments["transcript"]).sum()
    return {str(transcript): is_uncased(counts.capitals, counts.letters) for transcript, counts in sums.iterrows()}


def _by_segment(mentions: pd.DataFrame) -> dict[str, list[tuple[int, int, str]]]:
    """Segment -> start, end and label of what the model saw in it."""
    seen: dict[str, list[tuple[int, int, str]]] = {}
    for segment, *mention in mentions[["segment", "start", "end", "label"]].itertuples(index=False):
        seen.setdefault(segment, []).append(tuple(mention))
    return seen


def _spans(mentions: list[Mention], label: str) -> tuple[tuple[int, int], ...]:
    return tuple((mention.start, mention.end) for mention in mentions if mention.label == label)


def _rule_mentions(text: str, phrases: list[Phrase], context: Context, judge: PlaceJudge) -> Iterator[Mention]:
    towns = [phrase for phrase in phrases if phrase.label == "COMUNE"]
    organisations = list(find_organisations(text, uncased=context.uncased))
    named = {(organisation.start, organisation.end) for organisation in organisations}  # "la Roma" that plays
    towns = [town for town in towns if (town.start, town.end) not in named]
    listed = (_listed(text, phrase, context) for phrase in phrases if phrase.label in _LISTED)
    return chain(
        judge.judge(text, towns, context),
        find_bodies(text, phrases, context),
        find_streets(text, context),
        organisations,
        titled_names(text, context.uncased),
        chain.from_iterable(listed),
        find_norms(text),
        find_sums(text),
        find_dates(text),
    )


def _listed(text: str, phrase: Phrase, context: Context) -> Iterator[Mention]:
    term = terms(_LISTED[phrase.label])[phrase.form]
    written = fits_capitals(text[phrase.start : phrase.end], term.written, context.uncased)
    by_chance = _is_title(text, phrase) or _first_by_chance(text, phrase, term.written)
    if phrase.label == "ORG" and _is_somebody(text, phrase):
        return
    if written and not by_chance and _has_needed(text, phrase, term.needs):
        yield Mention(phrase.start, phrase.end, phrase.label, term.normal_form)


def _has_needed(text: str, phrase: Phrase, needs: str) -> bool:
    """Whether what the gazetteer asks for besides the word is there."""
    if needs == "capital":  # "La Stampa" is the newspaper, "la stampa" the press
        return re.split(r"[ '’]", text[phrase.start : phrase.end])[-1][:1].isupper()
    if needs == "going":  # "a Fatima" is the town, Fatima the colleague
        return _GOING_THERE.search(text[max(0, phrase.start - 8) : phrase.start]) is not None
    if needs == "trade" and _TRADE.search(text[max(0, phrase.start - 14) : phrase.start]):
        return False
    return needs not in ("article", "trade") or is_determined(text, phrase.start)


def _is_somebody(text: str, phrase: Phrase) -> bool:
    """ "Il Ferrari vuole i danni" is no firm: a firm's article is feminine, a team's name no surname."""
    before = text[max(0, phrase.start - 5) : phrase.start]
    return _MASCULINE.search(before) is not None and surname(phrase.form) == "name"


def _is_title(text: str, phrase: Phrase) -> bool:
    """ "La dottoressa Nardi" is a person with her title, "la dottoressa" a role."""
    return phrase.form in _TITLES and re.match(r" [A-ZÀ-Ý]", text[phrase.end :]) is not None


def _first_by_chance(text: str, phrase: Phrase, written: str) -> bool:
    """Whether the capital of a name that is also a word comes from the sentence's beginning: "Libera la sala"."""
    surface = text[phrase.start : phrase.end]
    if " " in written or written.islower() or surface[1:].isupper() or not surface[0].isupper():
        return False
    return starts_sentence(text, phrase.start) and is_common_word(phrase.form)


def _specific_forms(frame: pd.DataFrame, provinces: dict[str, str]) -> pd.Series:
    """The bare "la Regione" as the one that its transcript names or lies in, "la legge 158" with the year said once."""
    named: dict[tuple[str, str], set[str]] = {}
    rows = list(zip(frame["transcript"], frame["label"], frame["normal_form"], strict=True))
    for transcript, label, form in rows:
        named.setdefault((transcript, label), set()).add(form)
    forms = []
    for transcript, label, form in rows:
        if label == "ENTE" and form in GENERIC:
            form = specific_body(form, named[transcript, label] - GENERIC, provinces.get(transcript, ""))
        elif label == "NORMA":
            dated = [other for other in named[transcript, label] if other.startswith(f"{form}/")]
            form = dated[0] if len(dated) == 1 else form
        forms.append(form)
    return pd.Series(forms, index=frame.index)


def _full_names(frame: pd.DataFrame) -> tuple[pd.Series, list[str]]:
    """Normal forms with surnames completed; for each row "@transcript" if its entity must not leave the transcript."""
    rows = list(zip(frame["transcript"], frame["label"], frame["normal_form"], strict=True))
    full: dict[tuple[str, str], set[str]] = {}
    for transcript, label, form in rows:
        if label == "PER" and " " in form:
            full.setdefault((transcript, form.split()[-1].lower()), set()).add(form)
    forms = []
    scopes = []
    for transcript, label, form in rows:
        owners = full.get((transcript, form.lower()), set()) if label == "PER" else set()
        alone = label == "PER" and " " not in form
        forms.append(next(iter(owners)) if alone and len(owners) == 1 else form)
        scopes.append(f"@{transcript}" if alone and len(owners) != 1 else "")
    return pd.Series(forms, index=frame.index), scopes


def _one_spelling(frame: pd.DataFrame) -> pd.Series:
    """For forms that differ in capitals only, the most frequent one (of equals the first in the alphabet)."""
    counts = frame.groupby(["label", "normal_form"]).size().rename("count").reset_index()
    counts["key"] = counts["normal_form"].map(_slug)
    best = counts.sort_values(["count", "normal_form"], ascending=[False, True]).drop_duplicates(["label", "key"])
    spelling = {
        (label, key): form for label, key, form in zip(best["label"], best["key"], best["normal_form"], strict=True)
    }
    keys = zip(frame["label"], frame["normal_form"].map(_slug), strict=True)
    return pd.Series([spelling[key] for key in keys], index=frame.index)


def _slug(form: str) -> str:
    return "-".join(form.lower().replace("'", " ").split())
