package dev.tidemark.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(DatabaseDirectory.class)
class BackupTest {

    @TempDir
    private Path temporary;

    @Test
    void aBackupWhileRowsComeInRestoresAllThatWasCommittedBefore(Path directory) throws Exception {
        Path file = temporary.resolve("backup.tar.gz");
        long before;
        long after;
        try (var server = ServerProcess.start(directory);
                var writers = Writers.start(directory)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> writers.committed() > 100);
            before = writers.committed();
            Backup.take(directory, file);
            long taken = writers.committed();
            await().atMost(Duration.ofMinutes(1)).until(() -> writers.committed() > taken + 100);
            after = writers.committed();
            assertThat(server.process().isAlive()).isTrue();
        }

        Restore.into(temporary.resolve("restored"), file);

        try (var database = EmbeddedDatabase.start(temporary.resolve("restored"));
                var session = Session.of(database)) {
            long restored = Long.parseLong(session.value("select max(id) from written"));
            assertThat(restored).isBetween(before, after);
            assertThat(session.value("select count(*) from written")).isEqualTo(Long.toString(restored));
            session.run("create extension amcheck");
            assertThat(session.value("select count(*) from verify_heapam('written')"))
                    .isEqualTo("0");
            session.run("select bt_index_check('written_pkey', true)");
        }
    }

    @Test
    void aBackupOfADatabaseThatIsStoppedRestores(Path directory) throws Exception {
        Path file = temporary.resolve("backup.tar.gz");
        try (var database = EmbeddedDatabase.start(directory)) {
            fill(database);
        }

        Backup.take(directory, file);
        RunDatabase.copyProgramsTo(temporary.resolve("restored"));
        Restore.into(temporary.resolve("restored"), file);

        assertIsFilled(temporary.resolve("restored"));
        assertIsFilled(directory);
    }

    @Test
    void aBackupIsForItsOwnerOnlyAndLeavesNothingBeside(Path directory) throws Exception {
        Path file = temporary.resolve("backup.tar.gz");

        Backup.take(directory, file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(temporary)
                .isDirectoryContaining(file::equals)
                .isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void aBackupOverwritesNothing(Path directory) throws Exception {
        Path file = Files.writeString(temporary.resolve("backup.tar.gz"), "dear");

        assertThatThrownBy(() -> Backup.take(directory, file))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContainingAll(file.toString(), "name another one");

        assertThat(file).hasContent("dear");
    }

    @Test
    void aBackupIntoADirectoryThatIsAbsentIsRefused(Path directory) {
        assertThatThrownBy(() -> Backup.take(directory, temporary.resolve("absent/backup.tar.gz")))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("does not exist: make it first");
    }

    @Test
    void aBackupThatFailsLeavesNoFile(Path directory) throws Exception {
        Files.createSymbolicLink(directory.resolve("data/pg_tblspc/99999"), temporary);

        assertThatThrownBy(() -> Backup.take(directory, temporary.resolve("backup.tar.gz")))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContainingAll("pg_tblspc/99999", "tablespace");

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aDirectoryWithoutADatabaseHasNoBackup() {
        assertThatThrownBy(() -> Backup.take(temporary.resolve("none"), temporary.resolve("backup.tar.gz")))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("no embedded database");
    }

    @Test
    void aRestoreOverADatabaseIsRefused(Path directory) throws Exception {
        Path file = temporary.resolve("backup.tar.gz");
        try (var database = EmbeddedDatabase.start(directory)) {
            fill(database);
            Backup.take(directory, file);
        }

        assertThatThrownBy(() -> Restore.into(directory, file))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContainingAll(
                        "There is a database in", directory.toRealPath().toString(), "another data directory");

        assertIsFilled(directory);
    }

    @Test
    void aRestoreUnderARunningServerIsRefused(Path directory) throws Exception {
        Path file = temporary.resolve("backup.tar.gz");
        try (var database = EmbeddedDatabase.start(directory)) {
            Backup.take(directory, file);

            assertThatThrownBy(() -> Restore.into(directory, file))
                    .isInstanceOf(EmbeddedDatabaseException.class)
                    .hasMessageContaining("in use by process");
            Session.of(database).close();
        }
    }

    @Test
    void aTruncatedBackupLeavesNoDatabase(Path directory) throws Exception {
        Path file = temporary.resolve("backup.tar.gz");
        Backup.take(directory, file);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - whole.length / 10));

        assertRefused(file, "whole backup");
    }

    @Test
    void aFileThatIsNoBackupIsRefused() throws Exception {
        assertRefused(Files.writeString(temporary.resolve("notes.txt"), "milk, bread"), "whole backup");
        assertRefused(temporary.resolve("absent"), "no file");
        assertRefused(archive("readme", "hello"), "not a backup of Tidemark");
    }

    @Test
    void anArchiveThatLeadsOutOfTheDirectoryIsRefused() throws Exception {
        assertRefused(archive("../../outside", "hello"), "leads out");
    }

    @Test
    void aLinkThatLeadsOutOfTheDirectoryIsRefused() throws Exception {
        Path file = temporary.resolve("foreign.tar.gz");
        var link = new TarArchiveEntry("data/pg_wal", TarConstants.LF_SYMLINK);
        link.setLinkName(temporary.toString());
        try (var out = new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            out.putArchiveEntry(link);
            out.closeArchiveEntry();
        }

        assertRefused(file, "leads out");
    }

    @Test
    void aBackupOfAnotherMajorVersionIsRefused(Path directory) throws Exception {
        RunDatabase.copyProgramsTo(temporary.resolve("restored"));
        Path file = temporary.resolve("other.tar.gz");
        try (var out = new BackupArchive(Files.newOutputStream(file))) {
            out.file("data/PG_VERSION", "17\n");
            out.file("data/backup_label", "START WAL LOCATION");
            out.file("password", "secret");
        }

        assertRefused(file, "written by PostgreSQL 17");
    }

    private Path archive(String name, String text) throws IOException {
        Path file = temporary.resolve("foreign.tar.gz");
        try (var out = new BackupArchive(Files.newOutputStream(file))) {
            out.file(name, text);
        }
        return file;
    }

    private void assertRefused(Path file, String reason) {
        Path target = temporary.resolve("restored");

        assertThatThrownBy(() -> Restore.into(target, file))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining(reason);

        assertThat(target.resolve("data")).doesNotExist();
        assertThat(target.resolve("data.new")).doesNotExist();
    }

    private static void fill(EmbeddedDatabase database) throws Exception {
        try (var session = Session.of(database)) {
            session.run("create table kept as select generate_series(1, 1000) as id");
        }
    }

    private static void assertIsFilled(Path directory) throws Exception {
        try (var database = EmbeddedDatabase.start(directory);
                var session = Session.of(database)) {
            assertThat(session.value("select count(*) from kept")).isEqualTo("1000");
        }
    }
}
