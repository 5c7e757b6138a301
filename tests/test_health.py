"""``/healthz`` and ``/readyz``: what a machine asks before it sends visitors."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from showcase.db import write


def change(app: Flask, statement: str) -> None:
    with app.app_context(), write() as session:
        session.execute(sa.text(statement))


def test_process_that_answers_is_alive(client: FlaskClient) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.text) == (200, "ok\n")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


def test_site_that_can_work_is_ready(client: FlaskClient) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response.text) == (200, "database: ok\ntables: ok\ndisk: ok\n")
    assert response.headers["Cache-Control"] == "no-store"


def test_asking_changes_nothing_that_readers_see(app: Flask, client: FlaskClient) -> None:
    client.get("/readyz")

    with app.app_context(), write() as session:
        assert (
            session.execute(
                sa.text("SELECT value FROM site_marks WHERE name = 'site'")
            ).scalar_one()
            == 1
        )


def test_site_with_older_tables_is_alive_but_not_ready(app: Flask, client: FlaskClient) -> None:
    change(app, "UPDATE alembic_version SET version_num = '0000'")

    response = client.get("/readyz")

    assert (response.status_code, response.text) == (
        503,
        "database: ok\ntables: failed\ndisk: ok\n",
    )
    assert client.get("/healthz").status_code == 200


def test_site_whose_database_takes_no_writes_is_alive_but_not_ready(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    change(app, "DROP TABLE site_marks")

    response = client.get("/readyz")

    assert (response.status_code, response.text) == (
        503,
        "database: failed\ntables: ok\ndisk: ok\n",
    )
    assert client.get("/healthz").status_code == 200
    assert "the database takes no writes" in [record.getMessage() for record in caplog.records]


def test_site_with_a_full_disk_is_not_ready(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("showcase.health.LEAST_FREE_DISK", 1.01)

    response = client.get("/readyz")

    assert (response.status_code, response.text) == (
        503,
        "database: ok\ntables: ok\ndisk: failed\n",
    )
