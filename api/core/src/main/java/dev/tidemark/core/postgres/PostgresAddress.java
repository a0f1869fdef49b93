package dev.tidemark.core.postgres;

import java.time.Duration;
import java.util.Properties;

/** @param url of JDBC: {@code jdbc:postgresql://host:port/database} */
public record PostgresAddress(String url, String user, String password) {

    /** The same database, whose connections give up an answer that does not come. */
    public PostgresAddress withPatience(Duration patience) {
        var separator = url.contains("?") ? '&' : '?';
        return new PostgresAddress(url + separator + "socketTimeout=" + patience.toSeconds(), user, password);
    }

    Properties properties() {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "tidemark");
        properties.setProperty("readOnlyMode", "always");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("socketFactory", KeptAliveSockets.class.getName());
        return properties;
    }

    /** Without the password, which has no business in a log. */
    @Override
    public String toString() {
        return user + "@" + url;
    }
}
