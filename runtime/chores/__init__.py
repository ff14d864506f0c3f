"""What has to be done without anybody asking: times that run out, dates that move, limits that pass, what is to send.

Each chore is a function of store, cases and the moment; `rounds` calls them in turn, in one process at a time.
"""
