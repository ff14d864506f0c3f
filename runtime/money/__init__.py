"""What is owed and what came in: whole rupiah, made on the server, each movement written twice.

Read `money_tables`, then `ledger` and `book` (what events do to bills), `sums` (that they add up), then `payments`
(what a bank tells us) and `payment_port` (what we tell who pays).
"""
