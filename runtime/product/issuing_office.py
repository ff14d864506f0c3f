"""What issuing needs and a server holds: the keys of statements, the press, and one signer for each city."""

from __future__ import annotations

import threading
from pathlib import Path

from rules.city import City
from runtime.product.certificates import Certificates
from runtime.product.local_signer import signer_of
from runtime.product.permit_letter import seat
from runtime.product.permit_pdf import Press
from runtime.product.signature import Signer
from runtime.product.statement_key import open_statement_keys
from runtime.settings import Signing


class IssuingOffice:
    """Opened once, at the start of a server."""

    def __init__(self, data: Path, signing: Signing) -> None:
        """Open the keys of the data folder, making them at the first start; certificates wait for the first letter."""
        self.keys = open_statement_keys(data)
        self.press = Press()
        self._data, self._signing = data, signing
        self._certificates: dict[str, Certificates] = {}
        self._signers: dict[str, Signer] = {}
        self._lock = threading.Lock()

    def certificates(self, city: City) -> Certificates:
        """Return the certificates of a city's office."""
        with self._lock:
            if city.code not in self._certificates:
                self._certificates[city.code] = Certificates(self._data, city.code, city.office.id)
            return self._certificates[city.code]

    def signer(self, city: City) -> Signer:
        """Return who signs for a city; the same each time, since a slow one remembers what it was asked."""
        certificates = self.certificates(city)
        with self._lock:
            if city.code not in self._signers:
                self._signers[city.code] = signer_of(self._signing, certificates, seat(city))
            return self._signers[city.code]
