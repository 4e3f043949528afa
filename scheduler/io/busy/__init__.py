"""People's own calendars: when they are busy, and nothing else of what they hold."""
