"""Documents written for this project, in all kinds, with labels made while writing them."""
