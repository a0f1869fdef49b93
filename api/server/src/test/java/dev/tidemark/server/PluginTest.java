package dev.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.modules.ModuleStatus;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.AddedProperty;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class PluginTest {

    private static final Path EXAMPLE = Path.of(System.getProperty("example.plugin", ""));
    private static final String NOTHING = "return Contribution.builder().build();";

    private final PostgresAddress database;

    @TempDir
    private Path plugins;

    PluginTest(PostgresAddress database) {
        this.database = database;
    }

    @Test
    void theExampleIsDroppedInAndUsed() throws IOException {
        drop(EXAMPLE, plugins.resolve("example.jar"));

        try (var engine = start()) {
            var project = engine.project();
            project.query("""
                    mutation { setGoal(input: {collection: "purchase", name: "Buys something"}) { goal { name } } }
                    """);
            project.collect(Event.of("purchase").by("ada"));

            assertThat(project.query("{ goals { collection name } }").toString())
                    .contains("Buys something");
            assertThat(project.query("{ events(collection: \"purchase\") { edges { node { properties } } } }")
                            .toString())
                    .contains("goal=Buys something");
            assertThat(engine.engine().modules())
                    .filteredOn(module -> module.name().equals("goals"))
                    .allMatch(ModuleStatus::isActive)
                    .hasSize(1);
        }
    }

    @Test
    void thePluginsThatAreBuiltHereAreDroppedInAndUsed() throws IOException {
        for (var plugin : List.of("botfilter", "geoip", "referrer", "useragent")) {
            var folder = Files.createDirectories(plugins.resolve(plugin));
            drop(Path.of(System.getProperty("plugin." + plugin, "")), folder.resolve(plugin + ".jar"));
            for (var library : System.getProperty("plugin.libraries", "").split(File.pathSeparator, -1)) {
                Files.copy(Path.of(library), folder.resolve(Path.of(library).getFileName()));
            }
        }

        try (var engine = start()) {
            var project = engine.project();
            project.collect(Event.of("visit")
                    .with("user_agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")
                    .with("url", "https://shop.example/?utm_source=news"));

            assertThat(project.query("{ events(collection: \"visit\") { nodes { properties } } }")
                            .toString())
                    .contains("browser=Googlebot", "is_bot=true", "utm_source=news");
            assertThat(engine.engine().modules())
                    .filteredOn(module -> module.plugin().isPresent())
                    .allMatch(ModuleStatus::isActive)
                    .flatExtracting(ModuleStatus::properties)
                    .extracting(AddedProperty::name)
                    .contains("browser", "is_bot", "utm_source", "referrer_host");
        }
    }

    @Test
    void pluginsThatCannotBeLoadedAreReportedAndTheServerStarts() throws IOException {
        Files.writeString(plugins.resolve("a-text.jar"), "this is no jar");
        new PluginJar()
                .resource("META-INF/services/dev.tidemark.spi.AnalyticsModule", "stranger.Missing")
                .write(plugins, "b-missing-class.jar");
        try (var empty = new JarOutputStream(Files.newOutputStream(plugins.resolve("c-empty.jar")))) {
            empty.finish();
        }
        PluginJar.module("thrower", "throw new IllegalStateException(\"no luck today\");")
                .write(plugins, "d-thrower.jar");
        PluginJar.module("unlinked", "return new Missing().build();")
                .source(
                        "stranger.Missing",
                        "package stranger; class Missing { dev.tidemark.spi.Contribution build() { return"
                                + " com.fasterxml.jackson.databind.ObjectMapper.class == null ? null : null; } }")
                .write(plugins, "e-unlinked.jar");

        try (var engine = start()) {
            assertThat(engine.engine().modules())
                    .filteredOn(module -> !module.isActive())
                    .extracting(ModuleStatus::name)
                    .contains("a-text.jar", "b-missing-class.jar", "c-empty.jar", "d-thrower.jar", "e-unlinked.jar");
            assertThat(reason(engine, "a-text.jar")).contains("a-text.jar cannot be read as a jar");
            assertThat(reason(engine, "c-empty.jar")).contains("declares no module");
            assertThat(reason(engine, "d-thrower.jar")).contains("no luck today");
            assertThat(reason(engine, "e-unlinked.jar")).contains("ObjectMapper");
            engine.project().collect(Event.of("still").by("working"));
        }
    }

    @Test
    void whateverAPluginThrowsAtTheStartTheServerStarts() throws IOException {
        PluginJar.module("asserting", "throw new AssertionError(\"no luck today\");")
                .write(plugins, "a-asserting.jar");
        new PluginJar()
                .resource("META-INF/services/dev.tidemark.spi.AnalyticsModule", "stranger.StrangerModule")
                .source("stranger.StrangerModule", """
                        package stranger;

                        import dev.tidemark.spi.*;

                        public final class StrangerModule implements AnalyticsModule {
                            public String name() { throw new IllegalStateException("no name today"); }
                            public Contribution contribute(ModuleContext context) { return null; }
                        }
                        """)
                .write(plugins, "b-nameless.jar");
        PluginJar.module("empty", "return null;").write(plugins, "c-empty.jar");
        PluginJar.module(
                        "jobless",
                        "return Contribution.builder().job(new Job() {"
                                + " public String name() { throw new NoClassDefFoundError(\"no job today\"); }"
                                + " public java.time.Duration every() { return null; }"
                                + " public void run(JobRun run) {} }).build();")
                .write(plugins, "d-jobless.jar");
        PluginJar.module(
                        "deaf",
                        "return Contribution.builder().listener(new EventListener() {"
                                + " public void stored(Project project, java.util.List<StoredEvent> events,"
                                + " java.sql.Connection transaction) {}"
                                + " public java.util.Set<String> collections() { throw new NoClassDefFoundError(\"deaf\"); }"
                                + " }).build();")
                .write(plugins, "e-deaf.jar");

        try (var engine = start()) {
            assertThat(reason(engine, "a-asserting.jar")).contains("no luck today");
            assertThat(reason(engine, "b-nameless.jar")).contains("no name today");
            assertThat(reason(engine, "c-empty.jar")).isNotEmpty();
            assertThat(reason(engine, "d-jobless.jar")).contains("no job today");
            engine.project().collect(Event.of("still").by("working"));
        }
    }

    @Test
    void aPluginThatDoesNotFitIsLeftOutWhole() throws IOException {
        PluginJar.module("unresolved", NOTHING)
                .resource(
                        "stranger/schema.graphqls", "extend type Query {\n  \"Nobody answers it.\"\n  nothing: Int\n}")
                .write(plugins, "unresolved.jar");
        PluginJar.module("events", NOTHING).write(plugins, "taken-name.jar");

        try (var engine = start()) {
            assertThat(reason(engine, "unresolved.jar")).contains("Query.nothing");
            assertThat(reason(engine, "taken-name.jar")).contains("Two modules are named events");
            assertThat(engine.project().answer("{ nothing }", Map.of()).toString())
                    .contains("GRAPHQL_VALIDATION_FAILED");
        }
    }

    @Test
    void aPluginHasItsOwnVersionOfALibrary() throws IOException {
        PluginJar.module(
                        "versioned",
                        "return Contribution.builder().mapper((project, event, origin) ->"
                                + " event.with(\"version\", com.fasterxml.jackson.core.Version.mine())).build();")
                .source(
                        "com.fasterxml.jackson.core.Version",
                        "package com.fasterxml.jackson.core; public class Version {"
                                + " public static String mine() { return \"the plugin's own\"; } }")
                .write(plugins, "versioned.jar");

        try (var engine = start()) {
            var project = engine.project();
            project.collect(Event.of("visit"));

            assertThat(project.query("{ events(collection: \"visit\") { edges { node { properties } } } }")
                            .toString())
                    .contains("version=the plugin's own");
        }
    }

    @Test
    void aMapperThatThrowsCostsItsEventsAndNobodyElse() throws IOException {
        PluginJar.module(
                        "choosy",
                        "return Contribution.builder().mapper((project, event, origin) -> {"
                                + " if (event.collection().equals(\"bad\")) throw new IllegalStateException();"
                                + " return event; }).build();")
                .write(plugins, "choosy.jar");

        try (var engine = start()) {
            var project = engine.project();
            var data = project.query("""
                    mutation {
                      collect(input: {events: [{collection: "bad"}, {collection: "good"}]}) { stored refused }
                    }
                    """);

            assertThat(data.toString()).contains("stored=1", "refused=1");
        }
    }

    @Test
    void aPluginWhoseTablesCannotBeMadeIsOutOfServiceAlone() throws IOException {
        var jar = plugins.resolve("example.jar");
        drop(EXAMPLE, jar);
        try (var files = FileSystems.newFileSystem(jar)) {
            Files.writeString(files.getPath("/org/example/goals/migrations/project/002_broken.sql"), "no sql");
        }

        try (var engine = start()) {
            var project = engine.project();
            project.collect(Event.of("purchase").by("ada"));

            assertThat(project.query("{ collections { name eventCount } }").toString())
                    .contains("name=purchase, eventCount=1");
            assertThat(project.answer("{ goals { name } }", Map.of()).toString())
                    .contains("UNAVAILABLE", "The tables of plugin goals");
        }
    }

    private TestEngine start() {
        return TestEngine.start(database, Map.of(), Optional.of(plugins));
    }

    private static String reason(TestEngine engine, String plugin) {
        return engine.engine().modules().stream()
                .filter(module -> module.plugin().equals(Optional.of(plugin)))
                .flatMap(module -> module.failure().stream())
                .findFirst()
                .orElse("");
    }

    /** The example is a jar after packaging, and a folder of classes before. */
    private static void drop(Path plugin, Path target) throws IOException {
        if (Files.isRegularFile(plugin)) {
            Files.copy(plugin, target);
            return;
        }
        try (var jar = new JarOutputStream(Files.newOutputStream(target));
                var files = Files.walk(plugin)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(
                        new java.util.jar.JarEntry(plugin.relativize(file).toString()));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
    }
}
