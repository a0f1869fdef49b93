package dev.tidemark.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.postgresql.PGConnection;

/** A table's rows as {@code COPY} gives and takes them: the limit of whatever writes rows. */
record Table(Site site, String name) {

    /** Its rows, in so many parts of about the same length. */
    List<byte[]> rows(int parts) throws Exception {
        var text = new ByteArrayOutputStream();
        try (var connection = site.connect()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy (select * from " + name + ") to stdout", text);
        }
        return split(text.toByteArray(), parts);
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

    /** Copies each part in on a connection of its own. The seconds until all have committed. */
    double copyIn(List<byte[]> parts) throws Exception {
        List<Callable<Long>> streams = new ArrayList<>();
        for (var part : parts) {
            streams.add(() -> copyIn(part));
        }
        var start = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(parts.size())) {
            for (var stream : threads.invokeAll(streams)) {
                stream.get();
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private long copyIn(byte[] rows) throws Exception {
        try (var connection = site.connect()) {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + name + " from stdin", new ByteArrayInputStream(rows), 1 << 16);
        }
    }

    private static List<byte[]> split(byte[] text, int parts) {
        List<byte[]> split = new ArrayList<>();
        var start = 0;
        for (int part = 1; part <= parts; part++) {
            var end = part == parts ? text.length : lineEnd(text, text.length / parts * part);
            split.add(java.util.Arrays.copyOfRange(text, start, end));
            start = end;
        }
        return split;
    }

    private static int lineEnd(byte[] text, int from) {
        var end = from;
        while (text[end] != '\n') {
            end++;
        }
        return end + 1;
    }
}
