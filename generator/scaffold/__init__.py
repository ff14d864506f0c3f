"""Files that an officer begins with: a new permit, a new version of one, a new law.

Each passes `satupintu check` but for what it marks `ISI DI SINI` (`generator.reading.gap`).
"""
