package dev.tidemark.server.process;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** {@code tidemark.yaml}: the same keys as everywhere, in groups. */
public final class ConfigurationFile {

    private static final Pattern PLACE = Pattern.compile("line \\d+, column \\d+");

    private ConfigurationFile() {}

    /**
     * All keys of a file, flat; those of a file that is not there when it need not be.
     *
     * @throws CallerException when it cannot be read
     */
    public static Map<String, String> read(Path file, boolean isRequired) {
        if (!Files.exists(file) && !isRequired) {
            return Map.of();
        }
        try {
            var config = Config.builder(ConfigSources.file(file))
                    .disableEnvironmentVariablesSource()
                    .disableSystemPropertiesSource()
                    .disableValueResolving()
                    .build();
            return withListsJoined(config.asMap().orElse(Map.of()));
        } catch (ConfigException e) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT, "The configuration " + file + " cannot be read: " + reason(e) + ".");
        }
    }

    /** {@code server.cors-origins.0} and its neighbours are one setting, whose values commas join. */
    private static Map<String, String> withListsJoined(Map<String, String> keys) {
        Map<String, String> settings = new TreeMap<>();
        new TreeMap<>(keys)
                .forEach((key, value) ->
                        settings.merge(key.replaceFirst("\\.\\d+$", ""), value, (before, next) -> before + "," + next));
        return settings;
    }

    /** What the parser found last, and where, on one line. */
    private static String reason(Throwable failure) {
        if (failure.getCause() != null) {
            return reason(failure.getCause());
        }
        var message = String.valueOf(failure.getMessage());
        return PLACE.matcher(message)
                .results()
                .map(place -> "it is no YAML at " + place.group())
                .reduce((before, last) -> last)
                .orElse(message);
    }
}
