"""A roster as text for a chat group: blocks that fit a message, by day, post or organisation; changes; calls."""
