"""Files that people give: read `shelf` for the way in, then `quarantine`, `screening`, `sealed_files` and `given_files`
(how a case takes them); `serving` and `preview` are the way out. `janitor` and `inventory` go through all of them.
"""
