"""What is computed over all accounts: sums, attention, risks, people, days; values, no pages.

Pure functions of a portfolio, or of one account and the settings, that return frozen values. Pages
lay them out, exports write them down.
"""

from __future__ import annotations
