package dev.tidemark.rollups.asking;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Unites sketches of distinct values in the database, where that has the extension postgresql-hll, whose format is ours. */
final class UnionStore {

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

    private static UnaryOperator<SqlFragment> aggregate(SqlFragment schema) {
        return sketch -> sql("{}.hll_send({}.hll_union_agg({}::{}.hll))", schema, schema, sketch, schema);
    }
}
