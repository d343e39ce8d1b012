"""The shipped network back in torch, to be trained further: int8 weights as the numbers that they stand for."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from nlp.laboratory.network.model import SENTENCE, WIDTH, Network

FILES = ("encoder.onnx", "codes.onnx", "decoder.onnx")
KEPT = 0.35  # of the weights that training went on from
_STEPS_TO_BIAS = 6  # nodes between the product of whole numbers and the sum with the layer's bias


def load_shipped(network: Network, folder: Path) -> None:
    """Give `network` the weights of the files that export wrote into `folder`.

    The embeddings of pieces stay as they are, which training never changes.
    """
    state = network.state_dict()
    for file in FILES:
        for name, values in _weights(onnx.load(folder / file).graph):
            if name in state and not name.startswith("encoder.word."):
                state[name] = torch.tensor(values).reshape(state[name].shape)
    network.load_state_dict(state)


def average(network: Network, begun: dict[str, torch.Tensor]) -> None:
    """Give `network` the mean of its weights and of those that its training went on from, KEPT of these.

    Such a mean codes what it was not taught better than either (Wortsman et al. 2022, model soups).
    """
    state = network.state_dict()
    network.load_state_dict({name: (1 - KEPT) * state[name] + KEPT * begun[name] for name in state})


def _weights(graph: onnx.GraphProto) -> Iterator[tuple[str, np.ndarray]]:
    """Name and values of each weight; a matrix is named by the bias that is added to its product."""
    constants = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    for name, values in constants.items():
        if name.endswith("_quantized"):
            yield name.removesuffix("_quantized"), _numbers(name, constants)
        elif values.shape == (SENTENCE, WIDTH):
            yield "decoder.use.weight", values.T
        elif values.dtype == np.float32:
            yield name, values
    readers = {given: node for node in reversed(graph.node) for given in node.input}
    products = [node for node in graph.node if node.op_type == "MatMulInteger" and node.input[1] in constants]
    for product in products:
        if bias := _bias_after(product, readers, constants):
            yield bias.removesuffix("bias") + "weight", _numbers(product.input[1], constants).T


def _numbers(quantized: str, constants: dict[str, np.ndarray]) -> np.ndarray:
    """What whole numbers stand for: (number - zero point) x scale."""
    name = quantized.removesuffix("_quantized")
    zero = constants[f"{name}_zero_point"].astype(np.float32)
    return (constants[quantized].astype(np.float32) - zero) * constants[f"{name}_scale"]


def _bias_after(node: onnx.NodeProto, readers: dict[str, onnx.NodeProto], constants: dict[str, np.ndarray]) -> str:
    """The name of the layer's bias; "" of the one layer that has none, whose weights stand in the file whole too."""
    for _ in range(_STEPS_TO_BIAS):
        if node.output[0] not in readers:
            break
        node = readers[node.output[0]]
        biases = [given for given in node.input if given in constants and given.endswith(".bias")]
        if biases:
            return biases[0]
    return ""
