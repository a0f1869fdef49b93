package dev.tidemark.customers.userstable;

import dev.tidemark.customers.identity.Customer;
import dev.tidemark.customers.identity.Identities;
import dev.tidemark.customers.userstable.UsersTableStore.Row;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.FewerAtOnce;
import dev.tidemark.spi.JsonReader;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.PropertyTable;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One copying of a users table, a piece in a transaction, in the order of the ids. Only rows that have changed are written. Rows of
 * ids that are another person's are left out: it is the row of a person's own id that counts. So are those who were erased.
 */
final class Copying {

    private final Project project;
    private final Database database;
    private final PropertyTable copy;
    private final CopyStore store;
    private final ErasedStore erasures;
    private final Identities identities;
    private final JsonReader json;
    private final Set<String> erased = new HashSet<>();

    private String last = "";
    private long customers;
    private long skipped;

    Copying(
            Project project,
            Database database,
            PropertyTable copy,
            CopyStore store,
            ErasedStore erasures,
            Identities identities,
            JsonReader json) {
        this.project = project;
        this.database = database;
        this.copy = copy;
        this.store = store;
        this.erasures = erasures;
        this.identities = identities;
        this.json = json;
    }

    /** Copies the next rows; fewer at once where so many are too large as they were before. */
    void take(List<Row> rows) {
        var most = rows.size();
        for (int from = 0; from < rows.size(); from += most) {
            var rest = rows.subList(from, rows.size());
            most = FewerAtOnce.attempt(Math.min(most, rest.size()), some -> takeAtOnce(rest.subList(0, some)));
        }
    }

    /** How many they are. */
    private int takeAtOnce(List<Row> rows) {
        var possible = rows.stream()
                .filter(row -> Customer.isId(row.id()) && !row.properties().isEmpty())
                .toList();
        var hashes = database.transaction(connection -> store.hashes(connection, ids(possible)));
        Predicate<Row> isCopied = row -> Long.valueOf(row.hash()).equals(hashes.get(row.id()));
        var values = values(possible.stream().filter(isCopied.negate()).toList());
        copy.prepare(project, values.values());
        var there = possible.stream()
                .filter(isCopied.or(row -> values.containsKey(row.id())))
                .toList();
        var from = last;
        var upTo = rows.getLast().id();
        var gone = database.transaction(connection -> {
            identities.keep(connection);
            var persons = identities.persons(connection, ids(there));
            var forgotten = erasures.among(connection, ids(rows));
            var own = there.stream()
                    .filter(row -> row.id().equals(persons.get(row.id())) && !forgotten.contains(row.id()))
                    .toList();
            write(
                    connection,
                    own.stream().filter(row -> values.containsKey(row.id())).toList(),
                    values);
            store.deleteOthers(connection, from, Optional.of(upTo), ids(own));
            return forgotten;
        });
        last = upTo;
        erased.addAll(gone);
        var kept = there.stream().filter(row -> !gone.contains(row.id())).count();
        customers += kept;
        skipped += rows.size() - kept;
        return rows.size();
    }

    /** There are no more rows. */
    void end(Instant begun) {
        database.transaction(connection -> {
            store.deleteOthers(connection, last, Optional.empty(), List.of());
            erasures.forgetOthers(connection, begun, erased);
            store.succeeded(connection, begun, customers, skipped);
            return begun;
        });
    }

    private void write(Connection transaction, List<Row> rows, Map<String, Map<String, Object>> values)
            throws SQLException {
        copy.make(transaction, ids(rows));
        var before = copy.lock(project, transaction, ids(rows));
        Map<String, Map<String, @Nullable Object>> written = new LinkedHashMap<>();
        rows.forEach(row -> {
            Map<String, @Nullable Object> whole = new LinkedHashMap<>();
            before.getOrDefault(row.id(), Map.of()).keySet().forEach(label -> whole.put(label, null));
            whole.putAll(values.getOrDefault(row.id(), Map.of()));
            written.put(row.id(), whole);
        });
        copy.write(project, transaction, written);
        store.note(transaction, rows);
    }

    /** The properties of rows by their ids; what cannot be stored is absent. */
    private Map<String, Map<String, Object>> values(List<Row> rows) {
        var text = rows.stream().map(Row::properties).collect(Collectors.joining("\n"));
        var values = new LinkedHashMap<String, Map<String, Object>>();
        var ids = rows.iterator();
        json.lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), item -> {
            var id = ids.next().id();
            if (item instanceof JsonReader.Item.Read read) {
                flat(read.value()).ifPresent(flat -> values.put(id, flat));
            }
        });
        return values;
    }

    private Optional<Map<String, Object>> flat(Map<String, @Nullable Object> properties) {
        try {
            return Optional.of(copy.flat(properties));
        } catch (CallerException e) {
            return Optional.empty();
        }
    }

    private static List<String> ids(List<Row> rows) {
        return rows.stream().map(Row::id).toList();
    }
}
