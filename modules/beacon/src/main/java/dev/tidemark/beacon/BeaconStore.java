package dev.tidemark.beacon;

import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Project;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Table {@code _allowed_origin} of each project. */
final class BeaconStore {

    private final Databases databases;

    BeaconStore(Databases databases) {
        this.databases = databases;
    }

    Set<String> origins(Project project) {
        return databases.of(project).transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                            select origin
                            from _allowed_origin
                            order by origin
                            """);
                    var rows = statement.executeQuery()) {
                Set<String> origins = new LinkedHashSet<>();
                while (rows.next()) {
                    origins.add(rows.getString(1));
                }
                return origins;
            }
        });
    }

    /** These and no others. */
    void set(Project project, Collection<String> origins) {
        databases.of(project).transaction(connection -> {
            try (var lock = connection.prepareStatement("lock table _allowed_origin in exclusive mode");
                    var delete = connection.prepareStatement("delete from _allowed_origin");
                    var insert = connection.prepareStatement("""
                            insert into _allowed_origin (origin)
                            select unnest(?)
                            """)) {
                lock.execute();
                delete.executeUpdate();
                ArrayParameter.set(insert, 1, "text", origins);
                return insert.executeUpdate();
            }
        });
    }
}
