"""Reads CT-CLIP_v2.pt, CT_VocabFine_v2.pt and CT_LiPro_v2.pt; refuses everything else with one clear error."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from voxct.ctclip.config import CtClipConfig
from voxct.ctclip.reference import CtClip, without_memory
from voxct.ctclip.sizes import UnsuitableCheckpoint, assume_layers, infer_sizes
from voxct.findings import FINDING_IDS
from voxct.pack.weights_file import UnsuitableWeights, read_weights

MOST_SHOWN = 12
LIPRO_PREFIX = "trained_model."
TOLERATED = frozenset({"text_transformer.embeddings.position_ids"})
"""A buffer that older versions of transformers stored; it only counts 0, 1, 2, …"""


@dataclass(frozen=True)
class Classifier:
    """LiPro's head: P(finding f) = sigmoid(weight[f] . relu(unit embedding) + bias[f])."""

    weight: Tensor
    bias: Tensor


@dataclass(frozen=True)
class Checkpoint:
    """state: exactly the keys of CtClip(config), tensors still in the mapped file where the format allows it."""

    path: Path
    config: CtClipConfig
    state: dict[str, Tensor]
    classifier: Classifier | None = None

    @property
    def logit_scale(self) -> float:
        return float(self.state["temperature"].float().exp())

    def to_reference(self) -> CtClip:
        """The model on the checkpoint's own tensors: no second copy of them in memory."""
        with without_memory():
            model = CtClip(self.config)
        model.load_state_dict({key: value.float() for key, value in self.state.items()}, assign=True)
        embeddings = model.text_transformer.embeddings
        embeddings.position_ids = torch.arange(self.config.text.positions)[None]
        embeddings.token_type_ids = torch.zeros(1, self.config.text.positions, dtype=torch.long)
        return model.eval().requires_grad_(False)


def read_checkpoint(path: Path | str) -> Checkpoint:
    """Raises UnsuitableCheckpoint, its message beginning with the file's path."""
    path = Path(path)
    try:
        state, classifier = split_lipro(read_weights(path))
        complain(find_misnamed(state))
        config = infer_sizes(state)
        complain(compare_shapes(state, list_shapes(config)))
        check_codebook(state["visual_transformer.vq._codebook.embed"])
    except (UnsuitableCheckpoint, UnsuitableWeights) as error:
        raise UnsuitableCheckpoint(f"{path}: {error}") from error
    return Checkpoint(path, config, {key: state[key] for key in state if key not in TOLERATED}, classifier)


def split_lipro(stored: dict[str, Tensor]) -> tuple[dict[str, Tensor], Classifier | None]:
    """CT-CLIP's own state, and the classifier where the file is LiPro's (ct_lipro_inference.py)."""
    if not any(key.startswith(LIPRO_PREFIX) for key in stored):
        return stored, None
    heads = {key for key in stored if not key.startswith(LIPRO_PREFIX)}
    needed = {"classifier.weight", "classifier.bias"}
    complain(
        [f"missing: {key}" for key in sorted(needed - heads)] + [f"unexpected: {k}" for k in sorted(heads - needed)]
    )
    state = {key.removeprefix(LIPRO_PREFIX): value for key, value in stored.items() if key not in needed}
    weight, bias = stored["classifier.weight"].float(), stored["classifier.bias"].float()
    latent = state["to_visual_latent.weight"].shape[0] if "to_visual_latent.weight" in state else None
    expected = {"classifier.weight": (len(FINDING_IDS), latent), "classifier.bias": (len(FINDING_IDS),)}
    complain(compare_shapes({"classifier.weight": weight, "classifier.bias": bias}, expected))
    return state, Classifier(weight, bias)


def find_misnamed(state: Mapping[str, Tensor]) -> list[str]:
    """Every key that is missing or unexpected."""
    expected = list_shapes(assume_layers(state))
    missing = [f"missing: {key}" for key in expected if key not in state]
    unexpected = state.keys() - expected.keys() - TOLERATED
    return missing + [f"unexpected: {key} {tuple(state[key].shape)}" for key in sorted(unexpected)]


def list_shapes(config: CtClipConfig) -> dict[str, tuple[int, ...]]:
    with without_memory():
        return {key: tuple(value.shape) for key, value in CtClip(config).state_dict().items()}


def compare_shapes(state: Mapping[str, Tensor], expected: Mapping[str, tuple]) -> list[str]:
    return [
        f"wrong shape: {key} is {tuple(state[key].shape)}, not {shape}"
        for key, shape in expected.items()
        if tuple(state[key].shape) != shape
    ]


def check_codebook(embed: Tensor) -> None:
    """A row of zeros has no direction; the whole codebook is one where quantisation was never trained."""
    lengths = embed[0].float().norm(dim=-1)
    if not torch.isfinite(lengths).all() or float(lengths.min()) < 1e-6:
        raise UnsuitableCheckpoint("the codebook (vq._codebook.embed) holds rows of zeros or not-a-number")


def complain(differences: list[str]) -> None:
    """One error for all of them."""
    if not differences:
        return
    shown = "\n  ".join(differences[:MOST_SHOWN])
    if len(differences) > MOST_SHOWN:
        shown += f"\n  and {len(differences) - MOST_SHOWN} more"
    raise UnsuitableCheckpoint(
        f"its keys are not CT-CLIP's ({len(differences)} differences). Use CT-CLIP_v2.pt, CT_VocabFine_v2.pt or "
        f"CT_LiPro_v2.pt as released.\n  {shown}"
    )
