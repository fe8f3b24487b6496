"""Registers of risks, each with its own scheme; risks with their scores, controls and owners."""
