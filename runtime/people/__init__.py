"""The people who work on cases: who they are, how they prove it, what their post may do.

Reading order: `act` and `matrix` (what may be done), `actor` (who does it), `posts` (the posts of a city), `accounts`,
`staff_sessions` and `sign_in` (how a person becomes an actor), `duties` and `recusal` (what a person may not do twice,
or at all), `reach` (the one way to a case).
"""
