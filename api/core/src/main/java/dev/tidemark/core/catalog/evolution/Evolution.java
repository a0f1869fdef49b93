package dev.tidemark.core.catalog.evolution;

import dev.tidemark.core.catalog.evolution.EvolutionPlan.Planned;
import dev.tidemark.core.catalog.snapshot.Budget.FixedColumn;
import dev.tidemark.core.catalog.snapshot.Catalog;
import dev.tidemark.core.catalog.snapshot.Catalog.Asked;
import dev.tidemark.core.catalog.snapshot.CatalogLimits;
import dev.tidemark.core.catalog.snapshot.CatalogStore;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.catalog.writing.CatalogTransactions;
import dev.tidemark.core.catalog.writing.DefinitionStore;
import dev.tidemark.core.catalog.writing.TableStore;
import dev.tidemark.spi.ClockStore;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Changes collections: all that one call needs in one transaction, as far as the limits go. Hours go by the database's clock: what
 * a node made whose own was a month ahead would count as new for a month.
 */
public final class Evolution {

    private static final Duration HOUR = Duration.ofHours(1);

    /** Rewriting them takes a second or two, in which the table is locked. */
    private static final int ROWS_TO_WIDEN = 1_000_000;

    private final CatalogTransactions transactions;
    private final CatalogStore catalogs;
    private final DefinitionStore definitions = new DefinitionStore();
    private final TableStore tables = new TableStore(ROWS_TO_WIDEN);
    private final CatalogLimits limits;

    public Evolution(CatalogTransactions transactions, CatalogStore catalogs, CatalogLimits limits) {
        this.transactions = transactions;
        this.catalogs = catalogs;
        this.limits = limits;
    }

    public Result run(Project project, Planned planned) {
        return transactions.run(project, connection -> {
            var now = ClockStore.now(connection);
            var before = catalogs.read(connection, project);
            var budget = catalogs.budget(connection, limits, now.minus(HOUR));
            var plan = planned.by(before, budget);
            var fixed = new HashSet<FixedColumn>();
            var changed = false;
            for (var growth : plan.growths()) {
                changed |= apply(connection, growth, now, fixed);
            }
            if (!changed) {
                return new Result(before, plan.refused(), fixed, false);
            }
            catalogs.raiseVersion(connection, project);
            return new Result(catalogs.read(connection, project), plan.refused(), fixed, true);
        });
    }

    /** Makes what is missing, within a transaction that changes more. */
    public Columns grow(Connection connection, Growth growth) throws SQLException {
        apply(connection, growth, ClockStore.now(connection), new HashSet<>());
        return catalogs.find(connection, growth.collection().name());
    }

    private boolean apply(Connection connection, Growth growth, Instant now, Set<FixedColumn> fixed)
            throws SQLException {
        if (growth.existing().isEmpty()) {
            create(connection, growth, now);
            return true;
        }
        var columns = growth.existing().get();
        var changed = false;
        if (!growth.added().isEmpty()) {
            tables.addColumns(connection, growth.collection(), growth.added());
            var before = growth.collection().properties().size();
            definitions.addProperties(connection, columns.id(), before, growth.added(), now);
            changed = true;
        }
        for (var property : growth.widened()) {
            changed |= widen(connection, columns, property, fixed);
        }
        return changed;
    }

    private void create(Connection connection, Growth growth, Instant now) throws SQLException {
        var created = growth.created();
        var id = definitions.add(connection, created, growth.isOfModule(), now);
        if (growth.isOfModule()) {
            tables.addColumns(connection, created, growth.added());
        } else {
            tables.create(connection, id, created);
        }
        definitions.addProperties(connection, id, 0, created.properties(), now);
    }

    private boolean widen(Connection connection, Columns columns, Property property, Set<FixedColumn> fixed)
            throws SQLException {
        if (!tables.widen(connection, columns.collection(), property)) {
            fixed.add(new FixedColumn(columns.collection().name(), property.column()));
            return false;
        }
        definitions.describe(connection, columns.id(), property);
        return true;
    }

    /**
     * What came of it.
     *
     * @param catalog read in the same transaction
     * @param fixed columns that cannot be widened
     */
    public record Result(Catalog catalog, Map<Asked, Refusal> refused, Set<FixedColumn> fixed, boolean changed) {

        public boolean refusedFor(String code) {
            return refused.values().stream().anyMatch(refusal -> refusal.code().equals(code));
        }
    }
}
