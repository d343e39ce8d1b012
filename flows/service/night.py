"""When the nightly run starts. Imports Prefect, so only after the service's environment is set."""

from prefect.client.schemas.schedules import CronSchedule
from prefect.schedules import Cron, Schedule

from corpus.errors import study_error


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
