package dev.tidemark.core.modules;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads one plugin: the contract and the libraries it speaks of come from the server, all else from the plugin's own jars.
 */
final class PluginClassLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final List<String> SHARED = List.of(
            "dev.tidemark.spi.",
            "graphql.",
            "org.dataloader.",
            "org.reactivestreams.",
            "io.helidon.",
            "org.slf4j.",
            "org.jspecify.");

    private final ClassLoader server;

    PluginClassLoader(String name, List<URL> jars, ClassLoader server) {
        super(name, jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        this.server = server;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return isShared(name) ? server.loadClass(name) : super.loadClass(name, resolve);
    }

    @Override
    public URL getResource(String name) {
        return isShared(name.replace('/', '.')) ? server.getResource(name) : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return isShared(name.replace('/', '.')) ? server.getResources(name) : super.getResources(name);
    }

    private static boolean isShared(String name) {
        return SHARED.stream().anyMatch(name::startsWith);
    }
}
