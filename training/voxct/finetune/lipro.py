"""ClassFine (CT-LiPro): ReLU of the unit image latent, dropout, one linear layer; the tower stays frozen."""

import copy

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.metrics import mean_auroc
from voxct.supervised.network import to_label_weights

LOOK_EPOCHS = 5


class LiPro(nn.Module):
    """Unit embeddings [n, latent] -> logits [n, 18]."""

    def __init__(self, latent: int = 128, findings: int = 18, dropout: float = 0.3) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(latent, findings)

    def forward(self, embeddings: Tensor) -> Tensor:
        return self.classifier(self.dropout(F.relu(embeddings)))


def train_lipro(
    train: tuple[Tensor, Tensor], validation: tuple[Tensor, Tensor], seed: int, epochs: int = 120, rate: float = 0.02
) -> tuple[LiPro, dict]:
    """Each split as (embeddings, labels). Of every LOOK_EPOCHS-th epoch, the best on validation is kept."""
    torch.manual_seed(seed)
    embeddings, labels = train
    head = LiPro(embeddings.shape[1], labels.shape[1])
    weights = to_label_weights(labels)
    optimizer = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    best, kept = {"epoch": -1, "mean_auroc": -1.0}, head.state_dict()
    for epoch in range(epochs):
        head.train()
        for rows in torch.randperm(len(labels)).split(256):
            loss = F.binary_cross_entropy_with_logits(head(embeddings[rows]), labels[rows].float(), pos_weight=weights)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        schedule.step()
        if epoch % LOOK_EPOCHS != LOOK_EPOCHS - 1:
            continue
        figure = mean_auroc(validation[1].numpy(), compute_lipro_logits(head, validation[0]))
        if figure > best["mean_auroc"]:
            best, kept = {"epoch": epoch, "mean_auroc": round(figure, 4)}, copy.deepcopy(head.state_dict())
    head.load_state_dict(kept)
    return head.eval(), best


@torch.no_grad()
def compute_lipro_logits(head: LiPro, embeddings: Tensor):
    """float32 NumPy array [n, 18]."""
    return head.eval()(embeddings).numpy()
