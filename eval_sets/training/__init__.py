"""How shipped numbers were fitted, so that they can be fitted again."""
