"""Kill -9 of the web server, of a worker, or of both, at random moments while cases come in.

    python -m eval_sets.kills --runs 200 [--database URL]

What must hold: every accepted upload ends as a case or visibly failed, none is lost, no
finding stands twice, the audit chain verifies, and work begins again within ten seconds.
"""

from eval_sets.kills.office import run
from eval_sets.kills.verdict import Verdict

__all__ = ["Verdict", "run"]
