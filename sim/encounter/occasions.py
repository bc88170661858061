"""Names of occasions: what a draw is about, so that two occasions on one day never share luck.

An occasion is added to a small number (a day, a kind of message, a tile) in the ``about`` part of
a draw's key.
"""

MAIL = 1 << 22
AD = 2 << 22
POST = 3 << 22
FRONT = 4 << 22
SHELF = 5 << 22
