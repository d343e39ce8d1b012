"""The structure of a LimeSurvey questionnaire, `.lss`, as rows of questionnaire_codebook.csv. Reads no answer."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from corpus.errors import study_error
from corpus.files.markup import plain_text
from corpus.files.xml import parse_xml
from corpus.questionnaire.filters import format_filter
from corpus.records import Condition
from corpus.words.missing_words import missing_kind, missing_word
from corpus.words.scales import is_scale, orders_where_printed

HEADER = ["item", "text", "type", "value", "label", "order", "missing", "filter", "notes"]
Fields = dict[str, str]
Choice = tuple[str, str]

_OPEN = "STU*"
_NOT_ASKED = "XI|"
_FIVE = [(str(number), str(number)) for number in range(1, 6)]
_FIXED: dict[str, tuple[str, list[Choice]]] = {
    "Y": ("yesno", [("N", "No"), ("Y", "Sì")]),
    "G": ("single", [("F", "Femmina"), ("M", "Maschio")]),
    "5": ("likert", _FIVE),
    "A": ("likert", _FIVE),
    "B": ("likert", [(str(number), str(number)) for number in range(1, 11)]),
    "C": ("single", [("Y", "Sì"), ("U", "Incerto"), ("N", "No")]),
    "E": ("likert", [("D", "Diminuito"), ("S", "Lo stesso"), ("I", "Aumentato")]),
}
# Conditions ("relevance equations"), as far as filters can say them.
_COMPARISON = re.compile(r"""(?P<name>\w+)(\.NAOK)?\s*(?P<sign>==|!=|\beq\b|\bne\b)\s*["']?(?P<value>[^"'()]*?)["']?""")
_ANSWERED = re.compile(r"!\s*is_empty\(\s*\w+(\.NAOK)?\s*\)")
_SGQA = re.compile(r"\d+X\d+X(?P<qid>\d+?)(?P<part>[A-Za-z]\w*)?")


def read_lss(data: bytes, file: str) -> list[list[str]]:
    """The header and one row an item or an option, in the order of the questionnaire, in Italian where it has it.

    Arrays, multiple numbers, multiple short texts and rankings are one item a subquestion, `Q5[SQ001]`; a multiple
    choice is one item with its subquestions as options; a free "other" is an item `Q1[other]` of its own. Conditions
    become filters where `=`, `!=`, `and` and `or` can say them, else they stand in the notes. Raises StudyError when
    it is no LimeSurvey structure.
    """
    structure = _Structure(parse_xml(data, file))
    if not structure.questions:
        raise study_error(
            "non è la struttura di un questionario LimeSurvey: esportala come .lss (Esporta > Struttura)",
            "not the structure of a LimeSurvey questionnaire: export it as .lss (Export > Survey structure)",
            file=file,
        )
    return [HEADER, *(row for question in structure.questions for row in _question_rows(question, structure))]


class _Structure:
    """The tables of the file, joined: questions in order, subquestions and answers by question, texts in one language.

    LimeSurvey 3 and before keep the texts in the rows themselves, one row a language; later versions in `*_l10ns`.
    """

    def __init__(self, root: Element):
        self.root = root
        self.language = self._language()
        self._texts = {row.get("qid", ""): row.get("question", "") for row in self._spoken("question_l10ns")}
        self._labels = {
            row.get("aid") or f"{row.get('qid')}/{row.get('code')}": row.get("answer", "")
            for row in self._spoken("answer_l10ns")
        }
        groups = {row.get("gid", ""): row for row in self._spoken("groups")}
        self.group_relevance = {gid: row.get("grelevance", "") for gid, row in groups.items()}
        order = {gid: _number(row.get("group_order", "")) for gid, row in groups.items()}
        top = [row for row in self._spoken("questions") if row.get("parent_qid", "0") in ("", "0")]
        self.questions = sorted(
            top, key=lambda row: (order.get(row.get("gid", ""), 0), _number(row.get("question_order", "")))
        )
        self.titles = {row.get("qid", ""): row.get("title", "") for row in self.questions}
        self.types = {row.get("title", ""): row.get("type", "") for row in self.questions}
        self.subquestions: dict[str, list[Fields]] = {}
        children = [*self._spoken("subquestions"), *self._spoken("questions")]
        for row in sorted(children, key=lambda row: _number(row.get("question_order", ""))):
            if row.get("parent_qid", "0") not in ("", "0"):
                self.subquestions.setdefault(row["parent_qid"], []).append(row)
        self.answers: dict[str, list[Fields]] = {}
        for row in sorted(self._spoken("answers"), key=lambda row: _number(row.get("sortorder", ""))):
            self.answers.setdefault(row.get("qid", ""), []).append(row)

    def text(self, row: Fields) -> str:
        return plain_text(self._texts.get(row.get("qid", "")) or row.get("question", ""))

    def choices(self, qid: str, scale: str = "0") -> list[Choice]:
        """Code and label of a question's answers."""
        own = [row for row in self.answers.get(qid, ()) if row.get("scale_id", "0") in ("", scale)]
        return [(row.get("code", ""), self._label(row)) for row in own if row.get("code")]

    def parts(self, qid: str, scale: str = "0") -> list[Fields]:
        return [row for row in self.subquestions.get(qid, ()) if row.get("scale_id", "0") in ("", scale)]

    def _label(self, row: Fields) -> str:
        keys = (row.get("aid", ""), f"{row.get('qid')}/{row.get('code')}")
        return plain_text(next((self._labels[key] for key in keys if key in self._labels), row.get("answer", "")))

    def _language(self) -> str:
        languages = [(element.text or "").strip() for element in self.root.findall("languages/language")]
        base = next((row.get("language", "") for row in self._table("surveys")), "")
        return "it" if "it" in languages else base or (languages[0] if languages else "it")

    def _spoken(self, name: str) -> list[Fields]:
        rows = list(self._table(name))
        return [row for row in rows if row.get("language", self.language) in ("", self.language)]

    def _table(self, name: str) -> Iterator[Fields]:
        for row in self.root.findall(f"{name}/rows/row"):
            yield {field.tag: (field.text or "").strip() for field in row}


def _question_rows(question: Fields, structure: _Structure) -> Iterator[list[str]]:
    kind = question.get("type", "")
    code = question.get("title", "")
    qid = question.get("qid", "")
    if not code or kind in _NOT_ASKED:
        return
    text = structure.text(question)
    choices = structure.choices(qid)
    relevances = (structure.group_relevance.get(question.get("gid", ""), ""), question.get("relevance", ""))
    shown, note = _translate_relevance(relevances, structure.titles, structure.types)
    parts = [(part.get("title", ""), structure.text(part)) for part in structure.parts(qid)]
    has_other = question.get("other") == "Y"
    others: list[Choice] = [("other", "Altro")] if has_other else []
    items: list[tuple[str, str, str, list[Choice]]]  # code, text, type, options
    if kind in _OPEN:
        items = [(code, text, "text", [])]
    elif kind in "ND":
        items = [(code, text, "number" if kind == "N" else "date", [])]
    elif kind in "L!O":
        items = [(code, text, _closed(choices), [*choices, *(("-oth-", label) for _, label in others)])]
        items += [(f"{code}[comment]", f"{text} [Commento]", "text", [])] if kind == "O" else []
    elif kind in "MP":
        options = [*parts, *others]
        items = [(code, text, "multi", options)]
        if kind == "P":
            items += [(f"{code}[{part}comment]", f"{text} [{label}: commento]", "text", []) for part, label in options]
    elif kind == "R":
        ranks = range(1, len(choices) + 1)
        items = [(f"{code}[{rank}]", f"{text} [Posto {rank}]", "single", choices) for rank in ranks]
    elif kind in _FIXED and kind in "YG5":
        items = [(code, text, *_FIXED[kind])]
    else:
        items = _array(kind, code, text, parts, choices, structure, qid)
    if has_other and kind in "L!OMP":
        items.append((f"{code}[other]", f"{text} [Altro]", "text", []))
    for item in items:
        yield from _item_rows(*item, shown, note)


def _array(
    kind: str, code: str, text: str, parts: Sequence[Choice], choices: list[Choice], structure: _Structure, qid: str
) -> list[tuple[str, str, str, list[Choice]]]:
    """One item a subquestion; one a cell where the array has two sides."""
    if kind in ";:":
        across = [(part.get("title", ""), structure.text(part)) for part in structure.parts(qid, "1")]
        cells = [(f"{down}_{side}", f"{row}][{column}") for down, row in parts for side, column in across]
        return [
            (f"{code}[{cell}]", f"{text} [{both}]", "text" if kind == ";" else "number", []) for cell, both in cells
        ]
    if kind == "1":
        sides = [(number, structure.choices(qid, scale)) for number, scale in (("1", "0"), ("2", "1"))]
        return [
            (f"{code}[{part}][{number}]", f"{text} [{label}][Scala {number}]", "likert", options)
            for part, label in parts
            for number, options in sides
        ]
    if kind in "KQ":
        return [
            (f"{code}[{part}]", f"{text} [{label}]", "number" if kind == "K" else "text", []) for part, label in parts
        ]
    typed, options = _FIXED.get(kind, ("likert" if choices else "text", choices))
    return [(f"{code}[{part}]", f"{text} [{label}]", typed, options) for part, label in parts]


def _item_rows(
    code: str, text: str, kind: str, options: Sequence[Choice], shown: str, note: str
) -> Iterator[list[str]]:
    kinds = [missing_kind(label) for _, label in options]
    real = [(value, label or value) for (value, label), missing in zip(options, kinds, strict=True) if not missing]
    labels = [label for _, label in real]
    codes = [value for value, _ in real]
    orders = orders_where_printed(labels, codes) if kind == "likert" else range(1, len(real) + 1)
    following = iter(orders)
    for (value, label), missing in zip(options, kinds, strict=True):
        order = "" if missing else f"{next(following):g}"
        yield [code, text, kind, value, label or value, order, missing_word(missing), shown, note]
    if not options:
        yield [code, text, kind, "", "", "", "", shown, note]


def _closed(choices: Sequence[Choice]) -> str:
    return "likert" if is_scale([label for _, label in choices if not missing_kind(label)]) else "single"


def _number(cell: str) -> int:
    return int(cell) if cell.isdecimal() else 0


def _translate_relevance(
    equations: Iterable[str], titles: Mapping[str, str], types: Mapping[str, str]
) -> tuple[str, str]:
    """The filter that says all `equations`, and a note on those that no filter can say ("" when none).

    `titles` are the codes of the questions by their id, `types` LimeSurvey's types by code.
    """
    conditions: list[Condition] = []
    untold: list[str] = []
    for equation in equations:
        translated = _conditions(equation, titles, types)
        if translated is None:
            untold.append(equation)
        else:
            conditions += translated
    note = f"Condizione di LimeSurvey da scrivere in filter: {'; '.join(untold)}" if untold else ""
    return format_filter(tuple(dict.fromkeys(conditions))), note


def _conditions(equation: str, titles: Mapping[str, str], types: Mapping[str, str]) -> list[Condition] | None:
    text = _ANSWERED.sub("1", equation.strip())
    mixed = bool(re.search(r"\bor\b|\|\|", text)) and bool(re.search(r"\band\b|&&", text))
    conditions: list[Condition] = []
    for clause in re.split(r"\band\b|&&", text):
        # "a or b and c" means "a or (b and c)", which no filter says: an "or" beside an "and" must be in parentheses.
        if mixed and re.search(r"\bor\b|\|\|", clause) and not re.fullmatch(r"\s*\(.*\)\s*", clause, re.DOTALL):
            return None
        bare = [re.sub(r"[()]", " ", part).strip() for part in re.split(r"\bor\b|\|\|", clause)]
        if bare in (["1"], [""]):
            continue
        compared = [_compared(part, titles, types) for part in bare]
        first = compared[0]
        if first is None or any(each is None or each.item != first.item for each in compared):
            return None
        if len(compared) > 1 and not all(each.equal for each in compared if each):
            return None
        values = tuple(value for each in compared if each for value in each.values)
        conditions.append(Condition(first.item, values, first.equal))
    return conditions


def _compared(part: str, titles: Mapping[str, str], types: Mapping[str, str]) -> Condition | None:
    match = _COMPARISON.fullmatch(part)
    if match is None or not match["value"]:
        return None
    code, sub = _question(match["name"], titles, types)
    equal = match["sign"] in ("==", "eq")
    if not code:
        return None
    if sub and types[code] in "MP":  # an option of a multiple choice is ticked ("Y") or not
        return Condition(code, (sub,), equal) if match["value"] == "Y" else None
    return Condition(f"{code}[{sub}]" if sub else code, (match["value"],), equal)


def _question(name: str, titles: Mapping[str, str], types: Mapping[str, str]) -> tuple[str, str]:
    """Code and subquestion of `Q3`, `Q3_SQ001` or `123X4X56SQ001`; "" when there is no such question."""
    if match := _SGQA.fullmatch(name):
        return titles.get(match["qid"], ""), match["part"] or ""
    code, _, sub = name.partition("_")
    return (name, "") if name in types else (code, sub) if code in types else ("", "")
