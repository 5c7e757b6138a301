"""The visitors' voice: votes for stalls, exit slips, feedback."""

from flask import Flask

from showcase.voice import models as models


def init_app(app: Flask) -> None:
    # Here and not above: the pages of events and stories ask our queries, and our views ask theirs.
    from showcase.registrations.erasure import when_erased
    from showcase.registrations.tickets.extras import show_on_tickets
    from showcase.voice.actions import forget
    from showcase.voice.queries import invitations_for
    from showcase.voice.views import voice

    app.register_blueprint(voice)
    when_erased(app, forget)
    show_on_tickets(app, invitations_for)
