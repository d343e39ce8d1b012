"""The history of a study's decisions, out of what its runs keep: who changed what and when. Room outputs; no texts.

Each run keeps the state it read and every change so far (`dati/storia.json`), so that old runs may be removed. Of
people's codings it keeps hashes, of memos no word. A state holds nothing of the run itself: the same study with the
same past gives the same bytes.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from corpus.codings.quotations import letters
from corpus.records import Memo
from corpus.store import record_hash
from corpus.study import Study
from corpus.transcripts.registry import FOLDER as TRANSCRIPTS
from outputs.run.folder import DATA, whole_runs
from outputs.run.manifest import readable_manifest, versions
from outputs.tables.history_table import Change

FILE = "storia.json"
_FIELDS = (
    "label", "parent", "definition", "use_when", "do_not_use_when", "include_terms", "exclude_terms", "examples",
    "questionnaire_items",
)  # fmt: skip
_DECIDED = ("decision", "reading", "reason", "author", "date")
_TOLD_APART = ("study", "codebook", "codings", "collegamenti")  # files whose content is compared
_NAMES = ("privacy.names", "privacy.keep")  # settings that hold names: only their number is kept
State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Past:
    """What the study's runs kept: the last state, {} where there is none, every change, and runs that are damaged."""

    state: State
    changes: tuple[Change, ...] = ()
    damaged: tuple[str, ...] = ()


def read_past(study: Path, *, masked: bool) -> Past:
    """What the newest run of the study in the folder `study` kept, or the one before where that is damaged.

    Runs with and without pseudonyms (`masked`) say different words: the history ends where that changed. A run of a
    Trama that kept no history gives what its manifest says.
    """
    damaged: list[str] = []
    for run in reversed(whole_runs(study)):
        manifest = readable_manifest(run)
        if bool(manifest.get("pseudonyms")) != masked:
            break
        try:
            kept = json.loads((run / DATA / FILE).read_text(encoding="utf-8"))
            kept["state"]["themes"].items()  # what is no state ends below
            return Past(kept["state"], tuple(Change(**change) for change in kept["changes"]), tuple(damaged))
        except FileNotFoundError:
            return Past(_state_of_manifest(manifest), (), tuple(damaged))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            damaged.append(run.name)
    return Past({}, (), tuple(damaged))


def keep_history(run: Path, state: State, changes: tuple[Change, ...]) -> None:
    """Keep the state and every change so far in the run's folder. Raises OSError."""
    kept = {"state": state, "changes": [asdict(change) for change in changes]}
    text = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True)
    (run / DATA / FILE).write_text(text + "\n", "utf-8", "backslashreplace")


def state_of(study: Study, hashes: Mapping[str, str], models: Mapping[str, Any]) -> State:
    """What people decided, as the study stands; `hashes` are those of its files, `models` those of the run."""
    program = {"trama": versions()["trama"], **models}
    return {
        "themes": {theme.code: _theme(asdict(theme)) for theme in study.themes},
        "links": dict(_links(study)),
        "codings": _codings(study),
        "memos": {
            memo.id: {"title": memo.title, "author": memo.author, "date": memo.date, "hash": _memo_hash(memo)}
            for memo in study.memos
        },
        "settings": _settings(study.settings.model_dump(mode="json")),
        "texts": {transcript.id: transcript.sha256 for transcript in study.interviews},
        "files": {file: digest for file, digest in hashes.items() if _is_apart(file)},
        "program": {name: _short(value) for name, value in program.items()},
    }


def compare_states(old: State, new: State, seen: str) -> tuple[Change, ...]:
    """What changed from one state to the next, whose run was on the day `seen`; nothing where `old` is no state.

    Parts, fields and settings that the old state does not know are no change.
    """
    if not old:
        return ()
    labels = {code: theme["label"] for state in (old, new) for code, theme in state["themes"].items() if theme}
    changes = [
        *_theme_changes(old, new, labels),
        *_link_changes(old.get("links", new["links"]), new["links"], labels),
        *_coding_changes(old.get("codings", new["codings"]), new["codings"]),
        *_memo_changes(old.get("memos", new["memos"]), new["memos"]),
        *_value_changes("setting", old.get("settings", {}), new["settings"]),
        *_listed_changes("interview", old.get("texts", new["texts"]), new["texts"]),
        *_listed_changes("file", old.get("files", new["files"]), new["files"]),
        *_value_changes("program", old.get("program", {}), new["program"]),
    ]
    return tuple(Change(seen, **change) for change in changes)


def _state_of_manifest(manifest: Mapping[str, Any]) -> State:
    """What a run says of its study that kept no history; of its themes the codes alone."""
    if not manifest:
        return {}
    inputs = manifest["inputs"]
    return {
        "themes": {code: {} for code in manifest.get("codebook", {})},
        "settings": _settings(manifest["options"]),
        # not the written answers, whose file is the questionnaire's
        "texts": {
            name: inputs.get(file, "")
            for name, file in manifest.get("transcripts", {}).items()
            if file.startswith(f"{TRANSCRIPTS}/")
        },
    }


def _theme(fields: Mapping[str, Any]) -> dict[str, str]:
    return {name: fields[name] if isinstance(fields[name], str) else "; ".join(fields[name]) for name in _FIELDS}


def _memo_hash(memo: Memo) -> str:
    """A hash of what somebody wrote: where its passages stand follows the transcripts."""
    subjects = tuple(replace(subject, start=0, end=0, found=True) for subject in memo.subjects)
    return record_hash(replace(memo, subjects=subjects))


def _links(study: Study) -> Iterator[tuple[str, dict[str, str]]]:
    for row in study.link_decisions.to_dict("records"):
        yield f"{row['theme']}|{row['item']}", {name: row[name] for name in _DECIDED}


def _codings(study: Study) -> dict[str, list[str]]:
    """Coder -> one text a coding: hash of the passage, theme, stance. Words, not positions: a passage may move.

    A "no" to a theme is of a theme of its own.
    """
    by_coder: dict[str, list[str]] = {}
    columns = ["transcript", "quote", "theme", "stance", "coder"]
    codings = study.human_codings
    told = codings.assign(theme=codings["theme"].where(codings["given"], "no " + codings["theme"]))
    for transcript, quote, theme, stance, coder in told[columns].itertuples(index=False, name=None):
        passage = hashlib.sha256(f"{transcript}\0{letters(quote)[0]}".encode()).hexdigest()[:16]
        by_coder.setdefault(coder, []).append(f"{passage} {theme}|{stance}")
    return {coder: sorted(codings) for coder, codings in sorted(by_coder.items())}


def _settings(options: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """`section.key` -> value as text; of lists of names how many there are."""
    flat: dict[str, str] = {}
    for key, value in options.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            flat |= _settings(value, f"{name}.")
        else:
            flat[name] = str(len(value)) if name in _NAMES else _short(value)
    return flat


def _short(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _is_apart(file: str) -> bool:
    return "/" not in file and file.split(".")[0] not in _TOLD_APART


def _theme_changes(old: State, new: State, labels: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    before = old["themes"]
    after = new["themes"]
    for code in sorted(before.keys() - after.keys()):
        yield {"kind": "theme_removed", "subject": labels.get(code, code), "before": before[code].get("definition", "")}
    for code, theme in after.items():
        if code not in before:
            yield {"kind": "theme_added", "subject": theme["label"], "after": theme["definition"]}
            continue
        for name in (field for field in _FIELDS if before[code].get(field, theme[field]) != theme[field]):
            change = {"kind": f"theme_{name}", "subject": theme["label"]}
            if name != "questionnaire_items":
                yield {**change, "before": before[code][name], "after": theme[name]}
            elif differing := _declared(code, before[code][name], theme[name], old, new):
                yield {**change, "before": differing[0], "after": differing[1]}


def _declared(code: str, before: str, after: str, old: State, new: State) -> tuple[str, str] | None:
    """The items of a theme before and after, but for those on which people decided; None where they are the same."""
    decided = {key for state in (old, new) for key in state.get("links", {})}

    def declared(items: str) -> str:
        return "; ".join(item for item in items.split("; ") if f"{code}|{item}" not in decided)

    return None if declared(before) == declared(after) else (declared(before), declared(after))


def _link_changes(
    old: Mapping[str, Any], new: Mapping[str, Any], labels: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    nothing = dict.fromkeys(_DECIDED, "")
    for key in sorted(old.keys() | new.keys()):
        before = old.get(key, nothing)
        after = new.get(key, nothing)
        theme, item = key.split("|", 1)
        signed = {"subject": f"{labels.get(theme, theme)} – {item}", "author": after["author"], "date": after["date"]}
        if before["decision"] != after["decision"]:
            yield {**signed, "kind": "link", "before": before["decision"], "after": after["decision"]}
        if before["reading"] != after["reading"]:
            yield {**signed, "kind": "reading", "before": before["reading"], "after": after["reading"]}
        if before["reason"] != after["reason"]:
            yield {**signed, "kind": "reason", "before": before["reason"], "after": after["reason"]}


def _coding_changes(old: Mapping[str, list[str]], new: Mapping[str, list[str]]) -> Iterator[dict[str, Any]]:
    for coder in sorted(old.keys() | new.keys()):
        before = old.get(coder, [])
        after = new.get(coder, [])
        if before == after:
            continue
        was = _without_stances(before)
        now = _without_stances(after)
        added = (now - was).total()
        yield {
            "kind": "codings", "subject": coder, "author": coder, "before": str(len(before)), "after": str(len(after)),
            "added": added, "removed": (was - now).total(),
            "restanced": (Counter(after) - Counter(before)).total() - added,
        }  # fmt: skip


def _without_stances(codings: Sequence[str]) -> Counter[str]:
    return Counter(coding.rsplit("|", 1)[0] for coding in codings)


def _memo_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for id in sorted(old.keys() | new.keys()):
        memo = new.get(id) or old[id]
        signed = {"subject": memo["title"] or id, "author": memo["author"], "date": memo["date"]}
        if id not in old or id not in new:
            yield {**signed, "kind": "memo_added" if id in new else "memo_removed"}
        elif old[id]["hash"] != new[id]["hash"]:
            yield {**signed, "kind": "memo_changed"}


def _value_changes(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for name in sorted(old.keys() & new.keys()):
        if old[name] != new[name]:
            yield {"kind": kind, "subject": name, "before": old[name], "after": new[name]}


def _listed_changes(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Things that came, went or became others, named in one change a way."""
    ways = {
        "added": new.keys() - old.keys(),
        "removed": old.keys() - new.keys(),
        "changed": {name for name in old.keys() & new.keys() if old[name] != new[name]},
    }
    for way, names in ways.items():
        if names:
            yield {"kind": f"{kind}_{way}", "subject": ", ".join(sorted(names))}
