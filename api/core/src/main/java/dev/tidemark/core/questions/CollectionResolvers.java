package dev.tidemark.core.questions;

import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.questions.relations.CollectionColumns;
import dev.tidemark.core.questions.relations.CollectionStore;
import dev.tidemark.core.questions.relations.CollectionStore.Totals;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Relation;
import dev.tidemark.spi.SqlColumn;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.dataloader.MappedBatchLoaderWithContext;
import org.jspecify.annotations.Nullable;

/** GraphQL's side of collections. */
final class CollectionResolvers {

    static final String TOTALS = "collectionTotals";

    private final QuestionEngine questions;
    private final Catalogs catalogs;
    private final Databases databases;

    CollectionResolvers(QuestionEngine questions, Catalogs catalogs, Databases databases) {
        this.questions = questions;
        this.catalogs = catalogs;
        this.databases = databases;
    }

    List<Columns> collections(DataFetchingEnvironment environment) {
        return catalogs.of(Caller.of(environment).project()).all();
    }

    Columns collection(DataFetchingEnvironment environment) {
        var name = Arguments.of(environment).required("name");
        return questions.collection(Caller.of(environment).project(), name);
    }

    static List<Relation.Column> columns(DataFetchingEnvironment environment) {
        return CollectionColumns.of(source(environment)).all().stream()
                .map(SqlColumn::column)
                .toList();
    }

    CompletableFuture<Long> eventCount(DataFetchingEnvironment environment) {
        return totals(environment).thenApply(Totals::events);
    }

    CompletableFuture<@Nullable Instant> firstEvent(DataFetchingEnvironment environment) {
        return totals(environment).thenApply(Totals::first);
    }

    CompletableFuture<@Nullable Instant> lastEvent(DataFetchingEnvironment environment) {
        return totals(environment).thenApply(Totals::last);
    }

    /** All collections' totals in one statement, and only when somebody asks. */
    MappedBatchLoaderWithContext<String, Totals> totals() {
        return (collections, environment) -> {
            var database = databases.of(Caller.of(environment).project());
            return CompletableFuture.completedFuture(CollectionStore.totals(database, collections));
        };
    }

    private static CompletableFuture<Totals> totals(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.<String, Totals>getDataLoader(TOTALS))
                .load(source(environment).name());
    }

    private static Columns source(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.<Columns>getSource());
    }
}
