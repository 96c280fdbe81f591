"""The spreadsheet door: files in, files out."""
