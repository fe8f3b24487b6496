"""What somebody is to do, who owes it, by when, and whether what was done is enough."""
