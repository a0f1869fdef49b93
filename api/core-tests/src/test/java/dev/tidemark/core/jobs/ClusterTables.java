package dev.tidemark.core.jobs;

import dev.tidemark.core.modules.ModuleResources;
import dev.tidemark.core.postgres.Migrations;
import dev.tidemark.core.postgres.Postgres;
import java.util.Map;

/** The tables of the module {@code cluster}, for tests without an engine. */
final class ClusterTables {

    private ClusterTables() {}

    static void migrate(Postgres postgres) {
        new Migrations(Map.of("cluster", resources().server())).run(postgres.server(), Migrations.SERVER);
    }

    static Migrations project() {
        return new Migrations(Map.of("cluster", resources().project()));
    }

    private static ModuleResources resources() {
        return ModuleResources.beside(ClusterModule.class);
    }
}
