package dev.tidemark.customers.identity;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.PropertyTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of people. Of one with several ids, {@code _users_own} has what was known by each of them before, and what was
 * written since by the person's, while {@code _users} has all of it in one row: the person's own first, then that of the others in
 * their order. So people who turn out to be two get back what was theirs.
 */
public final class Belongings {

    /** Of one person and of all of their ids: it is read at once, and so is the row that it becomes. */
    private static final long MOST_BYTES = 4 << 20;

    private final PropertyTable users;
    private final PropertyTable own;
    private final PropertyTable copy;

    /** @param copy of a users table of the operator's own, which keeps the rows of persons' own ids */
    public Belongings(PropertyTable users, PropertyTable own, PropertyTable copy) {
        this.users = users;
        this.own = own;
        this.copy = copy;
    }

    /** @throws CallerException {@code QUERY_TOO_COMPLEX} when more is known of these ids than can be moved at once */
    void requireFew(Connection transaction, Collection<String> ids) throws SQLException {
        if (users.bytes(transaction, ids) + own.bytes(transaction, ids) > MOST_BYTES) {
            throw new CallerException(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "More than %,d MB is known of these customers together: unset some properties of theirs first."
                            .formatted(MOST_BYTES >> 20));
        }
    }

    /**
     * Moves what is known.
     *
     * @param before whose the ids were, all of those people's
     * @param after whose they are now
     */
    void regroup(Project project, Connection transaction, Map<String, String> before, Map<String, String> after)
            throws SQLException {
        copy.delete(transaction, moved(after));
        var ids = after.keySet();
        var rows = users.lock(project, transaction, ids);
        var apart = own.lock(project, transaction, ids);
        var groups = groups(after);
        groups.values().removeAll(groups(before).values());
        for (var group : groups.entrySet()) {
            var known = known(group.getValue(), rows, apart);
            if (!known.isEmpty()) {
                split(project, transaction, group.getValue(), known, apart.keySet());
                write(project, transaction, group.getKey(), known, rows);
                users.delete(transaction, others(group.getValue()));
            }
        }
    }

    /** Notes what was written of people with several ids; what was taken away is taken from each of their ids. */
    public void note(
            Project project,
            Connection transaction,
            Map<String, Map<String, @Nullable Object>> changed,
            Map<String, List<String>> others)
            throws SQLException {
        if (others.isEmpty()) {
            return;
        }
        var noted = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        others.forEach((person, ids) -> {
            Map<String, @Nullable Object> values = Objects.requireNonNull(changed.get(person));
            noted.put(person, values);
            Map<String, @Nullable Object> gone = new LinkedHashMap<>(values);
            gone.values().removeIf(value -> value != null);
            if (!gone.isEmpty()) {
                ids.forEach(id -> noted.put(id, gone));
            }
        });
        own.make(transaction, others.keySet());
        own.write(project, transaction, noted);
    }

    /** Whether anything was known. */
    boolean forget(Connection transaction, String id) throws SQLException {
        var ids = List.of(id);
        return users.delete(transaction, ids) + own.delete(transaction, ids) + copy.delete(transaction, ids) > 0;
    }

    /** What is known by each id, where anything ever was. */
    private static Map<String, Map<String, Object>> known(
            List<String> ids, Map<String, Map<String, Object>> rows, Map<String, Map<String, Object>> apart) {
        var known = new LinkedHashMap<String, Map<String, Object>>();
        for (var id : ids) {
            var values = apart.containsKey(id) ? apart.get(id) : rows.get(id);
            if (values != null) {
                known.put(id, values);
            }
        }
        return known;
    }

    /** @param apart those who have a row of their own already */
    private void split(
            Project project,
            Connection transaction,
            List<String> ids,
            Map<String, Map<String, Object>> known,
            Set<String> apart)
            throws SQLException {
        if (ids.size() == 1) {
            own.delete(transaction, ids);
            return;
        }
        var fresh = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        // the person too, so that what the row of all says is never taken for theirs
        fresh.put(ids.getFirst(), new LinkedHashMap<String, @Nullable Object>());
        known.forEach((id, values) -> fresh.put(id, new LinkedHashMap<String, @Nullable Object>(values)));
        fresh.keySet().removeAll(apart);
        own.make(transaction, fresh.keySet());
        own.write(project, transaction, fresh);
    }

    private void write(
            Project project,
            Connection transaction,
            String person,
            Map<String, Map<String, Object>> known,
            Map<String, Map<String, Object>> rows)
            throws SQLException {
        Map<String, @Nullable Object> whole = new LinkedHashMap<>();
        known.values().forEach(values -> values.forEach(whole::putIfAbsent));
        for (var label : rows.getOrDefault(person, Map.of()).keySet()) {
            whole.putIfAbsent(label, null);
        }
        users.make(transaction, List.of(person));
        var written = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        written.put(person, whole);
        users.write(project, transaction, written);
    }

    /** The ids of each person, theirs first. */
    private static Map<String, List<String>> groups(Map<String, String> persons) {
        var groups = new LinkedHashMap<String, List<String>>();
        persons.forEach((id, person) -> {
            var ids = groups.computeIfAbsent(person, first -> new ArrayList<>(List.of(first)));
            if (!id.equals(person)) {
                ids.add(id);
            }
        });
        return groups;
    }

    private static List<String> moved(Map<String, String> persons) {
        return persons.keySet().stream()
                .filter(id -> !id.equals(persons.get(id)))
                .toList();
    }

    private static List<String> others(List<String> ids) {
        return ids.subList(1, ids.size());
    }
}
