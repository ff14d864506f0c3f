"""From a signatory's word to the letter in somebody's hand: numbered in the transaction of the word, then printed,
signed and kept by whoever sends what is to be sent, and recorded as issued in the transaction that ends the case.
"""
