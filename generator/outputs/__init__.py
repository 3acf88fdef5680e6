"""The site whole, and all else that is written for people and programs: reports, exports, API."""
