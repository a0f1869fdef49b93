package dev.tidemark.core;

import static dev.tidemark.spi.SqlFragment.sql;
import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A property gets another type on another node, of which this one has not heard. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogRacesTest {

    private final AskingModule module = new AskingModule();

    private PostgresAddress database;

    @AutoClose
    private TestEngine engine;

    private TestProject project;

    @BeforeAll
    void start(PostgresAddress address) {
        database = address;
        engine = TestEngine.start(address, module);
    }

    @BeforeEach
    void fill() {
        project = engine.project();
        project.collect(Event.of("a").with("n", 1L), Event.of("b").with("n", 2L));
    }

    @Test
    void aQuestionIsWrittenAnewByTheTypeThatThePropertyHas() throws SQLException {
        makeText();

        var counted = project.query("""
            { aggregate(collection: "a", union: "b", measures: {measure: COUNT}) { rows { measures } } }
            """);

        assertThat(list(object(counted, "aggregate"), "rows"))
                .isEqualTo(List.of(Map.of("measures", Map.of("count", 2L))));
    }

    @Test
    void whoseStatementWasWrittenBeforeIsToldToAskAgain() {
        var questions = module.questions();
        var both = questions.sqlRelation(project.project(), List.of("a", "b"));

        assertThatThrownBy(() -> questions.read(project.project(), snapshot -> counted(snapshot, both.table())))
                .isInstanceOfSatisfying(
                        CallerException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    private List<List<@Nullable Object>> counted(Snapshot snapshot, SqlFragment table) {
        try {
            makeText();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return snapshot.rows(sql("select count(*) from {}", table));
    }

    private void makeText() throws SQLException {
        try (var connection = project.connect(database);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("alter table a alter column n type text");
            statement.execute("""
                update _property
                set type = 'TEXT'
                where collection_id = (select id from _collection where name = 'a')
                """);
            statement.execute("update tidemark.project set catalog_version = catalog_version + 1 where slug = '"
                    + project.project().slug() + "'");
            connection.commit();
        }
    }

    /** Lends what modules ask by. */
    private static final class AskingModule implements AnalyticsModule {

        private @Nullable ModuleContext context;

        Questions questions() {
            return Objects.requireNonNull(context).questions();
        }

        @Override
        public String name() {
            return "asking";
        }

        @Override
        public Contribution contribute(ModuleContext lent) {
            context = lent;
            return Contribution.builder().build();
        }
    }
}
