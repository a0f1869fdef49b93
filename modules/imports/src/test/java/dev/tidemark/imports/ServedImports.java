package dev.tidemark.imports;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of imports into a project of their own each, on one server. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServedImports {

    private final Map<String, String> settings;
    private PostgresAddress database;
    private TestEngine engine;

    ImportServer server;
    TestProject project;
    Rows rows;
    String key;

    /** @param settings of the server */
    ServedImports(Map<String, String> settings) {
        this.settings = settings;
    }

    @BeforeAll
    void start(PostgresAddress address) {
        database = address;
        engine = TestEngine.start(address, settings, Optional.empty());
        server = new ImportServer(engine);
    }

    @AfterAll
    void stop() {
        server.close();
        engine.close();
    }

    @BeforeEach
    void makeProject() {
        project = engine.project();
        rows = new Rows(database, project);
        key = project.key(Scope.WRITE);
    }
}
