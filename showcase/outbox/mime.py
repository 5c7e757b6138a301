"""An e-mail as it goes over the wire."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from showcase.outbox.actions import Email


def as_mime(email: Email, *, sender: str, message_id: str) -> EmailMessage:
    """With the id under which a mail server knows a message that comes a second time."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = email.to
    message["Subject"] = email.subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = message_id
    # RFC 3834: no out-of-office answers, please.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(email.text)
    message.add_alternative(email.html, subtype="html")
    for attachment in email.attachments:
        message.add_attachment(
            attachment.content,
            subtype=attachment.content_type,
            filename=attachment.filename,
            params=attachment.parameters,
        )
    return message
