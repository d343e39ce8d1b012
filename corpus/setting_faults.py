"""What is wrong with a value of study.toml, in words. Knows what pydantic finds, and nothing of a study."""

from collections.abc import Collection
from typing import Any

from corpus.words.language import Bilingual
from corpus.words.spelling import suggestion

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


def wrong_value(key: str, fault: Any) -> Bilingual:
    """What `key` should hold instead; `fault` is an entry of pydantic's ValidationError.errors()."""
    wanted = _WANTED.get(fault["type"])
    if wanted is None:
        return Bilingual(f"`{key}`: valore non ammesso", f"`{key}`: value not allowed ({fault['msg']})")
    it, en = wanted.it, wanted.en
    for name, bound in fault.get("ctx", {}).items():  # no str.format: the texts hold TOML's own braces
        it = it.replace(f"{{{name}}}", str(bound).replace(" or ", " o "))
        en = en.replace(f"{{{name}}}", str(bound))
    return Bilingual(f"`{key}`: valore non ammesso: {it}", f"`{key}`: value not allowed: {en}")


def unknown_key(key: str, known: Collection[str]) -> Bilingual:
    """That `key` is none of the `known` ones of its section, with the one that may be meant."""
    hint = suggestion(key.rpartition(".")[2], known)
    return Bilingual(
        f"la chiave `{key}` non esiste{hint.it}: toglila o correggila",
        f"unknown key `{key}`{hint.en}: remove or mend it",
    )
