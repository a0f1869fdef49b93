package dev.tidemark.server.process;

import dev.tidemark.core.modules.ModuleStatus;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a person reads who has just started a server. */
public record Banner(Running server, long milliseconds) {

    private static final int WIDTH = 12;

    public String text() {
        var text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%nTidemark %s: ready in %,d ms%n%n", Version.current(), milliseconds));
        line(text, "address", server.url());
        line(text, "GraphiQL", server.url() + "/graphiql/#key=" + server.localKey());
        line(text, "data", server.settings().data().toAbsolutePath().normalize() + ", " + database());
        server.engine().firstAdminKey().ifPresent(key -> {
            line(text, "admin key", key);
            line(text, "", "Keep it: it is shown at this first start and never again.");
        });
        modules(text);
        return text.append(System.lineSeparator()).toString();
    }

    private void modules(StringBuilder text) {
        var modules = server.engine().modules();
        section(
                text,
                "modules",
                modules.stream()
                        .filter(module -> module.isActive() && module.plugin().isEmpty())
                        .map(module -> row(module.name(), module.adds()))
                        .toList());
        section(
                text,
                "plugins",
                modules.stream()
                        .filter(module -> module.isActive() && module.plugin().isPresent())
                        .map(module -> row(
                                module.name(),
                                module.adds() + " (" + module.plugin().orElse("") + ")"))
                        .toList());
        section(
                text,
                "left out",
                modules.stream()
                        .flatMap(module -> module.failure().stream().map(reason -> row(name(module), reason)))
                        .toList());
    }

    private static String name(ModuleStatus module) {
        return module.plugin().orElse(module.name());
    }

    private String database() {
        return server.settings()
                .database()
                .map(address -> "PostgreSQL of " + address)
                .orElse("PostgreSQL in the box");
    }

    private static void section(StringBuilder text, String title, List<String> rows) {
        if (rows.isEmpty()) {
            return;
        }
        text.append(String.format("%n  %s%n", title));
        text.append(rows.stream().collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator())));
    }

    private static String row(String name, String what) {
        return ("    " + String.format("%-" + WIDTH + "s", name) + what.replaceAll("\\R", " ")).stripTrailing();
    }

    private static void line(StringBuilder text, String name, String what) {
        text.append(String.format("  %-" + WIDTH + "s%s%n", name, what));
    }
}
