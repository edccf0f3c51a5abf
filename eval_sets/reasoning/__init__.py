"""Questions about how a judgment reasons: gold labels, and those who answer them."""
