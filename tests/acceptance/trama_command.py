"""The `trama` command as a researcher's shell would run it, cut off from every network but loopback."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample"
TRAMA = Path(sys.executable).with_name("trama")
BYTECODE = Path(__file__).resolve().parents[2] / ".pytest_cache" / "bytecode"

NO_NETWORK = """
import socket

_connect = socket.socket.connect

def connect(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise AssertionError(f"Trama tried to reach {address}")
    return _connect(self, address)

socket.socket.connect = connect
"""


def copy_sample(folder: Path, *, reverse: bool = False, interviews: int = 16) -> Path:
    """A copy of the bundled study, or of its first interviews, the files written in order or in reverse order."""
    others = {f"S{number:02d}" for number in range(interviews + 1, 17)}
    left_out = {f"{name}.txt" for name in others}
    files = sorted(
        path.relative_to(SAMPLE) for path in SAMPLE.rglob("*") if path.is_file() and path.name not in left_out
    )
    for file in reversed(files) if reverse else files:
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SAMPLE / file, target)
        if target.suffix == ".csv":  # whose rows begin with the interview or the respondent
            lines = target.read_text(encoding="utf-8").splitlines(keepends=True)
            target.write_text("".join(line for line in lines if line[:3] not in others), encoding="utf-8")
    return folder


def command_environment(folder: Path, hash_seed: int = 0) -> dict[str, str]:
    """The environment of a process that may talk to loopback only."""
    guard = folder / "no_network"
    guard.mkdir(exist_ok=True)
    (guard / "sitecustomize.py").write_text(NO_NETWORK)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "PYTHONDONTWRITE"))}
    return {
        **kept,
        "PYTHONPATH": str(guard),
        "PYTHONHASHSEED": str(hash_seed),
        # Half of a short run is compiling Prefect's modules, unless the runs share their bytecode.
        "PYTHONPYCACHEPREFIX": str(BYTECODE),
    }


def annotated(study: Path) -> bool:
    """Whether the study's store holds the tokens of any transcript yet: a first batch is done."""
    kept = (study / ".trama" / "store").rglob("*.parquet")
    return any("lemma" in pq.read_schema(path).names for path in kept)


def trama(*arguments: object, scratch: Path, hash_seed: int = 0) -> subprocess.CompletedProcess[str]:
    """Run `trama ARGUMENTS` to its end."""
    return subprocess.run(
        [TRAMA, *map(str, arguments)],
        env=command_environment(scratch, hash_seed),
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
