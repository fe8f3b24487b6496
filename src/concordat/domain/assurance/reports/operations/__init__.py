"""What people write in a report, and the papers as which reports go out."""

from concordat.domain.assurance.reports.operations.issuing import went_out
from concordat.domain.assurance.reports.operations.writing import write

__all__ = ["went_out", "write"]
