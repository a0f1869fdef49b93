package dev.tidemark.rollups;

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
final class Moments {

    private Moments() {}

    static SqlFragment sql(Instant moment) {
        return SqlFragment.value(new Parameter(ColumnType.TIMESTAMP, moment));
    }

    /** As an array. */
    static SqlFragment sql(List<Instant> moments) {
        return SqlFragment.value(new Parameter(ColumnType.TIMESTAMP, moments));
    }

    static Optional<Instant> read(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
