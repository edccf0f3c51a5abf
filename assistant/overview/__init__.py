"""What the confirmed findings of a unit add up to. Never a figure of a person, never a draft.

All of it is counted in the database over columns; results are opened only for the few
findings that a reader drills down to.
"""
