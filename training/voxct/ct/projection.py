"""to_visual_latent: mean over z, flatten, Linear without bias. Trained as a shared part plus a small local part."""

import torch
from torch import Tensor, nn


class LocalisedProjection(nn.Module):
    """W[h, w] = shared + local[h, w]. Of full size the matrix has h*w*width*latent numbers and memorises its cases;
    the shared part learns from every column at once, and the local part starts at zero. Folded at export.
    """

    def __init__(self, height: int, columns: int, width: int, latent: int) -> None:
        super().__init__()
        self.shared = nn.Parameter(torch.randn(width, latent) * width**-0.5)
        self.local = nn.Parameter(torch.zeros(height, columns, width, latent))

    def forward(self, tokens: Tensor) -> Tensor:
        """tokens [b, z, h, w, width] -> un-normalised latent [b, latent] (a mean over the columns, not a sum)."""
        planes = tokens.mean(1)
        cells = planes.shape[1] * planes.shape[2]
        return planes.mean((1, 2)) @ self.shared + torch.einsum("bhwd,hwdl->bl", planes, self.local) / cells

    def fold(self) -> Tensor:
        """[h, w, width, latent]: the latent is sum over h, w of (mean over z of tokens) . W[h, w]."""
        height, columns = self.local.shape[:2]
        return ((self.shared + self.local) / (height * columns)).detach()
