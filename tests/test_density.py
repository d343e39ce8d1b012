"""The check of `make lint` for density, on the smallest code that it refuses and allows."""

import importlib.util
from pathlib import Path

import pytest

DENSITY = Path(__file__).resolve().parents[1] / ".ci" / "density.py"


@pytest.fixture(scope="module")
def density():
    described = importlib.util.spec_from_file_location("density", DENSITY)
    module = importlib.util.module_from_spec(described)
    described.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "source",
    [
        "rows = [[cell for cell in row] for row in table]",
        "total = sum(max(cell for cell in row) for row in table)",
        "short = {word for word in words if any(letter == 'a' for letter in word)}",
        "first, second = one, 2",
        "box.left, box.top = [0, 1]",
    ],
)
def test_dense_lines_are_found(density, source):
    assert [line for line, _ in density.find_density(f"import this\n{source}\n")] == [2]


@pytest.mark.parametrize(
    "source",
    [
        "rows = [cell for row in table for cell in row]",
        "first, second = second, first",
        "before, after = after, before + after",
        "head, *tail = line.split()",
        "name, label = pair",
        "low, high = interval(values)",
        "place = 1, 2",
    ],
)
def test_other_lines_are_not(density, source):
    assert not list(density.find_density(source))
