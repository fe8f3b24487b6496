"""Programmes, priorities, milestones, products, capacity, contracts and lessons."""
