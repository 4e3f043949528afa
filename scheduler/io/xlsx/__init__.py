"""Workbooks written for people: the roster as an office would lay it out, and sheets to sign."""
