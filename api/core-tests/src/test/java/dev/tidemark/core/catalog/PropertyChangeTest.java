package dev.tidemark.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PropertyChangeTest {

    private static final BigInteger TWO_TO_63 = BigInteger.TWO.pow(63);

    private PostgresAddress database;

    @AutoClose
    private TestEngine engine;

    private TestProject project;

    @BeforeAll
    void start(PostgresAddress address) {
        database = address;
        engine = TestEngine.start(address);
    }

    @BeforeEach
    void makeProject() {
        project = engine.project();
    }

    /** J11 */
    @Test
    void whatAColumnOfIntegersCouldNotHoldComesBackFromExtraWithoutLoss() throws SQLException {
        project.collect(
                Event.of("a").with("n", 1L),
                Event.of("a").with("n", TWO_TO_63),
                Event.of("a").with("N", new BigDecimal("0.10000000000000000000000000000000000001")),
                Event.of("a").with("n", Long.MAX_VALUE),
                Event.of("a").with("n", "some"),
                Event.of("a").with("n", "1e19"),
                Event.of("a").with("other", "x"));

        var change = changed("n", "NUMERIC");

        assertThat(change)
                .containsEntry("status", "FINISHED")
                .containsEntry("total", 7L)
                .containsEntry("done", 7L)
                .containsEntry("unconverted", 0L);
        assertThat(rows("select n::text, _extra::text from a order by _id"))
                .containsExactly(
                        "1 null",
                        "9223372036854775808 null",
                        "0.10000000000000000000000000000000000001 null",
                        "9223372036854775807 null",
                        "null {\"n\": \"some\"}",
                        "10000000000000000000 null",
                        "null null");
        assertThat(type("n")).isEqualTo("NUMERIC");
    }

    @Test
    void whatTheNewTypeDoesNotHoldGoesToExtraAndIsCounted() throws SQLException {
        project.collect(
                Event.of("a").with("n", "12"),
                Event.of("a").with("n", "007"),
                Event.of("a").with("n", "many").with("m", 1L),
                Event.of("a").with("m", 2L));

        var change = changed("n", "LONG");

        assertThat(change).containsEntry("unconverted", 2L).containsEntry("sample", "\"007\"");
        assertThat(rows("select n::text, m::text, _extra::text from a order by _id"))
                .containsExactly(
                        "12 null null", "null null {\"n\": \"007\"}", "null 1 {\"n\": \"many\"}", "null 2 null");
    }

    @Test
    void valuesOfEveryTypeSurviveTheWayToTextAndBack() throws SQLException {
        project.collect(
                Event.of("a")
                        .with("long", 5L)
                        .with("double", 0.1)
                        .with("flag", true)
                        .with("at", Instant.parse("2026-01-02T03:04:05.678901Z"))
                        .with("list", List.of(1L, 2L)),
                Event.of("a")
                        .with("long", -7L)
                        .with("double", 1e300)
                        .with("flag", false)
                        .with("at", Instant.parse("1970-01-01T00:00:00Z"))
                        .with("list", List.of(3L)));
        var before = rows("select long, double, flag, at, list from a order by _id");

        for (var name : List.of("long", "double", "flag", "at")) {
            assertThat(changed(name, "TEXT")).containsEntry("unconverted", 0L);
        }
        changed("list", "TEXT_LIST");
        assertThat(changed("long", "LONG")).containsEntry("unconverted", 0L);
        changed("double", "DOUBLE");
        changed("flag", "BOOLEAN");
        changed("at", "TIMESTAMP");

        assertThat(rows("select long, double, flag, at from a order by _id"))
                .containsExactlyElementsOf(before.stream()
                        .map(row -> row.substring(0, row.lastIndexOf(' ')))
                        .toList());
    }

    @Test
    void eventsAreStoredAndReadWhileAColumnChanges() throws Exception {
        collect(0, 12_000, PropertyChangeTest::number);
        var changing = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = threads.submit(() -> {
                var sent = 12_000;
                for (int batch = 0; batch < 15 && changing.get(); batch++) {
                    collect(sent, 500, PropertyChangeTest::number);
                    sent += 500;
                }
                return sent;
            });
            var reading = threads.submit(() -> {
                while (changing.get()) {
                    project.query("""
                            {
                              aggregate(collection: "a", measures: [{measure: COUNT}, {measure: MAX, of: "n"}]) {
                                rows { measures }
                              }
                              events(collection: "a", first: 5) { nodes { properties } }
                            }
                            """);
                }
                return true;
            });

            var change = changed(changing, "n", "NUMERIC");
            var sent = writing.get();

            assertThat(change).containsEntry("unconverted", 0L);
            assertThat(reading.get()).isTrue();
            assertThat(rows("select count(*), count(n), count(distinct n), count(_extra) from a"))
                    .containsExactly("%1$d %1$d %1$d 0".formatted(sent));
        }
    }

    @Test
    @Timeout(60)
    void aColumnChangesThoughSomebodyReadsItsTableAtAnyTime() throws SQLException {
        project.collect(Event.of("a").with("n", 1L));
        var isRead = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                var _ = threads.submit(() -> {
                    while (isRead.get()) {
                        rows("select pg_sleep(0.3)::text from a");
                    }
                    return isRead;
                });
            }
            try {
                assertThat(changed("n", "TEXT")).containsEntry("status", "FINISHED");
            } finally {
                isRead.set(false);
            }
        }
    }

    /** PostgreSQL calls it a fault of its own when text is copied into a column that has become JSON. */
    @Test
    void textsAreStoredWhileTheirColumnBecomesJson() throws Exception {
        collect(0, 1_000, PropertyChangeTest::text);
        var changing = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = threads.submit(() -> {
                var sent = 1_000;
                while (changing.get()) {
                    collect(sent, 10, PropertyChangeTest::text);
                    sent += 10;
                }
                return sent;
            });

            changed(changing, "t", "JSON");

            assertThat(rows("select count(*), count(t), count(distinct t), count(_extra) from a"))
                    .containsExactly("%1$d %1$d %1$d 0".formatted(writing.get()));
        }
    }

    @Test
    void aChangeThatCannotBeIsRefused() throws SQLException {
        project.collect(Event.of("a").with("n", 1L).with("j", List.of("a", 1L)));
        execute("create view seen as select n from a");

        assertThat(errors("changePropertyType(input: {collection: \"a\", property: \"n\", type: LONG})"))
                .contains("CONFLICT", "that type already");
        assertThat(errors("changePropertyType(input: {collection: \"a\", property: \"n\", type: TEXT})"))
                .contains("CONFLICT", "view");
        assertThat(errors("changePropertyType(input: {collection: \"a\", property: \"q\", type: TEXT})"))
                .contains("NOT_FOUND");
        assertThat(errors("setIndex(input: {collection: \"a\", property: \"j\", isIndexed: true})"))
                .contains("BAD_USER_INPUT", "JSON");
    }

    @Test
    void anIndexIsMadeOfAllPartitionsThereAreAndWillBe() throws SQLException {
        project.collect(
                Event.of("a").with("page", "x").at(Instant.parse("2026-01-01T00:00:00Z")),
                Event.of("a").with("page", "y").at(Instant.parse("2025-11-01T00:00:00Z")));

        assertThat(errors("setIndex(input: {collection: \"a\", property: \"page\", isIndexed: true})"))
                .isEqualTo("[]");
        assertThat(finished()).containsEntry("status", "FINISHED").containsEntry("type", null);
        project.collect(Event.of("a").with("page", "z").at(Instant.parse("2025-12-01T00:00:00Z")));

        assertThat(rows("""
                select count(*), bool_and(indisvalid)
                from pg_index
                join pg_attribute on attrelid = indrelid and attnum = indkey[0]
                where attname = 'page'
                    and indrelid in (select oid from pg_class where relnamespace = current_schema()::regnamespace)
                """)).containsExactly("4 t");
        assertThat(column("page")).containsEntry("isIndexed", true);
        project.collect(Event.of("a").with("page", "é".repeat(5_000)));
        assertThat(project.query("{ warnings { code } }")).asString().contains("too_long_for_index");

        errors("setIndex(input: {collection: \"a\", property: \"page\", isIndexed: false})");
        assertThat(column("page")).containsEntry("isIndexed", false);
        assertThat(rows("select count(*) from pg_class where relname ~ '^_i[0-9]' and relnamespace = '"
                        + project.project().slug() + "'::regnamespace"))
                .containsExactly("0");
    }

    @Test
    void anIndexThatATextIsTooLongForIsGivenUpAndSaysWhy() {
        var long1 = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            long1.append((char) ('a' + (i * 7919 + i * i) % 26)).append(i);
        }
        project.collect(Event.of("a").with("page", long1.toString()));

        errors("setIndex(input: {collection: \"a\", property: \"page\", isIndexed: true})");

        assertThat(finished()).containsEntry("status", "FAILED");
        // this node hears of it as others do
        await().untilAsserted(() -> assertThat(column("page")).containsEntry("isIndexed", false));
        project.collect(Event.of("a").with("page", "short"));
    }

    private void collect(int from, int count, IntFunction<Event> event) {
        project.collect(IntStream.range(from, from + count).mapToObj(event).toArray(Event[]::new));
    }

    private static Event number(int i) {
        return Event.of("a").with("n", (long) i);
    }

    private static Event text(int i) {
        return Event.of("a").with("t", "no. " + i);
    }

    private Map<String, Object> changed(AtomicBoolean changing, String property, String type) {
        try {
            return changed(property, type);
        } finally {
            changing.set(false);
        }
    }

    private Map<String, Object> changed(String property, String type) {
        assertThat(errors("changePropertyType(input: {collection: \"a\", property: \"%s\", type: %s})"
                        .formatted(property, type)))
                .isEqualTo("[]");
        var change = finished();
        await().until(() -> type.equals(type(property)));
        return change;
    }

    /** The latest change, once it has ended. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> finished() {
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> ((List<Map<String, Object>>) project.query("""
                                {
                                  propertyChanges(first: 1) {
                                    id status total done unconverted sample problem finishedAt type
                                  }
                                }
                                """).get("propertyChanges")).getFirst(),
                        change -> change.get("finishedAt") != null);
    }

    @SuppressWarnings("unchecked")
    private String errors(String mutation) {
        var data = project.query("mutation { done: " + mutation + " { userErrors { message code path } } }");
        return String.valueOf(((Map<String, Object>) data.get("done")).get("userErrors"));
    }

    private Object type(String name) {
        return column(name).get("type");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> column(String name) {
        var collection =
                (Map<String, Object>) project.query("{ collection(name: \"a\") { columns { name type isIndexed } } }")
                        .get("collection");
        return ((List<Map<String, Object>>) collection.get("columns"))
                .stream()
                        .filter(column -> name.equals(column.get("name")))
                        .findFirst()
                        .orElseThrow();
    }

    private void execute(String sql) throws SQLException {
        try (var connection = project.connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Their values, joined by blanks. */
    private List<String> rows(String sql) throws SQLException {
        try (var connection = project.connect(database)) {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                List<String> found = new ArrayList<>();
                while (rows.next()) {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        values.add(String.valueOf(rows.getString(i)));
                    }
                    found.add(String.join(" ", values));
                }
                return found;
            }
        }
    }
}
