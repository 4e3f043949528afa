"""Published calendars over HTTP: secret links, a page that explains them, bounded and silent about secrets."""
