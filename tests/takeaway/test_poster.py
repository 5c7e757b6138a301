"""The poster for a stall."""

from flask import Flask
from flask.testing import FlaskClient

from tests.documents.folder import TCV, Folder, publish
from tests.pages import parse, words


def client_of(app: Flask, folder: Folder, **keys: str) -> FlaskClient:
    folder.districts("kurigram")
    folder.story(district="kurigram", **keys)
    folder.translation()
    with app.app_context():
        publish(folder)
    return app.test_client()


def texts(client: FlaskClient, address: str, selector: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return [words(node) for node in parse(response.text).query(selector)]


def test_poster_shows_the_numbers_with_their_evidence(app: Flask, folder: Folder) -> None:
    client = client_of(app, folder, tcv=TCV, office="Livestock office")
    address = "/en/stories/health-camp/poster"

    assert texts(client, address, "h1") == ["Animal health camp"]
    assert texts(client, address, ".poster tbody tr") == [
        "Time 2 days 1 day 50% less",
        "Cost not measured",
        "Visits not measured",
    ]
    assert texts(client, address, ".poster-evidence") == [
        "Evidence 1 of 5: claimed sample not stated"
    ]
    assert texts(client, address, ".poster footer p") == [
        "Livestock office",
        "Read the whole story: 127.0.0.1:8000/en/stories/health-camp",
        "Showcase",
    ]


def test_poster_without_numbers_says_so(app: Flask, folder: Folder) -> None:
    client = client_of(app, folder)

    assert texts(client, "/en/stories/health-camp/poster", ".poster table") == []
    assert "Time, cost and visits have not been measured." in texts(
        client, "/en/stories/health-camp/poster", ".poster p"
    )


def test_code_is_dark_on_white_with_room_around_it(app: Flask, folder: Folder) -> None:
    page = parse(client_of(app, folder).get("/bn/stories/health-camp/poster").text)

    (drawing,) = page.query(".poster-qr svg")
    paths = drawing.query("path")
    assert [path.attrs.get("fill") or path.attrs.get("stroke") for path in paths] == [
        "#fff",
        "#000",
    ]


def test_poster_speaks_the_language_of_its_address(app: Flask, folder: Folder) -> None:
    client = client_of(app, folder)

    assert texts(client, "/bn/stories/health-camp/poster", "h1") == ["গ্রামেই পশু চিকিৎসা"]
