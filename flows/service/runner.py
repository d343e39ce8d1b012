"""The process that registers the deployments and starts their runs. Ends with its parent, and its runs with it."""

import asyncio
import importlib
import logging
import os
import signal
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.deployments.runner import EntrypointType, RunnerDeployment
from prefect.flows import Flow
from prefect.runner import Runner
from prefect.schedules import Schedule
from prefect.utilities.callables import ParameterSchema

from flows.parent import when_parent_ends
from flows.service import deployed, environment
from flows.service.crashes import LEFT_AT_TERMINAL, TAG, abandoned_at_terminals, mark_dead, runs_going_on
from flows.service.night import keep_one_missed_night, night_schedule, resume_night
from flows.service.studies import find_studies

REFRESH_SECONDS = 15
log = logging.getLogger(__name__)


class _Closed(ParameterSchema):
    """A form that takes its own parameters and no others."""

    additionalProperties: bool = False


class TramaRunner(Runner):
    """Prefect's runner, which also tells whether it has a process for a run."""

    def works_on(self, run: UUID) -> bool:
        """Whether a process of this runner has the run in hands."""
        return self._process_manager.get(run) is not None


def deployment(flow: Flow[..., object], schedule: Schedule | None = None) -> RunnerDeployment:
    """The deployment of a flow of `deployed`, under the flow's own name."""
    made = RunnerDeployment.from_flow(
        flow,
        flow.name,
        tags=[TAG],
        schedule=schedule,
        description=(flow.description or "").partition("\n\nArgs:")[0],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    schema = made._parameter_openapi_schema.model_dump(exclude_unset=True)
    for name, field in schema.get("properties", {}).items():
        field["title"] = name.replace("_", " ").capitalize()
    made._parameter_openapi_schema = _Closed(**schema, additionalProperties=False)
    return made


async def _register(day: Runner, night: Runner) -> None:
    """The deployments, with the studies that are in the folder now as choices.

    The night has a runner of its own, so that it never takes the place of the studies it waits for.
    """
    flows = importlib.reload(deployed)
    schedule = night_schedule(os.environ[environment.CRON], os.environ[environment.ZONE])
    await day.aadd_deployment(deployment(flows.analizza))
    await day.aadd_deployment(deployment(flows.esporta))
    await night.aadd_deployment(deployment(flows.rielabora_tutti, schedule))


async def _look_after(day: TramaRunner, night: TramaRunner) -> None:
    """Keep the form's choices fresh, and no run "running" that has no process any more (a state that got lost)."""
    known = set(find_studies(environment.served_root()))
    root = environment.served_root()
    suspected = set[UUID]()
    while True:
        await asyncio.sleep(REFRESH_SECONDS)
        try:
            there = set(find_studies(root))
            if there != known:
                await _register(day, night)
                known = there
            async with get_client() as client:
                going = await runs_going_on(client)
                orphans = [run for run in going if not (day.works_on(run.id) or night.works_on(run.id))]
                await mark_dead(client, [run for run in orphans if run.id in suspected])
                abandoned = await abandoned_at_terminals(client, root)
                await mark_dead(client, [run for run in abandoned if run.id in suspected], LEFT_AT_TERMINAL)
            suspected = {run.id for run in (*orphans, *abandoned)}
        except Exception:  # the server may be starting again; the next round will tell
            log.exception("the choices of the form could not be renewed")


async def main() -> None:
    """Register and run until ended. Whatever is still called running at the start was left by a runner that died."""
    async with get_client() as client:
        dead = await runs_going_on(client)
        await mark_dead(client, dead)
        await keep_one_missed_night(client)
    day = TramaRunner(name="trama", limit=int(os.environ[environment.PARALLEL]), pause_on_shutdown=False)
    night = TramaRunner(name="trama-notte", limit=1, pause_on_shutdown=False)
    await _register(day, night)
    async with get_client() as client:
        await resume_night(client, dead)
    await asyncio.gather(day.start(), night.start(), _look_after(day, night))


if __name__ == "__main__":
    when_parent_ends(lambda: os.killpg(0, signal.SIGKILL))
    asyncio.run(main())
