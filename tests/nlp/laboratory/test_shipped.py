"""Weights that were shipped come back as what they were, but for the last digits that seven bits leave out."""

import pytest

torch = pytest.importorskip("torch", reason="only training needs torch (nlp/laboratory/network/requirements.txt)")
pytest.importorskip("onnx", reason="only training needs onnx (nlp/laboratory/network/requirements.txt)")

from nlp.laboratory.network.export import export  # noqa: E402
from nlp.laboratory.network.model import Network  # noqa: E402
from nlp.laboratory.network.shipped import KEPT, average, load_shipped  # noqa: E402

FINEST = 50  # steps from zero to the largest weight of a column, at the least


def test_shipped_weights_come_back(tmp_path):
    torch.manual_seed(0)
    network = Network(1000)
    torch.nn.init.normal_(network.encoder.kind)
    export(network, tmp_path)
    again = Network(1000)
    again.encoder.word.load_state_dict(network.encoder.word.state_dict())
    again.decoder.bases.data = network.decoder.bases.data  # which training alone needs
    load_shipped(again, tmp_path)
    for (name, was), now in zip(network.state_dict().items(), again.state_dict().values(), strict=True):
        assert (was - now).abs().max() <= was.abs().max() / FINEST, name


def test_the_mean_lies_between_what_training_went_on_from_and_what_it_came_to():
    network = Network(10)
    begun = {name: torch.zeros_like(values) for name, values in network.state_dict().items()}
    torch.nn.init.ones_(network.encoder.kind)
    average(network, begun)
    assert torch.allclose(network.encoder.kind, torch.tensor(1 - KEPT))
