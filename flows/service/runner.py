"""The process that registers the deployments and starts their runs. Ends with its parent, and its runs with it."""

import asyncio
import importlib
import os
import signal
from pathlib import Path

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.deployments.runner import EntrypointType, RunnerDeployment
from prefect.runner import Runner
from prefect.states import Crashed

from flows.parent import when_parent_ends
from flows.service import deployed, environment
from flows.service.night import night_schedule
from flows.service.studies import find_studies

REFRESH_SECONDS = 15
TAG = "trama"


def deployments() -> list[RunnerDeployment]:
    """The deployments, with the studies that are in the folder now as choices."""
    flows = importlib.reload(deployed)
    night = night_schedule(os.environ[environment.CRON], os.environ[environment.ZONE])
    offered = [(flows.analizza, None), (flows.rielabora_tutti, night), (flows.esporta, None)]
    return [
        RunnerDeployment.from_flow(
            flow,
            flow.name,
            tags=[TAG],
            schedule=schedule,
            description=(flow.description or "").partition("\n\nArgs:")[0],
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for flow, schedule in offered
    ]


async def mark_dead_runs() -> int:
    """Set the runs that no process can be working on any more to Crashed; returns how many there were.

    To be called before the runner starts: whatever is still called running then was left by a runner that died.
    """
    going = FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING, StateType.CANCELLING])
    async with get_client() as client:
        runs = await client.read_flow_runs(
            flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=going)),
            deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG])),
        )
        for run in runs:
            message = "il processo di questa corsa è stato interrotto; avviala di nuovo: riprende da dove era arrivata"
            await client.set_flow_run_state(run.id, Crashed(message=message), force=True)
    return len(runs)


async def _keep_choices_fresh(runner: Runner, root: Path) -> None:
    """Register the deployments again whenever a study comes or goes, so that the form offers it."""
    known = set(find_studies(root))
    while True:
        await asyncio.sleep(REFRESH_SECONDS)
        found = set(find_studies(root))
        if found != known:
            known = found
            for deployment in deployments():
                await runner.aadd_deployment(deployment)


async def main() -> None:
    """Register and run until ended."""
    await mark_dead_runs()
    runner = Runner(name="trama", limit=int(os.environ[environment.PARALLEL]), pause_on_shutdown=False)
    for deployment in deployments():
        await runner.aadd_deployment(deployment)
    fresh = asyncio.create_task(_keep_choices_fresh(runner, environment.served_root()))
    try:
        await runner.start()
    finally:
        fresh.cancel()


if __name__ == "__main__":
    when_parent_ends(lambda: os.killpg(0, signal.SIGKILL))
    asyncio.run(main())
