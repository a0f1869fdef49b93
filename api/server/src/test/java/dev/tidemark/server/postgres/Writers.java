package dev.tidemark.server.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Rows without a gap, one commit each; meanwhile tables come and go, and checkpoints let PostgreSQL recycle its log. */
final class Writers implements AutoCloseable {
    private final AtomicLong committed = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<Void>> running;

    private Writers(Path directory) {
        Callable<Void> rows = () -> writeRows(directory);
        Callable<Void> tables = () -> makeAndDropTables(directory);
        running = List.of(threads.submit(rows), threads.submit(tables));
    }

    static Writers start(Path directory) throws SQLException, IOException {
        try (var session = Session.of(directory)) {
            session.run("create table written (id bigint primary key, filler text)");
            session.run("create table ballast as select md5(n::text) as text from generate_series(1, 300000) n");
        }
        return new Writers(directory);
    }

    /** The number of rows, and the highest of their ids, that are committed for certain. */
    long committed() {
        return committed.get();
    }

    private Void writeRows(Path directory) throws SQLException, IOException {
        try (var session = Session.of(directory);
                var insert =
                        session.connection().prepareStatement("insert into written values (?, repeat('x', 500))")) {
            while (!ended.get()) {
                insert.setLong(1, committed.get() + 1);
                insert.execute();
                committed.incrementAndGet();
            }
        }
        return null;
    }

    private Void makeAndDropTables(Path directory) throws SQLException, IOException {
        try (var session = Session.of(directory)) {
            while (!ended.get()) {
                session.run("create table passing as select repeat('y', 1000) from generate_series(1, 2000)");
                session.run("drop table passing");
                session.run("checkpoint");
            }
        }
        return null;
    }

    @Override
    public void close() {
        ended.set(true);
        threads.close();
        running.forEach(Future::resultNow);
    }
}
