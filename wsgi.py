"""For a WSGI server: ``granian --interface wsgi wsgi:app``."""

from showcase import create_app

app = create_app()
