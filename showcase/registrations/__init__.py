"""Seats, registrations and tickets: from a form in one screen to a ticket in hand."""

from flask import Flask

from showcase import chores


def init_app(app: Flask) -> None:
    # Here and not above: events import our actions, and our views import events.
    from showcase.outbox.actions import compose_with
    from showcase.registrations.answering import end_what_is_over
    from showcase.registrations.erasure import purge_what_is_due
    from showcase.registrations.messages import compose
    from showcase.registrations.reminding import remind
    from showcase.registrations.tickets.contact import contact_links, contacts
    from showcase.registrations.tickets.erasing import erasing
    from showcase.registrations.tickets.lost import lost
    from showcase.registrations.tickets.views import short_links, tickets
    from showcase.registrations.views import registrations

    # Those with an address of their own below /tickets/ before those with a secret there.
    for blueprint in (registrations, lost, tickets, contacts, erasing, short_links, contact_links):
        app.register_blueprint(blueprint)
    compose_with(app, compose)
    chores.every(app, 30, "offers", end_what_is_over)
    chores.every(app, 60, "reminders", remind)
    chores.every(app, 3600, "purge", purge_what_is_due)
