"""Pages of money: budgets, contributions, formulas, reviews and disagreements."""
