"""The parts of the report: what each measures, how it is told, and what was hoped for."""

import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import (
    content,
    finding,
    machine,
    outbox,
    publishing,
    readers,
    registrations,
    servers,
    waiting,
    weight,
)
from tests.bench.bare import bare_loop
from tests.bench.finding import Finding, Latency
from tests.bench.publishing import Publishing
from tests.bench.readers import Speed, Target
from tests.bench.registrations import Rate, Sale
from tests.bench.report import Row, Section, at_least, at_most
from tests.bench.servers import Running, Site

_ROUNDS = 3
_STORY = f"/bn/stories/{content.STORY}"


def reading(site: Site, folder: Path) -> Section:
    with servers.serving(site, core=machine.SERVER_CORE) as running:
        body, headers = readers.fetch(running, _STORY)
        etag = headers["etag"]
        kept = {name: value for name, value in headers.items() if name not in _OWN_OF_NGINX}
        with servers.nginx(folder, body, kept, machine.SERVER_CORE) as nginx:
            measured = readers.speeds(_targets(running, nginx, etag))
        rows = [*_speed_rows(measured, len(body)), *_process_rows(running), *_weight_rows(running)]
    return Section("Reading", _READING.format(connections=readers.CONNECTIONS), rows)


# What nginx writes into every answer itself.
_OWN_OF_NGINX = ("content-type", "content-length", "date", "server", "etag", "connection")
_READING = (
    "The story page of `showcase serve --workers 1` on one core, and the same compressed "
    "bytes with the same headers as a file of nginx (one worker, no log, file kept open) on "
    "the same core; wrk with {connections} connections on the other. Rounds are interleaved, "
    "medians told. “Not modified” is the answer to a browser that has the page; “not kept” is "
    "a page that the cache may not keep, so that database and templates are asked each time."
)


def _targets(running: Running, nginx: Running, etag: str) -> list[Target]:
    brotli = {"Accept-Encoding": "br"}
    known = readers.fetch(nginx, "/page")[1]["etag"]
    return [
        Target("nginx", nginx.url("/page"), brotli),
        Target("story", running.url(_STORY), brotli),
        Target("nginx 304", nginx.url("/page"), {**brotli, "If-None-Match": known}, 304),
        Target("story 304", running.url(_STORY), {**brotli, "If-None-Match": etag}, 304),
        Target("not kept", running.url(f"{_STORY}?unknown=1"), brotli),
    ]


def _speed_rows(measured: dict[str, Speed], size: int) -> list[Row]:
    def told(name: str) -> str:
        speed = measured[name]
        return f"{speed.per_second:,.0f}/s, p99 {speed.p99:.1f} ms"

    def ratio(name: str, of: str) -> float:
        return measured[name].per_second / measured[of].per_second

    return [
        Row(f"nginx, {size:,} bytes", told("nginx")),
        Row("story", told("story")),
        at_least("story : nginx", ratio("story", "nginx"), 0.5, "{:.2f}"),
        Row("nginx, not modified", told("nginx 304")),
        Row("story, not modified", told("story 304")),
        Row("not modified : nginx", f"{ratio('story 304', 'nginx 304'):.2f}"),
        Row("story, not kept", told("not kept")),
        Row("story : story, not kept", f"{ratio('story', 'not kept'):,.0f}"),
    ]


def _process_rows(running: Running) -> list[Row]:
    memory = machine.pss_mib(running.worker_pids[0])
    return [
        at_most("start to the first 200", running.seconds, 1.5, "{:.2f} s"),
        at_most("memory (PSS) of the worker after this", memory, 100, "{:.0f} MiB"),
    ]


def _weight_rows(running: Running) -> list[Row]:
    rows = []
    for name, (page, script) in weight.weights(running).items():
        rows.append(at_most(f"{name}: HTML + CSS, brotli", page, 14_000, "{:,} bytes"))
        rows.append(at_most(f"{name}: script, brotli", script, 16_000, "{:,} bytes"))
    return rows


def registering_on_sqlite(site: Site) -> Section:
    loops: list[float] = []
    rates: dict[int, list[Rate]] = {1: [], 4: []}
    for _ in range(_ROUNDS):
        loops.append(bare_loop(site.copy()))
        for workers, measured in rates.items():
            measured.append(_rate(site, workers))
    loop, rate = statistics.median(loops), _median(rates[1])
    rows = [
        Row("bare loop", f"{loop:,.0f}/s"),
        Row("site, 1 process", _told(rate)),
        Row("site, 4 processes", _told(_median(rates[4]))),
        at_least("site : bare loop", rate.per_second / loop, 0.6, "{:.2f}"),
    ]
    return Section(
        "Registering on SQLite", _REGISTERING.format(clients=registrations.CLIENTS), rows
    )


_REGISTERING = (
    "{clients} clients over connections that stay open; each opened the form once and then "
    "sends one form after another, with CSRF token, cookie, a key and a number that are new "
    "each time. `synchronous=FULL`, and the site sends the messages meanwhile. The bare loop "
    "is Python's sqlite3 doing nothing but the same statements in the same kind of "
    "transaction, one after another on the same disk: no HTTP, no form, no check."
)


def registering_on_postgresql(site: Site) -> Section:
    rates: dict[int, list[Rate]] = {1: [], 2: [], 4: []}
    for _ in range(_ROUNDS):
        for workers, measured in rates.items():
            measured.append(_rate(site, workers))
    one, two = _median(rates[1]), _median(rates[2])
    detail = f", p50 {two.p50:.0f} ms, p99 {two.p99:.0f} ms"
    rows = [
        Row("1 process", _told(one)),
        at_least("2 processes", two.per_second, 600, "{:,.0f}/s", detail),
        Row("4 processes", _told(_median(rates[4]))),
    ]
    return Section("Registering on PostgreSQL", "The same clients.", rows)


def _rate(site: Site, workers: int = 1) -> Rate:
    with servers.serving(site.copy(), workers=workers) as running:
        return registrations.rate(running)


def _median(rates: list[Rate]) -> Rate:
    """The round in the middle, whole: its own percentiles go with its speed."""
    return sorted(rates, key=lambda rate: rate.per_second)[len(rates) // 2]


def _told(rate: Rate) -> str:
    return f"{rate.per_second:,.0f}/s, p50 {rate.p50:.0f} ms, p99 {rate.p99:.0f} ms"


def selling(sqlite: Site, postgresql: Site) -> Section:
    rows = []
    for name, site in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        for workers in (1, 4):
            rows.append(
                _sale_row(f"{name}, {_processes(workers)}", registrations.sale, site, workers)
            )
        rows.append(_oversale_row(f"{name}, 4 processes, without the guard", site))
    return Section("200 seats, 1,000 people at once", _SELLING, rows)


_SELLING = (
    "Each has a connection, a cookie and a form of its own; all send at the same moment. "
    "Exact means: 200 sold and told so, 800 told that the seats are gone, nobody an error, "
    "nobody no answer. The last line of each is the control: without the guard of the seats, "
    "the same race must sell too many, or the lines above prove nothing."
)


def _processes(count: int) -> str:
    return "1 process" if count == 1 else f"{count} processes"


def _sale_row(what: str, sell: Callable[..., Sale], site: Site, workers: int) -> Row:
    sale = sell(site, workers=workers)
    told = (
        f"{sale.sold} sold, {sale.refused} refused, {sale.failed} errors, "
        f"{sale.unanswered} unanswered, p99 {sale.p99:,.0f} ms"
    )
    return Row(what, told, "exact", sale.is_exact(content.SMALL_SEATS, registrations.CROWD))


def _oversale_row(what: str, site: Site) -> Row:
    sold = registrations.oversale(site, workers=4).sold
    return Row(what, f"{sold} sold", f"> {content.SMALL_SEATS}", sold > content.SMALL_SEATS)


def bursting(sqlite: Site, postgresql: Site) -> Section:
    rows = []
    for name, site in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        for workers in (1, 4):
            burst = registrations.burst(site, workers=workers)
            told = (
                f"{burst.sold:,} sold, {burst.refused:,} refused, {burst.failed} errors, "
                f"{burst.unanswered} unanswered, all after {burst.seconds:.0f} s, "
                f"p50 {burst.p50:,.0f} ms, p99 {burst.p99:,.0f} ms"
            )
            is_exact = burst.is_exact(content.SUMMIT_SEATS, registrations.PEOPLE)
            rows.append(Row(f"{name}, {_processes(workers)}", told, "exact", is_exact))
    how = _BURSTING.format(people=registrations.PEOPLE, seconds=registrations.BURST_SECONDS)
    return Section("The burst of a national summit", how, rows)


_BURSTING = (
    "{people:,} people come within {seconds} seconds for 2,000 seats, one after another, whatever "
    "becomes of the others: each opens the form, over connections and with a cookie of its own, "
    "and sends it, or reads there that the seats are gone. The times are of both together."
)


def offering(sqlite: Site, postgresql: Site) -> Section:
    rows = []
    for name, site in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        for who, line in waiting.LINES.items():
            seen = waiting.measure(site, line)
            told = f", longest {seen.longest:.0f} ms, {seen.offers} offers"
            rows.append(at_most(f"{name}: {who}", seen.p50, 50, "{:.0f} ms", told))
            rows.append(Row(f"{name}: the last one's place", f"{seen.place:.0f} ms"))
    return Section("A waiting list of 50,000", _OFFERING, rows)


_OFFERING = (
    "Forty visitors of a full fair of 100 seats cancel, one after another, while 50,000 parties "
    "wait: how long half of them take at most, from the call to the commit, with every offer that "
    "the seat leads to and its message. In the worst case all are looked at and nobody fits. Then "
    "how long it takes to tell the last of the line how many are before."
)


def sending(sqlite: Site, postgresql: Site) -> Section:
    bare, rates = [], {"SQLite": list[float](), "PostgreSQL": list[float]()}
    for _ in range(_ROUNDS):
        for name, site in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
            rates[name].append(outbox.rate(site))
        bare.append(outbox.bare_rate())
    loop = statistics.median(bare)
    rows = [Row("bare loop", f"{loop:,.0f}/s")]
    for name, measured in rates.items():
        rate = statistics.median(measured)
        rows.append(Row(f"{name}, 1 worker", f"{rate:,.0f}/s"))
        rows.append(Row(f"{name} : bare loop", f"{rate / loop:.2f}"))
    return Section("Sending tickets", _SENDING.format(letters=outbox.LETTERS), rows)


_SENDING = (
    "{letters:,} tickets by e-mail, in text, HTML and with a calendar file, that one "
    "`showcase worker` sends through an SMTP server on the loopback (aiosmtpd), from the first "
    "letter to the last. Each is written when it is sent and marked in the database before the "
    "next, so that a worker that is killed sends at most one twice. The bare loop is Python's "
    "smtplib handing one finished letter of that size to the same server over one connection: no "
    "database, nothing written."
)


def publishing_and_finding(folder: Path) -> list[Section]:
    """What a site costs with a hundred stories, a thousand and ten thousand."""
    folder.mkdir()
    published, found = {}, {}
    for count in (100, 1_000, 10_000):
        published[count], site = publishing.measure(folder / str(count), count)
        found[count] = finding.measure(site)
    return [
        Section("Publishing", _PUBLISHING, [*_publishing_rows(published)]),
        Section("Finding", _FINDING.format(times=200), [*_finding_rows(found)]),
    ]


_PUBLISHING = (
    "Stories of about 400 words with a TCV record, a list and a table, half in Bangla: read, "
    "checked, rendered, stored and indexed by `publish_folder`, without the start of Python."
)
_FINDING = (
    "The first page of the list, sorted by cost; the list narrowed by three facets and sorted, "
    "which shows the more cards the more stories there are, up to 24; and a search for a word "
    "and the beginning of another. Each is asked {times} times, one after another, and made anew "
    "each time."
)


def _publishing_rows(published: dict[int, Publishing]) -> Iterator[Row]:
    for count, one in published.items():
        yield Row(f"{count:,} new", f"{one.all_new:.2f} s, {count / one.all_new:,.0f} a second")
        yield Row(f"{count:,} unchanged", f"{one.unchanged:.2f} s")
        yield Row(f"1 changed of {count:,}", f"{one.one_changed:.2f} s")


def _finding_rows(found: dict[int, Finding]) -> Iterator[Row]:
    for count, one in found.items():
        yield Row(f"first page of {count:,}", _latency_told(one.first))
        yield Row(f"three facets of {count:,}", _latency_told(one.list))
        yield Row(f"search in {count:,}", _latency_told(one.search))
        yield Row(f"memory (PSS) of the worker with {count:,}", f"{one.memory:.0f} MiB")
    few, many = found[min(found)], found[max(found)]
    yield Row("first page, many : few", f"{many.first.p50 / few.first.p50:.1f}")
    yield Row("three facets, many : few", f"{many.list.p50 / few.list.p50:.1f}")
    yield Row("search, many : few", f"{many.search.p50 / few.search.p50:.1f}")


def _latency_told(latency: Latency) -> str:
    return f"p50 {latency.p50:.1f} ms, p99 {latency.p99:.1f} ms"
