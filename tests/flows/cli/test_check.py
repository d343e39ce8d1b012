"""`trama check` tells what in study.toml a run could not open."""

import pytest
from click.testing import CliRunner

from flows.cli import main
from flows.cli.exit_codes import STOPPED
from tests.acceptance.small_studies import SmallStudy


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ('coder = "keyword"', "ERRORE  study.toml: `keyword` non è un codificatore"),
        ('model = "it_core_news_lg"', "python -m spacy download it_core_news_lg"),
        ('encoder = "bert"', "ERRORE  study.toml: `bert` non è un modello di frasi"),
    ],
)
def test_a_name_in_the_settings_that_nothing_has_is_an_error(tmp_path, option, told):
    study = SmallStudy().write(tmp_path / "studio")
    with (study / "study.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[analysis]\n{option}\n")
    checked = CliRunner().invoke(main, ["check", str(study)])
    assert told in checked.output
    assert checked.output.rstrip().endswith("1 errore in study.toml")
    assert checked.exit_code == STOPPED


def test_coders_models_and_encoders_that_are_there_are_none(tmp_path):
    study = SmallStudy().write(tmp_path / "studio")
    with (study / "study.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[analysis]\ncoder = "keywords"\nmodel = "trama"\nencoder = "use-multilingual"\n')
    checked = CliRunner().invoke(main, ["check", str(study)])
    assert "0 errori" in checked.output
    assert checked.exit_code == 0
