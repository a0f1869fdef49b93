package dev.tidemark.spi;

import java.io.Serial;
import java.sql.SQLException;

/** A statement failed in a way that is no fault of the caller. What to do about it is decided by {@link #sqlState()}. */
public final class DatabaseException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final String sqlState;

    public DatabaseException(SQLException cause) {
        super(cause);
        this.sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    /** The five characters of PostgreSQL's error code; empty when the driver gave none. */
    public String sqlState() {
        return sqlState;
    }
}
