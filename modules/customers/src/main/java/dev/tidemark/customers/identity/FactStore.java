package dev.tidemark.customers.identity;

import dev.tidemark.customers.identity.Fact.Kind;
import dev.tidemark.customers.identity.Fact.Said;
import dev.tidemark.spi.ArrayParameter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Table {@code _identity_fact}. */
final class FactStore {

    private static final String FACT = "f.id, f.kind, f.one, f.other, f.said_at, f.taken_back_at, f.effective";

    private static final String HOLDS = "f.taken_back_at is null";
    private static final String HELD = "f.said_at <= ? and (f.taken_back_at is null or f.taken_back_at > ?)";

    /** The ids that are connected with some by facts of which that is true. */
    private static final String CONNECTED = """
            with recursive connected (id) as (
                select unnest(?) collate "C"
                union
                select next.id
                from connected as c
                cross join lateral (
                    select f.other as id from _identity_fact as f where f.one = c.id and %1$s
                    union all
                    select f.one from _identity_fact as f where f.other = c.id and %1$s
                ) as next
            )
            """;

    /** Notes a fact; empty: it was noted before, or so much is known about its ids that one more says nothing. */
    Optional<Fact> add(Connection connection, Said said, Most most) throws SQLException {
        try (var statement = connection.prepareStatement("""
                with said (kind, one, other, at) as (
                    values (?, ?, ?, ?::timestamptz)
                )
                insert into _identity_fact as f (kind, one, other, said_at, effective)
                select kind, one, other, at, false
                from said
                where (
                        select count(*)
                        from _identity_fact as fact
                        where fact.one = said.one and fact.other = said.other and fact.kind = said.kind
                    ) = 0
                    and (select count(*) from _identity_fact as fact where fact.one = said.one) < ?
                    and (select count(*) from _identity_fact as fact where fact.other = said.other) < ?
                    and (
                        select count(*) < ? and coalesce(sum(octet_length(id)), 0) < ?
                        from _identity
                        where person = any(array(
                            select said.one
                            union all
                            select said.other
                            union all
                            select person
                            from _identity
                            where id in (said.one, said.other)
                        ))
                    )
                returning %s
                """.formatted(FACT))) {
            said(statement, said);
            statement.setInt(5, most.ofOne());
            statement.setInt(6, most.ofOther());
            statement.setInt(7, most.ids());
            statement.setLong(8, most.idBytes());
            return facts(statement).stream().findFirst();
        }
    }

    /** Notes a fact, also one that was taken back before, and tells it; if it holds already, that one. */
    Fact decide(Connection connection, Said said) throws SQLException {
        try (var statement = connection.prepareStatement("""
                with said (kind, one, other, at) as (
                    values (?, ?, ?, ?::timestamptz)
                ),
                holding as (
                    select %1$s
                    from _identity_fact as f
                    join said using (kind, one, other)
                    where %2$s
                ),
                added as (
                    insert into _identity_fact as f (kind, one, other, said_at, effective)
                    select kind, one, other, at, false
                    from said
                    where not exists (select from holding)
                    returning %1$s
                )
                select * from holding
                union all
                select * from added
                """.formatted(FACT, HOLDS))) {
            said(statement, said);
            return facts(statement).getFirst();
        }
    }

    private static void said(PreparedStatement statement, Said said) throws SQLException {
        statement.setString(1, said.kind().name());
        statement.setString(2, said.one());
        statement.setString(3, said.other());
        statement.setObject(4, said.at().atOffset(ZoneOffset.UTC));
    }

    /** Empty: there is none of that number that holds. */
    Optional<Fact> takeBack(Connection connection, long fact, Instant now) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _identity_fact as f
                set taken_back_at = ?, effective = false
                where id = ? and taken_back_at is null
                returning %s
                """.formatted(FACT))) {
            statement.setObject(1, now.atOffset(ZoneOffset.UTC));
            statement.setLong(2, fact);
            return facts(statement).stream().findFirst();
        }
    }

    /** They were not said. */
    void remove(Connection connection, List<Fact> facts) throws SQLException {
        try (var statement = connection.prepareStatement("delete from _identity_fact where id = any(?)")) {
            ArrayParameter.set(statement, 1, "bigint", facts, Fact::id);
            statement.executeUpdate();
        }
    }

    /** Deletes all facts about an id, and tells what they were. */
    List<Fact> forget(Connection connection, String id) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from _identity_fact as f
                where f.one = ? or f.other = ?
                returning %s
                """.formatted(FACT))) {
            statement.setString(1, id);
            statement.setString(2, id);
            return facts(statement);
        }
    }

    /** The facts that hold and are connected with these ids, in their order. */
    List<Fact> connected(Connection connection, Collection<String> ids) throws SQLException {
        try (var statement = connection.prepareStatement(connected(HOLDS))) {
            ArrayParameter.set(statement, 1, "text", ids);
            return facts(statement);
        }
    }

    /** Whether those are no more, and their ids no longer, than that; it reads little more when they are not. */
    boolean areFew(Connection connection, Collection<String> ids, int facts, long bytes) throws SQLException {
        try (var statement = connection.prepareStatement(CONNECTED.formatted(HOLDS) + """
                , few as materialized (
                    select id
                    from connected
                    limit ?
                )
                select count(*) <= ? and coalesce(sum(octet_length(f.one) + octet_length(f.other)), 0) <= ?
                from few
                join _identity_fact as f on f.one = few.id and %s
                """.formatted(HOLDS))) {
            ArrayParameter.set(statement, 1, "text", ids);
            // each id but the given ones is there with the fact that leads to it
            statement.setInt(2, facts + ids.size() + 1);
            statement.setInt(3, facts);
            statement.setLong(4, bytes);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    /** Those that had been said by then, and not been taken back. */
    List<Fact> connected(Connection connection, Collection<String> ids, Instant asOf) throws SQLException {
        try (var statement = connection.prepareStatement(connected(HELD))) {
            ArrayParameter.set(statement, 1, "text", ids);
            for (int i = 2; i <= 7; i++) {
                statement.setObject(i, asOf.atOffset(ZoneOffset.UTC));
            }
            return facts(statement);
        }
    }

    /** All facts about these ids, also those taken back, in their order. */
    List<Fact> about(Connection connection, Collection<String> ids) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select %s
                from _identity_fact as f
                where f.one = any(?) or f.other = any(?)
                order by f.id
                """.formatted(FACT))) {
            ArrayParameter.set(statement, 1, "text", ids);
            ArrayParameter.set(statement, 2, "text", ids);
            return facts(statement);
        }
    }

    /** Notes which of these facts are effective. */
    void mark(Connection connection, List<Fact> effective, List<Fact> facts) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _identity_fact
                set effective = (id = any(?))
                where id = any(?) and effective <> (id = any(?))
                """)) {
            ArrayParameter.set(statement, 1, "bigint", effective, Fact::id);
            ArrayParameter.set(statement, 2, "bigint", facts, Fact::id);
            ArrayParameter.set(statement, 3, "bigint", effective, Fact::id);
            statement.executeUpdate();
        }
    }

    private static String connected(String condition) {
        return CONNECTED.formatted(condition) + """
                select %s
                from _identity_fact as f
                where %s and f.one in (select id from connected)
                order by f.id
                """.formatted(FACT, condition);
    }

    private static List<Fact> facts(PreparedStatement statement) throws SQLException {
        var facts = new ArrayList<Fact>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                facts.add(fact(rows));
            }
        }
        return facts;
    }

    private static Fact fact(ResultSet row) throws SQLException {
        var takenBackAt = row.getObject("taken_back_at", OffsetDateTime.class);
        return new Fact(
                row.getLong("id"),
                Kind.valueOf(row.getString("kind")),
                row.getString("one"),
                row.getString("other"),
                row.getObject("said_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(takenBackAt).map(OffsetDateTime::toInstant),
                row.getBoolean("effective"));
    }
}
