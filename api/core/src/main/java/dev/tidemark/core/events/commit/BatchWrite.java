package dev.tidemark.core.events.commit;

import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.snapshot.Catalog;
import dev.tidemark.core.catalog.snapshot.StaleCatalogException;
import dev.tidemark.core.events.admission.MessageHash;
import dev.tidemark.core.events.planning.Layout;
import dev.tidemark.core.events.planning.Prepared;
import dev.tidemark.core.events.planning.TableRows;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What is done inside one ingest transaction; the steps are those of the package's description. */
final class BatchWrite {

    /** A database that was cut off gives no sign: without an end of patience its writer would be lost for ever. */
    private static final int ANSWER_MILLIS = 60_000;

    /** To the first statement, which has next to nothing to do: a database that says nothing then is away. */
    private static final int FIRST_ANSWER_MILLIS = 5_000;

    private final Catalogs catalogs;
    private final Project project;
    private final IdStore ids;
    private final CopyStore copies = new CopyStore();
    private final CommitStore commits = new CommitStore();
    private final LedgerStore ledger = new LedgerStore();
    private final DeadLetterStore letters;
    private final WarningStore warnings = new WarningStore();

    BatchWrite(Catalogs catalogs, Project project, IdStore ids, long letterBytesAnHour) {
        this.catalogs = catalogs;
        this.project = project;
        this.ids = ids;
        this.letters = new DeadLetterStore(letterBytesAnHour);
    }

    /** @throws StaleCatalogException when the tables are no longer as the requests were planned for */
    void run(Connection connection, List<Prepared> batch, Optional<CompanionWrite> companion) throws SQLException {
        var parts = batch.stream().flatMap(request -> request.tables().stream()).toList();
        parts.forEach(TableRows::reset);
        if (companion.isEmpty()) {
            connection.setNetworkTimeout(Runnable::run, FIRST_ANSWER_MILLIS);
        }
        commits.begin(connection);
        if (companion.isEmpty()) {
            connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
        }
        markDuplicates(connection, parts);
        var ranges = Numbering.number(connection, ids, batch);
        for (var alike : byLayout(parts)) {
            copies.copy(connection, alike);
        }
        keepWhatWasRefused(connection, batch, parts);
        if (companion.isPresent()) {
            companion.get().run(connection, batch.getFirst().outcomes());
        }
        if (!ranges.isEmpty()) {
            checkSnapshots(connection, batch, commits.append(connection, project, ranges));
        }
    }

    /** Takes out the rows that PostgreSQL refuses; none were found when the fault lies elsewhere. */
    List<RowReference> refused(Connection connection, List<Prepared> batch) throws SQLException {
        var parts = batch.stream().flatMap(request -> request.tables().stream()).toList();
        parts.forEach(TableRows::reset);
        Numbering.number(connection, ids, batch);
        List<RowReference> refused = new ArrayList<>();
        for (var alike : byLayout(parts)) {
            refused.addAll(copies.refused(connection, alike));
        }
        return refused;
    }

    private static Iterable<List<TableRows>> byLayout(List<TableRows> parts) {
        Map<Layout, List<TableRows>> byLayout = new LinkedHashMap<>();
        for (var rows : parts) {
            byLayout.computeIfAbsent(rows.layout(), layout -> new ArrayList<>()).add(rows);
        }
        return byLayout.values();
    }

    /** The first of equal messageIds counts, in the order of the requests. */
    private void markDuplicates(Connection connection, List<TableRows> parts) throws SQLException {
        List<MessageHash> sent = new ArrayList<>();
        for (var rows : parts) {
            for (int row = 0; row < rows.count(); row++) {
                var hash = rows.hash(row);
                if (hash != null && rows.isNew(row)) {
                    sent.add(hash);
                }
            }
        }
        if (sent.isEmpty()) {
            return;
        }
        var noted = ledger.note(connection, sent.stream().sorted().distinct().toList());
        if (noted.size() < sent.size()) {
            var open = new HashSet<>(noted);
            parts.forEach(rows -> markDuplicates(rows, open));
        }
    }

    private static void markDuplicates(TableRows rows, Set<MessageHash> open) {
        for (int row = 0; row < rows.count(); row++) {
            var hash = rows.hash(row);
            if (hash != null && rows.isNew(row) && !open.remove(hash)) {
                rows.setDuplicate(row);
            }
        }
    }

    private void keepWhatWasRefused(Connection connection, List<Prepared> batch, List<TableRows> parts)
            throws SQLException {
        var refused =
                batch.stream().flatMap(request -> request.letters().stream()).toList();
        if (!refused.isEmpty()) {
            tellWhatWasKept(batch, letters.add(connection, refused));
        }
        var counts = WarningCount.of(parts);
        if (!counts.isEmpty()) {
            warnings.add(connection, counts);
        }
    }

    /** @param kept so many of all their letters, from the first on */
    private static void tellWhatWasKept(List<Prepared> batch, int kept) {
        var left = kept;
        for (var request : batch) {
            var count = Math.min(left, request.letters().size());
            request.kept(count);
            left -= count;
        }
    }

    private void checkSnapshots(Connection connection, List<Prepared> batch, OptionalLong version) throws SQLException {
        Map<Long, Catalog> snapshots = new LinkedHashMap<>();
        for (var request : batch) {
            if (!request.tables().isEmpty()) {
                snapshots.put(request.catalog().version(), request.catalog());
            }
        }
        for (var snapshot : snapshots.values()) {
            if (version.isEmpty() || !catalogs.isCurrent(connection, project, snapshot, version.getAsLong())) {
                throw new StaleCatalogException();
            }
        }
    }
}
