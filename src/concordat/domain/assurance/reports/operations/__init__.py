"""What people write in a report, its templates, and the papers as which it goes out."""

from concordat.domain.assurance.reports.operations.issuing import went_out
from concordat.domain.assurance.reports.operations.publishing import put_before_boards
from concordat.domain.assurance.reports.operations.templating import keep_template, leave_template
from concordat.domain.assurance.reports.operations.writing import write

__all__ = ["keep_template", "leave_template", "put_before_boards", "went_out", "write"]
