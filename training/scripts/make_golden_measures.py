"""Writes fixtures/golden/measures.json: the instances behind two real scans, and regions of them measured by NumPy.

The scans are read with pydicom alone. Of the instances hashes are written, of the voxels the figures of regions.

    python scripts/make_golden_measures.py <folder with ct-lidc-idri-0314 and ct-lung-pet-ct-dx-a0001>
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import pydicom
from scipy.ndimage import map_coordinates

OUT = Path(__file__).resolve().parents[2] / "fixtures/golden/measures.json"
SCANS = ["ct-lidc-idri-0314", "ct-lung-pet-ct-dx-a0001"]
AXIAL, CORONAL, SAGITTAL = ([1, 0, 0], [0, -1, 0]), ([1, 0, 0], [0, 0, 1]), ([0, 1, 0], [0, 0, 1])


def read_scan(folder: Path):
    slices = sorted(
        (pydicom.dcmread(path) for path in folder.glob("*.dcm")), key=lambda one: float(one.ImagePositionPatient[2])
    )
    hu = np.stack(
        [one.pixel_array.astype(np.float64) * float(one.RescaleSlope) + float(one.RescaleIntercept) for one in slices]
    )
    rows, columns = (float(mm) for mm in slices[0].PixelSpacing)
    places = np.array([float(one.ImagePositionPatient[2]) for one in slices])
    spacing = np.array([columns, rows, (places[-1] - places[0]) / (len(places) - 1)])
    return slices, hu, np.array([float(mm) for mm in slices[0].ImagePositionPatient]), spacing


def hash_instances(slices) -> str:
    lines = [
        f"{float(one.ImagePositionPatient[2]):.2f} {one.StudyInstanceUID} {one.SeriesInstanceUID} {one.SOPInstanceUID} "
        f"{one.SOPClassUID} {one.FrameOfReferenceUID} {int(one.InstanceNumber)}"
        for one in slices
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def holds_polygon(corners, u, v):
    """Even-odd rule."""
    inside = np.zeros(u.shape, bool)
    for (au, av), (bu, bv) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        crosses = (av > v) != (bv > v)
        if bv != av:
            inside ^= crosses & (u < au + (v - av) / (bv - av) * (bu - au))
    return inside


def to_membership(kind, corners):
    (au, av), (bu, bv) = corners[0], corners[1]
    if kind == "ellipse":
        centre, radii = ((au + bu) / 2, (av + bv) / 2), (abs(bu - au) / 2, abs(bv - av) / 2)
        return lambda u, v: ((u - centre[0]) / radii[0]) ** 2 + ((v - centre[1]) / radii[1]) ** 2 <= 1
    if kind == "rectangle":
        return lambda u, v: (abs(u - (au + bu) / 2) <= abs(bu - au) / 2) & (abs(v - (av + bv) / 2) <= abs(bv - av) / 2)
    return lambda u, v: holds_polygon(corners, u, v)


def to_area(kind, corners) -> float:
    size = np.abs(corners[1] - corners[0])
    if kind == "ellipse":
        return float(np.pi * size[0] * size[1] / 4)
    if kind == "rectangle":
        return float(size[0] * size[1])
    following = np.roll(corners, -1, axis=0)
    return float(abs(np.sum(corners[:, 0] * following[:, 1] - following[:, 0] * corners[:, 1])) / 2)


def measure(scan, name, kind, plane, points, fine_mm=None):
    """Of a plane of voxels: those whose centres lie in the region. Else (`fine_mm`): trilinear, so many mm apart."""
    _, hu, origin, spacing = scan
    points = np.array(points, float)
    right, up = (np.array(axis, float) for axis in plane)
    corners = np.stack([(points - points[0]) @ right, (points - points[0]) @ up], axis=1)
    holds = to_membership(kind, corners)
    if fine_mm is None:
        axis = int(np.argmax(np.abs(np.cross(right, up))))
        layer = round((points[0][axis] - origin[axis]) / spacing[axis])
        grids = np.meshgrid(
            *[np.arange(n) if a != axis else np.array([layer]) for a, n in enumerate(hu.shape[::-1])], indexing="ij"
        )
        at = np.stack([origin[a] + spacing[a] * grids[a] for a in range(3)], axis=-1) - points[0]
        values = hu[grids[2], grids[1], grids[0]][holds(at @ right, at @ up)]
    else:
        low, high = corners.min(axis=0), corners.max(axis=0)
        u, v = np.meshgrid(np.arange(low[0], high[0], fine_mm), np.arange(low[1], high[1], fine_mm), indexing="ij")
        inside = holds(u, v)
        at = (points[0] + u[inside][:, None] * right + v[inside][:, None] * up - origin) / spacing
        values = map_coordinates(hu, at[:, ::-1].T, order=1)
    return {
        "name": name,
        "kind": kind,
        "plane": {"right": right.tolist(), "up": up.tolist()},
        "points": points.tolist(),
        "isOblique": fine_mm is not None,
        "count": int(values.size) if fine_mm is None else None,
        "areaMm2": to_area(kind, corners),
        "mean": float(values.mean()),
        "sd": float(values.std()),
        "min": float(values.min()),
        "max": float(values.max()),
    }


def to_point(scan, index):
    _, _, origin, spacing = scan
    return (origin + spacing * np.array(index, float)).tolist()


def to_regions(scan, layer):
    """Around the middle of the scan, off the voxels' centres."""
    at = lambda i, j, k=layer: to_point(scan, [i, j, k])  # noqa: E731
    tilt = np.deg2rad(25)
    right, up = np.array([1.0, 0, 0]), np.array([0, -np.cos(tilt), np.sin(tilt)])
    middle = np.array(at(230, 260))
    lean = lambda u, v: (middle + u * right + v * up).tolist()  # noqa: E731
    outline = [at(150.3, 200.2), at(210.6, 190.7), at(240.1, 250.4), at(200.2, 230.1), at(170.8, 280.3)]
    return [
        measure(scan, "axial ellipse", "ellipse", AXIAL, [at(200.3, 240.4), at(259.8, 285.7)]),
        measure(scan, "axial rectangle", "rectangle", AXIAL, [at(330.4, 210.3), at(371.7, 300.6)]),
        measure(scan, "axial freehand", "freehand", AXIAL, outline),
        measure(
            scan, "coronal ellipse", "ellipse", CORONAL, [at(180.3, 250, layer - 9.3), at(300.2, 250, layer + 11.6)]
        ),
        measure(
            scan,
            "sagittal rectangle",
            "rectangle",
            SAGITTAL,
            [at(256, 180.3, layer - 7.4), at(256, 290.7, layer + 8.3)],
        ),
        measure(scan, "oblique ellipse", "ellipse", (right, up), [lean(-22.5, -17.5), lean(31.5, 14.5)], 0.1),
        measure(
            scan,
            "oblique freehand",
            "freehand",
            (right, up),
            [lean(-30, -20), lean(25, -15), lean(10, 20), lean(0, 2)],
            0.1,
        ),
    ]


def main() -> None:
    root = Path(sys.argv[1])
    golden = {}
    for name in SCANS:
        scan = read_scan(root / name)
        golden[name] = {
            "layers": len(scan[0]),
            "instances": hash_instances(scan[0]),
            "regions": to_regions(scan, len(scan[0]) // 2),
        }
    OUT.write_text(json.dumps(golden) + "\n")
    print(OUT)


if __name__ == "__main__":
    main()
