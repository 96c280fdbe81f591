"""Matching for people who only have spreadsheets: `alongside match`. No database, no settings, no framework."""
