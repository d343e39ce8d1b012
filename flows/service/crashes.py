"""Runs whose process is gone: said as crashed in plain words, never left "running". Starts nothing itself.

Imports Prefect, so only after the service's environment is set.
"""

import logging
import re
from collections.abc import Iterable
from datetime import UTC
from pathlib import Path
from typing import Any

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import LogCreate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.states import Crashed, State
from prefect.types import DateTime

from flows.service.refusals import refuse
from flows.service.studies import find_studies
from flows.study_lock import is_worked_on

TAG = "trama"
_AGAIN = "Avviala di nuovo: riprende da dove era arrivata. Le corse precedenti sono intatte."
STOPPED = f"Il servizio si è fermato mentre questa corsa andava. {_AGAIN}"
LEFT_AT_TERMINAL = f"Il comando che l'aveva avviata in un terminale è finito prima del tempo. {_AGAIN}"
_GOING_ON = FlowRunFilterState(
    type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING, StateType.CANCELLING])
)
_KILLED = (
    "Se nessuno l'ha fermata, di solito la memoria non è bastata: chiudi altri programmi, fai meno analisi insieme "
    "(--parallel) o usa una macchina con più memoria."
)


async def say_what_happened(flow: Any, flow_run: FlowRun, state: State[Any]) -> None:
    """Prefect's hook for a run whose process ended of itself: its state says so, and what to do.

    Parameters that no form has end the process too, before the run begins: such a run is refused, not crashed.
    """
    if unknown := sorted(set(flow_run.parameters) - set(flow.parameters.properties)):
        await refuse(flow_run, f" - {unknown[0]}")
        return
    exit_status = re.search(r"status code:? (-?\d+)", state.message or "")
    code = int(exit_status[1]) if exit_status else 0
    why = _KILLED if code < 0 or code > 128 else "Il motivo è nel registro della corsa."
    ended = f"Il processo di questa corsa è finito prima del tempo (codice {code})."
    async with get_client() as client:
        await _crash(client, flow_run, f"{ended} {why} {_AGAIN}")


async def runs_going_on(client: PrefectClient) -> list[FlowRun]:
    """The runs of the service that Prefect takes to be in somebody's hands."""
    return await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(state=_GOING_ON),
        deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG])),
    )


async def abandoned_at_terminals(client: PrefectClient, root: Path) -> list[FlowRun]:
    """The runs of studies below `root` that a terminal began and Prefect takes to be going on, though nobody is at it.

    Whoever runs a study on this machine holds its lock, however the run was begun.
    """
    begun = await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(state=_GOING_ON, deployment_id=FlowRunFilterDeploymentId(is_null_=True))
    )
    folders = {str(folder): folder for folder in find_studies(root).values()}
    ours = ((run, folders.get(str(run.parameters.get("study")))) for run in begun)
    return [run for run, folder in ours if folder and not is_worked_on(folder)]


async def mark_dead(client: PrefectClient, runs: Iterable[FlowRun], why: str = STOPPED) -> None:
    """Set runs that nobody is working on to Crashed, and say why."""
    for run in runs:
        await _crash(client, run, why)


async def _crash(client: PrefectClient, run: FlowRun, message: str) -> None:
    """The state of a run that died, and the last line of its log, which is what its page shows first."""
    await client.set_flow_run_state(run.id, Crashed(message=message), force=True)
    line = LogCreate(
        name="prefect.flow_runs", level=logging.ERROR, message=message, timestamp=DateTime.now(UTC), flow_run_id=run.id
    )
    await client.create_logs([line])
