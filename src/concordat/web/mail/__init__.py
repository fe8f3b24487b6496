"""Pages of the outbox and of guests who come by a link."""
