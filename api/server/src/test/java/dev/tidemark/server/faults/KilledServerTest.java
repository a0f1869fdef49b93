package dev.tidemark.server.faults;

import dev.tidemark.server.ServerProcess;
import dev.tidemark.server.postgres.EmbeddedAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledServerTest {

    @TempDir
    private Path directory;

    @Test
    void aKilledServerLosesNothingAcknowledgedAndDoublesNothing() throws Exception {
        var data = directory.resolve("data");
        try (var server = ServerProcess.embedded(data);
                var load = new Load(Client.of(server, "shop"))) {
            for (int round = 0; round < Figures.ROUNDS; round++) {
                load.survive(new Kill(server));
            }

            load.settle("Killed server", EmbeddedAddress.of(data.resolve("postgres")), "shop");
        }
    }

    private record Kill(ServerProcess server) implements Load.Fault {

        @Override
        public void make() {
            server.kill();
        }

        @Override
        public void repair() {
            server.restart();
        }
    }
}
