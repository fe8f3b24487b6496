from tests.operations.arrangements.lending import (
    counties,
    county,
    drafting,
    draftings,
    heath,
    heaths,
    offered,
    offered_draftings,
    published,
    published_draftings,
    readied,
    readied_heaths,
)

__all__ = [
    "counties",
    "county",
    "drafting",
    "draftings",
    "heath",
    "heaths",
    "offered",
    "offered_draftings",
    "published",
    "published_draftings",
    "readied",
    "readied_heaths",
]
