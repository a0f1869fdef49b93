package dev.tidemark.server.senders;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tests of one kind of sender share a server. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SenderTest {

    private final Map<String, String> settings;
    protected Receiver receiver;

    SenderTest() {
        this(Map.of());
    }

    /** @param settings of the server */
    SenderTest(Map<String, String> settings) {
        this.settings = settings;
    }

    @BeforeAll
    final void start(PostgresAddress database) {
        receiver = Receiver.start(database, settings);
    }

    @AfterAll
    final void stop() {
        receiver.close();
    }
}
