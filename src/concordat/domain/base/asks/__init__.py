"""What is owed, by which seat, and by when: one row for each thing."""
