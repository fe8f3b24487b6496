"""Who is here: people, how they sign in, and who may act for whom."""
