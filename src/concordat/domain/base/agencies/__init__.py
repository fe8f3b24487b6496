"""Areas, agencies of every class, and partnerships of every shape."""
