"""Who gives themes to what respondents say: coders behind one protocol, chosen by name in study.toml.

A coder is a class with the four methods of nlp.coders.coder.Coder and a line in CODERS (docs/coding.md). "llm" has
none: it is made of what a large language model read before.
"""

from collections.abc import Callable, Mapping

from corpus.errors import study_error
from corpus.settings import FILE
from corpus.words.spelling import suggestion
from nlp.coders.coder import Coder, TermPlaces
from nlp.coders.keywords import KeywordCoder
from nlp.coders.llm_coder import LlmCoder
from nlp.coders.theme_coder import ThemeCoder
from nlp.embeddings import Encoder
from nlp.llm.readings import Readings
from nlp.themes.network import PassageReader, load_network

__all__ = ["CODERS", "Coder", "TermPlaces", "check_coder", "open_coder"]

# Name in `[analysis] coder` -> what makes the coder of a sentence encoder and of the network that reads passages.
CODERS: Mapping[str, Callable[[Encoder, PassageReader], Coder]] = {
    ThemeCoder.name: ThemeCoder,
    KeywordCoder.name: KeywordCoder,
}


def open_coder(
    name: str,
    encoder: Encoder,
    network: PassageReader | None = None,
    readings: Readings | None = None,
) -> Coder:
    """The coder called `name`; `network` is the bundled one, or gives what it gave.

    `readings` are what the coder "llm" is made of (flows.llm_reading.read_with_model). Raises StudyError as check_coder
    does.
    """
    check_coder(name)
    network = network or load_network()
    if name == LlmCoder.name:
        assert readings is not None
        return LlmCoder(encoder, network, readings)
    return CODERS[name](encoder, network)


def check_coder(name: str) -> None:
    """Raise StudyError that lists the coders when `name` is none of them."""
    every = (*CODERS, LlmCoder.name)
    if name not in every:
        names = [f'"{known}"' for known in every]
        hint = suggestion(name, every)
        raise study_error(
            f"`{name}` non è un codificatore{hint.it}: scrivi coder = {' o '.join(names)}",
            f"`{name}` is no coder{hint.en}: write coder = {' or '.join(names)}",
            file=FILE,
        )
