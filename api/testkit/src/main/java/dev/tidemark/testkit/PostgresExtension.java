package dev.tidemark.testkit;

import dev.tidemark.core.postgres.PostgresAddress;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class a database of its own on a real PostgreSQL: declare a parameter of type {@link PostgresAddress} in
 * its constructor, its life-cycle methods or its tests. Awaitility then waits up to a minute where a test says nothing else.
 */
public final class PostgresExtension implements ParameterResolver, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);

    static {
        // what takes a second here may take twenty on a machine that builds three things at once
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PostgresAddress.class;
    }

    @Override
    public PostgresAddress resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var testClass = context.getRequiredTestClass();
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(testClass, key -> Shared.SERVER.create(), PostgresAddress.class);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        var database =
                context.getRoot().getStore(NAMESPACE).remove(context.getRequiredTestClass(), PostgresAddress.class);
        if (database != null) {
            Shared.SERVER.drop(database);
        }
    }

    /** One for all classes of a JVM, which outlives their runs: the build hands classes to several JVMs one by one, each as a run. */
    private static final class Shared {
        static final PostgresServer SERVER = PostgresServer.start();
    }
}
