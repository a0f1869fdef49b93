package dev.tidemark.rollups.definition;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Moments in statements and in what these find. */
public final class Moments {

    private Moments() {}

    public static SqlFragment sql(Instant moment) {
        return SqlFragment.value(new Parameter(ColumnType.TIMESTAMP, moment));
    }

    /** As an array. */
    public static SqlFragment sql(List<Instant> moments) {
        return SqlFragment.value(new Parameter(ColumnType.TIMESTAMP, moments));
    }

    public static Optional<Instant> read(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
