"""`study.toml` as validated options. Holds what a researcher may choose and the defaults; reads no other file."""

import re
import tomllib
from collections.abc import Collection
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from corpus.errors import Notebook, StudyError, study_error
from corpus.files.decoding import decode
from corpus.words.audiences import AUDIENCE_WORDS, Audience, audience_of
from corpus.words.language import Bilingual, Language
from corpus.words.spelling import suggestion

FILE = "study.toml"
LLM = "llm"  # the coder, and the section, of a large language model behind a server
LEAVING = "texts_may_leave_this_machine_for"
_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")
# What a key should hold, by the kind of fault that pydantic finds.
_WANTED = {
    "int_type": Bilingual("serve un numero intero, senza virgolette", "a whole number, without quotation marks"),
    "int_from_float": Bilingual("serve un numero intero", "a whole number"),
    "float_type": Bilingual("serve un numero, con il punto e senza virgolette", "a number, without quotation marks"),
    "float_parsing": Bilingual("serve un numero, con il punto e senza virgolette", "a number, without quotation marks"),
    "bool_type": Bilingual("scrivi true o false, senza virgolette", "true or false, without quotation marks"),
    "string_type": Bilingual("serve un testo tra virgolette", "a text between quotation marks"),
    "tuple_type": Bilingual('serve un elenco, per esempio ["Anna"]', 'a list, such as ["Anna"]'),
    "dict_type": Bilingual('serve una tabella, come { classe = ["piccolo"] }', 'a table, as { class = ["small"] }'),
    "model_type": Bilingual("serve una sezione, con le sue chiavi sotto", "a section with its keys below"),
    "greater_than_equal": Bilingual("il valore più piccolo è {ge}", "at least {ge}"),
    "less_than_equal": Bilingual("il valore più grande è {le}", "at most {le}"),
    "literal_error": Bilingual("i valori sono {expected}", "one of {expected}"),
}
_WANTED |= dict.fromkeys(("model_attributes_type", "model_parsing"), _WANTED["model_type"])
_WANTED |= dict.fromkeys(("list_type", "tuple_parsing"), _WANTED["tuple_type"])
Format = Literal["xlsx", "docx", "pptx", "html", "csv", "parquet", "figures", "statistics", "qdpx", "qdc"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class StudySection(_Section):
    """What the study is."""

    title: str
    language: Language = "it"
    seed: int = Field(default=1, ge=0, le=2**32 - 1)
    fictional: bool = False


class SpeakersSection(_Section):
    """Labels of who asks and who answers, compared without regard to case; empty lists leave it to the vocabulary."""

    interviewer: tuple[str, ...] = Field(default=(), strict=False)
    respondent: tuple[str, ...] = Field(default=(), strict=False)
    other: tuple[str, ...] = Field(default=(), strict=False)


class SegmentsSection(_Section):
    """How long a segment may be, in words."""

    target_words: int = Field(default=40, ge=5, le=500)
    max_words: int = Field(default=80, ge=10, le=1000)


class AnalysisSection(_Section):
    """Models and thresholds of the analysis."""

    model: str = "trama"
    encoder: str = "use-multilingual"
    coder: str = "trama"
    min_score: float = Field(default=0.5, ge=0, le=1, strict=False)
    min_topic_size: int | None = Field(default=None, ge=2)


class LlmSection(_Section):
    """A large language model behind a server that speaks OpenAI's protocol (docs/coding.md).

    It is asked where it is the study's coder, or with `second_reader` to be measured beside the people alone. The last
    key names the host of an `address` that is not on this machine, and stands in the file as a sentence: without it no
    word of an interview goes there.
    """

    address: str = "http://127.0.0.1:11434"
    model: str = ""
    second_reader: bool = False
    timeout_seconds: int = Field(default=300, ge=1)
    texts_may_leave_this_machine_for: str = ""

    @property
    def host(self) -> str:
        """The host in `address`, in small letters; "" where it holds none."""
        try:
            return urlsplit(self.address).hostname or ""
        except ValueError:
            return ""

    @property
    def stays_here(self) -> bool:
        """Whether the address is this machine's own."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


class TablesSection(_Section):
    """What the tables are broken down by."""

    class_variable: str = ""
    variables: tuple[str, ...] = Field(default=(), strict=False)


class OutputsSection(_Section):
    """How results leave: `formats` are those that every run writes, as `trama export` calls them.

    `template` is a Word file in the study folder whose styles the document takes. `slides_for` says who will see the
    slides, in the words of corpus.words.audiences.
    """

    formats: tuple[Format, ...] = Field(default=("html", "xlsx", "csv"), min_length=1, strict=False)
    template: str = ""
    slides_for: Audience = "respondents"

    @field_validator("slides_for", mode="before")
    @classmethod
    def _is_an_audience(cls, given: Any) -> Any:
        return audience_of(given) or given if isinstance(given, str) else given


class ReadingSection(_Section):
    """Thresholds of the rules that read a row of the joint display (nlp.measures.joint_rules)."""

    max_missing: float = Field(default=0.5, ge=0, le=1, strict=False)
    min_interviews: int = Field(default=2, ge=0)
    min_interview_share: float = Field(default=0.05, ge=0, le=1, strict=False)
    min_pairs: int = Field(default=10, ge=3)
    min_group: int = Field(default=3, ge=1)
    min_delta: float = Field(default=0.28, ge=0, le=1, strict=False)
    min_odds_ratio: float = Field(default=2.0, ge=1, strict=False)
    contradiction: float = Field(default=1 / 3, ge=0, le=1, strict=False)
    agreement: float = Field(default=2 / 3, ge=0, le=1, strict=False)
    min_positions: int = Field(default=5, ge=1)
    min_cases: int = Field(default=3, ge=1)
    min_reasons: int = Field(default=3, ge=1)


class TypeSection(_Section):
    """A type of respondents by rule: everyone for whom each key of `where` has one of the values listed."""

    name: str
    where: dict[str, tuple[str, ...]] = Field(strict=False)

    @field_validator("where", mode="before")
    @classmethod
    def _one_value_is_a_list(cls, where: Any) -> Any:
        if not isinstance(where, dict):
            return where
        return {key: tuple([value] if isinstance(value, str) else value) for key, value in where.items()}


class PrivacySection(_Section):
    """What is replaced before anything is written (docs/privacy.md).

    `names` are forms to replace, the forms of one person parted by `|`; "LUOGO: Cascina Verde" gives another kind than
    PERSONA. `names_file` is a text file of the study folder with one such entry a line. `keep` is never replaced.
    `key_folder` is where the key goes, relative to the study folder.
    """

    pseudonyms: bool = False
    municipalities: bool = False
    names: tuple[str, ...] = Field(default=(), strict=False)
    names_file: str = ""
    keep: tuple[str, ...] = Field(default=(), strict=False)
    key_folder: str = "privacy"


class Settings(_Section):
    """All of study.toml."""

    study: StudySection
    speakers: SpeakersSection = SpeakersSection()
    segments: SegmentsSection = SegmentsSection()
    analysis: AnalysisSection = AnalysisSection()
    llm: LlmSection = LlmSection()
    tables: TablesSection = TablesSection()
    outputs: OutputsSection = OutputsSection()
    reading: ReadingSection = ReadingSection()
    types: tuple[TypeSection, ...] = Field(default=(), strict=False)
    privacy: PrivacySection = PrivacySection()

    @property
    def asks_llm(self) -> bool:
        """Whether a run of the study asks a large language model."""
        return self.analysis.coder == LLM or self.llm.second_reader


def read_settings(folder: Path) -> Settings:
    """The options in `folder/study.toml`. Raises StudyError naming each wrong key."""
    path = folder / FILE
    try:
        values = tomllib.loads(decode(path.read_bytes(), FILE)[0])
    except FileNotFoundError:
        raise study_error(
            "manca il file study.toml: crea una cartella nuova con `trama init NOME` e mettici interviste e tabelle",
            "study.toml is missing: make a new folder with `trama init NAME` and put interviews and tables into it",
            file=FILE,
        ) from None
    except tomllib.TOMLDecodeError as error:
        position = _POSITION.search(str(error))
        where = f" alla riga {position[1]}, carattere {position[2]}" if position else ", forse manca la fine"
        it = f"non è TOML valido{where}: controlla virgolette, parentesi e segni di uguale lì e nella riga prima"
        raise study_error(it, f"not valid TOML: {error}", file=FILE) from None
    settings = parse_settings(values)
    _check_encoder(settings.analysis.encoder, folder)
    if settings.asks_llm:
        _check_llm(settings)
    return settings


def _check_llm(settings: Settings) -> None:
    """What interviews say leaves this machine where study.toml says so in as many words, and nowhere else."""
    llm = settings.llm
    notebook = Notebook(FILE)
    if settings.analysis.coder == LLM and llm.second_reader:
        notebook.error(
            "`llm.second_reader`: il modello è già chi codifica (`analysis.coder`), e nessuno è secondo lettore di sé "
            "stesso: togli una delle due",
            "`llm.second_reader`: the model is the coder already (`analysis.coder`), and nobody is a second reader of "
            "themselves: remove one of the two",
        )
    if not _is_server(llm.address):
        notebook.error(
            '`llm.address`: scrivi l\'indirizzo di un server, senza nome utente, come "http://127.0.0.1:11434"',
            '`llm.address`: write the address of a server, without a user\'s name, such as "http://127.0.0.1:11434"',
        )
    elif not llm.stays_here and llm.texts_may_leave_this_machine_for.lower() != llm.host:
        notebook.error(
            f"`llm.address` non è un indirizzo di questa macchina: ciò che dicono gli intervistati andrebbe a "
            f'{llm.host}. Se può, scrivi sotto [llm]: {LEAVING} = "{llm.host}"',
            f"`llm.address` is no address of this machine: what the respondents say would go to {llm.host}. If it may, "
            f'write below [llm]: {LEAVING} = "{llm.host}"',
        )
    if notebook.problems:
        raise StudyError(notebook.problems)


def _is_server(address: str) -> bool:
    """Whether it is the address of a web server and nothing more: a password in study.toml would get into every run."""
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username and parts.port != 0
    except ValueError:
        return False


def _check_encoder(encoder: str, folder: Path) -> None:
    """A sentence model's folder may hold programs, which its library runs; a study may come from anybody."""
    _, _, model = encoder.partition(":")
    if model and "\0" not in model and Path(model).resolve().is_relative_to(folder.resolve()):
        raise study_error(
            "`analysis.encoder`: un modello che sta nella cartella dello studio non si apre, perché può contenere "
            "programmi: se ti fidi di chi l'ha fatto spostalo fuori e indica qui il percorso intero",
            "`analysis.encoder`: a model in the study's folder is not opened, since it may hold programs: if you trust "
            "who made it move it out and give its whole path here",
            file=FILE,
        )


def parse_settings(values: dict[str, Any]) -> Settings:
    """Settings from the parsed TOML. Raises StudyError with one problem for each wrong key."""
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        notebook = Notebook(FILE)
        for fault in error.errors():
            notebook.error(*_what_is_wrong(fault))
        raise StudyError(notebook.problems) from None


def _what_is_wrong(fault: Any) -> Bilingual:
    key = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return _unknown_key(key, _known_keys(fault["loc"][:-1]))
    if fault["loc"][:2] == ("outputs", "formats"):
        return _wrong_format(fault["input"], one=len(fault["loc"]) > 2)
    if fault["loc"] == ("outputs", "slides_for"):
        return wrong_audience("`outputs.slides_for`", str(fault["input"]))
    if fault["type"] == "tuple_type" and isinstance(fault["input"], str):
        return _wanted_list(key, fault["input"])
    if fault["type"] == "missing":
        return Bilingual(f"manca la chiave `{key}`", f"the key `{key}` is missing")
    return _wrong_value(key, fault)


def _wanted_list(key: str, given: str) -> Bilingual:
    """A text stands where a list does; it is shown as the list that it may be."""
    entries = ", ".join(f'"{entry.strip()}"' for entry in re.split(r"[,;|\n]", given) if entry.strip())
    return Bilingual(
        f"`{key}` vuole un elenco tra parentesi quadre, ogni voce tra virgolette: [{entries}]",
        f"`{key}` wants a list in square brackets, each entry in quotes: [{entries}]",
    )


def _known_keys(section: tuple[int | str, ...]) -> Collection[str]:
    """The keys of a section, () being the file itself."""
    sections = {name: field.annotation for name, field in Settings.model_fields.items()} | {"types": TypeSection}
    model = sections.get(str(section[0]), Settings) if section else Settings
    return model.model_fields if isinstance(model, type) and issubclass(model, BaseModel) else ()


def _wrong_format(given: Any, one: bool) -> Bilingual:
    known = ", ".join(get_args(Format))
    if one and isinstance(given, str):
        hint = suggestion(given, get_args(Format))
        return Bilingual(
            f"`outputs.formats`: formato `{given}` sconosciuto{hint.it}: ci sono {known}",
            f"`outputs.formats`: unknown format `{given}`{hint.en}: there are {known}",
        )
    return Bilingual(
        f'`outputs.formats` vuole un elenco di almeno un formato, per esempio ["html", "xlsx"]: ci sono {known}',
        f'`outputs.formats` wants a list of at least one format, such as ["html", "xlsx"]: there are {known}',
    )


def wrong_audience(option: str, given: str) -> Bilingual:
    """That `given` is nobody whom slides can be for; `option` is where it was written."""
    hint = suggestion(given, AUDIENCE_WORDS)
    known = ", ".join(AUDIENCE_WORDS)
    return Bilingual(
        f"{option}: `{given}` non è un pubblico{hint.it}: scrivi uno di {known}",
        f"{option}: `{given}` is no audience{hint.en}: write one of {known}",
    )


def _wrong_value(key: str, fault: Any) -> Bilingual:
    """What `key` should hold instead; `fault` is an entry of pydantic's ValidationError.errors()."""
    wanted = _WANTED.get(fault["type"])
    if wanted is None:
        return Bilingual(f"`{key}`: valore non ammesso", f"`{key}`: value not allowed ({fault['msg']})")
    it = wanted.it
    en = wanted.en
    for name, bound in fault.get("ctx", {}).items():  # no str.format: the texts hold TOML's own braces
        it = it.replace(f"{{{name}}}", str(bound).replace(" or ", " o "))
        en = en.replace(f"{{{name}}}", str(bound))
    return Bilingual(f"`{key}`: valore non ammesso: {it}", f"`{key}`: value not allowed: {en}")


def _unknown_key(key: str, known: Collection[str]) -> Bilingual:
    """That `key` is none of the `known` ones of its section, with the one that may be meant."""
    hint = suggestion(key.rpartition(".")[2], known)
    return Bilingual(
        f"la chiave `{key}` non esiste{hint.it}: toglila o correggila",
        f"unknown key `{key}`{hint.en}: remove or mend it",
    )
