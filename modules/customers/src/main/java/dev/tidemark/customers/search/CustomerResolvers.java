package dev.tidemark.customers.search;

import dev.tidemark.customers.identity.Customer;
import dev.tidemark.customers.identity.Customer.Then;
import dev.tidemark.customers.identity.Identities;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Behaviour;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Page;
import dev.tidemark.spi.Person;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question.Order;
import dev.tidemark.spi.Questions;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dataloader.MappedBatchLoaderWithContext;
import org.jspecify.annotations.Nullable;

/** GraphQL's side of reading customers. */
public final class CustomerResolvers {

    public static final String CUSTOMERS = "customers";
    public static final String ACTIVITIES = "activities";
    public static final String TOTAL_COUNT = "totalCount";

    private static final int MOST_ORDERS = 3;

    private static final List<Order> BY_ID = List.of(new Order(Customers.PERSON, false));

    private final Questions questions;
    private final Customers customers;
    private final History history;
    private final Identities identities;
    private final Clock clock;

    public CustomerResolvers(
            Questions questions, Customers customers, History history, Identities identities, Clock clock) {
        this.questions = questions;
        this.customers = customers;
        this.history = history;
        this.identities = identities;
        this.clock = clock;
    }

    public Optional<Customer> customer(DataFetchingEnvironment environment) {
        var id = Arguments.of(environment).required("id");
        if (!Customer.isId(id)) {
            return Optional.empty();
        }
        var project = project(environment);
        var person = identities.persons(project, List.of(id)).getOrDefault(id, id);
        var known = Optional.ofNullable(customers.find(project, List.of(person)).get(person));
        var asOf = Arguments.of(environment).value("asOf").map(Instant.class::cast);
        if (asOf.isPresent()) {
            return then(project, new Then(asOf.get(), identities.ids(project, id, asOf.get())), known);
        }
        return known.or(
                () -> Optional.ofNullable(activities(project, List.of(person)).get(person))
                        .map(seen -> new Customer(person, Map.of())));
    }

    private Optional<Customer> then(Project project, Then then, Optional<Customer> known) {
        return known.isPresent() || history.activity(project, then).isPresent()
                ? Optional.of(new Customer(
                        then.ids().getFirst(), known.map(Customer::properties).orElse(Map.of()), Optional.of(then)))
                : Optional.empty();
    }

    public Customers.Found customers(DataFetchingEnvironment environment) {
        var arguments = Arguments.of(environment);
        var project = project(environment);
        var where = arguments.object("where");
        var filter = where.map(given -> filter(project, given)).orElse(Filter.ALL);
        var page = Page.of(environment);
        var isDear = where.filter(Behaviour::areAsked).isPresent();
        return isDear && page.after().isEmpty() && environment.getSelectionSet().contains(TOTAL_COUNT)
                ? customers.countedPage(project, filter, order(arguments), page)
                : customers.page(project, filter, order(arguments), page);
    }

    public long totalCount(DataFetchingEnvironment environment) {
        Customers.Found found = Objects.requireNonNull(environment.getSource());
        return found.count().orElseGet(() -> customers.count(project(environment), found.filter()));
    }

    private static List<Order> order(Arguments arguments) {
        var order = arguments.objects("orderBy", MOST_ORDERS).stream()
                .map(by -> new Order(
                        by.required("property"), by.required("direction").equals("DESC")))
                .toList();
        return order.isEmpty() ? BY_ID : order;
    }

    public CompletableFuture<Customer> ofPerson(DataFetchingEnvironment environment) {
        Person person = Objects.requireNonNull(environment.getSource());
        return Objects.requireNonNull(environment.<String, Customer>getDataLoader(CUSTOMERS))
                .load(person.id());
    }

    public Optional<Object> timeline(DataFetchingEnvironment environment) {
        var where =
                Arguments.of(environment).object("where").map(questions::filter).orElse(Filter.ALL);
        var project = project(environment);
        var customer = source(environment);
        return customer.then().isPresent()
                ? history.timeline(project, customer.then().get(), where, Page.of(environment))
                : history.timeline(project, ids(project, List.of(customer.id())), where, Page.of(environment));
    }

    /** A field that is answered by when someone was there. */
    public DataFetcher<CompletableFuture<@Nullable Object>> activity(
            Function<Optional<Activity>, @Nullable Object> field) {
        return environment -> {
            var customer = source(environment);
            return customer.then()
                    .map(then -> CompletableFuture.completedFuture(history.activity(project(environment), then)))
                    .orElseGet(() -> Objects.requireNonNull(
                                    environment.<String, Optional<Activity>>getDataLoader(ACTIVITIES))
                            .load(customer.id()))
                    .thenApply(field);
        };
    }

    public MappedBatchLoaderWithContext<String, Customer> loader() {
        return (ids, environment) -> {
            var found = customers.find(Caller.of(environment).project(), ids);
            return CompletableFuture.completedFuture(
                    ids.stream().collect(Collectors.toMap(id -> id, id -> Customers.customer(found, id))));
        };
    }

    public MappedBatchLoaderWithContext<String, Optional<Activity>> activities() {
        return (ids, environment) -> {
            var found = activities(Caller.of(environment).project(), ids);
            return CompletableFuture.completedFuture(
                    ids.stream().collect(Collectors.toMap(id -> id, id -> Optional.ofNullable(found.get(id)))));
        };
    }

    private Map<String, Activity> activities(Project project, Collection<String> persons) {
        return history.activities(project, ids(project, persons));
    }

    private List<String> ids(Project project, Collection<String> persons) {
        return identities.ids(project, persons).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    private Filter filter(Project project, Arguments where) {
        var known = where.object("properties").map(questions::filter).orElse(Filter.ALL);
        var filters = new ArrayList<>(List.of(known));
        try {
            filters.addAll(Behaviour.filters(where, Customers.NAME, known, questions, project, clock.instant()));
        } catch (CallerException e) {
            throw e.within("where");
        }
        return new Filter.And(filters);
    }

    private static Project project(DataFetchingEnvironment environment) {
        return Caller.of(environment).project();
    }

    private static Customer source(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.getSource());
    }
}
