"""Pushing a published calendar into a calendar collection of a CalDAV server (RFC 4791)."""
