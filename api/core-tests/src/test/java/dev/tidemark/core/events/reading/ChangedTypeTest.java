package dev.tidemark.core.events.reading;

import static dev.tidemark.core.events.EventNode.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.events.EventNode;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Project;
import dev.tidemark.testkit.PostgresExtension;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class ChangedTypeTest {

    @AutoClose
    private final EventNode node;

    private final PostgresAddress database;

    ChangedTypeTest(PostgresAddress address) {
        this.database = address;
        this.node = EventNode.start(address);
    }

    @Test
    @Timeout(30)
    void whoFollowsReadsOnAfterAPropertyGotAnotherType() throws SQLException {
        var project = node.project();
        node.collect(project, event("click", "n", 1L));
        for (int i = 0; i < 20; i++) {
            node.all(project);
        }

        makeText(project);
        node.catalogs.refresh(project);

        assertThat(node.all(project).getFirst().event().properties()).containsEntry("n", "1");
    }

    /** As another node does it: the driver would notice a change that came by the same connection. */
    private void makeText(Project project) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            connection.setSchema(project.slug());
            statement.execute("alter table click alter column n type text");
            statement.execute("update _property set type = 'TEXT' where column_name = 'n'");
            statement.execute("update tidemark.project set catalog_version = catalog_version + 1");
        }
    }
}
