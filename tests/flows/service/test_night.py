"""The nightly schedule in Europe/Rome: once a night, also in the nights when the clock changes."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from prefect.server.schemas.schedules import CronSchedule

from corpus.errors import StudyError
from flows.service.night import night_schedule

ROME = ZoneInfo("Europe/Rome")


@pytest.mark.parametrize(
    ("noon_before", "nights"),
    [
        # 2027-03-28: the clock goes from 2:00 to 3:00; 2026-10-25: from 3:00 back to 2:00.
        (datetime(2027, 3, 26, 12, tzinfo=ROME), [27, 28, 29, 30]),
        (datetime(2026, 10, 23, 12, tzinfo=ROME), [24, 25, 26, 27]),
    ],
)
def test_it_runs_once_a_night_also_when_the_clock_changes(noon_before, nights):
    schedule = night_schedule("0 2 * * *", "Europe/Rome")
    served = CronSchedule(cron=schedule.cron, timezone=schedule.timezone)
    starts = asyncio.run(served.get_dates(len(nights), start=noon_before))
    assert [start.day for start in starts] == nights
    assert all(1 <= start.hour <= 3 for start in starts)


@pytest.mark.parametrize("cron", ["ogni notte", "99 2 * * *", "0 2 * *", ""])
def test_what_is_no_schedule_is_said(cron):
    with pytest.raises(StudyError, match="0 2"):
        night_schedule(cron, "Europe/Rome")
