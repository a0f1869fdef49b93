package dev.tidemark.core.events.ingestion;

import dev.tidemark.core.events.admission.Admitted;
import dev.tidemark.core.events.admission.MessageHash;
import dev.tidemark.core.events.commit.LedgerStore;
import dev.tidemark.core.events.planning.Prepared;
import dev.tidemark.core.events.planning.TableRows;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Tells what would become of events, as far as it can be told without making tables or columns. */
public final class Rehearsal {

    private final Database database;
    private final Function<List<Admitted>, Prepared> planning;
    private final LedgerStore ledger = new LedgerStore();
    private final Set<MessageHash> seen = new HashSet<>();

    Rehearsal(Database database, Function<List<Admitted>, Prepared> planning) {
        this.database = database;
        this.planning = planning;
    }

    /** What would become of them, after all that were asked for before. */
    public List<Outcome> outcomes(List<Admitted> admitted) {
        var planned = planning.apply(admitted);
        planned.refuseAgain();
        planned.tables().forEach(TableRows::reset);
        var expected = planned.outcomes();
        List<MessageHash> hashes = admitted.stream()
                .filter(Admitted.Accepted.class::isInstance)
                .flatMap(event -> ((Admitted.Accepted) event).hash().stream())
                .toList();
        seen.addAll(database.transaction(connection -> ledger.known(connection, hashes)));
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < admitted.size(); i++) {
            outcomes.add(expected.get(i) instanceof Outcome.Refused refused ? refused : accepted(admitted.get(i)));
        }
        return outcomes;
    }

    private Outcome accepted(Admitted event) {
        var isDuplicate = event instanceof Admitted.Accepted accepted
                && accepted.hash().filter(hash -> !seen.add(hash)).isPresent();
        return isDuplicate ? new Outcome.Duplicate() : new Outcome.Stored(0, List.of());
    }
}
