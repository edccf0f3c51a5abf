"""Speed and memory, measured by hand: each module prints one JSON object."""
