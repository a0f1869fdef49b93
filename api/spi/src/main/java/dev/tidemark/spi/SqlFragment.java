package dev.tidemark.spi;

import com.google.errorprone.annotations.CompileTimeConstant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A piece of SQL with the values of its parameters. Its text is a constant of the program (Error Prone refuses any other), a
 * name is quoted, a value is a parameter, and there is no fourth way to make one.
 */
public final class SqlFragment {

    private static final String HOLE = "{}";

    private final String text;
    private final List<Parameter> parameters;

    private SqlFragment(String text, List<Parameter> parameters) {
        this.text = text;
        this.parameters = List.copyOf(parameters);
    }

    /**
     * A value that goes to PostgreSQL beside a statement.
     *
     * @param type its type, or that of its elements
     * @param value a Boolean, Long, Double, BigDecimal, String, Instant or LocalDate, JSON as a String, or a List of one of
     *     these for an array
     */
    public record Parameter(ColumnType type, Object value) {}

    /** The text, each {@code {}} of it filled with the next of the parts. */
    public static SqlFragment sql(@CompileTimeConstant String text, SqlFragment... parts) {
        return filled(text, List.of(parts).iterator());
    }

    public static SqlFragment name(String identifier) {
        return new SqlFragment(SqlName.quoted(identifier), List.of());
    }

    public static SqlFragment value(Parameter parameter) {
        return new SqlFragment("?", List.of(parameter));
    }

    public static SqlFragment text(String value) {
        return value(new Parameter(ColumnType.TEXT, value));
    }

    public static SqlFragment number(long value) {
        return value(new Parameter(ColumnType.LONG, value));
    }

    public static SqlFragment type(ColumnType type) {
        return new SqlFragment(type.sql(), List.of());
    }

    /** A moment as the clock of a zone shows it, a {@code timestamp}. */
    public static SqlFragment local(SqlFragment moment, ZoneId zone) {
        return zone.normalized() instanceof ZoneOffset offset
                // by far the quickest: a name is looked up for every row
                ? sql("({} at time zone make_interval(secs => {}::integer))", moment, number(offset.getTotalSeconds()))
                : sql("({} at time zone {})", moment, zone(zone));
    }

    /** The zone's name as PostgreSQL has it: an offset alone would be read with the opposite sign, as POSIX has it. */
    public static SqlFragment zone(ZoneId zone) {
        return text(zone.normalized() instanceof ZoneOffset offset ? posix(offset) : zone.getId());
    }

    /** The place of an output column, from 1, by which {@code group by} and {@code order by} name it. */
    public static SqlFragment place(int place) {
        return new SqlFragment(Integer.toString(place), List.of());
    }

    public static SqlFragment joined(@CompileTimeConstant String separator, List<SqlFragment> parts) {
        var text = String.join(separator, parts.stream().map(SqlFragment::text).toList());
        return new SqlFragment(
                text, parts.stream().flatMap(part -> part.parameters.stream()).toList());
    }

    /** The statement, with a {@code ?} for each parameter. */
    public String text() {
        return text;
    }

    /** In the order of their places. */
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public String toString() {
        return text;
    }

    private static String posix(ZoneOffset offset) {
        var west = -offset.getTotalSeconds();
        var size = Math.abs(west);
        return "<X>%s%d:%02d:%02d".formatted(west < 0 ? "-" : "+", size / 3600, size / 60 % 60, size % 60);
    }

    private static SqlFragment filled(String text, Iterator<SqlFragment> parts) {
        var sql = new StringBuilder();
        var parameters = new ArrayList<Parameter>();
        int from = 0;
        for (int hole = text.indexOf(HOLE); hole >= 0; hole = text.indexOf(HOLE, from)) {
            var part = parts.next();
            sql.append(text, from, hole).append(part.text);
            parameters.addAll(part.parameters);
            from = hole + HOLE.length();
        }
        if (parts.hasNext()) {
            throw new IllegalArgumentException("More parts than places in: " + text);
        }
        return new SqlFragment(sql.append(text, from, text.length()).toString(), parameters);
    }
}
