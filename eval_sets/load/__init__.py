"""Many people at once, and the power going: `python -m eval_sets.load`.

Real servers on loopback, real accounts, real documents (invented). First one person alone,
then `--users` at once for `--seconds`, then the same while everything is killed `--kills` times.
"""
