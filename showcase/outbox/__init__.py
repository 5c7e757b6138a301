"""The outbox: messages written in the transaction they tell of, sent after it by a worker."""

from flask import Flask


def init_app(app: Flask) -> None:
    # Here and not above: events import our actions, and our views must not be half-loaded then.
    from showcase.outbox.views import mailbox

    app.register_blueprint(mailbox)
