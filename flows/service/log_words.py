"""Prefect's own log lines in the plain Italian of the stages', without tracebacks and without what was said.

A fault of Trama's is said by the run's last word, its details are in a file (flows.fault_details); what escapes both
becomes the places in the code it went through: values never stand in a log.
"""

import logging
import re

from prefect.exceptions import FailedRun, ParameterTypeError, SignatureMismatchError

from corpus.errors import StudyError
from flows.cluster import ClusterError
from flows.fault_details import places
from flows.service.refusals import plain_refusal

_LOGGERS = ("prefect.flow_runs", "prefect.task_runs", "prefect.flow_runs.runner")
_STATE = re.compile(r"Finished in state (\w+)\((.*)\)$", re.DOTALL)
_LEFT_OUT = (
    "Process for flow run",  # the crash itself is said in the run's state (see runner.py)
    "This flow run",
    "This indicates",
    "Task run failed with exception",
    "Loading flow to check",
    "Running hook",
    "Hook '",
    "Opening process",
    "Created subflow run",
    "Flow run encountered an exception",
    "Task run encountered an exception",
)


def speak_plainly() -> None:
    """Say the lines of runs and stages in plain words from now on, in this process."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(each, _PlainWords) for each in logger.filters):
            logger.addFilter(_PlainWords())


class _PlainWords(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            return _say_fault(record, record.exc_info[1])
        if message.startswith("Beginning flow run"):
            return _say(record, "avviata")
        if finished := _STATE.match(message):
            return _say_end(record, *finished.groups())
        return not message.startswith(_LEFT_OUT)


def _say(record: logging.LogRecord, words: str) -> bool:
    record.msg = words
    record.args = ()
    record.exc_info = None
    record.exc_text = None
    return True


def _say_end(record: logging.LogRecord, state: str, message: str) -> bool:
    """A stage that is done; a run's last word. A stage that failed has said so already."""
    if record.name == "prefect.task_runs":
        return state == "Completed" and _say(record, "fatto")
    return _say(record, message.strip("'\"") or state)


def _say_fault(record: logging.LogRecord, error: BaseException) -> bool:
    if isinstance(error, ClusterError):
        return False  # the run says it, and goes on
    if isinstance(error, StudyError):
        return _say(record, error.say("it"))
    if isinstance(error, ParameterTypeError | SignatureMismatchError):
        return _say(record, plain_refusal(str(error)))
    if isinstance(error, FailedRun):  # how Prefect leaves a run that said itself that it failed
        return False
    if record.name == "prefect.task_runs":
        return False  # the run itself says what ran out (flows.faults), or where its details are (flows.fault_details)
    return _say(record, "\n".join([f"errore di Trama ({type(error).__name__}), non dei dati:", *places(error)]))
