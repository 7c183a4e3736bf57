"""The kinds of the corpus; importing one registers its makers, in the order in which they are written."""

# ruff: noqa: F401, I001
from . import compressed, damaged, native, stacks, uids, bounds, nifti, containers, headers, objects, scales, sides
from . import bases, batches
