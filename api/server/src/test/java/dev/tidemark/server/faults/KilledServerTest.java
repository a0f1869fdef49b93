package dev.tidemark.server.faults;

import dev.tidemark.server.ServerProcess;
import dev.tidemark.server.postgres.DatabaseProcesses;
import dev.tidemark.server.postgres.EmbeddedAddress;
import dev.tidemark.server.postgres.RunDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledServerTest {

    private Path home;
    private ServerProcess server;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        home = directory.resolve("data/postgres");
        RunDatabase.copyTo(home);
        server = ServerProcess.embedded(directory.resolve("data"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** f01 */
    @Test
    void aKilledServerLosesNothingAcknowledgedAndDoublesNothing() throws Exception {
        survive("Killed server", server::kill);
    }

    @Test
    void aServerThatIsKilledWithItsDatabaseLosesNothingAcknowledgedAndDoublesNothing() throws Exception {
        survive("Killed server and database", this::killBoth);
    }

    private void killBoth() throws IOException {
        new DatabaseProcesses(home).kill();
        server.kill();
    }

    private void survive(String test, Kill kill) throws Exception {
        var project = test.toLowerCase(Locale.ROOT).replace(' ', '_');
        try (var load = new Load(Client.of(server, project))) {
            for (int round = 0; round < Figures.ROUNDS; round++) {
                load.survive(new Restarted(kill, server));
            }
            load.settle(test, EmbeddedAddress.of(home), project);
        }
    }

    private interface Kill {
        void kill() throws IOException;
    }

    private record Restarted(Kill kill, ServerProcess server) implements Load.Fault {

        @Override
        public void make() throws IOException {
            kill.kill();
        }

        @Override
        public void repair() {
            server.restart();
        }
    }
}
