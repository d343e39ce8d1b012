"""Of the runs that a terminal began, those are dead whose study nobody is at."""

import asyncio
import os

from prefect.client.schemas.objects import FlowRun

from flows.service.crashes import abandoned_at_terminals
from flows.study_lock import study_lock
from tests.acceptance.small_studies import SmallStudy


class Client:
    """A client of a server that knows a run of each of these folders."""

    def __init__(self, *studies):
        self.runs = [FlowRun(flow_id=os.urandom(16).hex(), parameters={"study": str(each)}) for each in studies]

    async def read_flow_runs(self, flow_run_filter):
        assert flow_run_filter.deployment_id.is_null_
        return self.runs


def test_a_run_is_abandoned_when_nobody_is_at_its_study(tmp_path):
    alive, dead = (SmallStudy(interviews=1).write(tmp_path / "studi" / name) for name in ("vivo", "morto"))
    elsewhere = SmallStudy(interviews=1).write(tmp_path / "altrove" / "studio")
    client = Client(alive, dead, elsewhere, "di un'altra macchina")
    with study_lock(dead):
        pass
    with study_lock(alive):
        abandoned = asyncio.run(abandoned_at_terminals(client, tmp_path / "studi"))
    assert [run.parameters["study"] for run in abandoned] == [str(dead)]
