"""A large language model behind a server that speaks OpenAI's protocol: which one it is, and what it answers.

Ollama, llama.cpp, LM Studio and vLLM speak it. Nothing is sent anywhere but to the address in study.toml: by no proxy
of the environment, and no redirect is followed. What comes back is believed elsewhere (nlp.llm.prompt).
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, Field

from corpus.errors import StudyError, study_error
from corpus.settings import FILE, LEAVING, LlmSection
from corpus.store import content_key

if TYPE_CHECKING:  # imported where a server is spoken to: most studies speak to none
    import httpx

SECONDS_TO_ANSWER = 10  # that a server has to take a question, or to say which models it holds
# Why there is no answer: the model will not give one, it is no JSON by the schema, the server turns the question away
# (a codebook longer than the model's context), fails at it, takes too long, is not there (any more).
Why = Literal["refused", "broken", "rejected", "failed", "late", "gone"]


class NoAnswer(Exception):
    """There is no answer to a question, and why."""

    def __init__(self, why: Why):
        super().__init__(why)
        self.why: Why = why


@dataclass(frozen=True)
class LanguageModel:
    """A model that a server holds. `digest` tells it from others of its name, as well as the server knows it."""

    options: LlmSection
    digest: str

    def about(self) -> dict[str, str]:
        """What a run's manifest says of it."""
        return {"model": self.options.model, "digest": self.digest}


Ask = Callable[[Mapping[str, Any]], str]


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: list[_Choice] = Field(min_length=1)


class _Listed(BaseModel):
    """A model in a server's list. `meta` is llama.cpp's: sizes of the model, and what the server made of it."""

    id: str
    meta: dict[str, Any] | None = None


class _List(BaseModel):
    data: list[_Listed]


class _Tag(BaseModel):
    """A model in Ollama's own list. `remote_host` is where one runs that does not run here: Ollama sends all there."""

    name: str
    digest: str = ""
    remote_host: str = ""


class _Tags(BaseModel):
    models: list[_Tag] = []


def find_model(options: LlmSection) -> LanguageModel:
    """The model that study.toml names. Raises StudyError where the server is not there, or does not hold it."""
    with _client(options, SECONDS_TO_ANSWER) as client:
        try:
            listed = _List.model_validate_json(_get(client, options, "/v1/models")).data
        except ValueError:
            raise study_error(
                f"a {options.address} risponde qualcosa che non è un server di modelli: controlla `llm.address`",
                f"what answers at {options.address} is no server of models: check `llm.address`",
                file=FILE,
            ) from None
        model = next((each for each in listed if _goes_by(each.id, options.model)), None)
        if model is None:
            raise _no_model(options, [each.id for each in listed])
        tag = _tag(client, options)
        if tag is not None and tag.remote_host and options.stays_here:
            _check_leave(options, tag.remote_host)
        return LanguageModel(options, _digest(options, model, tag))


@contextmanager
def asking(model: LanguageModel) -> Iterator[Ask]:
    """A function that puts a question (nlp.llm.prompt.question_about) to the model and returns its answer.

    It raises NoAnswer where there is none.
    """
    with _client(model.options, model.options.timeout_seconds) as client:
        yield partial(_ask, client, model.options.model)


def _client(options: LlmSection, seconds: float) -> "httpx.Client":
    """A client of the server. Raises StudyError where its address is not the one that the settings looked at."""
    import httpx

    base = options.address.rstrip("/").removesuffix("/v1")
    # Without the environment's proxies: through one, what is said in interviews would leave the machine unseen.
    try:
        patience = httpx.Timeout(seconds, connect=SECONDS_TO_ANSWER)
        client = httpx.Client(base_url=base, timeout=patience, trust_env=False, follow_redirects=False)
    except httpx.InvalidURL:
        raise _no_address(options) from None
    if client.base_url.host != options.host:
        client.close()
        raise _no_address(options)
    return client


def _get(client: "httpx.Client", options: LlmSection, path: str) -> bytes:
    """What lies at `path`. Raises StudyError where nobody answers or the server is still loading its model."""
    import httpx

    try:
        response = client.get(path)
    except httpx.HTTPError:
        raise study_error(
            f"a {options.address} non risponde nessun server di modelli: avvialo (per esempio `ollama serve`, o "
            "`llama-server`), o correggi `llm.address`",
            f"no server of models answers at {options.address}: start it (such as `ollama serve`, or `llama-server`), "
            "or correct `llm.address`",
            file=FILE,
        ) from None
    if response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        raise study_error(
            f"il server di modelli a {options.address} non è ancora pronto: aspetta che abbia caricato il modello",
            f"the server of models at {options.address} is not ready yet: wait until it has loaded the model",
            file=FILE,
        )
    return response.content


def _goes_by(id: str, name: str) -> bool:
    """Whether a server's model is meant by `name`: Ollama adds `:latest`, llama.cpp names the path of a file."""
    return bool(name) and name in (id, id.removesuffix(":latest"), id.replace("\\", "/").rpartition("/")[2])


def _no_model(options: LlmSection, names: list[str]) -> StudyError:
    quoted = [f'"{name}"' for name in names]
    if not quoted:
        return study_error(
            f"il server a {options.address} non ha nessun modello: scaricane uno (per esempio `ollama pull`)",
            f"the server at {options.address} holds no model: get one (such as `ollama pull`)",
            file=FILE,
        )
    missing_it = f"il server non ha il modello `{options.model}`" if options.model else "manca il modello"
    missing_en = f"the server does not hold the model `{options.model}`" if options.model else "no model is named"
    return study_error(
        f"`llm.model`: {missing_it}: scrivi model = {' o '.join(quoted)}",
        f"`llm.model`: {missing_en}: write model = {' or '.join(quoted)}",
        file=FILE,
    )


def _no_address(options: LlmSection) -> StudyError:
    return study_error(
        f"`llm.address`: `{options.address}` non è un indirizzo", f"`llm.address`: `{options.address}` is no address",
        file=FILE,
    )  # fmt: skip


def _tag(client: "httpx.Client", options: LlmSection) -> _Tag | None:
    """What Ollama tells of the model beyond its name; None where the server is no Ollama."""
    try:
        tags = _Tags.model_validate_json(_get(client, options, "/api/tags")).models
    except (ValueError, StudyError):
        return None
    return next((tag for tag in tags if _goes_by(tag.name, options.model)), None)


def _check_leave(options: LlmSection, remote: str) -> None:
    """Raise StudyError where a server of this machine would send on what it is told, and study.toml does not say so."""
    host = urlsplit(remote).hostname or remote
    if options.texts_may_leave_this_machine_for.lower() == host.lower():
        return
    raise study_error(
        f"`llm.model`: `{options.model}` non gira su questa macchina: ciò che dicono gli intervistati andrebbe a "
        f'{host}. Scegli un altro modello o, se può, scrivi sotto [llm]: {LEAVING} = "{host}"',
        f"`llm.model`: `{options.model}` does not run on this machine: what the respondents say would go to "
        f'{host}. Choose another model or, if it may, write below [llm]: {LEAVING} = "{host}"',
        file=FILE,
    )


def _digest(options: LlmSection, model: _Listed, tag: _Tag | None) -> str:
    """What tells the model from another of its name: Ollama's digest of its files, llama.cpp's sizes, else its name."""
    if tag is not None and tag.digest:
        return tag.digest
    if model.meta:
        # The context's length is how the server was started, not what the model is.
        sizes = {name: value for name, value in model.meta.items() if name != "n_ctx"}
        return content_key("llama.cpp", options.model, sizes)
    return options.model


def _ask(client: "httpx.Client", model: str, question: Mapping[str, Any]) -> str:
    """The model's answer to a question. Raises NoAnswer."""
    import httpx

    body = json.dumps({"model": model, **question}, ensure_ascii=False).encode(errors="replace")
    try:
        response = client.post("/v1/chat/completions", content=body, headers={"Content-Type": "application/json"})
    except httpx.ConnectTimeout:
        raise NoAnswer("gone") from None
    except httpx.TimeoutException:
        raise NoAnswer("late") from None
    except httpx.HTTPError:
        raise NoAnswer("gone") from None
    if response.is_server_error:
        raise NoAnswer("failed")
    if not response.is_success:
        raise NoAnswer("rejected")
    return _answer(response.content)


def _answer(content: bytes) -> str:
    """The text of a chat completion. Raises NoAnswer where the model refused, was cut off, or it is no completion."""
    try:
        choice = _Completion.model_validate_json(content).choices[0]
    except ValueError:
        raise NoAnswer("broken") from None
    if choice.message.refusal or choice.finish_reason == "content_filter":
        raise NoAnswer("refused")
    if choice.finish_reason == "length" or not choice.message.content:
        raise NoAnswer("broken")
    return choice.message.content
