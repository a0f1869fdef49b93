package dev.tidemark.rollups.definition;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Moments in statements and in what these find. */
public final class Moments {

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private Moments() {}

    /** @param micros microseconds since 2000, as PostgreSQL keeps a moment */
    public static Instant of(long micros) {
        return EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** The same number of a moment that was found; many times quicker than the moment, where the driver has it in binary. */
    public static long micros(ResultSet row, int place) throws SQLException {
        var bytes = row.getBytes(place);
        if (bytes == null) {
            return 0;
        }
        return bytes.length == Long.BYTES
                ? ByteBuffer.wrap(bytes).getLong()
                : ChronoUnit.MICROS.between(
                        EPOCH, row.getObject(place, OffsetDateTime.class).toInstant());
    }

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
