package dev.tidemark.core.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.postgres.Postgres;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class AuditTest {

    private static final String LOG = "{ auditLog { nodes { project act subject } } }";

    @Test
    void whatIsDoneWithKeysIsNotedWithItAndWhatIsRefusedIsNot(PostgresAddress database) {
        try (var engine = TestEngine.start(database)) {
            var shop = engine.project("audited");
            var other = engine.project("unconcerned");
            shop.collect(Event.of("visit").by("ada").with("page", "/"));

            for (var done : List.of(
                    "createApiKey(input: {name: \"web\", scopes: [WRITE]}) { userErrors { code } }",
                    "renameProperty(input: {collection: \"visit\", property: \"page\", label: \"path\"}) { userErrors { code } }",
                    "setKeep(input: {collection: \"visit\", keep: \"P30D\"}) { userErrors { code } }")) {
                assertThat(shop.query("mutation { done: " + done + " }")).hasToString("{done={userErrors=[]}}");
            }
            for (var done : List.of("retryDeadLetters", "discardDeadLetters")) {
                engine.engine()
                        .events()
                        .collect(shop.project(), List.of(Event.of("_no").by("ada")), Origin.of("test", Instant.EPOCH));
                shop.query("mutation { " + done + "(input: {where: {}}) { userErrors { code } } }");
            }
            shop.answer("mutation { setKeep(input: {collection: \"nothing\"}) { userErrors { code } } }", Map.of());
            var erasure = shop.query("mutation { eraseUser(input: {user: \"ada\"}) { erasure { id } } }")
                    .toString()
                    .replaceAll(".*id=([^}]*)}.*", "$1");

            assertThat(acts(shop))
                    .containsExactly(
                            "eraseUser " + erasure,
                            "discardDeadLetters 2 letters",
                            "retryDeadLetters 1 letter",
                            "setKeep visit",
                            "renameProperty visit.page",
                            "createApiKey web",
                            "createProject audited");
            assertThat(acts(other)).containsExactly("createProject unconcerned");
            var everything = new TestProject(engine.engine(), shop.project(), engine.administrator());
            assertThat(
                            everything.query(
                                    "{ auditLog(act: \"createProject\", first: 1) { nodes { project subject } pageInfo { hasNextPage } } }"))
                    .hasToString(
                            "{auditLog={nodes=[{project=unconcerned, subject=unconcerned}], pageInfo={hasNextPage=true}}}");
            var reader = new TestProject(
                    engine.engine(),
                    shop.project(),
                    engine.engine().callers().withKey(shop.key(Scope.READ), Optional.empty()));
            assertThat(reader.answer(LOG, Map.of()).toString()).contains("FORBIDDEN");
        }
    }

    @Test
    void nobodyChangesWhatIsNoted(PostgresAddress database) {
        try (var engine = TestEngine.start(database);
                var postgres = Postgres.connect(database, "audit", 1)) {
            engine.project("lasting");

            for (var statement :
                    List.of("update audit_entry set act = ''", "delete from audit_entry", "truncate audit_entry")) {
                assertThatThrownBy(() -> postgres.server().transaction(connection -> {
                            try (var change = connection.prepareStatement(statement)) {
                                return change.executeUpdate();
                            }
                        }))
                        .isInstanceOf(DatabaseException.class);
            }
        }
    }

    /** Each in a line, the latest first; of a key its name. */
    private static List<String> acts(TestProject project) {
        var log = (Map<?, ?>) project.query(LOG).get("auditLog");
        return ((List<?>) log.get("nodes"))
                .stream()
                        .map(Map.class::cast)
                        .map(entry -> entry.get("act") + " "
                                + entry.get("subject").toString().replaceAll(" \\(.*", ""))
                        .toList();
    }
}
