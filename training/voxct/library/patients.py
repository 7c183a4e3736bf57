"""Which scans are of one patient: by CT-RATE's names, or by DICOM's Patient ID, which itself is written nowhere."""

from __future__ import annotations

import pydicom
from pydicom.errors import InvalidDicomError

from voxct.corpora.ct_rate.names import VolumeName
from voxct.corpora.refusals import Refused
from voxct.library.archive import Case


def name_patients(cases: list[Case]) -> dict[str, str]:
    """{case id: patient} of those that tell theirs. DICOM's patients are numbered in the order of the cases."""
    numbers: dict[str, str] = {}
    named = {}
    for case in cases:
        given = read_patient_id(case)
        if given is not None:
            named[case.id] = numbers.setdefault(given, f"patient-{len(numbers) + 1}")
        elif (patient := name_patient(case.path.name)) is not None:
            named[case.id] = patient
    return named


def name_patient(file: str) -> str | None:
    """train_7 of train_7_a_1.nii.gz."""
    try:
        return VolumeName.parse(file).patient
    except Refused:
        return None


def read_patient_id(case: Case) -> str | None:
    if not case.series:
        return None
    try:
        header = pydicom.dcmread(case.series[0], stop_before_pixels=True, specific_tags=["PatientID"], force=True)
    except (OSError, InvalidDicomError):
        return None
    return str(header.get("PatientID") or "").strip() or None
