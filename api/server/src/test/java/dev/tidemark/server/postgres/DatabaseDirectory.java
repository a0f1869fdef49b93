package dev.tidemark.server.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test method, as its parameter {@code directory}, a database that ran before; afterwards nothing runs there any more. */
final class DatabaseDirectory implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(DatabaseDirectory.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Path.class
                && parameter.getParameter().getName().equals("directory");
    }

    @Override
    public Path resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .computeIfAbsent(Used.class, key -> unchecked(Used::make), Used.class)
                .directory();
    }

    private record Used(Path directory) implements AutoCloseable {

        static Used make() throws IOException {
            Path directory = Files.createTempDirectory("tidemark-test").resolve("postgres");
            RunDatabase.copyTo(directory);
            return new Used(directory);
        }

        @Override
        public void close() throws IOException {
            Home home = Home.create(directory);
            try (var _ = DirectoryLock.acquire(home)) {
                new Postmaster(home, Binaries.of(home)).stop();
            }
            Durable.deleteTree(directory.getParent());
        }
    }

    private interface Making<T> {
        T make() throws IOException;
    }

    private static <T> T unchecked(Making<T> making) {
        try {
            return making.make();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
