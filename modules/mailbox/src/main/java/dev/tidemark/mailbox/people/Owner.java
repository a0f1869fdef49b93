package dev.tidemark.mailbox.people;

import dev.tidemark.spi.ArrayParameter;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * That an id is of an owner of a mailbox.
 *
 * @param customer the owner
 */
public record Owner(String customer, String id) {

    /**
     * Sets two parameters of a statement: the owners, and their ids.
     *
     * @param ids all of each owner
     * @return the place after them
     */
    public static int set(PreparedStatement statement, int place, Map<String, List<String>> ids) throws SQLException {
        var owners = owners(ids).toList();
        ArrayParameter.set(statement, place, "text", owners, Owner::customer);
        ArrayParameter.set(statement, place + 1, "text", owners, Owner::id);
        return place + 2;
    }

    private static Stream<Owner> owners(Map<String, List<String>> ids) {
        return ids.entrySet().stream()
                .flatMap(owner -> owner.getValue().stream().map(id -> new Owner(owner.getKey(), id)));
    }
}
