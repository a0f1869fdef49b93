package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.modules.ModuleStatus;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every module must do, whatever else it does: extend this class and say which module it is, how a project comes to
 * have data of it, and what to ask. That every field has a resolver and a description is checked by the start itself.
 */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ModuleConformance {

    private static final String SECRET = "zzleakzz";
    private static final String GRAPHQL = "graphql";
    private static final String ANSWER = "json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private PostgresAddress database;
    private TestEngine engine;
    private TestSite site;

    /** The name of the module under test, which {@link java.util.ServiceLoader} finds on the class path. */
    protected abstract String module();

    /**
     * Fills a project, with the text in whatever may hold text, so that it can be found where it must not be.
     *
     * <p>By default: two events.
     */
    protected void fill(TestProject project, String text) {
        project.collect(
                Event.of("visit").by(text).withMessageId(text).with("page", text),
                Event.of("visit_" + text).by("user").with(text, 1L));
    }

    /** Fills a project with what the answers in the README are about; by default with nothing, as it tells none. */
    protected void fillAsTold(TestProject project) {}

    /** Queries that show all that the module knows of a project; by default, those of its README but subscriptions. */
    protected List<String> queries() {
        return readme(GRAPHQL).stream()
                .map(Markdown.Block::code)
                .filter(query -> !query.startsWith("subscription"))
                .toList();
    }

    private static List<Markdown.Block> readme(String... languages) {
        var readme = Path.of("README.md");
        return Files.exists(readme) ? Markdown.blocks(readme, languages) : List.of();
    }

    /** Settings of the engine, by key. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    protected final TestEngine engine() {
        return engine;
    }

    /** The module's routes, and those of all others. */
    protected final TestSite site() {
        return site;
    }

    @BeforeAll
    final void start(PostgresAddress address) {
        database = address;
        engine = TestEngine.start(address, settings(), Optional.empty());
        site = TestSite.start(engine.engine());
    }

    @AfterAll
    final void stop() {
        site.close();
        engine.close();
    }

    @Test
    void itTakesPart() {
        assertThat(engine.engine().modules())
                .filteredOn(ModuleStatus::isActive)
                .extracting(ModuleStatus::name)
                .contains(module());
    }

    @Test
    void itsMigrationsRunOnADatabaseThatHasThem() {
        var before = engine.project();
        fill(before, "data");

        try (var second = TestEngine.start(database, settings(), Optional.empty())) {
            var again = new TestProject(second.engine(), before.project(), before.caller());

            queries().forEach(again::query);
        }
    }

    @Test
    void theQueriesOfItsReadmeAreAnswered() {
        var project = engine.project();
        fill(project, "data");

        assertThat(queries())
                .allSatisfy(query -> assertThat(project.query(query)).isNotEmpty());
    }

    /** A query in the README is followed by its answer, if by any, and a subscription by what it tells first. */
    @Test
    void theAnswersThatItsReadmeTellsAreTrue() throws JsonProcessingException, InterruptedException {
        var project = engine.project();
        fillAsTold(project);
        var blocks = readme(GRAPHQL, ANSWER);

        for (int i = 1; i < blocks.size(); i++) {
            var asked = blocks.get(i - 1);
            var told = blocks.get(i);
            if (asked.language().equals(GRAPHQL) && told.language().equals(ANSWER)) {
                assertThat(JSON.writeValueAsString(answer(project, asked.code())))
                        .isEqualTo(JSON.readTree(told.code()).toString());
            }
        }
    }

    private static Object answer(TestProject project, String operation) throws InterruptedException {
        if (!operation.startsWith("subscription")) {
            return project.query(operation);
        }
        try (var told = project.subscribe(operation, Map.of())) {
            return Objects.requireNonNull(told.next().orElseThrow().get("data"));
        }
    }

    @Test
    void ofTwoProjectsWithTheSameDataNothingLeaks() {
        var mine = engine.project();
        var theirs = engine.project();
        fill(mine, "mine");
        fill(theirs, SECRET);

        assertThat(queries())
                .allSatisfy(query -> assertThat(mine.query(query).toString()).doesNotContain(SECRET));
    }

    @Test
    void anEmptyProjectIsAnsweredToo() {
        var project = engine.project();

        assertThat(queries())
                .allSatisfy(query ->
                        assertThat(project.answer(query, Map.of()).toString()).doesNotContain("INTERNAL_SERVER_ERROR"));
    }
}
