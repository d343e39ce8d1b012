"""Why a run is not started, in the Italian of the form: Prefect refuses in English. It refuses nothing itself.

Imports Prefect, so only after the service's environment is set.
"""

import re
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.states import Failed, State

from flows.service.environment import served_root
from flows.service.studies import find_studies
from outputs.formats import FORMATS

INVALID = "Validation of flow parameters failed"  # how Prefect begins what it says of a run's parameters
_YES_NO = "può essere solo true o false"
_MOST_NAMES = 20


def plain_refusal(refusal: str) -> str:
    """What is wrong with the parameters that Prefect refused with the words `refusal`, and what they may be.

    Of these only the first parameter's name is used: the rest may repeat megabytes of what was sent.
    """
    first_name = re.search(r"(?:for field '| - |reason: ')(\w+)(?:$|\W)", refusal)
    wanted = _wanted()
    name = first_name[1] if first_name else ""
    if name in wanted:
        return f"La corsa non è stata avviata: il parametro «{name}» {wanted[name]}."
    known = ", ".join(wanted)
    return f"La corsa non è stata avviata: i parametri non sono quelli del modulo. I moduli hanno solo: {known}."


async def say_refusal(flow: Any, flow_run: FlowRun, state: State[Any]) -> None:
    """Prefect's hook for a run that failed: when its parameters were the reason, its state says so plainly."""
    if (state.message or "").startswith(INVALID):
        await refuse(flow_run, state.message or "")


async def refuse(flow_run: FlowRun, refusal: str) -> None:
    """Let the run be failed for its parameters, in plain words for Prefect's words `refusal`."""
    async with get_client() as client:
        await client.set_flow_run_state(flow_run.id, Failed(message=plain_refusal(refusal)), force=True)


def _wanted() -> dict[str, str]:
    """Parameter -> what it may be."""
    names = list(find_studies(served_root()))
    studies = ", ".join(f"«{name}»" for name in names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
    return {
        "studio": f"dev'essere uno degli studi della cartella: {studies or 'ora non ce ne sono'}",
        "lingua": "può essere solo «come nello studio», «italiano» o «inglese»",
        "fermati_se_ci_sono_errori": _YES_NO,
        "da_capo": _YES_NO,
        "formati": f"dev'essere una lista di formati, fra questi: {', '.join(FORMATS)}",
        "tabelle": "dev'essere una lista di chiavi di tabelle, come temi o joint_display, oppure niente",
    }
