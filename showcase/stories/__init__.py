"""Stories: how a public service got better, with the numbers."""

from flask import Flask

from showcase.documents import kinds
from showcase.stories.actions import project
from showcase.stories.fields import StoryFields, count_records, references
from showcase.stories.keywords import keywords
from showcase.stories.steps import STEP_RULES
from showcase.stories.views import stories


def init_app(app: Flask) -> None:
    kinds.register(
        app,
        kinds.Kind(
            "story",
            "stories",
            StoryFields,
            project=project,
            references=references,
            count_records=count_records,
            steps=STEP_RULES,
            keywords=keywords,
        ),
    )
    app.register_blueprint(stories)
