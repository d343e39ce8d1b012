import pytest
import spacy

from corpus.errors import StudyError
from nlp import model_files
from nlp.italian import describe_pipeline, load_pipeline, loading, pipeline_fingerprint


@pytest.fixture(autouse=True)
def _opened_anew():
    """A worker that ran a whole study before has the pipeline open, and another may run after."""
    load_pipeline.cache_clear()
    yield
    load_pipeline.cache_clear()


def test_a_model_that_is_not_installed_is_an_error_with_the_command(monkeypatch):
    with pytest.raises(StudyError) as error:
        load_pipeline("it_core_news_no")
    with pytest.raises(StudyError, match="non è installato"):
        load_pipeline("")
    assert "python -m pip install it_core_news_no" in error.value.say("it")
    monkeypatch.setattr(model_files, "installed_version", lambda name: "")
    with pytest.raises(StudyError) as error:
        load_pipeline("it_core_news_sm")
    assert "python -m spacy download it_core_news_sm" in error.value.say("en")


def test_a_missing_bundled_model_is_an_error_and_no_other_model_is_taken(monkeypatch, tmp_path):
    monkeypatch.setattr(model_files, "MODEL", tmp_path / "model")
    with pytest.raises(StudyError, match="installa di nuovo Trama"):
        load_pipeline("trama")


def test_a_model_for_another_language_is_refused(monkeypatch, tmp_path):
    spacy.blank("en").to_disk(tmp_path / "model")
    monkeypatch.setattr(loading, "MODEL", tmp_path / "model")
    with pytest.raises(StudyError, match="non è per l'italiano"):
        load_pipeline("trama")


def test_a_damaged_model_is_an_error_for_people(monkeypatch, tmp_path):
    spacy.blank("it").to_disk(tmp_path / "model")
    (tmp_path / "model" / "config.cfg").unlink()
    monkeypatch.setattr(loading, "MODEL", tmp_path / "model")
    with pytest.raises(StudyError, match="non si apre"):
        load_pipeline("trama")


def test_the_fingerprint_follows_the_files_not_the_folder(tmp_path):
    nlp = spacy.blank("it")
    for folder in ("one", "two", "three"):
        nlp.to_disk(tmp_path / folder)
    (tmp_path / "three" / "meta.json").write_text((tmp_path / "three" / "meta.json").read_text() + " ")
    one, two, three = (pipeline_fingerprint(spacy.load(tmp_path / name)) for name in ("one", "two", "three"))
    assert one == two != three


def test_the_manifest_says_which_pipeline():
    nlp = spacy.blank("it")
    described = describe_pipeline(nlp)
    assert described["fingerprint"] == pipeline_fingerprint(nlp)
    assert described["spacy"] == spacy.__version__
