package dev.tidemark.server.process;

import dev.tidemark.core.modules.Settings;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.http.HttpSettings;
import dev.tidemark.server.live.LiveSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the operator wants the process.
 *
 * @param database empty: the one in the box
 * @param adminKey empty: one is made at the first start
 * @param nodeName by which operators tell the nodes of one database apart
 */
public record ServerSettings(
        HttpSettings http,
        LiveSettings live,
        Path data,
        Path plugins,
        Optional<PostgresAddress> database,
        Optional<String> adminKey,
        String nodeName) {

    static ServerSettings read(Settings settings) {
        var url = settings.read(
                "database.url",
                "",
                "PostgreSQL 15 or newer to use: postgresql://host:port/database. Empty: the one in the box.");
        var user = settings.read("database.user", "", "The user of the database, when its URL names none.");
        var password = settings.read("database.password", "", "The password of the database, when its URL has none.");
        var adminKey = settings.read(
                "admin.key", "", "A key for administrators, 16 characters or more. Empty: the first start makes one.");
        return new ServerSettings(
                HttpSettings.read(settings),
                LiveSettings.read(settings),
                Path.of(settings.read("server.data", "data", "The directory for everything that the server keeps.")),
                Path.of(settings.read("server.plugins", "plugins", "The directory with the plugins' jars.")),
                url.isEmpty() ? Optional.empty() : Optional.of(DatabaseUrl.parse(url, user, password)),
                Optional.of(adminKey).filter(key -> !key.isEmpty()),
                settings.read("server.name", hostName(), "The name of this node among those of one database."));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
