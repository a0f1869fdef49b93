package dev.tidemark.core.questions;

import dev.tidemark.spi.Database;
import dev.tidemark.spi.SqlName;
import java.util.ArrayList;
import java.util.List;

/** The table of a {@link dev.tidemark.spi.PersonMapping}. */
final class PersonStore {

    private PersonStore() {}

    /** All ids of the person whose id that is, that of the person first. */
    static List<String> ids(Database database, String table, String id) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    with whose as (
                        select coalesce((select person from %1$s where id = ?), ?) as person
                    )
                    select person, 0 as place
                    from whose
                    union all
                    select id, 1
                    from %1$s
                    where person = (select person from whose)
                    order by 2, 1
                    """.formatted(SqlName.quoted(table)))) {
                statement.setString(1, id);
                statement.setString(2, id);
                List<String> ids = new ArrayList<>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        ids.add(rows.getString(1));
                    }
                }
                return ids;
            }
        });
    }
}
