"""What dies under the service: a run in each of its stages, its memory; and two runs of one study at once."""

import resource
from pathlib import Path

import pytest

from tests.acceptance.running_service import ANALYSE, serving
from tests.acceptance.study_files import finished_runs, outputs
from tests.acceptance.trama_command import NO_NETWORK, copy_sample
from tests.acceptance.waiting import wait_for

pytestmark = pytest.mark.service

STAGES = (
    "Leggi lo studio", "Dividi in segmenti", "Riconosci le lingue", "Annota il testo", "Calcola i vettori di frase",
    "Riconosci le entità", "Unisci le entità", "Leggi il testo con il libro dei codici", "Codifica i temi",
    "Cerca i termini non codificati", "Confronta con le codifiche umane", "Trova gli argomenti emergenti",
    "Accosta gli argomenti ai temi", "Proponi legami fra temi e domande", "Collega i temi al questionario",
    "Scrivi tabelle e rapporto",
)  # fmt: skip

# Read by Python when a process starts. The stage that the file names kills its process once it has done its work,
# before anything it made is kept. Only this test has such a file; Trama knows nothing of it.
_KILLS = """
import importlib.util, os, pathlib, signal, sys

class Armed:
    def find_spec(self, name, path=None, target=None):
        if name != "flows.prefect_host":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        execute = spec.loader.exec_module
        def exec_module(module):
            execute(module)
            order = pathlib.Path(__file__).with_name("kill")
            if not order.exists():
                return
            do = module.PrefectHost.do
            def fatal(host, stage, work, count=None):
                def do_and_die():
                    work()
                    os.kill(os.getpid(), signal.SIGKILL)
                fatally = stage.it == order.read_text(encoding="utf-8")
                return do(host, stage, do_and_die if fatally else work, count)
            module.PrefectHost.do = fatal
        spec.loader.exec_module = exec_module
        return spec

sys.meta_path.insert(0, Armed())
"""


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("faults")


@pytest.fixture(scope="module")
def service(scratch):
    """A service whose runs obey the file `armed/kill`, over three equal studies."""
    (scratch / "armed").mkdir()
    (scratch / "armed" / "sitecustomize.py").write_text(NO_NETWORK + _KILLS)
    for name in ("quieto", "sindaci", "stretto"):
        copy_sample(scratch / "studi" / name, interviews=3)
    with serving(scratch, "--parallel", "2", environment={"PYTHONPATH": str(scratch / "armed")}) as running:
        yield running


@pytest.fixture
def order(scratch):
    """The file that names the stage that kills its process."""
    file = scratch / "armed" / "kill"
    yield file
    file.unlink()


@pytest.mark.parametrize("stage", STAGES)
def test_a_run_killed_in_a_stage_is_shown_as_crashed_in_plain_words(service, order, stage):
    order.write_text(stage, encoding="utf-8")
    run = service.start(ANALYSE, {"studio": "sindaci"})
    assert service.end_of(run)["type"] == "CRASHED"
    said = wait_for(lambda: _plain_words(service, run), "plain words")
    assert "codice -9" in said
    assert finished_runs(service.studies / "sindaci") == []


def test_the_run_after_the_killed_ones_makes_the_bytes_of_one_that_nothing_disturbed(service):
    names = ("sindaci", "quieto")
    for run in [service.start(ANALYSE, {"studio": name}) for name in names]:
        ended = service.end_of(run)
        assert ended["type"] == "COMPLETED", ended["message"]
    disturbed, undisturbed = (service.studies / name for name in names)
    assert len(outputs(undisturbed)) > 50
    assert outputs(disturbed) == outputs(undisturbed)
    assert list((disturbed / ".trama" / "unfinished").iterdir()) == []


def test_a_run_without_memory_says_so(service):
    wait_for(lambda: not service.run_processes(), "the processes of earlier runs to end")
    starved = service.start(ANALYSE, {"studio": "stretto"})
    process = wait_for(service.run_processes, "the process of the run")[0]
    wait_for(lambda: "130 segmenti" in service.logs(starved), "the segments")
    resource.prlimit(process, resource.RLIMIT_AS, (_address_space(process), resource.RLIM_INFINITY))
    assert service.end_of(starved)["type"] in {"FAILED", "CRASHED"}
    wait_for(lambda: "memoria" in service.state(starved)["message"], "plain words")
    assert finished_runs(service.studies / "stretto") == []


def test_two_runs_of_one_study_wait_for_each_other_and_make_the_same_bytes(service):
    study = service.studies / "stretto"
    both = [service.start(ANALYSE, {"studio": "stretto", "da_capo": True}) for _ in range(2)]
    assert [service.end_of(run)["type"] for run in both] == ["COMPLETED", "COMPLETED"]
    said = wait_for(lambda: [line for run in both for line in service.logs(run) if "aspetto" in line], "the log")
    assert said == ["un'altra corsa di questo studio è in corso: aspetto che finisca"]
    first, second = (outputs(study, run) for run in finished_runs(study))
    assert first == second


def _plain_words(service, run):
    """What the state of a dead run says, once the runner has put it into Italian."""
    message = service.state(run)["message"]
    return message if "riprende da dove era arrivata" in message else None


def _address_space(process):
    """What the process uses now, in bytes: from here on it gets nothing more."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[0]) * resource.getpagesize()
