"""Mean tokens of an archive beside its library: exact, in order, resumable, and only where the head is linear."""

import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from scripts import build_library
from voxct.corpora import generate
from voxct.corpora.ct_input import prepare_input
from voxct.corpora.journal import OtherModel
from voxct.library.archive import Case, read_case
from voxct.library.encoder import PackEncoder
from voxct.library.workers import embed_cases

TINY = Path(__file__).resolve().parents[2] / "fixtures/models/tiny"
SPACING = generate.Body().spacing_mm


def write_scan(path: Path, seed: int) -> None:
    generate.write_nifti(path, generate.draw_chest(generate.draw_labels(seed), seed), SPACING)


@pytest.fixture
def archive(tmp_path) -> Path:
    for seed in (3, 1, 2):
        write_scan(tmp_path / f"archive/train_{seed}_a_1.nii.gz", seed)
    generate.write_nifti(tmp_path / "archive/head.nii.gz", generate.draw_head(), (6.0, 6.0, 6.0))
    return tmp_path / "archive"


@pytest.fixture
def pack(tmp_path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "pack"))


def build(archive: Path, pack: Path, **options) -> Path:
    build_library.main(build_library.Config(archive, pack, features=pack.parent / "features", **options))
    return pack.parent / "features"


def read_index(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()]


def test_features_are_the_mean_of_what_the_trunk_gives_a_line_a_case(archive, pack):
    folder = build(archive, pack, keep_tokens=True)
    index, features = read_index(folder), np.load(folder / "features.npy")
    assert [line["id"] for line in index] == ["train_1_a_1", "train_2_a_1", "train_3_a_1"]
    assert [line["patient"] for line in index] == ["train_1", "train_2", "train_3"]
    assert index[0]["file"] == "train_1_a_1.nii.gz" and features.dtype == np.float32
    encoder = PackEncoder(pack, None, 1)
    case = Case("x", archive / "train_2_a_1.nii.gz", "x", "")
    tokens = encoder.session.encode(prepare_input(read_case(case), encoder.spec)[None, None])[0]
    assert np.abs(features[1] - tokens.mean((0, 1, 2), dtype=np.float64)).max() < 1e-6
    stored = np.load(folder / "tokens.npy", mmap_mode="r")
    assert stored.dtype == np.float16 and stored.shape == (3, *tokens.shape)
    assert np.abs(stored[1] - tokens).max() <= np.abs(tokens).max() * 2**-10
    manifest = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))
    library = np.fromfile(pack / manifest["library"]["embeddings"]["file"], "<f4")
    assert np.array_equal(np.load(folder / "embeddings.npy").ravel(), library)
    assert not (folder / "parts").exists() and not list(folder.glob("*.tmp"))


def test_a_run_that_is_stopped_goes_on_and_ends_with_the_same_bytes(archive, pack, monkeypatch):
    whole = build(archive, pack)
    expected = {path.name: path.read_bytes() for path in whole.iterdir()}
    shutil.rmtree(whole)
    (pack.parent / "pack-library.jsonl").unlink()

    def stop(cases, rules):
        for number, row in enumerate(embed_cases(cases, rules)):
            if number == 2:
                raise KeyboardInterrupt
            yield row

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(build_library, "embed_cases", stop)
        build(archive, pack, workers=0)
    asked = []
    with monkeypatch.context() as patched:
        patched.setattr(
            build_library,
            "embed_cases",
            lambda cases, rules: asked.extend(case.id for case in cases) or embed_cases(cases, rules),
        )
        folder = build(archive, pack, workers=0)
    assert len(asked) == 2
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == expected


def test_what_is_new_joins_what_is_kept_and_what_is_gone_goes(archive, pack, monkeypatch):
    folder = build(archive, pack)
    before = np.load(folder / "features.npy")
    write_scan(archive / "train_15_a_1.nii.gz", 15)
    (archive / "train_1_a_1.nii.gz").unlink()
    asked = []
    monkeypatch.setattr(
        build_library, "embed_cases", lambda cases, rules: asked.extend(cases) or embed_cases(cases, rules)
    )
    build(archive, pack, workers=0)
    assert [case.id for case in asked] == ["train_15_a_1"]
    assert [line["id"] for line in read_index(folder)] == ["train_15_a_1", "train_2_a_1", "train_3_a_1"]
    assert np.array_equal(np.load(folder / "features.npy")[1:], before[1:])


def test_a_library_made_without_features_is_embedded_once_more_for_them(archive, pack):
    build_library.main(build_library.Config(archive, pack, workers=0))
    assert len(np.load(build(archive, pack, workers=0) / "features.npy")) == 3


def test_features_of_another_model_are_never_mixed_in(archive, pack):
    folder = build(archive, pack, workers=0)
    about = json.loads((folder / "features.json").read_text(encoding="utf-8"))
    about["madeBy"]["trunk"] = "0" * 64
    (folder / "features.json").write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(OtherModel, match="another model"):
        build(archive, pack, workers=0)


def test_a_head_that_is_not_linear_in_the_tokens_is_refused(archive, pack):
    path = pack / json.loads((pack / "manifest.json").read_text(encoding="utf-8"))["ct"]["head"][0]["file"]
    model = onnx.load(path)
    for node in model.graph.node:
        node.output[:] = [f"{name}.half" if name == "heat" else name for name in node.output]
    model.graph.initializer.append(helper.make_tensor("by", TensorProto.FLOAT, [], [0.5]))
    model.graph.node.append(helper.make_node("Mul", ["heat.half", "by"], ["heat"]))
    onnx.save(model, path)
    with pytest.raises(ValueError, match="not linear in the tokens"):
        build(archive, pack, workers=0)


def test_tokens_need_a_folder():
    with pytest.raises(ValueError, match="needs --features"):
        build_library.Config(Path("a"), Path("b"), keep_tokens=True)
