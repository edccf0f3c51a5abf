"""The quality team's work: queue, assignment, feedback and objection, grade, lots, notices.

Every step is a person's and an audit event; the program decides nothing and sends nothing.
"""
