package dev.tidemark.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.postgresql.PGConnection;

/**
 * A table's rows as {@code COPY} gives and takes them: the limit of whatever writes rows.
 *
 * @param order of the rows as they were written
 */
record Table(Site site, String name, String order) {

    /** Its rows as files, in so many parts of about the same length. */
    List<Path> export(int parts) throws Exception {
        var rows = count();
        List<Path> files = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            var from = rows * part / parts;
            var to = rows * (part + 1) / parts;
            var file = site.directory().resolve(name + "-" + part + ".copy");
            try (var connection = site.connect();
                    var output = Files.newOutputStream(file)) {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut(
                                "copy (select * from %s order by %s offset %d limit %d) to stdout"
                                        .formatted(name, order, from, to - from),
                                output);
            }
            files.add(file);
        }
        return files;
    }

    void truncate() throws SQLException {
        site.execute("truncate " + name);
    }

    long count() throws SQLException {
        try (var connection = site.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from " + name)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Copies each file in by a psql of its own. Tells how many rows they were, when all have committed. */
    long copyIn(List<Path> files) throws Exception {
        List<Callable<Long>> streams = new ArrayList<>();
        for (var file : files) {
            var copy = "\\copy " + name + " from '" + file + "'";
            streams.add(() -> Long.parseLong(site.psql(copy).substring("COPY ".length())));
        }
        long rows = 0;
        try (var threads = Executors.newFixedThreadPool(files.size())) {
            for (var copied : threads.invokeAll(streams)) {
                rows += copied.get();
            }
        }
        return rows;
    }
}
