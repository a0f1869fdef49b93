package dev.tidemark.customers;

import dev.tidemark.customers.identity.Belongings;
import dev.tidemark.customers.identity.Facts;
import dev.tidemark.customers.identity.Identities;
import dev.tidemark.customers.identity.IdentityResolvers;
import dev.tidemark.customers.properties.ChangeResolvers;
import dev.tidemark.customers.properties.Changes;
import dev.tidemark.customers.search.Activity;
import dev.tidemark.customers.search.CustomerResolvers;
import dev.tidemark.customers.search.Customers;
import dev.tidemark.customers.search.History;
import dev.tidemark.customers.userstable.CopyJob;
import dev.tidemark.customers.userstable.CopyStore;
import dev.tidemark.customers.userstable.ErasedStore;
import dev.tidemark.customers.userstable.UsersTableResolvers;
import dev.tidemark.customers.userstable.UsersTableStore;
import dev.tidemark.customers.userstable.UsersTables;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.PersonMapping;
import java.time.Duration;
import java.util.List;

/** Knows the people behind events. */
public final class CustomersModule implements AnalyticsModule {

    @Override
    public String name() {
        return "customers";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var questions = context.questions();
        var table = context.propertyTable(Customers.TABLE, Customers.PERSON);
        var copy = context.propertyTable(UsersTables.COPY, Customers.PERSON);
        var copyStore = new CopyStore();
        var erasures = new ErasedStore();
        var usersTables = UsersTables.of(context, copyStore);
        var belongings = new Belongings(table, context.propertyTable("_users_own", "_id"), copy);
        var identities = new Identities(context.databases());
        var facts = new Facts(context, identities, belongings);
        var known = new Customers(questions, table, copy, usersTables);
        var customers = new CustomerResolvers(questions, known, new History(questions), identities, context.clock());
        var people = new IdentityResolvers(identities, facts, context.clock());
        var changes = new Changes(context.databases(), table, identities, belongings);
        var updates = new ChangeResolvers(changes, table, usersTables);
        var copying = new CopyJob(
                context.setting(
                        "copy-every", Duration.ofMinutes(1), "How often the users tables of your own are copied."),
                context.projects(),
                usersTables,
                new UsersTableStore(),
                copy,
                copyStore,
                erasures,
                identities,
                context.json());
        var copies = new UsersTableResolvers(usersTables);
        return Contribution.builder()
                .resolver("Query", "customer", customers::customer)
                .resolver("Query", "customers", customers::customers)
                .resolver("CustomerConnection", CustomerResolvers.TOTAL_COUNT, customers::totalCount)
                .resolver("Person", "customer", customers::ofPerson)
                .resolver("Customer", "ids", people::ids)
                .resolver("Customer", "facts", people::facts)
                .resolver("Customer", "timeline", customers::timeline)
                .resolver(
                        "Customer",
                        "firstSeen",
                        customers.activity(seen -> seen.map(Activity::firstSeen).orElse(null)))
                .resolver(
                        "Customer",
                        "lastSeen",
                        customers.activity(seen -> seen.map(Activity::lastSeen).orElse(null)))
                .resolver(
                        "Customer",
                        "sessions",
                        customers.activity(seen -> seen.map(Activity::sessions).orElse(0L)))
                .resolver("Mutation", "updateCustomers", updates::update)
                .resolver("Mutation", "mergeCustomers", people::merge)
                .resolver("Mutation", "unmergeCustomers", people::unmerge)
                .resolver("Query", "usersTable", copies::usersTable)
                .job(copying)
                .batchLoader(IdentityResolvers.IDS, people.loader())
                .batchLoader(CustomerResolvers.CUSTOMERS, customers.loader())
                .batchLoader(CustomerResolvers.ACTIVITIES, customers.activities())
                .relations(project -> List.of(known.relation(project), facts.relation(project)))
                .personProperties(Customers.NAME)
                .personMapping(new PersonMapping(Identities.TABLE, identities::hasBegun))
                .listener(new CallListener(changes, facts, usersTables, context.metrics()))
                .erasureListener(new Forgetting(facts, usersTables, erasures))
                .build();
    }
}
