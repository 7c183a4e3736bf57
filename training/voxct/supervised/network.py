"""The supervised baseline, CT-Net's part in the table: a plain 3-D CNN that sees labels and nothing else."""

import torch
from torch import Tensor, nn


class PlainCnn(nn.Module):
    """volume [b, 1, z, y, x] in [-1, 1] -> 18 logits [b, 18].

    Strided 3 x 3 x 3 convolutions with batch norm and ReLU; mean and maximum over the volume; one linear layer.
    """

    def __init__(self, widths: tuple[int, ...] = (16, 32, 64, 128), findings: int = 18) -> None:
        super().__init__()
        inputs = (1, *widths[:-1])
        stages = [build_stage(before, after, 2) for before, after in zip(inputs, widths, strict=True)]
        self.features = nn.Sequential(*stages, build_stage(widths[-1], widths[-1], 1))
        self.classify = nn.Linear(2 * widths[-1], findings)

    def forward(self, volume: Tensor) -> Tensor:
        features = self.features(volume)
        return self.classify(torch.cat([features.mean((2, 3, 4)), features.amax((2, 3, 4))], 1))


def build_stage(before: int, after: int, stride: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv3d(before, after, 3, stride=stride, padding=1, bias=False), nn.BatchNorm3d(after), nn.ReLU()
    )


def to_label_weights(labels: Tensor, most: float = 20.0) -> Tensor:
    """labels [n, 18] -> negatives : positives of each finding, the positives' weight in the logistic loss."""
    positives = labels.float().sum(0).clamp(min=1)
    return ((len(labels) - positives) / positives).clamp(max=most)
