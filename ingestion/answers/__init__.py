"""Where a court answers what the defence said."""
