"""What the keys of a story are called on a page."""

from typing import Final

from showcase.i18n import _l

SECTORS: Final = {
    "livestock": _l("Livestock"),
    "agriculture": _l("Agriculture"),
    "social-protection": _l("Social protection"),
    "local-government": _l("Local government"),
    "environment": _l("Environment"),
    "migration": _l("Migration and work abroad"),
    "health": _l("Health"),
    "education": _l("Education"),
    "land": _l("Land"),
    "youth": _l("Youth"),
}
STAGES: Final = {
    "idea": _l("Idea"),
    "refined": _l("Idea refined"),
    "piloting": _l("Being piloted"),
    "completed": _l("Pilot completed"),
    "scaling": _l("Being scaled up"),
    "replicated": _l("Copied elsewhere"),
    "stopped": _l("Stopped"),
}
DELIVERIES: Final = {
    "doorstep": _l("At the doorstep"),
    "digital-centre": _l("At a Union Digital Centre"),
    "online": _l("Online"),
    "one-stop": _l("At a one-stop counter"),
    "phone": _l("By phone"),
    "office": _l("At the office"),
}
PAIN_POINTS: Final = {
    "distance": _l("Long way"),
    "repeat-visits": _l("Coming again and again"),
    "queue": _l("Waiting in line"),
    "paperwork": _l("Too many papers"),
    "cost": _l("Cost"),
    "middlemen": _l("Middlemen"),
    "no-information": _l("Not knowing where to go"),
    "slow-decision": _l("Slow decisions"),
    "no-redress": _l("Nobody to complain to"),
}
FUNDINGS: Final = {
    "service-innovation-fund": _l("Service Innovation Fund"),
    "local": _l("Local resources"),
    "other": _l("Other funds"),
    "unknown": _l("Not told by the source"),
}
PHASES: Final = {
    "initiation": _l("Initiation"),
    "execution": _l("Execution"),
    "celebration": _l("Celebration"),
}
