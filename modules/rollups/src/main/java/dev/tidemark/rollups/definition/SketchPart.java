package dev.tidemark.rollups.definition;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.rollups.sketches.DistinctSketch;
import dev.tidemark.rollups.sketches.PercentileSketch;
import dev.tidemark.rollups.sketches.Sketch;
import dev.tidemark.rollups.sketches.TopSketch;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Relation.Column;
import dev.tidemark.spi.SqlFragment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** A {@link Sketch} of the values of one column, stored in a column of its own. */
public record SketchPart(Kind kind, Column of) {

    /** A counter in JSON. */
    private static final long LONGEST_TEXT = 1_030;

    private static final long LONGEST_NUMBER = 50;

    public enum Kind {
        DISTINCT(12),
        TOP(150),
        DIGEST(16);

        private final int bytes;

        /** @param bytes that a value takes in memory, about, beside its characters */
        Kind(int bytes) {
            this.bytes = bytes;
        }

        /** How much memory one more value takes, about. */
        public int bytesOf(Object value) {
            return this == TOP && value instanceof String text ? bytes + text.length() : bytes;
        }
    }

    /** How many bytes the sketches of a row have at most, about. */
    public static long longest(Rollup rollup) {
        return rollup.sketches().stream().mapToLong(SketchPart::longest).sum();
    }

    private long longest() {
        return switch (kind) {
            case DISTINCT -> DistinctSketch.LONGEST;
            case TOP -> TopSketch.MOST * (of.type() == ColumnType.TEXT ? LONGEST_TEXT : LONGEST_NUMBER);
            case DIGEST -> PercentileSketch.LONGEST;
        };
    }

    /** What is stored of it in a row, if anything. */
    public Optional<Object> read(ResultSet row, int place) throws SQLException {
        return Optional.ofNullable(kind == Kind.TOP ? row.getString(place) : row.getBytes(place));
    }

    /** The name of its column. */
    public String column() {
        return Part.columnOf(kind.name().toLowerCase(Locale.ROOT), of);
    }

    /** The same, quoted. */
    public SqlFragment name() {
        return SqlFragment.name(column());
    }

    /** What it is stored as. */
    public SqlFragment type() {
        return kind == Kind.TOP ? sql("jsonb") : sql("bytea");
    }

    /** As what it comes to PostgreSQL. */
    SqlFragment sent() {
        return kind == Kind.TOP ? sql("text") : sql("bytea");
    }

    /** What a {@link Sketch} takes of it. */
    public SqlFragment stored() {
        return kind == Kind.TOP ? sql("{}::text", name()) : name();
    }

    /** The name under which values that are in no sketch yet stand beside it, when a question sees both. */
    public static SqlFragment value(Column of) {
        return SqlFragment.name(Part.columnOf("value", of));
    }

    public Sketch empty() {
        return switch (kind) {
            case DISTINCT -> new DistinctSketch();
            case TOP -> new TopSketch();
            case DIGEST -> new PercentileSketch();
        };
    }
}
