"""Sheets as offices keep them: workbooks and CSV of any encoding, titles and footers, merged cells, found headers."""
