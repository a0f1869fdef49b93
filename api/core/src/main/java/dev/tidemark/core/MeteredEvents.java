package dev.tidemark.core;

import dev.tidemark.core.projects.allowances.Allowances;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Submission;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The events as modules have them: what is sent with a key counts against the key's limits. */
record MeteredEvents(Events events, Allowances allowances) implements Events {

    @Override
    public List<Outcome> collect(Project project, List<? extends Submission> submissions, Origin origin) {
        var giveBack = origin.caller().map(caller -> allowances.take(caller, submissions.size()));
        try {
            return events.collect(project, submissions, origin);
        } catch (RuntimeException e) {
            giveBack.ifPresent(Runnable::run);
            throw e;
        }
    }

    @Override
    public List<Outcome> collect(
            Project project, List<? extends Submission> submissions, Origin origin, Companion with) {
        var metered = new MeteredCompanion(with, origin, submissions.size());
        try {
            return events.collect(project, submissions, origin, metered);
        } catch (RuntimeException e) {
            metered.giveBack();
            throw e;
        }
    }

    @Override
    public List<Outcome> rehearse(Project project, List<? extends Submission> submissions, Origin origin) {
        return events.rehearse(project, submissions, origin);
    }

    @Override
    public void flatten(
            Map<String, ? extends @Nullable Object> properties,
            Predicate<String> isWhole,
            BiConsumer<String, Object> property) {
        events.flatten(properties, isWhole, property);
    }

    @Override
    public String columnName(String property) {
        return events.columnName(property);
    }

    @Override
    public Optional<ColumnType> column(Optional<ColumnType> column, Object value) {
        return events.column(column, value);
    }

    @Override
    public Submission submission(Map<String, @Nullable Object> fields) {
        return events.submission(fields);
    }

    @Override
    public Optional<EventCollection> collection(Project project, String label) {
        return events.collection(project, label);
    }

    @Override
    public Optional<EventCollection.Property> property(Project project, String collection, String label) {
        return events.property(project, collection, label);
    }

    @Override
    public EventCollection prepare(Project project, String collection, Map<String, ColumnType> properties) {
        return events.prepare(project, collection, properties);
    }

    /** Events count in the order in which they begin to be written: those of an import are made ready before that. */
    private final class MeteredCompanion implements Companion {

        private final Companion companion;
        private final Origin origin;
        private final int events;
        private Optional<Runnable> giveBack = Optional.empty();

        MeteredCompanion(Companion companion, Origin origin, int events) {
            this.companion = companion;
            this.origin = origin;
            this.events = events;
        }

        @Override
        public void begin() {
            companion.begin();
            if (giveBack.isEmpty()) {
                giveBack = origin.caller().map(caller -> allowances.take(caller, events));
            }
        }

        @Override
        public void write(Connection transaction, List<Outcome> outcomes) throws SQLException {
            companion.write(transaction, outcomes);
        }

        void giveBack() {
            giveBack.ifPresent(Runnable::run);
        }
    }
}
