"""The trained network as three int8 ONNX files that nlp.themes.network runs, one passage at a time."""

from collections.abc import Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from nlp.laboratory.network.model import FROZEN, SENTENCE, WIDTH, Decoder, Encoder, Network, mean_vectors
from nlp.themes.network import PASSAGE, TALK

_NOTHING_HIDDEN = (1, 1, 1, 1)


class _Encoder(nn.Module):
    """One text: its states (pieces, WIDTH) and the unit vector of their mean."""

    def __init__(self, encoder: Encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, pieces: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor]:
        encoder = self.encoder
        mask = torch.zeros(_NOTHING_HIDDEN)
        states = encoder.norm(encoder.word(pieces) + encoder.place[: pieces.shape[1]] + encoder.first)
        for number, layer in enumerate(encoder.layers):
            if number == FROZEN:
                states = states + encoder.kind[kinds]
            states = layer(states, mask)
        return states[0], mean_vectors(states, pieces, kinds)[0]


class _Codes(nn.Module):
    """Vectors of codes (codes, WIDTH) to queries."""

    def __init__(self, decoder: Decoder):
        super().__init__()
        self.decoder = decoder

    def forward(self, vectors: Tensor) -> Tensor:
        return self.decoder.queries(vectors)


class _Decoder(nn.Module):
    """One passage against the codes: relevance (codes,), stance (codes, 4)."""

    def __init__(self, decoder: Decoder):
        super().__init__()
        self.decoder = decoder

    def forward(
        self,
        states: Tensor,
        vector: Tensor,
        sentence: Tensor,
        queries: Tensor,
        code_vectors: Tensor,
        code_sentences: Tensor,
    ) -> tuple[Tensor, Tensor]:
        decoder = self.decoder
        seen = decoder.look(states[None], torch.zeros(_NOTHING_HIDDEN), queries)
        mapped = F.normalize(decoder.use(sentence[None]), dim=-1)
        codes_mapped = F.normalize(decoder.use(code_sentences), dim=-1)
        relevance = decoder.combined(seen, vector[None] @ code_vectors.T, mapped @ codes_mapped.T)
        return relevance[0], decoder.stance(seen)[0]


def export(network: Network, folder: Path) -> None:
    """Write encoder.onnx, codes.onnx and decoder.onnx into `folder`.

    Weights have seven bits: with eight, processors without VNNI instructions would cut off sums, and code differently.
    """
    network.eval()
    text = (torch.randint(4, 1000, (1, 20)), torch.tensor([[TALK] * 8 + [PASSAGE] * 12]))
    codes = torch.randn(7, WIDTH)
    sentences = torch.randn(7, SENTENCE)
    passage = (torch.randn(20, WIDTH), torch.randn(WIDTH), torch.randn(SENTENCE), codes, codes, sentences)
    free = {name: {0: "codes"} for name in ("queries", "code_vectors", "code_sentences", "relevance", "stance")}
    _write(_Encoder(network.encoder), text, ("ids", "kinds"), ("states", "vector"),
           {"ids": {1: "pieces"}, "kinds": {1: "pieces"}, "states": {0: "pieces"}},
           folder / "encoder.onnx")  # fmt: skip
    _write(_Codes(network.decoder), (codes,), ("vectors",), ("queries",),
           {"vectors": {0: "codes"}, "queries": {0: "codes"}}, folder / "codes.onnx")  # fmt: skip
    _write(_Decoder(network.decoder), passage,
           ("states", "vector", "sentence", "queries", "code_vectors", "code_sentences"),
           ("relevance", "stance"), free | {"states": {0: "pieces"}}, folder / "decoder.onnx")  # fmt: skip


def _write(
    module: nn.Module, example: tuple, inputs: Sequence[str], outputs: Sequence[str], free: dict, path: Path
) -> None:
    whole = path.with_suffix(".float.onnx")
    torch.onnx.export(
        module, example, str(whole), input_names=list(inputs), output_names=list(outputs), dynamic_axes=free,
        dynamo=False, opset_version=17,
    )  # fmt: skip
    quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    whole.unlink()
