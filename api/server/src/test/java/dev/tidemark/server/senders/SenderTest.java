package dev.tidemark.server.senders;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tests of one kind of sender share a server. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SenderTest {

    protected Receiver receiver;

    @BeforeAll
    final void start(PostgresAddress database) {
        receiver = Receiver.start(database);
    }

    @AfterAll
    final void stop() {
        receiver.close();
    }
}
