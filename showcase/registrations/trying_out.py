"""Whether messages are really sent."""

from flask import current_app


def is_tried_out() -> bool:
    """In development, what no server takes on is read in the mailbox."""
    config = current_app.config
    is_sent = config["SMTP_URL"] and config["SMS_URL"]
    return config["ENVIRONMENT"] == "development" and not is_sent
