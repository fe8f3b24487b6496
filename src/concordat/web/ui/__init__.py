"""The design system: what every page is made of. It knows no domain package."""
