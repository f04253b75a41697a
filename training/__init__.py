"""How the weights that ship are made; needs PyTorch, which the package does not."""
