"""The verbs of `satupintu`, one module each; every one is loaded only when it is called.

Each has a function `command(lang)` that makes the verb in that language; `verb` is what they share.
"""
