"""Memos carried over to sources without originals. Reads the memo files once more, and no transcript."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from corpus.codings.quotations import Wording
from corpus.memos.memo_files import FOLDER
from corpus.memos.study_memos import read_memos
from corpus.pseudonyms.edits import Edited
from corpus.records import Memo, Subject
from corpus.study import Study


def moved_memo(
    memo: Memo,
    mask: Callable[[str], str],
    ids: Mapping[str, str],
    people: Mapping[str, str],
    sources: Mapping[str, Edited],
) -> Memo:
    """The memo with its texts masked and its passages at their places in the masked sources.

    `ids` and `people`: transcript and respondent -> the masked name. Who wrote it is kept, as coders are.
    """

    def moved(subject: Subject) -> Subject:
        name = (people if subject.kind == "respondent" else ids).get(subject.name, subject.name)
        if not subject.found:
            return replace(subject, name=mask(subject.name), quote=mask(subject.quote))
        if subject.kind != "passage":
            return subject if subject.kind == "theme" else replace(subject, name=name)
        start, end = sources[name].moved(subject.start, subject.end)
        return replace(subject, name=name, start=start, end=end, quote=sources[name].text[start:end])

    masked_id = mask(memo.id)
    return replace(
        memo,
        id=masked_id,
        file=f"{FOLDER}/{masked_id}" if memo.file == f"{FOLDER}/{memo.id}" else memo.file,
        title=mask(memo.title),
        text=mask(memo.text),
        subjects=tuple(map(moved, memo.subjects)),
    )


def memos_on_masked(study: Study, original: Study, ids: Mapping[str, str], texts: Mapping[str, Wording]) -> Study:
    """With the subjects of memos that are found on the masked study alone: somebody wrote what the report shows.

    `original` is the study before it was masked, its memos in the same order; a memo may call a transcript by its name
    there (`ids` leads to the masked one). `texts` are the masked transcripts. An error of a memo file is one only where
    both studies have it.
    """
    title = study.settings.study.title
    by_any_name = {own: texts[masked] for own, masked in ids.items()} | dict(texts)
    people = study.respondents["respondent"]
    reread, problems = read_memos(study.folder, study.opened, by_any_name, study.themes, people, title)
    again = {(memo.file, memo.id): memo.subjects for memo in reread}
    memos: list[Memo] = []
    masked_files: dict[str, str] = {}
    for memo, before in zip(study.memos, original.memos, strict=True):
        masked_files[before.file] = memo.file
        subjects = again.get((before.file, before.id), ())
        if len(subjects) == len(memo.subjects):
            found = (replace(subject, name=ids.get(subject.name, subject.name)) for subject in subjects)
            memo = replace(memo, subjects=tuple(map(_found, memo.subjects, found)))
        memos.append(memo)
    still = {(masked_files.get(problem.file, problem.file), problem.row) for problem in problems}
    kept = tuple(
        problem
        for problem in study.problems
        if not problem.file.startswith(f"{FOLDER}/")
        or problem.severity == "warning"
        or (problem.file, problem.row) in still
    )
    return replace(study, memos=tuple(memos), problems=kept)


def _found(subject: Subject, again: Subject) -> Subject:
    return again if again.found and not subject.found else subject
