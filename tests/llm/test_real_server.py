"""A real llama.cpp server with a small real model reads a study, and is killed while it reads (`make test-llm`).

What such a model says is worthless; what is tested is that its answers are asked for, believed where they are true,
counted where they are not, and kept.
"""

import os
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

from corpus.records import Theme
from corpus.settings import LlmSection
from corpus.store import Store
from flows.host import PlainHost
from flows.llm_reading import read_with_model
from flows.study_run import analyse_study
from nlp.llm.server import find_model
from outputs.run.record import read_run
from tests.nlp.test_theme_coding import talk

pytestmark = pytest.mark.llm
MODEL = "gemma-3-270m-q4_k_m.gguf"
TEMPLATE = Path(__file__).resolve().parents[2] / "corpus" / "template" / "example"
THEMES = (
    Theme("personale", "Personale", definition="Chi lavora nel comune", include_terms=("geometra", "ufficio")),
    Theme("soldi", "Soldi", definition="Il bilancio del comune, le entrate e le spese"),
)
SEGMENTS = talk({"A": ("Manca il geometra in ufficio.", "I soldi non bastano mai.", "Ogni anno è peggio di prima.")})


@pytest.fixture
def server():
    """The process and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [os.environ["TRAMA_LLM_PYTHON"], str(Path(__file__).with_name("serve.py")), str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, "the server did not start"
        yield process, address
        process.kill()


def _options(address: str) -> LlmSection:
    return LlmSection(address=address, model=MODEL)


def test_it_reads_and_nothing_is_asked_twice(server, tmp_path):
    process, address = server
    model = find_model(_options(address))
    assert len(model.digest) == 64  # llama.cpp tells the model's sizes
    store = Store(tmp_path)
    readings = read_with_model(model, SEGMENTS, THEMES, 1, store, PlainHost())
    assert set(readings.lacking["why"]) <= {"broken"}
    texts = SEGMENTS.set_index("segment")["text"]
    for row in readings.passages.itertuples():
        assert row.theme in {"personale", "soldi"} and texts[row.segment][row.start : row.end].strip()
    print(f"read {len(readings.read)} of {len(SEGMENTS)}, {len(readings.passages)} codings, {readings.dropped} dropped")
    process.kill()
    process.wait()
    kept = read_with_model(model, SEGMENTS, THEMES, 1, store, PlainHost())
    assert kept.passages.equals(readings.passages) and kept.read == readings.read


def test_it_is_killed_while_it_reads(server, tmp_path):
    process, address = server
    model = find_model(_options(address))
    many = talk({"A": tuple(f"Nel {year} mancava il geometra in ufficio." for year in range(1980, 2000))})

    def kill_after_an_answer() -> None:
        while not list(tmp_path.glob("*/*.parquet")):
            time.sleep(0.05)
        process.kill()

    threading.Thread(target=kill_after_an_answer, daemon=True).start()
    readings = read_with_model(model, many, THEMES, 1, Store(tmp_path), PlainHost())
    assert readings.read and "gone" in set(readings.lacking["why"])
    assert len(readings.read) == len(list(tmp_path.glob("*/*.parquet")))


def test_it_is_a_second_reader_of_a_study(server, tmp_path):
    _, address = server
    study = shutil.copytree(TEMPLATE, tmp_path / "studio")
    (study / "study.toml").write_text(
        f'[study]\ntitle = "x"\n[llm]\naddress = "{address}"\nmodel = "{MODEL}"\nsecond_reader = true\n', "utf-8"
    )
    run = read_run(analyse_study(study, PlainHost(), processes=1))
    assert "llm" not in set(run.results.codings["how"])
    table = run.table("accordo")
    assert table is not None and f"LLM {MODEL}" in set(table.frame["second_coder"])
    print(table.frame[["theme", "second_coder", "decisions", "kappa"]].to_string())
