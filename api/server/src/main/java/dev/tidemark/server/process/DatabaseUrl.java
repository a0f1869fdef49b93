package dev.tidemark.server.process;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.Driver;

/** The operator's database, as PostgreSQL's own tools or JDBC write it. */
final class DatabaseUrl {

    /** JDBC's name for which of several hosts will do. */
    private static final String CHOICE = "targetServerType";

    private DatabaseUrl() {}

    /**
     * @param user the one to use when the URL names none, as is the password
     * @throws CallerException when it is no URL of PostgreSQL
     */
    static PostgresAddress parse(String url, String user, String password) {
        try {
            return address(uri(url), user, password);
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "The database's URL is none of PostgreSQL: write postgresql://user@host:5432/database, with special"
                            + " characters percent-encoded, and the password as TIDEMARK_DATABASE_PASSWORD.");
        }
    }

    private static URI uri(String url) throws URISyntaxException {
        var plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        var uri = new URI(plain.replaceFirst("^postgres:", "postgresql:"));
        if (!"postgresql".equals(uri.getScheme()) || uri.getRawAuthority() == null) {
            throw new URISyntaxException(plain, "no URL of PostgreSQL");
        }
        return uri;
    }

    private static PostgresAddress address(URI uri, String user, String password) throws URISyntaxException {
        // Java's hosts are one, and without underscores
        var authority = uri.getRawAuthority();
        var at = authority.lastIndexOf('@');
        var login = authority.substring(0, Math.max(at, 0)).split(":", 2);
        var hosts = authority.substring(at + 1);
        var query = Optional.ofNullable(uri.getRawQuery()).orElse("");
        var url = "jdbc:postgresql://" + hosts
                + Optional.ofNullable(uri.getRawPath()).orElse("/") + parameters(query, hosts);
        if (hosts.isEmpty() || Driver.parseURL(url, null) == null) {
            throw new URISyntaxException(url, "no URL of PostgreSQL");
        }
        return new PostgresAddress(
                url,
                first(login[0], parameter(query, "user"), user, System.getProperty("user.name")),
                first(login.length > 1 ? login[1] : "", parameter(query, "password"), password));
    }

    /** Of several hosts the one that takes writes is wanted. */
    private static String parameters(String query, String hosts) {
        var given = Arrays.stream(query.split("&")).filter(parameter -> !parameter.isEmpty() && !isLogin(parameter));
        var chosen = hosts.contains(",") && parameter(query, CHOICE).isEmpty()
                ? Stream.of(CHOICE + "=primary")
                : Stream.<String>of();
        var all = Stream.concat(given, chosen).collect(Collectors.joining("&"));
        return all.isEmpty() ? "" : "?" + all;
    }

    private static boolean isLogin(String parameter) {
        return parameter.startsWith("user=") || parameter.startsWith("password=");
    }

    private static String parameter(String query, String name) {
        return Arrays.stream(query.split("&"))
                .filter(parameter -> parameter.startsWith(name + "="))
                .map(parameter -> parameter.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    /** What comes from the URL is percent-encoded; what comes from a setting is plain, and last. */
    private static String first(String inAuthority, String inQuery, String... plain) {
        var encoded = inAuthority.isEmpty() ? inQuery : inAuthority;
        return encoded.isEmpty()
                ? Arrays.stream(plain)
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse("")
                : URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
