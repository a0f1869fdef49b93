package dev.tidemark.core.questions;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.SqlFragment;

/** The one rule for who is behind an event. */
final class Persons {

    private Persons() {}

    /** Where every id is a person. */
    static SqlFragment expression() {
        return sql(
                "coalesce({}, {})",
                SqlFragment.name(CollectionColumns.USER),
                SqlFragment.name(CollectionColumns.ANONYMOUS));
    }

    /**
     * Events with a column {@code _person} more, by a table that tells whose the ids are that are no person. PostgreSQL leaves
     * the join out where nobody asks for persons.
     */
    static SqlFragment joined(SqlFragment events, SqlFragment table) {
        return sql("""
                (
                    select event.*, coalesce(known.person, event._user, event._anonymous) as _person
                    from {} as event
                    left join {} as known on known.id = coalesce(event._user, event._anonymous)
                ) as events\
                """, events, table);
    }
}
