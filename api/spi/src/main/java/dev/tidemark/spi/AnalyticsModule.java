package dev.tidemark.spi;

/**
 * A feature of Tidemark: everything it adds, declared as one value.
 *
 * <p>Found by {@link java.util.ServiceLoader} on the class path and in the jars of the plugin folder. Beside its class a
 * module has resources, found by place and name:
 *
 * <ul>
 *   <li>{@code schema.graphqls}: its part of the GraphQL schema, merged with everyone else's;
 *   <li>{@code migrations/server/001_….sql}: run once, in PostgreSQL schema {@code tidemark};
 *   <li>{@code migrations/project/001_….sql}: run once for each project, in the project's own PostgreSQL schema.
 * </ul>
 *
 * Each migration is one transaction, numbered without gaps, and never changed after its release.
 */
public interface AnalyticsModule {

    /**
     * The module's name: lower-case letters and digits, unique on a server. It is also the module's key in the
     * configuration.
     */
    String name();

    /**
     * Declares what the module adds. Called once per start, after the server's migrations and before the first request.
     * An exception refuses the module: one from the class path stops the start, a plugin is reported and left out.
     */
    Contribution contribute(ModuleContext context);
}
