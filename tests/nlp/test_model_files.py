"""The models of a study, told by their files."""

import shutil

from corpus.settings import AnalysisSection
from nlp import model_files
from nlp.model_files import model_files_hash


def test_other_options_and_other_files_have_another_hash(tmp_path, monkeypatch):
    bundled = model_files_hash(AnalysisSection())
    assert model_files_hash(AnalysisSection(model="it_core_news_nessuno")) != bundled
    assert model_files_hash(AnalysisSection(encoder=f"model2vec:{tmp_path}")) != bundled

    copy = shutil.copytree(model_files.MODEL, tmp_path / "model")
    monkeypatch.setattr(model_files, "MODEL", copy)
    assert model_files_hash(AnalysisSection()) == bundled
    with (copy / "meta.json").open("a") as file:
        file.write(" ")
    model_files._folder_hash.cache_clear()
    assert model_files_hash(AnalysisSection()) != bundled
