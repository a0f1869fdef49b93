package dev.tidemark.spi;

/** The one way by which a name gets into a statement. Values never do: they are parameters. */
public final class SqlName {

    private SqlName() {}

    /** The name as a quoted identifier, whatever characters it has. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
