"""Documents of one case held against each other."""
