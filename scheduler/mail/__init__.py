"""Invitations by mail (iMIP, RFC 6047): one message for each duty that is new, moved or cancelled."""
