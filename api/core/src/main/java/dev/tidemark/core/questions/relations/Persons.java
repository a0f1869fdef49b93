package dev.tidemark.core.questions.relations;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.SqlFragment;
import java.util.ArrayList;
import java.util.Optional;

/** The one rule for who is behind an event. */
final class Persons {

    /** The column with the row of what is known of the person. */
    static final SqlFragment PROPERTIES = SqlFragment.name("_known");

    private Persons() {}

    /** Where every id is a person. */
    static SqlFragment expression() {
        return sql(
                "coalesce({}, {})",
                SqlFragment.name(CollectionColumns.USER),
                SqlFragment.name(CollectionColumns.ANONYMOUS));
    }

    /**
     * Events with a column {@code _person} more, and one with all that is known of the person, where that is known. PostgreSQL
     * leaves a join out where nobody asks for what it brings, as it finds one row at most.
     *
     * @param mapping a table that tells whose the ids are that are no person
     */
    static SqlFragment joined(SqlFragment events, Optional<SqlFragment> mapping, Optional<TableRelation> people) {
        var person = mapping.isPresent()
                ? sql("coalesce(whose.person, event._user, event._anonymous)")
                : sql("coalesce(event._user, event._anonymous)");
        var joins = new ArrayList<SqlFragment>();
        mapping.ifPresent(table ->
                joins.add(sql("\nleft join {} as whose on whose.id = coalesce(event._user, event._anonymous)", table)));
        people.ifPresent(known -> joins.add(sql(
                "\nleft join {} as known on known.{} = {}",
                known.table(),
                SqlFragment.name(known.key().getFirst()),
                person)));
        return sql(
                """
                (
                select event.*, {} as {}{}
                from {} as event{}
                ) as events\
                """,
                person,
                SqlFragment.name(CollectionColumns.PERSON),
                people.isPresent() ? sql(", known as {}", PROPERTIES) : sql(""),
                events,
                SqlFragment.joined("", joins));
    }
}
