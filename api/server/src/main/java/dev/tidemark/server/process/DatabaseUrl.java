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
import org.postgresql.Driver;

/** The operator's database, as PostgreSQL's own tools or JDBC write it. */
final class DatabaseUrl {

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
        if (!"postgresql".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new URISyntaxException(plain, "no URL of PostgreSQL");
        }
        return uri;
    }

    private static PostgresAddress address(URI uri, String user, String password) throws URISyntaxException {
        var login = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
        var query = Optional.ofNullable(uri.getRawQuery()).orElse("");
        var url = "jdbc:postgresql://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + Optional.ofNullable(uri.getRawPath()).orElse("/");
        var rest = Arrays.stream(query.split("&"))
                .filter(parameter -> !parameter.isEmpty() && !isLogin(parameter))
                .collect(Collectors.joining("&"));
        var complete = rest.isEmpty() ? url : url + "?" + rest;
        if (Driver.parseURL(complete, null) == null) {
            throw new URISyntaxException(url, "no URL of PostgreSQL");
        }
        return new PostgresAddress(
                complete,
                first(login[0], parameter(query, "user"), user, System.getProperty("user.name")),
                first(login.length > 1 ? login[1] : "", parameter(query, "password"), password));
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
