package dev.tidemark.core.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.testkit.PostgresExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class KeptAliveSocketsTest {

    private static final Path SOCKETS = Path.of("/proc/net/tcp");
    private static final Path SOCKETS_OF_IPV6 = Path.of("/proc/net/tcp6");
    private static final String CONNECTED = "01";
    private static final String ASKS_FOR_A_SIGN_OF_LIFE = "02";
    private static final int TICKS_A_SECOND = 100;

    @Test
    void aConnectionOnWhichNothingComesAsksForASignOfLifeWithinTenSeconds(PostgresAddress address) throws SQLException {
        assumeTrue(Files.exists(SOCKETS), "only Linux tells when it will ask");
        try (var postgres = Postgres.connect(address, "test", 1);
                var connection = postgres.connection("public")) {
            var timer = timer(localPort(connection)).split(":", 2);

            assertThat(timer[0]).isEqualTo(ASKS_FOR_A_SIGN_OF_LIFE);
            assertThat(Duration.ofSeconds(Long.parseLong(timer[1], 16) / TICKS_A_SECOND))
                    .isLessThanOrEqualTo(Duration.ofSeconds(10));
        }
    }

    private static int localPort(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select inet_client_port()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Of the client's end of the connection, as the kernel writes it: which, and when it will go off. */
    private static String timer(int localPort) {
        return Stream.of(SOCKETS, SOCKETS_OF_IPV6)
                .flatMap(KeptAliveSocketsTest::lines)
                .map(line -> List.of(line.strip().split("\\s+", -1)))
                .filter(fields -> fields.get(1).endsWith(":%04X".formatted(localPort)))
                .filter(fields -> fields.get(3).equals(CONNECTED))
                .map(fields -> fields.get(5))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
