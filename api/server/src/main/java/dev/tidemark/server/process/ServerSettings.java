package dev.tidemark.server.process;

import dev.tidemark.core.modules.Settings;
import dev.tidemark.server.http.HttpSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the operator wants the process.
 *
 * @param database empty: the one in the box
 */
public record ServerSettings(HttpSettings http, Path data, Path plugins, Optional<DatabaseUrl> database) {

    public static ServerSettings read(Settings settings) {
        var url = settings.read(
                "database.url",
                "",
                "PostgreSQL 15 or newer to use: postgresql://host:port/database. Empty: the one in the box.");
        var user = settings.read("database.user", "", "The user of the database, when its URL names none.");
        var password = settings.read("database.password", "", "The password of the database, when its URL has none.");
        return new ServerSettings(
                HttpSettings.read(settings),
                Path.of(settings.read("server.data", "data", "The directory for everything that the server keeps.")),
                Path.of(settings.read("server.plugins", "plugins", "The directory with the plugins' jars.")),
                url.isEmpty() ? Optional.empty() : Optional.of(DatabaseUrl.parse(url, user, password)));
    }
}
