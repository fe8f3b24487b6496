"""Pages of documents: lists, versions, sign-off, publishing and the files themselves."""
