"""The Dask cluster that `--dask` names: looked at before a run relies on it, and not waited for once it is gone.

It sends functions of nlp.apart and says in words why a cluster cannot do them; it does none of the work itself.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from time import monotonic
from typing import Any

from corpus.errors import Problem, StudyError
from corpus.words.language import Bilingual

CONNECT_SECONDS = 10
PATIENCE_SECONDS = 60  # without any worker: one that is started again is back sooner
_LOOK_SECONDS = 5


class ClusterError(StudyError):
    """The cluster cannot be used, or not any more. What it did so far is kept."""


def _cluster_error(it: str, en: str) -> ClusterError:
    return ClusterError(Problem(Bilingual(it, en)))


@dataclass(frozen=True)
class _Sent:
    cluster: "Cluster"
    future: Any

    def result(self) -> Any:
        return self.cluster.result_of(self.future)


class Cluster:
    """The workers of a Dask cluster. When one dies, Dask gives its work to another."""

    piece = 250  # small, so that a worker that dies takes little with it and many workers end together

    def __init__(self, client: Any, address: str, patience: float = PATIENCE_SECONDS):
        self._client = client
        self._address = address
        self._patience = patience
        self._workers = len(client.nthreads())

    def submit(self, work: Callable[..., Any], *arguments: Any) -> _Sent:
        """Send it to a worker."""
        return _Sent(self, self._client.submit(work, *arguments, pure=False))

    def hand_out(self, work: Callable[[Any], Any], batches: Sequence[Any]) -> list[Any]:
        """Send all batches at once, each to whichever worker is free."""
        return [self.submit(work, batch) for batch in batches]

    def result_of(self, future: Any) -> Any:
        """What a worker returned.

        Raises ClusterError when there has been no worker for `patience` seconds, the scheduler is gone, the work killed
        every worker that began it, or the worker is another Trama. What the work itself raises passes unchanged.
        """
        from distributed import KilledWorker

        seen = monotonic()
        while not future.done():
            with suppress(TimeoutError, CancelledError):
                future.exception(_LOOK_SECONDS)
            if future.done() or self._alive():
                seen = monotonic()
            elif monotonic() - seen > self._patience:
                raise _deserted(self._address, self._workers, self._patience)
        try:
            return future.result()
        except StudyError as error:  # another Trama or other models (nlp.apart)
            raise ClusterError(error.problems) from None
        except KilledWorker:
            raise _deadly(self._address) from None
        except CancelledError:
            raise _lost(self._address) from None

    def _alive(self) -> bool:
        try:
            return bool(self._client.nthreads())
        except (OSError, RuntimeError):  # the second where Dask's client has given the connection up
            raise _lost(self._address) from None


def check_extra() -> None:
    """Raises ClusterError when the extra [scale] is not installed."""
    if not find_spec("distributed"):
        raise _cluster_error(
            "per --dask manca il pacchetto distributed. Installalo con: pip install 'trama[scale]'",
            "--dask needs the package distributed. Install it with: pip install 'trama[scale]'",
        )


def check_cluster(address: str) -> None:
    """Raises ClusterError when the cluster at `address` cannot be used now.

    The extra is not installed, no scheduler answers, it has no workers, or a worker has no Trama or another one.
    """
    with _connect(address) as client:
        _check_workers(client, address)


@contextmanager
def open_cluster(address: str) -> Iterator[Cluster]:
    """The cluster whose scheduler is at `address`, for as long as the block lasts. Raises as `check_cluster` does."""
    with _connect(address) as client:
        _check_workers(client, address)
        yield Cluster(client, address)


def _connect(address: str) -> Any:
    """Dask's client, connected; it is its own context manager."""
    check_extra()
    from distributed import Client

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # its trouble is said here, in words
    try:
        return Client(address, timeout=CONNECT_SECONDS)
    except (OSError, ValueError) as error:
        raise _cluster_error(
            f"nessuno scheduler di Dask risponde a `{address}` (per esempio tcp://10.0.0.5:8786): {error}",
            f"no Dask scheduler answers at `{address}` (for example tcp://10.0.0.5:8786): {error}",
        ) from None


def _check_workers(client: Any, address: str) -> None:
    from nlp.apart import workers_code

    if not client.nthreads():
        raise _cluster_error(
            f"lo scheduler di Dask a `{address}` non ha processi di calcolo: avviane con `dask worker {address}`",
            f"the Dask scheduler at `{address}` has no workers: start some with `dask worker {address}`",
        )
    meant = workers_code()
    for worker, code in sorted(client.run(workers_code, on_error="return").items()):
        if isinstance(code, Exception):
            raise _without_trama(worker, code)
        if code != meant:
            raise _other_trama(worker, code, meant)


def _deserted(address: str, workers: int, seconds: float) -> ClusterError:
    return _cluster_error(
        f"il cluster Dask a `{address}` non ha più nessun processo di calcolo da {seconds:.0f} secondi (all'inizio "
        f"della corsa erano {workers}). Avviane con `dask worker {address}`",
        f"the Dask cluster at `{address}` has had no worker for {seconds:.0f} seconds ({workers} when the run "
        f"began). Start some with `dask worker {address}`",
    )


def _lost(address: str) -> ClusterError:
    return _cluster_error(
        f"lo scheduler di Dask a `{address}` non risponde più. Avvialo con `dask scheduler`",
        f"the Dask scheduler at `{address}` does not answer any more. Start it with `dask scheduler`",
    )


def _deadly(address: str) -> ClusterError:
    return _cluster_error(
        f"i processi di calcolo del cluster Dask a `{address}` muoiono uno dopo l'altro; di solito la memoria non "
        f"basta: servono circa 500 MB per processo (--memory-limit di `dask worker`)",
        f"the workers of the Dask cluster at `{address}` die one after the other, mostly for want of memory: each "
        f"needs some 500 MB (--memory-limit of `dask worker`)",
    )


def _without_trama(worker: str, error: Exception) -> ClusterError:
    return _cluster_error(
        f"nel processo di calcolo {worker} del cluster Dask Trama non c'è o non si apre ({error}): installa su "
        "quella macchina la stessa versione di Trama, con gli stessi modelli",
        f"the worker {worker} of the Dask cluster has no Trama, or cannot open it ({error}): install the same "
        "version of Trama there, with the same models",
    )


def _other_trama(worker: str, here: object, meant: str) -> ClusterError:
    return _cluster_error(
        f"il processo di calcolo {worker} del cluster Dask ha un'altra versione di Trama o delle sue librerie ({here}; "
        f"questa corsa: {meant}): installa dappertutto la stessa versione e avvialo di nuovo",
        f"the worker {worker} of the Dask cluster has another version of Trama or its libraries ({here}; this run: "
        f"{meant}): install the same version everywhere and start it again",
    )
