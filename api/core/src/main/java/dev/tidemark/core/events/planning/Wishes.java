package dev.tidemark.core.events.planning;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tidemark.core.catalog.names.Names;
import dev.tidemark.core.catalog.snapshot.Catalog;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the events of one request want from the catalogue. A wish that was refused a moment ago is not made again: each
 * one would cost a transaction, and whoever is over a limit sends the same names again and again.
 */
final class Wishes {

    private final Refused refused;
    private final Project project;
    private final boolean open;
    private final Wanted wanted = new Wanted();

    private Wishes(Refused refused, Project project, boolean open) {
        this.refused = refused;
        this.project = project;
        this.open = open;
    }

    static Wishes open(Refused refused, Project project) {
        return new Wishes(refused, project, true);
    }

    /** The same, once they were granted or refused: from here on every wish fails. */
    Wishes settled(Catalog catalog) {
        wanted.byCollection()
                .forEach((collection, columns) ->
                        columns.forEach((property, type) -> catalog.refused(collection, property)
                                .ifPresent(reason -> refused.remember(project, collection, property, reason))));
        return new Wishes(refused, project, false);
    }

    boolean isEmpty() {
        return wanted.isEmpty();
    }

    Map<String, Map<String, ColumnType>> wanted() {
        return wanted.byCollection();
    }

    /** Whether the collection can be hoped for. */
    boolean wishCollection(String collection) {
        if (open) {
            wanted.collection(collection);
        }
        return open;
    }

    /** Whether the column, or the wider type of it, can be hoped for. */
    boolean wish(String collection, String property, ColumnType type) {
        if (!open || refused(collection, property).isPresent()) {
            return false;
        }
        wanted.column(collection, property, type);
        return true;
    }

    Optional<Refusal> refused(String collection, String property) {
        return refused.find(project, collection, property);
    }

    /** The refusals of the last half minute, of all projects. */
    static final class Refused {

        private static final Duration REMEMBERED = Duration.ofSeconds(30);

        private final Cache<Column, Refusal> columns = Caffeine.newBuilder()
                .maximumSize(50_000)
                .expireAfterWrite(REMEMBERED)
                .build();

        private void remember(Project project, String collection, String property, Refusal reason) {
            column(project, collection, property).ifPresent(column -> columns.put(column, reason));
        }

        private Optional<Refusal> find(Project project, String collection, String property) {
            return column(project, collection, property)
                    .flatMap(column -> Optional.ofNullable(columns.getIfPresent(column)));
        }

        private static Optional<Column> column(Project project, String collection, String property) {
            return Names.table(collection)
                    .flatMap(table -> Names.column(property).map(column -> new Column(project.id(), table, column)));
        }

        private record Column(int project, String table, String column) {}
    }
}
