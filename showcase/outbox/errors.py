"""Why a message was not taken."""


class CarrierError(Exception):
    """The message was not taken. Its name is kept, its text may tell an address and is not."""


class RefusedForGood(CarrierError):
    """It would be refused again: there is no such mailbox."""


class OutOfReach(CarrierError):
    """Nobody answers, or nobody lets us in: no message's fault. Its text names the error."""


class RefusedByGateway(CarrierError):
    pass


class NoSafeLogin(CarrierError):
    """The mail server offers no encryption, so it does not get our password."""
