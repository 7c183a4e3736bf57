"""Which scans are of one patient, as CT-RATE's names of volumes tell it."""

from __future__ import annotations

from voxct.corpora.ct_rate.names import VolumeName
from voxct.corpora.refusals import Refused


def name_patient(file: str) -> str | None:
    """train_7 of train_7_a_1.nii.gz: the publisher's pseudonym."""
    try:
        return VolumeName.parse(file).patient
    except Refused:
        return None
