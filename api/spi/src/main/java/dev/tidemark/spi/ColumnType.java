package dev.tidemark.spi;

/** The types that a column of events can have. */
public enum ColumnType {
    BOOLEAN("boolean"),
    LONG("bigint"),
    DOUBLE("double precision"),
    NUMERIC("numeric"),
    TEXT("text"),
    TIMESTAMP("timestamptz"),
    DATE("date"),
    JSON("jsonb"),
    BOOLEAN_LIST("boolean[]"),
    LONG_LIST("bigint[]"),
    DOUBLE_LIST("double precision[]"),
    NUMERIC_LIST("numeric[]"),
    TEXT_LIST("text[]"),
    TIMESTAMP_LIST("timestamptz[]"),
    DATE_LIST("date[]");

    private final String sql;

    ColumnType(String sql) {
        this.sql = sql;
    }

    /** Its name in PostgreSQL. */
    public String sql() {
        return sql;
    }

    public boolean isNumber() {
        return this == LONG || this == DOUBLE || this == NUMERIC;
    }

    public boolean isTime() {
        return this == TIMESTAMP || this == DATE;
    }

    public boolean isList() {
        return sql.endsWith("[]");
    }

    /** The type of the elements of a list; any other type as it is. */
    public ColumnType element() {
        return isList() ? valueOf(name().substring(0, name().length() - "_LIST".length())) : this;
    }
}
