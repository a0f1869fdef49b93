package dev.tidemark.core.questions.sql;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Grouping;
import dev.tidemark.spi.Grouping.ByBucket;
import dev.tidemark.spi.Grouping.ByColumn;
import dev.tidemark.spi.Grouping.ByPart;
import dev.tidemark.spi.Grouping.DatePart;
import dev.tidemark.spi.Grouping.TimeUnit;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes keys to group by, after checking that the column has the type for it. */
public final class GroupingSql {

    private static final String PATH = "groupBy";
    private static final String BUCKET_PATH = "timeBucket";

    private final SqlColumns columns;

    public GroupingSql(SqlColumns columns) {
        this.columns = columns;
    }

    public Output of(Grouping grouping) {
        return switch (grouping) {
            case ByColumn byColumn -> ofColumn(byColumn);
            case ByBucket byBucket -> ofBucket(byBucket);
            case ByPart byPart -> ofPart(byPart);
        };
    }

    /** Whether a row is in the group with that value. */
    SqlFragment isIn(Grouping grouping, @Nullable Object value) {
        var column = columns.named(grouping.column(), PATH);
        if (value == null) {
            return sql("{} is null", column.expression());
        }
        return switch (grouping) {
            case ByColumn _ -> sql("{} = {}", column.expression(), SqlFragment.value(Values.of(column, value, PATH)));
            case ByBucket bucket -> Buckets.of(bucket).isIn(time(bucket), start(value));
            case ByPart part -> sql("{} = {}", ofPart(part).sql(), part(value));
        };
    }

    /** The column whose values a grouping puts into buckets. */
    public SqlColumn time(ByBucket grouping) {
        return time(grouping.column(), BUCKET_PATH);
    }

    private static Instant start(Object value) {
        return value instanceof Instant start ? start : Instant.parse(value.toString());
    }

    private static SqlFragment part(Object value) {
        return SqlFragment.number(((Number) value).longValue());
    }

    private Output ofColumn(ByColumn grouping) {
        var column = columns.named(grouping.column(), PATH);
        if (!column.isScalar()) {
            throw column.cannotBe("grouped by", "group by a single value", PATH);
        }
        return Output.of(grouping.name(), column.ordered(), column.type().isNumber());
    }

    private Output ofBucket(ByBucket grouping) {
        var column = time(grouping);
        requireWhole(grouping);
        requireDay(column, grouping.unit().compareTo(TimeUnit.DAY) >= 0, BUCKET_PATH);
        var buckets = Buckets.of(grouping);
        return new Output(grouping.name(), buckets.key(column), false, buckets::start);
    }

    private Output ofPart(ByPart grouping) {
        var column = time(grouping.column(), PATH);
        requireDay(column, grouping.part() != DatePart.HOUR_OF_DAY, PATH);
        var local = Buckets.local(column, grouping.zone());
        var part = switch (grouping.part()) {
            case HOUR_OF_DAY -> sql("extract(hour from {})::integer", local);
            case DAY_OF_WEEK -> sql("extract(isodow from {})::integer", local);
            case DAY_OF_MONTH -> sql("extract(day from {})::integer", local);
            case WEEK_OF_YEAR -> sql("extract(week from {})::integer", local);
            case MONTH_OF_YEAR -> sql("extract(month from {})::integer", local);
        };
        return Output.number(grouping.name(), part);
    }

    public SqlColumn time(String name, String path) {
        var column = columns.named(name, path);
        if (!column.type().isTime()) {
            throw column.cannotBe("grouped by time", "only TIMESTAMP and DATE can", path);
        }
        return column;
    }

    private static void requireDay(SqlColumn column, boolean isDay, String path) {
        if (column.type() == ColumnType.DATE && !isDay) {
            throw column.cannotBe("grouped by parts of a day", "group by days or longer", path);
        }
    }

    private static void requireWhole(ByBucket grouping) {
        var next = switch (grouping.unit()) {
            case SECOND, MINUTE -> 60;
            case HOUR -> 24;
            case DAY, WEEK, MONTH, QUARTER, YEAR -> 1;
        };
        if (grouping.every() < 1 || next % grouping.every() != 0) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "Every %d %sS makes no buckets: the number must divide %d."
                            .formatted(grouping.every(), grouping.unit(), next),
                    BUCKET_PATH,
                    "every");
        }
    }
}
