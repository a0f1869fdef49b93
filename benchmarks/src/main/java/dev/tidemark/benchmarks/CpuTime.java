package dev.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import org.postgresql.PGConnection;

/**
 * CPU seconds of the server, of PostgreSQL with all its processes, and of what makes the load. Others may use the machine
 * too: time passes for all, CPU time is one's own.
 */
record CpuTime(double server, double postgres, double client) {

    private static final double TICKS_A_SECOND = 100;
    private static final double MICROS = 1e6;

    /** In seconds: what takes longer is not told in microseconds. */
    private static final double LONG = 0.1;

    /** In the text behind the name of the process, which may have blanks. */
    private static final int USER = 11;

    /** What the processes of a site have used so far. */
    static CpuTime of(Site site) {
        var postmaster = ProcessHandle.of(site.postmaster()).orElseThrow();
        var backends = postmaster
                .children()
                .mapToDouble(backend -> used(backend.pid(), 2))
                .sum();
        return new CpuTime(
                used(site.serverProcess(), 2),
                used(postmaster.pid(), 4) + backends,
                used(ProcessHandle.current().pid(), 4));
    }

    /** What the process of PostgreSQL behind a connection has used so far. */
    static CpuTime of(Connection connection) throws SQLException {
        var process = connection.unwrap(PGConnection.class).getBackendPID();
        return new CpuTime(0, used(process, 2), 0);
    }

    CpuTime since(CpuTime earlier) {
        return new CpuTime(server - earlier.server, postgres - earlier.postgres, client - earlier.client);
    }

    CpuTime dividedBy(long units) {
        return new CpuTime(server / units, postgres / units, client / units);
    }

    @Override
    public String toString() {
        if (server + postgres + client > LONG) {
            return String.format(Locale.ROOT, "%.2f + %.2f + %.2f s", server, postgres, client);
        }
        return String.format(Locale.ROOT, "%.1f + %.1f + %.1f µs", server * MICROS, postgres * MICROS, client * MICROS);
    }

    /** @param fields 2: user and system time; 4: of children that have ended too */
    private static double used(long process, int fields) {
        try {
            var stat = Files.readString(Path.of("/proc/" + process + "/stat"));
            var values = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Arrays.stream(values, USER, USER + fields)
                            .mapToLong(Long::parseLong)
                            .sum()
                    / TICKS_A_SECOND;
        } catch (IOException e) {
            // it has ended, and its parent's time has its own
            return 0;
        }
    }
}
