package dev.tidemark.spi;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The door through which all events of a project come in. Out they come by {@link CommittedEvents} and {@link Questions}. */
public interface Events {

    /**
     * Stores events: maps, validates, infers types, adds columns, writes. Blocks until the transaction that holds them
     * has committed; that transaction may hold other callers' events too.
     *
     * @return one outcome a submission, in the same order
     * @throws CallerException {@code UNAVAILABLE} when the queue is full or PostgreSQL away: nothing was stored
     */
    List<Outcome> collect(Project project, List<? extends Submission> submissions, Origin origin);

    /**
     * The same, joined with the caller's own writes in one transaction: both are committed, or neither. What the
     * companion throws undoes the caller's events, nobody else's, and comes out of this method as it is.
     *
     * @param with runs after the events are written; may run again when the transaction is retried
     */
    List<Outcome> collect(Project project, List<? extends Submission> submissions, Origin origin, Companion with);

    /**
     * Tells what {@link #collect} would do, as far as that can be known without writing: what would be refused, by whom
     * and why, and what is a duplicate. Columns that are missing, and what does not fit them, are not looked at.
     *
     * @return one outcome a submission, in the same order, without the ids and warnings of what would be stored
     */
    List<Outcome> rehearse(Project project, List<? extends Submission> submissions, Origin origin);

    /**
     * Hands on each property of an event by the name and with the value that it has in a column: objects are opened to three
     * levels. What is nothing, such as {@code []}, is left out.
     *
     * @param isWhole tells by names which objects are values, whatever their level
     */
    void flatten(
            Map<String, ? extends @Nullable Object> properties,
            Predicate<String> isWhole,
            BiConsumer<String, Object> property);

    /** Of the column that a property is kept in: two of one event that have the same are one property, and the first counts. */
    String columnName(String property);

    /**
     * The type of the column that holds a value without loss.
     *
     * @param column of the column that is there; empty: there is none yet
     * @param value of a property, as {@link Event} has it
     * @return another one than that of the column: it would be widened; empty: none does, and the value is kept in {@code _extra}
     */
    Optional<ColumnType> column(Optional<ColumnType> column, Object value);

    /**
     * The event that a JSON object of the form {@code {collection, time, user, anonymous, messageId, properties}}
     * describes. What is wrong with it (an unknown field, a time without its zone …) makes it unreadable, with the reason.
     */
    Submission submission(Map<String, @Nullable Object> fields);

    /**
     * The collection that a sender's name means, in any spelling of it, as this node knows it; another node's changes
     * are known within a second.
     */
    Optional<EventCollection> collection(Project project, String label);

    /**
     * The property of such a collection that a sender's name means, in any spelling of its first name or of the one it has
     * now.
     */
    Optional<EventCollection.Property> property(Project project, String collection, String label);

    /**
     * Makes what is missing of a collection before its first event comes, so that not the first values decide on types.
     * What is there stays as it is, but that whole numbers give way to fractions in a small table.
     *
     * @param properties by the sender's names; may be none
     * @return the collection as it is now
     * @throws CallerException {@code BAD_USER_INPUT} when the collection or one of the properties may not be made, {@code
     *     RATE_LIMITED} when the project has got its new columns of this hour
     */
    EventCollection prepare(Project project, String collection, Map<String, ColumnType> properties);

    /** What a caller writes together with its events. */
    @FunctionalInterface
    interface Companion {

        /**
         * Comes when the events are ready to be written, before their transaction begins. May wait, as for other events that shall be
         * written first. What it throws comes out of {@link #collect} as it is, and nothing is written. May run again, as {@link #write} may.
         */
        default void begin() {}

        /**
         * @param transaction stands in the project's schema; lent: never closed or committed
         * @param outcomes what becomes of the events if the transaction commits
         */
        void write(Connection transaction, List<Outcome> outcomes) throws SQLException;
    }
}
