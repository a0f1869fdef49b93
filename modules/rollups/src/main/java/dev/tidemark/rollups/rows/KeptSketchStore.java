package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.definition.Moments;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.rollups.definition.SketchPart;
import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sketches of rows that drafts come for: of one row after the other in their order, as long as most are wanted; from then
 * on each is found by its key, which takes several times as long.
 */
final class KeptSketchStore implements AutoCloseable {

    /** For each that is wanted, so many are read at most. */
    private static final int MOST = 4;

    private static final int FETCHED = 2_000;

    private final Statements statements;
    private final Connection connection;
    private final Rollup rollup;
    private final PreparedStatement inOrder;
    private final ResultSet rows;
    private boolean isInOrder = true;

    /** That of the row at which the cursor stands; empty: there are no more. */
    private Optional<RowPlace> next;

    /** @param drafts all that it will be asked for, in their order */
    KeptSketchStore(Statements statements, Connection connection, Rollup rollup, List<Draft> drafts)
            throws SQLException {
        this.statements = statements;
        this.connection = connection;
        this.rollup = rollup;
        var first = drafts.getFirst();
        var last = drafts.getLast();
        this.inOrder = statements.prepareCursor(
                connection,
                new RollupTable(rollup).sketchesInOrder(first.time(), first.key(), last.time(), last.key()));
        inOrder.setFetchSize(Math.min(FETCHED, Fetch.rows(SketchPart.longest(rollup))));
        this.rows = inOrder.executeQuery();
        this.next = next();
    }

    /**
     * Of those rows that are there, by the places of the drafts.
     *
     * @param drafts the next ones, in their order
     */
    Map<Integer, @Nullable Object[]> sketches(List<Draft> drafts) throws SQLException {
        var found = isInOrder ? inOrder(drafts) : Optional.<Map<Integer, @Nullable Object[]>>empty();
        isInOrder = found.isPresent();
        return found.isPresent() ? found.get() : byKey(drafts);
    }

    /** Empty: there are too many others between them. */
    private Optional<Map<Integer, @Nullable Object[]>> inOrder(List<Draft> drafts) throws SQLException {
        var found = new HashMap<Integer, @Nullable Object[]>();
        int draft = 0;
        for (int read = 0; next.isPresent(); read++) {
            while (draft < drafts.size() && drafts.get(draft).place().compareTo(next.get()) < 0) {
                draft++;
            }
            if (draft == drafts.size()) {
                break;
            }
            if (read == MOST * drafts.size()) {
                return Optional.empty();
            }
            if (drafts.get(draft).place().equals(next.get())) {
                found.put(draft, stored(rows, 3));
            }
            next = next();
        }
        return Optional.of(found);
    }

    private Optional<RowPlace> next() throws SQLException {
        return rows.next()
                ? Optional.of(new RowPlace(Moments.of(Moments.micros(rows, 1)), rows.getObject(2, UUID.class)))
                : Optional.empty();
    }

    private Map<Integer, @Nullable Object[]> byKey(List<Draft> drafts) throws SQLException {
        var found = new HashMap<Integer, @Nullable Object[]>();
        try (var statement = statements.prepare(connection, new RollupTable(rollup).sketches())) {
            ArrayParameter.set(statement, 1, "text", drafts, Draft::time);
            ArrayParameter.set(statement, 2, "uuid", drafts, Draft::key);
            try (var kept = statement.executeQuery()) {
                while (kept.next()) {
                    found.put((int) kept.getLong(1) - 1, stored(kept, 2));
                }
            }
        }
        return found;
    }

    private @Nullable Object[] stored(ResultSet row, int first) throws SQLException {
        var parts = rollup.sketches();
        var stored = new @Nullable Object[parts.size()];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = parts.get(i).read(row, first + i).orElse(null);
        }
        return stored;
    }

    @Override
    public void close() throws SQLException {
        inOrder.close();
    }
}
