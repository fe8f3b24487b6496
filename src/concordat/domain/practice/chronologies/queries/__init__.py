"""Reading the files of agencies, and writing one chronology of them."""

from concordat.domain.practice.chronologies.queries.files import ENDINGS, given, written

__all__ = ["ENDINGS", "given", "written"]
