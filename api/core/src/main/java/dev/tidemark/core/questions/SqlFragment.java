package dev.tidemark.core.questions;

import com.google.errorprone.annotations.CompileTimeConstant;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.SqlName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A piece of SQL with the values of its parameters. The compiler refuses text that is not a constant of the program. */
final class SqlFragment {

    private static final String HOLE = "{}";

    private final String text;
    private final List<Parameter> parameters;

    private SqlFragment(String text, List<Parameter> parameters) {
        this.text = text;
        this.parameters = List.copyOf(parameters);
    }

    /** The text, each {@code {}} of it filled with the next of the parts. */
    static SqlFragment sql(@CompileTimeConstant String text, SqlFragment... parts) {
        return filled(text, List.of(parts).iterator());
    }

    static SqlFragment name(String identifier) {
        return new SqlFragment(SqlName.quoted(identifier), List.of());
    }

    static SqlFragment value(Parameter parameter) {
        return new SqlFragment("?", List.of(parameter));
    }

    static SqlFragment text(String value) {
        return value(new Parameter(ColumnType.TEXT, value));
    }

    static SqlFragment number(long value) {
        return value(new Parameter(ColumnType.LONG, value));
    }

    static SqlFragment type(ColumnType type) {
        return new SqlFragment(type.sql(), List.of());
    }

    /** The place of an output column, from 1, by which {@code group by} and {@code order by} name it. */
    static SqlFragment place(int place) {
        return new SqlFragment(Integer.toString(place), List.of());
    }

    static SqlFragment joined(@CompileTimeConstant String separator, List<SqlFragment> parts) {
        var text = String.join(separator, parts.stream().map(SqlFragment::text).toList());
        return new SqlFragment(
                text, parts.stream().flatMap(part -> part.parameters.stream()).toList());
    }

    String text() {
        return text;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public String toString() {
        return text;
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
