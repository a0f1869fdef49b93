package dev.tidemark.mailbox.presence;

import dev.tidemark.mailbox.people.Correspondent;
import dev.tidemark.mailbox.people.Owner;
import dev.tidemark.mailbox.people.Side;
import dev.tidemark.spi.ArrayParameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables {@code _user_mailbox_presence} and {@code _user_mailbox_typing}, by the clock of the database. */
public final class PresenceStore {

    /** How long somebody is there without having said so again; a room says so three times in it. */
    static final Duration STAY = Duration.ofSeconds(30);

    static final Duration TYPING = Duration.ofSeconds(5);

    private static final List<String> TABLES = List.of("_user_mailbox_presence", "_user_mailbox_typing");

    /** The number of a new room. */
    long room(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select nextval('_user_mailbox_room')");
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** These are there from now on, or still. */
    void stay(Connection connection, long room, Collection<Place> places) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _user_mailbox_presence (customer, side, room, ends_at)
                select customer, side, ?, statement_timestamp() + make_interval(secs => ?)
                from unnest(?, ?) as place (customer, side)
                on conflict (customer, side, room) do update
                    set ends_at = excluded.ends_at
                """)) {
            statement.setLong(1, room);
            statement.setLong(2, STAY.toSeconds());
            ArrayParameter.set(statement, 3, "text", places, Place::customer);
            ArrayParameter.set(
                    statement, 4, "text", places, place -> place.side().name());
            statement.executeUpdate();
        }
    }

    /** These are there no more. */
    void leave(Connection connection, long room, Collection<Place> places) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from _user_mailbox_presence as presence
                using unnest(?, ?) as place (customer, side)
                where presence.customer = place.customer and presence.side = place.side and presence.room = ?
                """)) {
            ArrayParameter.set(statement, 1, "text", places, Place::customer);
            ArrayParameter.set(
                    statement, 2, "text", places, place -> place.side().name());
            statement.setLong(3, room);
            statement.executeUpdate();
        }
    }

    /** Someone types for a while, in one thread at a time. */
    void type(Connection connection, Correspondent writer, String thread) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _user_mailbox_typing (customer, side, thread, ends_at)
                values (?, ?, ?, statement_timestamp() + make_interval(secs => ?))
                on conflict (customer, side) do update
                    set thread = excluded.thread, ends_at = excluded.ends_at
                """)) {
            statement.setString(1, writer.customer());
            statement.setString(2, writer.side().name());
            statement.setString(3, thread);
            statement.setLong(4, TYPING.toSeconds());
            statement.executeUpdate();
        }
    }

    void stopTyping(Connection connection, Correspondent writer) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from _user_mailbox_typing
                where customer = ? and side = ?
                """)) {
            statement.setString(1, writer.customer());
            statement.setString(2, writer.side().name());
            statement.executeUpdate();
        }
    }

    /**
     * Of each mailbox what both sides do, the project first, by the customers.
     *
     * @param ids of each customer all ids of the person
     */
    Map<String, List<Presence>> present(Connection connection, Map<String, List<String>> ids) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                    customer,
                    side,
                    exists (
                        select
                        from _user_mailbox_presence as presence
                        where presence.customer = any(watched.ids)
                            and presence.side = sides.side
                            and ends_at > statement_timestamp()
                    ) as is_here,
                    (
                        select thread
                        from _user_mailbox_typing as typing
                        where typing.customer = any(watched.ids)
                            and typing.side = sides.side
                            and ends_at > statement_timestamp()
                        order by ends_at desc
                        limit 1
                    ) as typing_in
                from
                    (
                        select customer, array_agg(id) as ids
                        from unnest(?, ?) as owner (customer, id)
                        group by customer
                    ) as watched,
                    unnest(?) with ordinality as sides (side, place)
                order by customer, place
                """)) {
            var place = Owner.set(statement, 1, ids);
            ArrayParameter.set(statement, place, "text", List.of(Side.values()), Side::name);
            Map<String, List<Presence>> present = new HashMap<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    present.computeIfAbsent(rows.getString("customer"), customer -> new ArrayList<>())
                            .add(new Presence(
                                    Side.valueOf(rows.getString("side")),
                                    rows.getBoolean("is_here"),
                                    Optional.ofNullable(rows.getString("typing_in"))));
                }
            }
            return present;
        }
    }

    /** Deletes what nobody keeps up any more. */
    void clear(Connection connection) throws SQLException {
        for (var table : TABLES) {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("delete from " + table + " where ends_at < statement_timestamp()");
            }
        }
    }

    public void forget(Connection connection, String customer) throws SQLException {
        for (var table : TABLES) {
            try (var statement = connection.prepareStatement("delete from " + table + " where customer = ?")) {
                statement.setString(1, customer);
                statement.executeUpdate();
            }
        }
    }

    /** One side of one mailbox of a project. */
    record Place(String customer, Side side) {}
}
