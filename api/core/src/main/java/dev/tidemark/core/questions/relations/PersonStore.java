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

    /** By each of the ids all of its person's, that of the person first. They are read once a person, who may have a thousand. */
    static Map<String, List<String>> ids(Connection connection, String table, Collection<String> ids)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                with whose as (
                    select asked.id, coalesce(known.person, asked.id) as person
                    from (select distinct unnest(?)) as asked (id)
                    left join %1$s as known on known.id = asked.id
                )
                select person, id, true as asked
                from whose
                union all
                select person, id, false
                from %1$s
                where person in (select person from whose)
                order by 2
                """.formatted(SqlName.quoted(table)))) {
            ArrayParameter.set(statement, 1, "text", ids);
            Map<String, List<String>> all = new HashMap<>();
            Map<String, List<String>> found = new HashMap<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var person = rows.getString("person");
                    var ofPerson = all.computeIfAbsent(person, first -> new ArrayList<>(List.of(first)));
                    if (rows.getBoolean("asked")) {
                        found.put(rows.getString("id"), ofPerson);
                    } else {
                        ofPerson.add(rows.getString("id"));
                    }
                }
            }
            return found;
        }
    }
}
