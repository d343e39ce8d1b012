"""A study that names it_core_news_sm is read by it, and by nothing else; what is wrong with it is said in words."""

import sys
from importlib import invalidate_caches

import docx
import pytest
import spacy

from corpus.errors import StudyError
from nlp import model_files
from nlp.italian import describe_pipeline, load_pipeline, loading
from outputs.export import export_study
from outputs.run.manifest import read_manifest
from tests.acceptance.small_studies import SmallStudy
from tests.acceptance.whole_studies import run_in_process
from tests.published_model import COMPONENTS, NAME, VERSION, write_package


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The folder in which the package is installed."""
    return write_package(tmp_path_factory.mktemp("site-packages"))


@pytest.fixture(autouse=True)
def _forget():
    load_pipeline.cache_clear()
    yield
    load_pipeline.cache_clear()
    for module in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[module]


def installed(folder, monkeypatch):
    monkeypatch.syspath_prepend(folder)
    invalidate_caches()
    return load_pipeline(NAME)


def test_the_package_is_laid_out_as_the_published_one(package, monkeypatch):
    nlp = installed(package, monkeypatch)
    described = describe_pipeline(nlp)
    assert (described["name"], described["version"]) == (NAME, VERSION)
    assert described["components"] == list(COMPONENTS)
    assert sorted(nlp.get_pipe("ner").labels) == ["LOC", "MISC", "ORG", "PER"]
    assert type(nlp.get_pipe("lemmatizer")).__module__ == "spacy.lang.it.lemmatizer"


def test_a_run_with_it_says_so_in_its_manifest_and_in_the_methods_of_its_report(package, monkeypatch, tmp_path):
    installed(package, monkeypatch)
    folder = SmallStudy(codings="all segments").write(tmp_path / "studio")
    settings = folder / "study.toml"
    settings.write_text(settings.read_text("utf-8") + f'\n[analysis]\nmodel = "{NAME}"\n', "utf-8")
    run = run_in_process(folder)
    pipeline = read_manifest(run)["models"]["pipeline"]
    assert (pipeline["name"], pipeline["version"]) == (NAME, VERSION)
    assert pipeline["fingerprint"].startswith(f"core_news_sm-{VERSION}-")
    (document,) = export_study(folder, ["docx"])
    told = [paragraph.text for paragraph in docx.Document(document).paragraphs]
    assert any(f"Modello linguistico: {NAME} {VERSION}" in text for text in told)


def opened_instead(monkeypatch, **changes):
    """Let the package that is named be installed, and open as a bundled model with these changes."""
    nlp = spacy.load(model_files.MODEL, exclude=changes.pop("without", ()))
    nlp.meta.update(changes)
    monkeypatch.setattr(model_files, "installed_version", lambda name: "3.8.0")
    monkeypatch.setattr(loading.spacy, "load", lambda target: nlp)


def test_one_made_for_another_spacy_is_refused_with_the_command_that_gets_the_right_one(monkeypatch):
    opened_instead(monkeypatch, version="3.5.0", spacy_version=">=3.5.0,<3.6.0")
    with pytest.raises(StudyError) as refused:
        load_pipeline(NAME)
    assert refused.value.say("it").startswith(f"study.toml: il modello `{NAME}` 3.5.0 è fatto per spaCy >=3.5.0,<3.6.0")
    assert f"python -m spacy download {NAME}" in refused.value.say("en")


@pytest.mark.parametrize(
    ("without", "it", "en"),
    [
        (["morphologizer"], "le parti del discorso (morphologizer)", "parts of speech (morphologizer)"),
        (["parser", "senter"], "le frasi (parser o senter)", "sentences (parser or senter)"),
        (["lemmatizer", "ner"], "i lemmi (lemmatizer), i nomi (ner)", "lemmas (lemmatizer), names (ner)"),
    ],
)
def test_one_that_lacks_a_component_is_refused_and_the_component_named(monkeypatch, without, it, en):
    opened_instead(monkeypatch, without=without)
    with pytest.raises(StudyError) as refused:
        load_pipeline(NAME)
    assert f"non dà {it}: usane uno completo" in refused.value.say("it")
    assert f"does not give {en}: use a whole one" in refused.value.say("en")


@pytest.mark.parametrize("without", [["senter"], ["parser"], ["tagger"]])
def test_one_way_of_finding_sentences_is_enough_and_fine_tags_are_not_asked_for(monkeypatch, without):
    opened_instead(monkeypatch, without=without)
    load_pipeline(NAME)
