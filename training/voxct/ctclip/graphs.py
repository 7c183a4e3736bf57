"""CT-CLIP's image tower -> ONNX graphs in parts: patch embedding, a part a layer, quantisation; and the head.

Small parts let the caller show progress, stop between them and keep little in memory. `tokens` between parts are
float32 [1, S, H, W, width]; parts with `slabs` take and give one plane of S at a time. The graph of a part has one
input and one output; ONNX wants them named differently.
"""

from pathlib import Path

from torch import Tensor, no_grad

from voxct.ct.ctvit import CtVit
from voxct.ctclip.graphs_builder import Graph, Stored, store
from voxct.ctclip.graphs_check import check_part
from voxct.ctclip.graphs_ends import Codebook, add_patches, add_search, store_codebook
from voxct.ctclip.graphs_head import PRECISIONS, add_head, store_projection
from voxct.ctclip.graphs_layers import add_layer
from voxct.ctclip.graphs_layout import Layout, choose_layout
from voxct.ctclip.graphs_linear import VARIANTS, Variant
from voxct.ctclip.graphs_work import estimate_work

__all__ = ["VARIANTS", "Variant", "export_variant"]


@no_grad()
def export_variant(vit: CtVit, weight: Tensor, out: Path, variant: Variant) -> dict:
    """Writes the graphs of one variant into `out`: {"trunk": [part, …], "head": part}, as the manifest has them.

    vit: eval mode. weight [H, W, width, latent]: the projection of the mean over S.
    Variants share files: the position bias, the codebook, the int8 projection.
    Raises ValueError where a graph would not run on the variant's provider.
    """
    if vit.detail is not None or not vit.config.codebook or not vit.config.patch_norm:
        raise ValueError("only CT-CLIP's own CTViT is cut in parts: a codebook, normalised patches, no detail branch")
    layout = choose_layout(variant)
    grid, width = vit.config.grid, vit.config.width
    bias = store(out / "ct-position-bias.f32", vit.spatial_rel_pos_bias().float().numpy())
    codebook = store_codebook(vit.vq.embed[0].float().numpy(), out)
    trunk = [
        save_patches(vit, out / f"ct-trunk-1-{variant}.onnx", layout),
        *save_layers(vit, out, variant, layout, bias),
        save_search(vit, codebook, out / f"ct-trunk-{count_parts(vit)}-{variant}.onnx", layout),
    ]
    work = estimate_work(vit.config)
    parts = [{**part, "work": share} for part, share in zip(trunk, work, strict=True)]
    head = save_head(weight, grid, width, out, variant)
    for part in [*parts, head]:
        check_part(out / part["file"], webgpu=variant != "int8")
    return {"trunk": parts, "head": head}


def count_parts(vit: CtVit) -> int:
    return 2 + vit.config.spatial_layers + vit.config.temporal_layers


def save_patches(vit: CtVit, path: Path, layout: Layout) -> dict:
    s, h, w = vit.config.grid
    g = Graph("ct-patches")
    tokens = g.reshape(add_patches(g, "volume", vit, layout), 1, 1, h, w, vit.config.width)
    volume = [1, 1, vit.config.patch[0], *vit.config.shape[1:]]
    part = g.save(path, {"volume": volume}, {"tokens": (tokens, [1, 1, h, w, vit.config.width])})
    return {**part, "slabs": s}


def save_layers(vit: CtVit, out: Path, variant: Variant, layout: Layout, bias: Stored) -> list[dict]:
    shape = [1, *vit.config.grid, vit.config.width]
    layers = [(vit.enc_spatial_transformer, index, bias) for index in range(vit.config.spatial_layers)]
    layers += [(vit.enc_temporal_transformer, index, None) for index in range(vit.config.temporal_layers)]
    parts = []
    for number, (transformer, index, layer_bias) in enumerate(layers, start=2):
        g = Graph(f"ct-layer-{number}")
        x = g.reshape("tokens_in", *vit.config.grid, vit.config.width)
        x = add_layer(g, x, vit.config.grid, transformer, index, layout, layer_bias)
        path = out / f"ct-trunk-{number}-{variant}.onnx"
        parts.append(g.save(path, {"tokens_in": shape}, {"tokens": (g.reshape(x, *shape), shape)}))
    return parts


def save_search(vit: CtVit, codebook: Codebook, path: Path, layout: Layout) -> dict:
    s, h, w = vit.config.grid
    shape = [1, 1, h, w, vit.config.width]
    g = Graph("ct-codes")
    tokens = g.reshape(add_search(g, "tokens_in", codebook, layout), *shape)
    return {**g.save(path, {"tokens_in": shape}, {"tokens": (tokens, shape)}), "slabs": s}


def save_head(weight: Tensor, grid: tuple[int, int, int], width: int, out: Path, variant: Variant) -> dict:
    kept = PRECISIONS[variant]
    pieces, steps = store_projection(weight, out / f"ct-projection.{kept}", kept)
    g = Graph("ct-head")
    embedding, heat = add_head(g, grid, width, pieces, steps)
    latent = weight.shape[-1]
    return g.save(
        out / f"ct-head-{variant}.onnx",
        {"tokens": [1, *grid, width], "directions": ["n", latent]},
        {"embedding": (embedding, [1, latent]), "heat": (heat, ["n", *grid])},
    )
