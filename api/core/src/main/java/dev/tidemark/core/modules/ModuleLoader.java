package dev.tidemark.core.modules;

import dev.tidemark.spi.AnalyticsModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Finds modules by {@link ServiceLoader}. */
public final class ModuleLoader {

    private final List<LoadedModule> modules = new ArrayList<>();
    private final List<PluginFailure> failures = new ArrayList<>();

    /**
     * Finds the modules in the box, and the plugins of a folder: each jar, and each folder of jars, is one plugin. A
     * plugin that cannot be loaded is among {@link #failures()} and disturbs nobody.
     */
    public ModuleLoader(ClassLoader box, Optional<Path> pluginFolder) {
        ServiceLoader.load(AnalyticsModule.class, box).forEach(module -> modules.add(LoadedModule.inTheBox(module)));
        pluginFolder
                .filter(Files::isDirectory)
                .ifPresent(folder -> plugins(folder).forEach(this::load));
    }

    public List<LoadedModule> modules() {
        return List.copyOf(modules);
    }

    public List<PluginFailure> failures() {
        return List.copyOf(failures);
    }

    private static List<Path> plugins(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.filter(entry -> !jars(entry).isEmpty()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> jars(Path plugin) {
        if (!Files.isDirectory(plugin)) {
            return isJar(plugin) ? List.of(plugin) : List.of();
        }
        try (Stream<Path> files = Files.list(plugin)) {
            return files.filter(ModuleLoader::isJar).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isJar(Path file) {
        return Files.isRegularFile(file) && file.toString().endsWith(".jar");
    }

    /** Whatever a plugin throws, an {@link Error} included, is its own affair. */
    private void load(Path plugin) {
        var name = plugin.getFileName().toString();
        try {
            var jars = jars(plugin);
            for (var jar : jars) {
                check(jar);
            }
            var loader = new PluginClassLoader(
                    name,
                    jars.stream().map(ModuleLoader::url).toList(),
                    getClass().getClassLoader());
            var found = ServiceLoader.load(AnalyticsModule.class, loader).stream()
                    .filter(provider -> provider.type().getClassLoader() == loader)
                    .map(ServiceLoader.Provider::get)
                    .map(module -> LoadedModule.of(module, Optional.of(name)))
                    .toList();
            if (found.isEmpty()) {
                failures.add(new PluginFailure(
                        name, "It declares no module in META-INF/services/" + AnalyticsModule.class.getName() + "."));
            }
            modules.addAll(found);
        } catch (Exception | Error e) {
            failures.add(new PluginFailure(name, reason(e)));
        }
    }

    /** A class loader passes over a jar that it cannot read: what is in it would be missing without a word. */
    private static void check(Path jar) throws IOException {
        try {
            new JarFile(jar.toFile()).close();
        } catch (IOException e) {
            throw new IOException(jar.getFileName() + " cannot be read as a jar: copy it again", e);
        }
    }

    private static String reason(Throwable failure) {
        var cause = failure.getCause();
        return cause == null ? failure.toString() : failure.getMessage() + ": " + reason(cause);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(jar + " has no address.", e);
        }
    }
}
