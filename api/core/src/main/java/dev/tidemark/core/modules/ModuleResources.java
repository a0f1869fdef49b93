package dev.tidemark.core.modules;

import dev.tidemark.core.postgres.Migration;
import dev.tidemark.spi.AnalyticsModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * The files that lie beside a module's class.
 *
 * @param schema its part of the GraphQL schema; empty when it adds none
 * @param server migrations of the server's tables
 * @param project migrations of each project's tables
 */
public record ModuleResources(String schema, List<Migration> server, List<Migration> project) {

    private static final Pattern MIGRATION = Pattern.compile("(\\d{3})_[a-z0-9_]+\\.sql");

    public ModuleResources {
        server = List.copyOf(server);
        project = List.copyOf(project);
    }

    /**
     * Reads the files beside a module's class.
     *
     * @throws IllegalStateException when migrations are misnamed or have gaps
     */
    public static ModuleResources beside(Class<? extends AnalyticsModule> module) {
        try {
            return new ModuleResources(
                    text(module, "schema.graphqls"),
                    migrations(module, "migrations/server"),
                    migrations(module, "migrations/project"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Migration> migrations(Class<?> module, String folder) throws IOException {
        List<Migration> migrations = new ArrayList<>();
        for (var file : files(module, folder).stream().sorted().toList()) {
            var name = MIGRATION.matcher(file);
            if (!name.matches() || Integer.parseInt(name.group(1)) != migrations.size() + 1) {
                throw new IllegalStateException("Migration " + folder + "/" + file
                        + " is misnamed: they count from 001 without gaps, as in 001_create_messages.sql.");
            }
            migrations.add(new Migration(migrations.size() + 1, file, text(module, folder + "/" + file)));
        }
        return migrations;
    }

    private static List<String> files(Class<?> module, String folder) throws IOException {
        var path = module.getPackageName().replace('.', '/') + "/" + folder + "/";
        var home = home(module);
        if (Files.isDirectory(home)) {
            return inFolder(home.resolve(path));
        }
        try (var jar = new JarFile(home.toFile())) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(path) && !name.endsWith("/"))
                    .map(name -> name.substring(path.length()))
                    .toList();
        }
    }

    private static List<String> inFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Path home(Class<?> module) {
        try {
            return Path.of(
                    module.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(module + " has no place on disk.", e);
        }
    }

    private static String text(Class<?> module, String name) throws IOException {
        try (InputStream resource = module.getResourceAsStream(name)) {
            return resource == null ? "" : new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
