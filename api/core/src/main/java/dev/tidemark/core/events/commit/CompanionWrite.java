package dev.tidemark.core.events.commit;

import dev.tidemark.core.postgres.SqlState;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What a caller writes together with its events, and whether it was that which failed. */
public final class CompanionWrite {

    private final Events.Companion companion;
    private boolean failed;

    public CompanionWrite(Events.Companion companion) {
        this.companion = companion;
    }

    /** A conflict is nobody's failure: the transaction is run again. */
    boolean failed() {
        return failed;
    }

    void run(Connection connection, List<Outcome> outcomes) throws SQLException {
        failed = false;
        try {
            companion.write(connection, outcomes);
        } catch (SQLException e) {
            failed = !SqlState.isConflict(Failure.of(e).state());
            throw e;
        }
    }
}
