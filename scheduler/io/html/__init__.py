"""A roster as one web page without anything from elsewhere: for a phone, a desk, a wall and a printer."""
