"""What is counted, by whom, which way is better, and the values as their sources show them."""
