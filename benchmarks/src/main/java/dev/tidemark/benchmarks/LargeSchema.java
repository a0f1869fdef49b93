package dev.tidemark.benchmarks;

import graphql.introspection.IntrospectionQuery;
import java.util.List;

/**
 * What typed fields cost a project of 300 collections of 50 columns: introspection as GraphiQL asks for it, and how long a
 * request waits while the schema is made anew for a column that was added.
 */
final class LargeSchema implements Benchmark {

    private static final double INTROSPECTION_SECONDS = 2;
    private static final double RENEWAL_SECONDS = 0.3;
    private static final String ROW = "{ __type(name: \"Wide_1Row\") { fields { name } } }";

    private int added = 50;

    @Override
    public String name() {
        return "schema";
    }

    @Override
    public List<Row> run(Site site) throws Exception {
        fill(site);
        try (var ask = new Graphql(site)) {
            ask.answer(ROW);
            ask.answer(IntrospectionQuery.INTROSPECTION_QUERY);
            var medians = Rounds.medians(
                    () -> ask.seconds(IntrospectionQuery.INTROSPECTION_QUERY),
                    () -> Figure.of(longestWhileRenewed(site, ask)));
            return List.of(
                    Row.atMost(
                            "introspection of 300 collections of 50 columns",
                            medians.getFirst(),
                            "s",
                            "2 seconds",
                            Figure.of(INTROSPECTION_SECONDS),
                            1),
                    Row.atMost(
                            "the request that makes their schema anew",
                            medians.getLast(),
                            "s",
                            "0.3 seconds",
                            Figure.of(RENEWAL_SECONDS),
                            1));
        }
    }

    /** Only what describes the tables: neither the schema nor its introspection reads them. */
    private static void fill(Site site) throws Exception {
        site.execute("""
            insert into _collection (id, name, label, graphql_name, created_at)
            select 100000 + i, 'wide_' || i, 'wide ' || i, 'wide_' || i, now()
            from generate_series(1, 300) i
            """);
        site.execute("""
            insert into _property (collection_id, column_name, label, graphql_name, type, ordinal, created_at)
            select 100000 + c, 'property_' || p, 'property ' || p, 'property_' || p,
                (array['TEXT', 'LONG', 'DOUBLE', 'BOOLEAN', 'TIMESTAMP'])[p % 5 + 1], p, now()
            from generate_series(1, 300) c, generate_series(1, 50) p
            """);
        announce(site);
    }

    private double longestWhileRenewed(Site site, Graphql ask) throws Exception {
        added++;
        site.execute("""
            insert into _property (collection_id, column_name, label, graphql_name, type, ordinal, created_at)
            values (100001, 'property_%1$d', 'property %1$d', 'property_%1$d', 'TEXT', %1$d, now())
            """.formatted(added));
        announce(site);
        var longest = 0.0;
        for (var isThere = false; !isThere; ) {
            var start = System.nanoTime();
            isThere = ask.answer(ROW).toString().contains("property_" + added);
            longest = Math.max(longest, (System.nanoTime() - start) / 1e9);
        }
        return longest;
    }

    private static void announce(Site site) throws Exception {
        site.execute("update tidemark.project set catalog_version = catalog_version + 1");
    }
}
