"""ELAN .eaf: tiers as speakers, annotations in the order of time. Expands no XML entity and fetches nothing."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from corpus.errors import study_error
from corpus.files.xml import parse_xml
from corpus.transcripts.layers import Tier, layers_of, tell_layers
from corpus.transcripts.text import Text, TextWriter
from corpus.words.language import Bilingual
from corpus.words.spelling import tidy

# Kinds of tier that say something about another tier's annotations, or repeat them in parts.
_BOUND = frozenset({"Symbolic_Association", "Symbolic_Subdivision", "Time_Subdivision", "Included_In"})


@dataclass(frozen=True, slots=True)
class _Annotation:
    id: str
    tier: int
    speaker: str
    text: str
    start_ms: int | None
    end_ms: int | None


def read_elan(data: bytes, file: str) -> Text:
    """The annotations of every tier that holds speech, ordered by start, end, tier and place in the file.

    A tier's speaker is its PARTICIPANT, else its TIER_ID. A reference annotation has the time of the one it refers to.
    A dependent tier whose parent has the same speaker, or which is bound to it by its type, has remarks on the speech
    (a translation, a gloss, its words): it goes to the notes, so that nothing is counted twice. So are a tier of sounds
    and one that says another's words once more left out, with a warning.
    """
    root = parse_xml(data, file)
    if root.tag != "ANNOTATION_DOCUMENT":
        raise study_error("non è un file di ELAN: esportalo di nuovo", "not an ELAN file: export it again", file=file)
    slots = {slot.get("TIME_SLOT_ID"): _slot_in_ms(slot.get("TIME_VALUE")) for slot in root.iter("TIME_SLOT")}
    tiers = list(root.iter("TIER"))
    types = {kind.get("LINGUISTIC_TYPE_ID"): kind.get("CONSTRAINTS", "") for kind in root.iter("LINGUISTIC_TYPE")}
    spoken = {tier.get("TIER_ID"): _speaker(tier) for tier in tiers if any(_texts(tier))}
    places: dict[str, tuple[int | None, int | None]] = {}
    for element in root.iter("ALIGNABLE_ANNOTATION"):
        places[element.get("ANNOTATION_ID", "")] = (
            slots.get(element.get("TIME_SLOT_REF1")),
            slots.get(element.get("TIME_SLOT_REF2")),
        )
    refers = {
        element.get("ANNOTATION_ID", ""): element.get("ANNOTATION_REF", "") for element in root.iter("REF_ANNOTATION")
    }

    speech: list[_Annotation] = []
    notes: list[str] = []
    for number, tier in enumerate(tiers):
        speaker = _speaker(tier)
        parent = tier.get("PARENT_REF")
        bound = types.get(tier.get("LINGUISTIC_TYPE_REF"), "") in _BOUND and not tier.get("PARTICIPANT")
        remarks = parent in spoken and (bound or spoken[parent] == speaker)
        for element in _annotations(tier):
            id = element.get("ANNOTATION_ID", "")
            text = tidy(element.findtext("ANNOTATION_VALUE") or "")
            start_ms, end_ms = _place(id, places, refers)
            if remarks:
                notes.append(f"{tier.get('TIER_ID')}: {text}")
            else:
                speech.append(_Annotation(id, number, speaker, text, start_ms, end_ms))
    layers, left_out = _layers(tiers, speech)
    writer = TextWriter(notes=notes, warnings=left_out)
    for annotation in _in_time([annotation for annotation in speech if annotation.tier not in layers]):
        writer.add_spoken(annotation.speaker, annotation.text, annotation.start_ms, annotation.end_ms)
    return writer.text()


def _layers(tiers: list[Element], speech: list[_Annotation]) -> tuple[dict[int, int | None], list[Bilingual]]:
    labels: list[list[tuple[int, int, str]]] = [[] for _ in tiers]
    for annotation in speech:
        start_ms = annotation.start_ms or 0
        labels[annotation.tier].append((start_ms, max(start_ms, annotation.end_ms or 0), annotation.text))
    named = [Tier(tier.get("TIER_ID", ""), spoken) for tier, spoken in zip(tiers, labels, strict=True)]
    layers = layers_of(named)
    return layers, list(tell_layers(layers, named))


def _speaker(tier: Element) -> str:
    return " ".join((tier.get("PARTICIPANT") or tier.get("TIER_ID") or "").split())


def _annotations(tier: Element) -> list[Element]:
    return [element for holder in tier.iter("ANNOTATION") for element in holder]


def _texts(tier: Element) -> list[str]:
    return [(element.findtext("ANNOTATION_VALUE") or "").strip() for element in _annotations(tier)]


def _place(
    id: str, places: dict[str, tuple[int | None, int | None]], refers: dict[str, str]
) -> tuple[int | None, int | None]:
    seen: set[str] = set()
    while id not in places and id in refers and id not in seen:
        seen.add(id)
        id = refers[id]
    return places.get(id, (None, None))


def _in_time(annotations: list[_Annotation]) -> list[_Annotation]:
    """By start, then end, then tier, then place in the file; one without a time follows its predecessor in the tier."""
    keyed: list[tuple[tuple[int, int, int, int], _Annotation]] = []
    before: dict[int, tuple[int, int]] = {}
    for number, annotation in enumerate(annotations):
        last = before.get(annotation.tier, (0, 0))
        start = annotation.start_ms if annotation.start_ms is not None else last[0]
        end = annotation.end_ms if annotation.end_ms is not None else max(start, last[1])
        before[annotation.tier] = (start, end)
        keyed.append(((start, end, annotation.tier, number), annotation))
    return [annotation for _, annotation in sorted(keyed, key=lambda pair: pair[0])]


def _slot_in_ms(value: str | None) -> int | None:
    return int(value) if value is not None and value.strip().isdecimal() and len(value) < 12 else None
