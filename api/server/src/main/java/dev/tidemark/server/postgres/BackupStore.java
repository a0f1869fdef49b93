package dev.tidemark.server.postgres;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The session that a backup runs in. When it ends early, PostgreSQL forgets the backup and its replication slot. */
final class BackupStore implements Closeable {
    private final Connection connection;

    private BackupStore(Connection connection) {
        this.connection = connection;
    }

    static BackupStore connect(Access access) throws IOException {
        try {
            return new BackupStore(DriverManager.getConnection(access.url(), Access.USER, access.password()));
        } catch (SQLException failure) {
            throw refused(failure);
        }
    }

    /** From here on no log is recycled; the answer is the first segment that a recovery will need. */
    String begin() throws IOException {
        row("""
                select slot_name
                from pg_create_physical_replication_slot('tidemark_backup_' || pg_backend_pid(), true, true)
                """, row -> row.getString("slot_name"));
        return row("""
                select pg_walfile_name(pg_backup_start('tidemark', true)) as first_log
                """, row -> row.getString("first_log"));
    }

    /** PostgreSQL archives no log here, so there is no archive to wait for. */
    End end() throws IOException {
        return row("""
                select labelfile, pg_walfile_name(lsn) as last_log
                from pg_backup_stop(false)
                """, row -> new End(row.getString("labelfile"), row.getString("last_log")));
    }

    private <T> T row(String sql, Reading<T> reading) throws IOException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return reading.read(rows);
        } catch (SQLException failure) {
            throw refused(failure);
        }
    }

    private static IOException refused(SQLException failure) {
        return new IOException("The database refuses the backup: " + failure.getMessage(), failure);
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw refused(failure);
        }
    }

    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The label tells the recovery where to begin, and that it must reach the end of the backup. */
    record End(String label, String lastLog) {}
}
