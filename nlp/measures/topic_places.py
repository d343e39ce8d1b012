"""Where emergent topics lie to each other in a plane, for a picture. Finds no topic and groups none."""

import numpy as np
import pandas as pd

COLUMNS = ["topic", "x", "y", "shown"]
_DIGITS = 4  # finer differences are the processor's, not the topics'


def topic_map(members: pd.DataFrame, segments: pd.DataFrame, embeddings: np.ndarray) -> pd.DataFrame:
    """One row a topic: its mean sentence vector on the first two principal axes of all topics' means.

    `members` is the TopicMembers frame, `embeddings` (segments, d) one vector a row of `segments`. Topic -1 (no topic)
    is left out. Columns: topic, x, y (-1 to 1, the widest axis filling it) and shown, the share of the topics' spread
    that the two axes keep (0 to 1, the same in every row). Near points are alike; a distance has no unit.
    """
    row = pd.Index(segments["segment"]).get_indexer(pd.Index(members["segment"]))
    numbers = np.array(sorted(set(members["topic"]) - {-1}), dtype=int)
    if not len(numbers):
        return pd.DataFrame(columns=COLUMNS).astype({"topic": int, "x": float, "y": float, "shown": float})
    owner = members["topic"].to_numpy()
    means = np.stack([embeddings[row[owner == number]].mean(axis=0) for number in numbers]).astype(np.float64)
    centred = means - means.mean(axis=0)
    left, spread, _ = np.linalg.svd(centred, full_matrices=False)
    flat = np.zeros((len(numbers), 2))
    flat[:, : min(2, len(spread))] = (left * spread)[:, :2]
    strongest = np.abs(flat).argmax(axis=0)
    flat *= np.where(flat[strongest, [0, 1]] < 0, -1.0, 1.0)  # an axis has no sign of its own
    widest = np.abs(flat).max()
    total = float((spread**2).sum())
    rows = np.round(flat / widest if widest > 0 else flat, _DIGITS) + 0.0
    shown = round(float((spread[:2] ** 2).sum()) / total, _DIGITS) if total > 0 else 1.0
    return pd.DataFrame({"topic": numbers, "x": rows[:, 0], "y": rows[:, 1], "shown": shown}, columns=COLUMNS)
