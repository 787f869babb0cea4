"""Read the claims of a document: values and times, the clauses they belong to, and who says so."""
