"""The sum of the crime as the facts of a judgment or indictment tell it."""

from ingestion.totals.adding import Total, crime_total

__all__ = ["Total", "crime_total"]
