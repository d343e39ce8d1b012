"""How far a stage is, where nobody looks at a terminal."""

import threading

import pandas as pd

from flows.progress import follow


def test_without_a_terminal_the_batches_pass_and_no_thread_is_started(monkeypatch):
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    batches = [pd.DataFrame({"segment_id": [f"S{number}"]}) for number in range(3)]
    before = threading.active_count()
    passed = []
    for batch in follow(batches, "Annotazione"):
        assert threading.active_count() == before
        passed.append(batch)
    assert [each is batch for each, batch in zip(passed, batches, strict=True)] == [True] * 3
