"""How the weights that ship are made, from data to card; needs PyTorch, which the package does not."""
