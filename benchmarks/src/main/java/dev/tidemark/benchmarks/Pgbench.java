package dev.tidemark.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** PostgreSQL's own load generator, inserting rows of a collection's shape one by one. */
final class Pgbench {

    private static final Pattern INSERTED = Pattern.compile("transactions actually processed: ([0-9]+)");

    private final Site site;
    private final Path script;

    /** Makes a table like the collection's, and fills it with nothing but what is inserted here. */
    Pgbench(Site site, String collection) throws Exception {
        this.site = site;
        this.script = site.directory().resolve("insert.sql");
        site.execute("drop table if exists inserted");
        site.execute("create table inserted (like " + collection + " including all)");
        site.execute("create sequence if not exists inserted_id");
        Files.writeString(script, """
                \\set user random(1, 100000)
                insert into bench.inserted (_id, _time, _received_at, _user, url, referrer, country, browser, amount, quantity, returning, session)
                values (nextval('bench.inserted_id'), now(), now(), 'user-' || :user, '/products/1234', 'https://example.com/123',
                    'US', 'Chrome', 12.5, 3, true, '1f2e3d4c5b6a7980');
                """.replace("returning,", "\"returning\","));
    }

    /** So many connections insert rows for as long. The number of rows. */
    long insertFor(Duration length, int connections) throws Exception {
        site.execute("truncate inserted");
        var url = site.database().url();
        var port = url.replaceAll(".*:(\\d+)/.*", "$1");
        var process = new ProcessBuilder(List.of(
                        "pgbench",
                        "-n",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        port,
                        "-U",
                        site.database().user(),
                        "-c",
                        Integer.toString(connections),
                        "-j",
                        "2",
                        "-T",
                        Long.toString(length.toSeconds()),
                        "-M",
                        "prepared",
                        "-f",
                        script.toString(),
                        "postgres"))
                .redirectErrorStream(true);
        process.environment().put("PGPASSWORD", site.database().password());
        var started = process.start();
        var output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var inserted = INSERTED.matcher(output);
        if (started.waitFor() != 0 || !inserted.find()) {
            throw new IOException("pgbench: " + output);
        }
        return Long.parseLong(inserted.group(1));
    }
}
