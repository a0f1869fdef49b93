package dev.tidemark.server.postgres;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The data directory of PostgreSQL: made once, configured at each start. */
record Cluster(Home home, Binaries binaries) {

    void initialize() throws IOException {
        Password.create(home, new SecureRandom());
        Durable.deleteTree(home.unfinishedData());
        // the builtin collation sorts alike on every machine and in every later version: no index ever breaks by an
        // upgrade of the system
        binaries.run(
                "initdb",
                "--pgdata=" + home.unfinishedData(),
                "--username=" + Access.USER,
                "--pwfile=" + home.password(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        Durable.move(home.unfinishedData(), home.data());
    }

    void configure(int port) throws IOException {
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        Durable.write(home.data().resolve("postgresql.conf"), new ServerSettings(port, memory).text());
        Durable.write(home.data().resolve("pg_hba.conf"), ServerSettings.HOST_BASED_ACCESS);
    }

    /** A data directory can only be read by the major version that wrote it. */
    void refuseOtherVersion(Path data) throws IOException {
        String written = Files.readString(data.resolve("PG_VERSION")).strip();
        String ours = binaries.majorVersion();
        if (!written.equals(ours)) {
            throw new EmbeddedDatabaseException(
                    "The database for %s was written by PostgreSQL %s, which the PostgreSQL %s of this Tidemark cannot read: run the Tidemark that wrote it, copy the data with pg_dump, and load it with psql into an empty data directory of this one."
                            .formatted(home.path(), written, ours));
        }
    }
}
