package dev.tidemark.core.postgres;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.ErrorCode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings tables up to date.
 *
 * <p>Each migration is one transaction, which takes a lock, looks whether another node was faster, runs the step and
 * records it. Nodes that start at once wait for one another; a node that is killed leaves the step undone, not half done. Where a
 * module has no tables yet nobody waits for them, and all of its steps are one transaction.
 *
 * @param byModule each module's steps, in the order in which the modules are to be migrated
 * @param plugins those of the modules without whose tables all others do
 */
public record Migrations(Map<String, List<Migration>> byModule, Set<String> plugins) {

    public static final Migrations NONE = new Migrations(Map.of());

    /** The id under which the server's own tables are recorded; projects count from 1. */
    public static final int SERVER = 0;

    public Migrations {
        byModule = new LinkedHashMap<>(byModule);
        plugins = Set.copyOf(plugins);
    }

    /** Of modules that all are needed. */
    public Migrations(Map<String, List<Migration>> byModule) {
        this(byModule, Set.of());
    }

    /**
     * Creates what the record of migrations itself needs.
     *
     * @throws IllegalStateException when nothing may be created there
     */
    public static void prepare(Postgres postgres) {
        try {
            new MigrationStore(postgres.server()).prepare();
        } catch (DatabaseException e) {
            if (SqlState.isForbidden(e.sqlState())) {
                throw new IllegalStateException(
                        "The user of " + postgres.address() + " may not make schemas there, of which each project has"
                                + " one: grant create on database … to …, or make the user the database's owner.",
                        e);
            }
            if (SqlState.isReadOnly(e.sqlState())) {
                throw new IllegalStateException(
                        "The database at " + postgres.address() + " takes no writes: it may be a standby, or set so."
                                + " Name the primary one.",
                        e);
            }
            throw e;
        }
    }

    /**
     * Runs what is missing.
     *
     * @param target the schema to run it in
     * @param project the id under which it is recorded
     * @return what is wrong with the tables of plugins, by their names
     * @throws IllegalStateException when a step was changed after it had run, or when the tables are newer than this server
     */
    public Map<String, RuntimeException> run(Database target, int project) {
        var store = new MigrationStore(target);
        var applied = store.applied(project);
        Map<String, RuntimeException> failed = new HashMap<>();
        byModule.forEach((module, migrations) -> {
            try {
                run(store, project, module, migrations, applied.getOrDefault(module, Map.of()));
            } catch (RuntimeException e) {
                if (!plugins.contains(module) || passes(e)) {
                    throw e;
                }
                failed.put(module, e);
            }
        });
        return failed;
    }

    private static void run(
            MigrationStore store, int project, String module, List<Migration> migrations, Map<Integer, String> done) {
        check(module, migrations, done);
        if (done.isEmpty() && !migrations.isEmpty()) {
            store.apply(project, module, migrations);
        } else {
            migrations.stream()
                    .filter(migration -> !done.containsKey(migration.version()))
                    .forEach(migration -> store.apply(project, module, List.of(migration)));
        }
    }

    /** Whether it is the database's fault, or that of whoever holds a table now. */
    private static boolean passes(RuntimeException e) {
        return switch (e) {
            case CallerException refused -> refused.code() == ErrorCode.UNAVAILABLE;
            case DatabaseException failure ->
                SqlState.isUnavailable(failure.sqlState())
                        || SqlState.isLockTimeout(failure.sqlState())
                        || SqlState.isConflict(failure.sqlState());
            default -> false;
        };
    }

    private static void check(String module, List<Migration> migrations, Map<Integer, String> done) {
        var newest = migrations.size();
        done.keySet().stream().filter(version -> version > newest).findFirst().ifPresent(version -> {
            throw new IllegalStateException("The tables of module " + module + " are at version " + version
                    + ", this server knows " + newest + ": start a newer server on this database.");
        });
        for (var migration : migrations) {
            var checksum = done.get(migration.version());
            if (checksum != null && !migration.is(checksum)) {
                throw new IllegalStateException("Migration " + migration.file() + " of module " + module
                        + " was changed after it had run: restore it, and put the change into a new one.");
            }
        }
    }
}
