package dev.tidemark.benchmarks;

/** Customers, each with three visits within the last month on average: the first tenth of them have half of all. */
final class Shoppers {

    static final int COUNT = Integer.getInteger("customers", 1_000_000);

    private static final int VISITS_EACH = 3;

    private Shoppers() {}

    /** Makes them, unless they are there. The first comes as a user's does, which makes the tables and their columns. */
    static void fill(Site site) throws Exception {
        if (!site.psql("select to_regclass('shopping')").isEmpty()) {
            return;
        }
        try (var graphql = new Graphql(site)) {
            graphql.answer("""
                    mutation {
                      updateCustomers(input: {customers: {id: "u0", set: {plan: "pro", age: 90, city: "city 0"}}}) { updated }
                      collect(input: {events: {collection: "shopping", user: "u0", properties: {page: "/0"}}}) { stored }
                    }
                    """);
        }
        site.execute("""
                insert into _users (_person, plan, age, city)
                select 'u' || n, case when random() < 0.1 then 'pro' else 'free' end, 18 + n %% 80, 'city ' || n %% 1000
                from generate_series(1, %d - 1) as n
                """.formatted(COUNT));
        site.execute("""
                insert into shopping (_id, _time, _received_at, _user, page)
                select
                    n,
                    _time + n * interval '1 microsecond',
                    _received_at,
                    'u' || (%1$d * case when random() < 0.5 then random() * 0.1 else random() end)::int %% %1$d,
                    '/' || n %% 1000
                from shopping, generate_series(1000000, 1000000 + %1$d * %2$d) as n
                """.formatted(COUNT, VISITS_EACH));
        site.execute("vacuum analyze _users");
        site.execute("vacuum analyze shopping");
    }
}
