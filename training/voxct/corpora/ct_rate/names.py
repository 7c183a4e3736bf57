"""CT-RATE's names: valid_1_a_2 = patient valid_1, scan valid_1_a, its second reconstruction."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voxct.corpora.refusals import Refused

PATTERN = re.compile(r"(?P<patient>(?P<split>train|valid)_\d+)_(?P<scan>[a-z]+)_(?P<reconstruction>\d+)")


@dataclass(frozen=True)
class VolumeName:
    """split: train or valid, as the name says it."""

    split: str
    patient: str
    scan: str
    reconstruction: int

    def __str__(self) -> str:
        return f"{self.scan}_{self.reconstruction}"

    @staticmethod
    def parse(text: str) -> VolumeName:
        """Of a file or a table's VolumeName, with or without .nii.gz. Raises Refused."""
        found = PATTERN.fullmatch(text.removesuffix(".gz").removesuffix(".nii"))
        if found is None:
            raise Refused("is not named as CT-RATE names volumes (train_1_a_1.nii.gz)")
        patient = found["patient"]
        return VolumeName(found["split"], patient, f"{patient}_{found['scan']}", int(found["reconstruction"]))
