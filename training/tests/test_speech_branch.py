from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from voxct.contrastive.distributed import join_processes
from voxct.contrastive.loop import LoopConfig, Trainer
from voxct.speech.branch.export import compare_branch, export_graph
from voxct.speech.branch.features import FeatureStore, FeatureWriter
from voxct.speech.branch.model import BranchConfig, ProjectedBranch, SpeechBranch, pool_frames
from voxct.speech.branch.pieces import cut_pieces, name_statuses
from voxct.speech.branch.readers import PackEars
from voxct.speech.branch.reading import Limits, call_statuses, choose_limits, read_limits, tell_clips, write_limits
from voxct.speech.branch.task import (
    PACES,
    BranchModules,
    BranchTask,
    LossWeights,
    call_all,
    change_pace,
    pad_frames,
    to_states,
)
from voxct.speech.hand_written_judge import judge
from voxct.text.pack_space import open_pack_space

PACK = Path(__file__).parents[2] / "public/models/phantom-mini"
SMALL = BranchConfig(states=16, width=32, blocks=1, heads=2, kernel=5, dropout=0.0)
WIDTH = 32
CLAUSES = [{"text": "no mass", "statuses": {"lung_nodule": "absent"}}, {"text": "goiter", "statuses": {}}]
ROW = {
    "id": "a",
    "text": "no mass goiter",
    "kind": "report",
    "clauses": CLAUSES,
    "seconds": 4.0,
    "times": [[0, 1.5], [2.0, 4.0]],
}


def write_store(folder: Path, count: int) -> FeatureStore:
    """Clips whose frames say by one channel that emphysema is present (+) or absent (-)."""
    writer, rng = FeatureWriter(folder, WIDTH), np.random.default_rng(0)
    for number in range(count):
        status = number % 3
        frames = rng.standard_normal((12 + number % 7, WIDTH)).astype(np.float16) * 0.1
        frames[4:8, 3] += {0: 0, 1: 3, 2: -3}[status]
        told = {"text": "", "statuses": [0] * 7 + [status] + [0] * 10, "kind": "x", "voice": "v"}
        writer.add(frames, {"piece": f"p{number}", **told})
    return FeatureStore([folder], WIDTH)


def test_a_clip_is_cut_between_clauses_with_what_they_state():
    (together,) = cut_pieces(ROW)
    assert (together.start_s, together.end_s, together.text) == (0.0, 4.0, "no mass goiter")
    assert name_statuses(together.statuses) == {"lung_nodule": "absent"}
    first, second = cut_pieces(ROW, longest_s=2.0)
    assert (first.end_s, second.start_s) == (1.6, 1.9)
    assert name_statuses(second.statuses) == {}


def test_a_hand_written_clip_becomes_its_clauses():
    statements = [{"finding": "lung_nodule", "status": "absent", "clause": [0, 1]}]
    row = {**ROW, "clauses": ["no mass", "nor node"], "statements": statements}
    pieces = cut_pieces(row)
    assert [name_statuses(piece.statuses) for piece in pieces] == [{"lung_nodule": "absent"}] * 2
    assert [(piece.start_s, piece.end_s) for piece in pieces] == [(0.0, 1.6), (1.9, 4.0)]


def test_sentences_of_two_states_that_doubt_or_look_back_are_left_out():
    plain = {
        "id": "b",
        "kind": "finding",
        "clauses": ["x"],
        "seconds": 2.0,
        "times": [[0, 2]],
        "states": {"emphysema": "present"},
    }
    assert len(cut_pieces({**plain, "text": "There is emphysema."})) == 1
    assert cut_pieces({**plain, "text": "Emphysema cannot be excluded."}) == []
    assert len(cut_pieces({**plain, "text": "possibly rain", "states": {}})) == 1
    assert cut_pieces({**plain, "text": "There is emphysema.", "seconds": 11.0}) == []


def test_a_store_goes_on_where_it_stopped(tmp_path):
    store = write_store(tmp_path, 5)
    before = store.frames(4).copy()
    (tmp_path / "frames.f16").open("ab").write(b"half a row")
    writer = FeatureWriter(tmp_path, WIDTH)
    assert writer.done == {f"p{n}" for n in range(5)}
    told = {"text": "", "statuses": [0] * 18, "kind": "x", "voice": "v"}
    writer.add(np.ones((3, WIDTH), np.float16), {"piece": "late", **told})
    again = FeatureStore([tmp_path], WIDTH)
    np.testing.assert_array_equal(again.frames(4), before)
    np.testing.assert_array_equal(again.frames(5), np.ones((3, WIDTH)))


@pytest.mark.parametrize("pooled", [1, 2])
def test_padding_changes_nothing_of_what_a_clip_says(tmp_path, pooled):
    store = write_store(tmp_path, 9)
    torch.manual_seed(0)
    branch = SpeechBranch(replace(SMALL, pooled=pooled), open_pack_space(PACK)).eval()
    alone = np.stack([branch(*pad_frames([store.frames(n)]))[1][0].exp().detach().numpy() for n in range(9)])
    np.testing.assert_allclose(call_all(branch, store, 9), alone, atol=1e-5)


def test_pooled_frames_are_means_of_neighbours_and_a_last_one_stands_alone():
    frames = torch.tensor([[1.0, 3.0, 5.0], [2.0, 9.0, 9.0]])[..., None]
    mask = torch.tensor([[1.0, 1.0, 1.0], [1.0, 0.0, 0.0]])[..., None]
    pooled, kept = pool_frames(frames, mask, 2)
    assert pooled[..., 0].tolist() == [[2.0, 5.0], [2.0, 0.0]]
    assert kept[..., 0].tolist() == [[1.0, 1.0], [1.0, 0.0]]


def test_the_graph_of_a_pooled_branch_hears_what_pytorch_hears(tmp_path):
    torch.manual_seed(0)
    branch = SpeechBranch(replace(SMALL, pooled=2), open_pack_space(PACK)).eval()
    export_graph(branch, tmp_path / "branch.onnx")
    rng = np.random.default_rng(0)
    clips = [rng.standard_normal((positions, WIDTH)).astype(np.float32) for positions in (2, 46, 120)]
    figures = compare_branch(branch, tmp_path / "branch.onnx", clips)
    assert figures["leastCosine"] > 0.99999
    assert figures["sameStatuses"] == 1.0


def test_clips_are_paired_where_no_finding_is_said_twice(tmp_path):
    store, space = write_store(tmp_path, 6), open_pack_space(PACK)
    teacher = space.embed_states(torch.zeros(6, 18, dtype=torch.int64))
    modules = BranchModules(SpeechBranch(SMALL, space))
    task = BranchTask(modules, store, store, teacher, space, LossWeights(), 20.0, 1)
    first, second = task.pair(np.array([0, 1, 2, 4, 3, 5]))
    assert list(zip(first, second, strict=True)) == [(0, 4), (1, 3)]
    drawn = [task.collate(np.array([0, 1, 4, 3]), np.random.default_rng(seed)) for seed in range(8)]
    paired = [batch for batch in drawn if len(batch["statuses"]) == 2]
    assert 0 < len(paired) < 8
    lengths = np.array([len(store.frames(a)) + len(store.frames(b)) for a, b in ((0, 4), (1, 3))])
    for batch in paired:
        spoken = batch["mask"].sum(1).flatten().numpy()
        assert (spoken >= lengths / PACES[1] - 1).all()
        assert (spoken <= lengths / PACES[0] + 1).all()
    assert paired[0]["statuses"][:, 7].tolist() == [1, 1]


def test_the_branch_learns_on_the_loop(tmp_path):
    space = open_pack_space(PACK)
    store = write_store(tmp_path / "store", 60)
    assert train_small(store, tmp_path / "whole", 120) > 0.9
    branch = SpeechBranch(SMALL, space)
    branch.load_state_dict(torch.load(tmp_path / "whole/branch.pt", weights_only=True)["state"])
    shares = space.read(branch.eval()(*pad_frames([store.frames(1), store.frames(2)]))[0])
    assert shares[0, 7, 0] > 0.6
    assert shares[1, 7, 1] > 0.6


def test_a_run_that_was_stopped_ends_with_the_weights_of_one_that_was_not(tmp_path):
    store = write_store(tmp_path / "store", 30)
    train_small(store, tmp_path / "whole", 8)
    for last in (4, 8):
        train_small(store, tmp_path / "parts", last)
    whole, parts = (
        torch.load(tmp_path / name / "branch.pt", weights_only=True)["state"] for name in ("whole", "parts")
    )
    for name, tensor in whole.items():
        torch.testing.assert_close(parts[name], tensor)


def train_small(store: FeatureStore, out: Path, steps: int) -> float:
    space = open_pack_space(PACK)
    firm = torch.tensor([row.statuses for row in store.rows])
    teacher = space.embed_states((firm == 1).long() - (firm == 2).long())
    config = LoopConfig(steps=steps, rate=1e-2, precision="fp32", validate_every=steps, save_every=4, log_every=60)
    torch.manual_seed(3)
    modules = BranchModules(SpeechBranch(SMALL, space))
    task = BranchTask(modules, store, store, teacher, space, LossWeights(), 20.0, 1)
    trainer = Trainer(task, config, join_processes("cpu"), out)
    trainer.resume()
    return trainer.run()


def test_a_clip_spoken_faster_is_shorter_and_says_the_same_in_order():
    frames = np.arange(10, dtype=np.float16)[:, None]
    assert change_pace(frames, 1.0)[:, 0].tolist() == list(range(10))
    assert change_pace(frames, 2.0)[:, 0].tolist() == [0, 2, 4, 6, 8]
    slow = change_pace(frames, 0.5)[:, 0]
    assert len(slow) == 20
    assert (np.diff(slow) >= 0).all()
    assert slow[-1] == 9


def test_the_projection_of_the_paper_learns_from_distillation_alone(tmp_path):
    space, store = open_pack_space(PACK), write_store(tmp_path, 30)
    teacher = space.embed_states(to_states(torch.tensor([row.statuses for row in store.rows])))
    torch.manual_seed(0)
    modules = BranchModules(ProjectedBranch(SMALL, space))
    task = BranchTask(modules, store, store, teacher, space, LossWeights(0, 1, 0, 0), 20.0, 1)
    optimizer = torch.optim.Adam(modules.parameters(), 1e-2)
    costs = []
    for batch in task.batches(0, 60):
        cost, _ = task.loss(modules, batch)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
        costs.append(cost.item())
    assert np.mean(costs[-10:]) < 0.3 * costs[0]
    assert call_all(modules.branch, store)[..., 0].min() == 1.0


def test_the_projection_hears_no_padding(tmp_path):
    store, space = write_store(tmp_path, 9), open_pack_space(PACK)
    torch.manual_seed(0)
    branch = ProjectedBranch(SMALL, space).eval()
    together = branch(*pad_frames([store.frames(n) for n in range(9)]))[0]
    alone = torch.cat([branch(*pad_frames([store.frames(n)]))[0] for n in range(9)])
    torch.testing.assert_close(together, alone, atol=1e-5, rtol=0)


def test_limits_call_what_is_mentioned_and_firm():
    told = np.array([[0.1, 0.5, 0.4, 0.0, 0.0], [0.6, 0.4, 0.0, 0.0, 0.0], [0.05, 0.05, 0.9, 0.0, 0.0]], np.float32)
    assert call_statuses(told, Limits(0.5, 0.0)).tolist() == [1, 0, 2]
    assert call_statuses(told, Limits(0.3, 0.6)).tolist() == [0, 1, 2]


def test_limits_are_those_that_find_most_at_no_more_faults():
    stated = {"finding": "emphysema", "status": "present", "clause": 0}
    rows = [
        {"id": "a", "kind": "present", "clauses": ["x"], "statements": [stated]},
        {"id": "b", "kind": "normal", "clauses": ["y"], "statements": []},
    ]  # fmt: skip
    told = [np.zeros((1, 18, 5), np.float32) for _ in rows]
    for one in told:
        one[..., 0] = 1
    told[0][0, 7] = [0.25, 0.75, 0, 0, 0]
    told[1][0, 3] = [0.35, 0.65, 0, 0, 0]
    most = judge(rows, [np.zeros((1, 18), int)] * 2)
    assert choose_limits(rows, told, most).mentioned == 0.7
    pieces = ["b.0~0", "a.0~0"]
    (first, second) = tell_clips(rows, pieces, np.concatenate([told[1], told[0]]))
    np.testing.assert_array_equal(first, told[0])
    np.testing.assert_array_equal(second, told[1])


def test_the_readers_are_told_apart_from_what_they_call(tmp_path):
    space = open_pack_space(PACK)
    ears = PackEars(PACK, space)
    told = ears.tell(np.zeros(16000, np.float32), "")
    assert told.shape == (18, 5)
    assert ears.call(told[None]).tolist() == [[0] * 18]
    loud = np.zeros((2, 18, 5), np.float32)
    loud[0, 7, 1], loud[1, 7, 2] = 1, 1
    assert ears.call(loud)[:, 7].tolist() == [1, 2]
    assert ears.call(loud).sum() == 3
    write_limits(tmp_path, Limits(0.8, 0.7))
    assert read_limits(tmp_path) == Limits(0.8, 0.7)
    assert read_limits(tmp_path / "none") == Limits(0.5, 0.0)
