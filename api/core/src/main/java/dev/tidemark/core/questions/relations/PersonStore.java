package dev.tidemark.core.questions.relations;

import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.SqlName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of a {@link dev.tidemark.spi.PersonMapping}. */
final class PersonStore {

    private PersonStore() {}

    /** By each of the ids all of its person's, that of the person first. */
    static Map<String, List<String>> ids(Connection connection, String table, Collection<String> ids)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                with whose as (
                    select asked.id as asked, coalesce(known.person, asked.id) as person
                    from (select distinct unnest(?)) as asked (id)
                    left join %1$s as known on known.id = asked.id
                )
                select asked, person as id, 0 as place
                from whose
                union all
                select whose.asked, known.id, 1
                from whose
                join %1$s as known on known.person = whose.person
                order by 1, 3, 2
                """.formatted(SqlName.quoted(table)))) {
            ArrayParameter.set(statement, 1, "text", ids);
            Map<String, List<String>> found = new HashMap<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.computeIfAbsent(rows.getString("asked"), asked -> new ArrayList<>())
                            .add(rows.getString("id"));
                }
            }
            return found;
        }
    }
}
