"""What a large language model is asked about a segment, and what is believed of its answer. Speaks to no server."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict

from corpus.records import Theme
from corpus.words.stances import STANCES, Stance

MOST_TOKENS = 1024  # of an answer; a model that runs on (small ones repeat themselves) is cut off there


class _Coding(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    theme: str
    passage: str
    stance: Stance


class _Reading(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    codings: list[_Coding]


@dataclass(frozen=True)
class Passage:
    """A theme where a model saw it: `start:end` count in the segment's text."""

    theme: str
    stance: Stance
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """What is believed of an answer, one passage a theme at most, and how many of its codings are not believed."""

    passages: tuple[Passage, ...]
    dropped: int


def question_about(text: str, asked: str, themes: Sequence[Theme], seed: int) -> dict[str, Any]:
    """The body of a chat completion that asks which of the `themes` a segment with this `text` holds.

    `asked` is the interviewer's question before it, "" if none. The codebook comes first and the segment last, so that
    servers which keep what they have read of a prompt read the codebook once. The model's name is the server's affair.
    """
    lines = _words()["segment"]
    said = [lines["question"].format(asked)] if asked else []
    said.append(lines["text"].format(text))
    return {
        "messages": [
            {"role": "system", "content": _instructions(tuple(themes))},
            {"role": "user", "content": "\n\n".join(said)},
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "codings", "strict": True, "schema": _schema(themes)},
        },
        "temperature": 0,
        "seed": seed,
        "max_tokens": MOST_TOKENS,
    }


def believe(answer: str, text: str, themes: Sequence[Theme]) -> Reading:
    """What is believed of an answer about a segment with this `text`. Raises ValueError where it is not the JSON asked.

    A coding counts with a theme of the codebook and a passage that stands in the text letter by letter; of several of
    one theme the first counts. What a model makes up is dropped, and counted.
    """
    told = _Reading.model_validate_json(answer)
    codes = {theme.code for theme in themes}
    believed: dict[str, Passage] = {}
    dropped = 0
    for coding in told.codings:
        place = _find(coding.passage.strip(), text)
        if coding.theme not in codes or place is None:
            dropped += 1
        elif coding.theme not in believed:
            believed[coding.theme] = Passage(coding.theme, coding.stance, *place)
    return Reading(tuple(believed.values()), dropped)


def _find(passage: str, text: str) -> tuple[int, int] | None:
    """Where the passage first stands in the text, as whole words: any letter stands somewhere."""
    if not passage:
        return None
    left = r"\b" if passage[0].isalnum() else ""
    right = r"\b" if passage[-1].isalnum() else ""
    found = re.search(f"{left}{re.escape(passage)}{right}", text)
    return found.span() if found else None


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((files("nlp") / "data" / "llm_prompt.toml").read_text(encoding="utf-8"))


@cache
def _instructions(themes: tuple[Theme, ...]) -> str:
    return _words()["instructions"] + "\n\n".join(map(_describe, themes))


def _describe(theme: Theme) -> str:
    """A theme of the codebook in lines."""
    told = [f"[{theme.code}] {theme.label}"]
    for name, line in _words()["lines"].items():
        value = getattr(theme, name)
        said = value if isinstance(value, str) else "; ".join(value)
        if said:
            told.append(line.format(said))
    return "\n".join(told)


def _schema(themes: Sequence[Theme]) -> dict[str, Any]:
    """The JSON schema of an answer: no theme and no stance but ours."""
    fields = {
        "theme": {"type": "string", "enum": [theme.code for theme in themes]},
        "passage": {"type": "string"},
        "stance": {"type": "string", "enum": list(STANCES)},
    }
    coding = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    codings = {"type": "array", "maxItems": len(themes), "items": coding}
    return {
        "type": "object",
        "properties": {"codings": codings},
        "required": ["codings"],
        "additionalProperties": False,
    }
