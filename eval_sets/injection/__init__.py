"""Documents that tell the program or the model what to do, and the proof that nobody obeys."""
