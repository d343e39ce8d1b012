"""When the nightly run starts, and that it happens once a night whatever dies meanwhile.

Imports Prefect, so only after the service's environment is set.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.schedules import CronSchedule
from prefect.schedules import Cron, Schedule
from prefect.states import Cancelled

from corpus.errors import study_error

NIGHT = "Rielaborazione notturna"
_RESUMED = "ripresa-"


def night_schedule(cron: str, zone: str) -> Schedule:
    """Five cron fields in the time zone `zone`: once a night, also when the clock changes.

    Raises StudyError for what is no cron expression.
    """
    try:
        CronSchedule(cron=cron, timezone=zone)
    except ValueError as error:
        raise study_error(
            f"«{cron}» non è un orario cron; per le due di ogni notte: 0 2 * * *",
            f"`{cron}` is no cron schedule; for two o'clock every night: 0 2 * * *",
        ) from error
    return Cron(cron, timezone=zone)


async def keep_one_missed_night(client: PrefectClient) -> None:
    """Of the nights missed while nothing was served the last one is made up for; the others are cancelled."""
    waiting = FlowRunFilterStateType(any_=[StateType.SCHEDULED])
    runs = await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=waiting)),
        deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=[NIGHT])),
    )
    missed = [(run.expected_start_time, run.id) for run in runs if run.auto_scheduled and run.expected_start_time]
    missed = sorted(night for night in missed if night[0] < datetime.now(UTC))
    for _, run in missed[:-1]:
        message = "Notte mancata: il servizio era fermo. La recupera l'ultima."
        await client.set_flow_run_state(run, Cancelled(message=message), force=True)


async def resume_night(client: PrefectClient, dead: Iterable[FlowRun]) -> None:
    """Start a night that died with the service again, once: a night that dies a second time stays dead.

    Studies that were done before keep their run, so nothing is done twice.
    """
    deployment = await client.read_deployment_by_name(f"{NIGHT}/{NIGHT}")
    for run in dead:
        if run.deployment_id == deployment.id and not (run.idempotency_key or "").startswith(_RESUMED):
            await client.create_flow_run_from_deployment(deployment.id, idempotency_key=f"{_RESUMED}{run.id}")
