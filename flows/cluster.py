"""The Dask cluster that `--dask` names, looked at before a run relies on it. Sends no work."""

from typing import Any

from corpus.errors import study_error

CONNECT_SECONDS = 10


def check_cluster(address: str) -> None:
    """Raises StudyError when the extra is not installed, no scheduler answers at `address`, or it has no workers."""
    try:
        from distributed import Client
    except ImportError:
        raise study_error(
            "per --dask manca il pacchetto distributed. Installalo con: pip install 'trama[scale]'",
            "--dask needs the package distributed. Install it with: pip install 'trama[scale]'",
        ) from None
    try:
        with Client(address, timeout=CONNECT_SECONDS) as client:
            workers = client.scheduler_info()["workers"]
    except (OSError, ValueError) as error:
        raise study_error(
            f"nessuno scheduler di Dask risponde a `{address}` (per esempio tcp://10.0.0.5:8786): {error}",
            f"no Dask scheduler answers at `{address}` (for example tcp://10.0.0.5:8786): {error}",
        ) from None
    if not workers:
        raise study_error(
            f"lo scheduler di Dask a `{address}` non ha processi di calcolo: avviane con `dask worker {address}`",
            f"the Dask scheduler at `{address}` has no workers: start some with `dask worker {address}`",
        )


def on_cluster(flow: Any, address: str) -> Any:
    """The Prefect flow with the cluster at `address` behind it (flows.crew then finds it)."""
    from prefect_dask import DaskTaskRunner

    return flow.with_options(task_runner=DaskTaskRunner(address=address))
