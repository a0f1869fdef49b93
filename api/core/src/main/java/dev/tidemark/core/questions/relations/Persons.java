package dev.tidemark.core.questions.relations;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.SqlFragment;
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
        var id = sql("coalesce(event._user, event._anonymous)");
        var person = mapping.isPresent() ? sql("coalesce(whose.person, event._user, event._anonymous)") : id;
        var from = mapping.map(table -> sql("{} as event\nleft join {} as whose on whose.id = {}", events, table, id))
                .orElse(sql("{} as event", events));
        return sql("(\n{}\n) as events", select(from, person, people));
    }

    /**
     * The same of some people alone. Their events are found by the ids of each, since no index has a person who has several: by user,
     * and by visitor where there is none, as the indexes of a collection have them. PostgreSQL chooses whether to use them, by how many
     * people there are: so the statement stands where it is asked, for which there are statistics, and in no {@code with}.
     *
     * @param people a statement that finds them, each once
     */
    static SqlFragment among(
            SqlFragment people, SqlFragment events, Optional<SqlFragment> mapping, Optional<TableRelation> known) {
        var ids = mapping.map(table -> ids(people, table))
                .orElse(sql(
                        "select _person collate \"default\" as id, _person as person from ({}) as asked (_person)",
                        people));
        var person = sql("whose.person");
        return sql(
                """
                (
                {}
                union all
                {}
                ) as events\
                """,
                select(sql("({}) as whose\njoin {} as event on event._user = whose.id", ids, events), person, known),
                select(
                        sql(
                                "({}) as whose\njoin {} as event on event._user is null and event._anonymous = whose.id",
                                ids,
                                events),
                        person,
                        known));
    }

    /** Their own, as far as they are not another's, and all others that are theirs. */
    private static SqlFragment ids(SqlFragment people, SqlFragment mapping) {
        return sql("""
                select asked._person collate "default" as id, asked._person as person
                from ({}) as asked (_person)
                where not exists (select from {} as other where other.id = asked._person)
                union all
                select other.id collate "default", other.person
                from ({}) as asked (_person)
                join {} as other on other.person = asked._person\
                """, people, mapping, people, mapping);
    }

    private static SqlFragment select(SqlFragment from, SqlFragment person, Optional<TableRelation> people) {
        return people.map(known -> sql(
                        """
                        select event.*, {} as {}, known as {}
                        from {}
                        left join {} as known on known.{} = {}\
                        """,
                        person,
                        SqlFragment.name(CollectionColumns.PERSON),
                        PROPERTIES,
                        from,
                        known.table(),
                        SqlFragment.name(known.key().getFirst()),
                        person))
                .orElseGet(() -> sql(
                        "select event.*, {} as {}\nfrom {}", person, SqlFragment.name(CollectionColumns.PERSON), from));
    }
}
