"""What the CT tower learns: where findings are, what the volume shows, and which texts fit it."""

import torch
from torch import Tensor
from torch.nn import functional as F


def dense_presence(logits: Tensor, shares: Tensor, positive_weight: Tensor) -> Tensor:
    """Logistic loss a token and finding. logits and shares [b, z, h, w, 18]; shares are uint8, 255 = wholly inside.

    A token counts as positive from its first voxel on, with a weight that grows with its share.
    """
    share = shares.float() / 255
    present = (share > 0).to(logits.dtype)
    weight = torch.where(share > 0, positive_weight * (0.5 + 0.5 * (share * 4).clamp(max=1)), 1.0)
    loss = F.binary_cross_entropy_with_logits(logits, present, weight=weight, reduction="sum")
    return loss / weight.sum() * 10


def case_presence(logits: Tensor, labels: Tensor, offset: Tensor) -> Tensor:
    """Logistic loss of a case's three loudest tokens: one false alarm among 1,728 tokens is one too many.

    logits [b, z, h, w, 18], labels [b, 18], offset [18].
    """
    loudest = logits.flatten(1, 3).topk(3, dim=1).values.mean(1)
    return F.binary_cross_entropy_with_logits(loudest + offset, labels)


def slice_presence(logits: Tensor, shares: Tensor) -> Tensor:
    """Logistic loss a slice and finding, so that spatial attention spreads what one token sees over its slice.

    logits [b, z, 18] from the mean token of a slice; shares uint8 [b, z, h, w, 18].
    """
    return F.binary_cross_entropy_with_logits(logits, (shares > 0).any(2).any(2).to(logits.dtype))


def zero_shot(
    embedding: Tensor,
    prompts: Tensor,
    labels: Tensor,
    scale: Tensor,
    offset: Tensor,
    finding_weight: Tensor | float = 1.0,
) -> Tensor:
    """Logistic loss of scale * (cos+ - cos-) + offset: CT-CLIP's VocabFine idea with a sigmoid.

    The offset a finding absorbs prevalence; it leaves the ranking within a finding as it is. finding_weight [18] or 1.
    """
    margins = embedding @ (prompts[:, 0] - prompts[:, 1]).T
    loss = F.binary_cross_entropy_with_logits(scale * margins + offset, labels, reduction="none")
    return (loss * finding_weight).mean()


def contrast_reports(
    embedding: Tensor, labels: Tensor, reports: Tensor, report_labels: Tensor, scale: Tensor
) -> Tensor:
    """Multi-positive InfoNCE, volume -> report. Reports whose 18 labels equal the volume's are all positives.

    embedding [b, d]; reports [n, d] hold at least one report a volume.
    """
    log_share = (scale * embedding @ reports.T).log_softmax(-1)
    equal = (labels[:, None] == report_labels[None]).all(-1)
    return -(torch.where(equal, log_share, 0.0).sum(-1) / equal.sum(-1).clamp(min=1)).mean()


def match_crops(
    embedding: Tensor, labels: Tensor, crops: Tensor, crop_states: Tensor, scale: Tensor, offset: Tensor
) -> Tensor:
    """Every volume of the batch against every report crop: fits (nothing said contradicts the labels) or not.

    Crops that say nothing of the 18 findings fit everything and are left out. crops [m, d], crop_states [m, 18].
    """
    said = crop_states.float()
    signs = labels * 2 - 1
    contradictions = (said.abs().sum(-1)[None] - signs @ said.T) > 0
    counted = (said.abs().sum(-1) > 0)[None].expand_as(contradictions)
    logits = scale * embedding @ crops.T + offset
    loss = F.binary_cross_entropy_with_logits(logits, (~contradictions).float(), reduction="none")
    return (loss * counted).sum() / counted.sum().clamp(min=1)


def ground_directions(tokens: Tensor, weight: Tensor, directions: Tensor, shares: Tensor, scale: float) -> Tensor:
    """Puts the heat of each present finding into its mask: -log of the softmax mass inside the mask.

    tokens [b, z, h, w, width], weight [h, w, width, latent], directions [18, latent], shares uint8 [b, z, h, w, 18].
    """
    pulled = torch.einsum("hwdl,fl->hwdf", weight, directions)
    heat = torch.einsum("bzhwd,hwdf->bfzhw", tokens, pulled).flatten(2)
    log_share = (scale * heat).log_softmax(-1)
    inside = shares.permute(0, 4, 1, 2, 3).flatten(2) > 0
    present = inside.any(-1)
    mass = log_share.masked_fill(~inside, -1e4).logsumexp(-1)
    return -(mass.masked_fill(~present, 0.0)).sum() / present.sum().clamp(min=1)
