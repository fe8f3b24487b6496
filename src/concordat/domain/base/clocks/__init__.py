"""What the law asks by when: clocks, where they stand, and what proves that they were met."""
