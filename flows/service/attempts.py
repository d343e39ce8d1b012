"""What Prefect knows of the runs of the service's studies: the latest of each, the night, the forms. Starts nothing.

Imports Prefect, so only after the service's environment is set.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
)
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.sorting import FlowRunSort
from prefect.types import DateTime

from flows.service.crashes import TAG
from flows.service.night import NIGHT
from flows.service.studies import ONE_STUDY

_LOOKED_AT = 200  # Prefect's own limit; of a study that was last asked for longer ago its run's folder tells


@dataclass(frozen=True)
class Attempt:
    """A run that was asked for: Prefect's `state` of it (COMPLETED, FAILED ...), the state's `message`, since when."""

    id: str
    state: str
    message: str
    since: datetime


@dataclass(frozen=True)
class Attempts:
    """Study -> its latest attempt; the latest night and when the next one is; name of a form -> its deployment's id."""

    studies: Mapping[str, Attempt] = field(default_factory=dict)
    night: Attempt | None = None
    next_night: datetime | None = None
    forms: Mapping[str, str] = field(default_factory=dict)


async def ask_prefect() -> Attempts:
    """What Prefect says now. Raises what its client does where the server is busy."""
    now = DateTime.now(UTC)
    async with get_client() as client:
        runs = await _runs(client, ONE_STUDY, FlowRunFilterExpectedStartTime(before_=now), _LOOKED_AT)
        nights = await _runs(client, NIGHT, FlowRunFilterExpectedStartTime(before_=now), 1)
        to_come = await _runs(client, NIGHT, FlowRunFilterExpectedStartTime(after_=now), _LOOKED_AT)
        known = await client.read_deployments(deployment_filter=DeploymentFilter(tags=_tagged()))
    return Attempts(
        studies=latest_of_each(runs),
        night=_attempt(nights[0]) if nights else None,
        next_night=min((run.expected_start_time for run in to_come if run.expected_start_time), default=None),
        forms={each.name: str(each.id) for each in known},
    )


def latest_of_each(runs: Iterable[FlowRun]) -> dict[str, Attempt]:
    """Study -> the attempt that comes first in `runs`."""
    latest: dict[str, Attempt] = {}
    for run in runs:
        latest.setdefault(str(run.parameters.get("studio", "")), _attempt(run))
    return latest


async def _runs(
    client: PrefectClient, deployment: str, when: FlowRunFilterExpectedStartTime, limit: int
) -> list[FlowRun]:
    """The runs of a deployment, the latest first."""
    return await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(expected_start_time=when),
        deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=[deployment]), tags=_tagged()),
        sort=FlowRunSort.EXPECTED_START_TIME_DESC,
        limit=limit,
    )


def _tagged() -> DeploymentFilterTags:
    return DeploymentFilterTags(all_=[TAG])


def _attempt(run: FlowRun) -> Attempt:
    message = (run.state.message if run.state else "") or ""
    since = run.start_time or run.expected_start_time or DateTime.now(UTC)
    return Attempt(str(run.id), run.state_type.value if run.state_type else "", message, since)
