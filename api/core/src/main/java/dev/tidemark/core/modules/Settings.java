package dev.tidemark.core.modules;

import dev.tidemark.core.naming.Nearest;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The operator's configuration. Each setting is declared by being read; what was given and never read is unknown.
 *
 * <p>Key {@code events.queue-size} of the file is {@code TIDEMARK_EVENTS_QUEUE_SIZE} in the environment, which wins.
 */
public final class Settings {

    private static final String PREFIX = "TIDEMARK_";

    private final Map<String, String> file;
    private final Map<String, String> environment;
    private final Map<String, Declared> declared = new TreeMap<>();

    public Settings(Map<String, String> file, Map<String, String> environment) {
        this.file = new TreeMap<>(file);
        this.environment = new TreeMap<>(environment);
        this.environment.keySet().removeIf(name -> !name.startsWith(PREFIX));
    }

    /** No configuration at all: every setting has its default. */
    public static Settings none() {
        return new Settings(Map.of(), Map.of());
    }

    /** @throws CallerException when the operator's text is no value of the default's class */
    public synchronized <T> T read(String key, T byDefault, String description) {
        declared.put(key, new Declared(key, variable(key), String.valueOf(byDefault), description));
        var given = environment.getOrDefault(variable(key), file.get(key));
        return given == null ? byDefault : SettingValue.parse(key, given, byDefault);
    }

    /** What was declared so far, by key. */
    public synchronized List<Declared> declared() {
        return List.copyOf(declared.values());
    }

    /** @throws CallerException naming every key that nobody declared, with the nearest known one */
    public synchronized void refuseUnknown() {
        List<String> unknown = new ArrayList<>();
        unknown(file.keySet(), declared.keySet(), unknown);
        unknown(
                environment.keySet(),
                declared.keySet().stream().map(Settings::variable).toList(),
                unknown);
        if (!unknown.isEmpty()) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, String.join("\n", unknown));
        }
    }

    private static void unknown(Collection<String> given, Collection<String> known, List<String> problems) {
        given.stream()
                .filter(key -> !known.contains(key))
                .forEach(key -> problems.add("Unknown setting " + key + "." + Nearest.hint(key, known)));
    }

    private static String variable(String key) {
        return PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * One setting.
     *
     * @param variable its name in the environment
     */
    public record Declared(String key, String variable, String byDefault, String description) {}
}
