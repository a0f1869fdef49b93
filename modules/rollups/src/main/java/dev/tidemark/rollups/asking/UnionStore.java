package dev.tidemark.rollups.asking;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Unites sketches of distinct values in the database, where that has the extension postgresql-hll, whose format is ours. */
final class UnionStore {

    /** Of an unknown function, type and schema. */
    private static final Set<String> UNKNOWN = Set.of("42883", "42704", "3F000");

    private UnionStore() {}

    /** The aggregate of many sketches; empty: the database has none. It is looked for each time, since it may come and go. */
    static Optional<UnaryOperator<SqlFragment>> find(Snapshot snapshot) {
        return snapshot.frequent().rows(sql("""
                        select nspname::text
                        from pg_extension
                        join pg_namespace on pg_namespace.oid = extnamespace
                        where extname = 'hll'\
                        """)).stream()
                .map(row -> aggregate(SqlFragment.name(String.valueOf(row.getFirst()))))
                .findFirst();
    }

    /** Whether a statement failed since the extension, or a part of it, went away after it had been found. */
    static boolean isGone(DatabaseException failure) {
        return UNKNOWN.contains(failure.sqlState());
    }

    private static UnaryOperator<SqlFragment> aggregate(SqlFragment schema) {
        return sketch -> sql("{}.hll_send({}.hll_union_agg({}::{}.hll))", schema, schema, sketch, schema);
    }
}
