package dev.tidemark.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** A plugin that a test compiles and packs. */
public final class PluginJar {

    private static final String SERVICE = "META-INF/services/dev.tidemark.spi.AnalyticsModule";

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> resources = new LinkedHashMap<>();

    /** A module with that name whose contribution is the expression. */
    public static PluginJar module(String name, String contribution) {
        return new PluginJar()
                .resource(SERVICE, "stranger.StrangerModule")
                .source("stranger.StrangerModule", """
                        package stranger;

                        import dev.tidemark.spi.*;

                        public final class StrangerModule implements AnalyticsModule {
                            public String name() { return "%s"; }
                            public Contribution contribute(ModuleContext context) { %s }
                        }
                        """.formatted(name, contribution));
    }

    public PluginJar source(String type, String text) {
        sources.put(type, text);
        return this;
    }

    public PluginJar resource(String name, String text) {
        resources.put(name, text);
        return this;
    }

    public Path write(Path folder, String name) throws IOException {
        var classes = compile(Files.createTempDirectory("plugin"));
        var file = folder.resolve(name);
        try (var jar = new JarOutputStream(Files.newOutputStream(file));
                var files = Files.walk(classes)) {
            for (var compiled : files.filter(Files::isRegularFile).toList()) {
                if (compiled.toString().endsWith(".class")) {
                    add(jar, classes.relativize(compiled).toString(), Files.readAllBytes(compiled));
                }
            }
            for (var resource : resources.entrySet()) {
                add(jar, resource.getKey(), resource.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private Path compile(Path folder) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-classpath", System.getProperty("java.class.path"), "-d", folder.toString()));
        for (var source : sources.entrySet()) {
            var file = folder.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        if (sources.isEmpty()) {
            return folder;
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IOException("The plugin of the test does not compile.");
        }
        return folder;
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }
}
