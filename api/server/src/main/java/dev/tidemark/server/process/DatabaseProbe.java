package dev.tidemark.server.process;

import dev.tidemark.core.postgres.PostgresAddress;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/** Tries to log in to the database, and tells the operator what to do when that fails. */
record DatabaseProbe(PostgresAddress address) {

    private static final String SECONDS = "3";

    /** Empty when it answers. */
    Optional<Obstacle> obstacle() {
        try (var connection = DriverManager.getConnection(address.url(), login())) {
            return connection.isValid(Integer.parseInt(SECONDS))
                    ? Optional.empty()
                    : Optional.of(new Obstacle("The database does not answer.", true));
        } catch (SQLException e) {
            return Optional.of(obstacle(Optional.ofNullable(e.getSQLState()).orElse("")));
        }
    }

    private Obstacle obstacle(String state) {
        return switch (state) {
            case "28P01", "28000" ->
                new Obstacle(
                        "The database refuses " + address
                                + ": check TIDEMARK_DATABASE_USER and TIDEMARK_DATABASE_PASSWORD.",
                        false);
            case "3D000" ->
                new Obstacle("There is no such database at " + address + ": create it, or name another one.", false);
            case "53300" -> new Obstacle("The database at " + address + " takes no more connections.", true);
            default -> new Obstacle("The database at " + address + " cannot be reached.", true);
        };
    }

    private Properties login() {
        var properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        properties.setProperty("connectTimeout", SECONDS);
        properties.setProperty("loginTimeout", SECONDS);
        properties.setProperty("socketTimeout", SECONDS);
        return properties;
    }

    /** @param mayPass whether waiting helps */
    record Obstacle(String sentence, boolean mayPass) {}
}
