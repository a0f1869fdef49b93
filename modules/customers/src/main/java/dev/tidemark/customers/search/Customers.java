package dev.tidemark.customers.search;

import dev.tidemark.customers.identity.Customer;
import dev.tidemark.customers.userstable.UsersTables;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Connection;
import dev.tidemark.spi.Connection.Edge;
import dev.tidemark.spi.Connection.PageInfo;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.Page;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.PropertyTable;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Question.Order;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation;
import dev.tidemark.spi.Relation.Column;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds customers in {@code _users}, or in the copy of the users table that stands in for it. */
public final class Customers {

    public static final String TABLE = "_users";
    public static final String PERSON = EventCollection.PERSON;

    public static final String NAME = "customers";
    private static final String CREATED_AT = "_created_at";
    private static final String EXTRA = "_extra";

    private final Questions questions;
    private final PropertyTable table;
    private final PropertyTable copy;
    private final UsersTables usersTables;

    public Customers(Questions questions, PropertyTable table, PropertyTable copy, UsersTables usersTables) {
        this.questions = questions;
        this.table = table;
        this.copy = copy;
        this.usersTables = usersTables;
    }

    /**
     * A page of customers.
     *
     * @param filter which there are on all pages
     * @param count how many; empty: that was not found together with the page
     */
    public record Found(Connection<Customer> page, Filter filter, OptionalLong count) {
        public List<Edge<Customer>> edges() {
            return page.edges();
        }

        public List<Customer> nodes() {
            return page.nodes();
        }

        public PageInfo pageInfo() {
            return page.pageInfo();
        }
    }

    /** Those of whom something is known, by their ids. */
    Map<String, Customer> find(Project project, Collection<String> ids) {
        var properties = properties(project);
        var question = new Question.Rows(
                List.of(NAME),
                columns(properties),
                new Filter.In(PERSON, List.copyOf(ids)),
                List.of(),
                Math.max(1, ids.size()),
                Optional.empty());
        var found = new LinkedHashMap<String, Customer>();
        for (var row : relation(project, properties).answer(question).rows()) {
            var customer = customer(properties, row);
            found.put(customer.id(), customer);
        }
        return found;
    }

    Found page(Project project, Filter filter, List<Order> order, Page page) {
        var properties = properties(project);
        var found = questions.page(
                relation(project, properties),
                columns(properties),
                filter,
                order,
                page,
                rows -> rows.stream().map(row -> customer(properties, row)).toList());
        return new Found(found, filter, OptionalLong.empty());
    }

    /** The first page, and how many customers there are, in one go: where the filter is dear. */
    Found countedPage(Project project, Filter filter, List<Order> order, Page page) {
        var counted = questions.page(
                relation(project), List.of(PERSON, Question.Rows.COUNT), filter, order, page, Customers::counted);
        var ids = counted.nodes().stream().map(Counted::id).toList();
        var found = find(project, ids);
        var edges = counted.edges().stream()
                .map(edge ->
                        new Edge<>(edge.cursor(), customer(found, edge.node().id())))
                .toList();
        return new Found(
                new Connection<>(edges, counted.pageInfo()),
                filter,
                OptionalLong.of(counted.nodes().stream()
                        .mapToLong(Counted::count)
                        .findFirst()
                        .orElse(0)));
    }

    /** @param count of all, of whom this is one */
    private record Counted(String id, long count) {}

    private static List<Counted> counted(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .map(row -> new Counted(
                        (String) Objects.requireNonNull(row.getFirst()), (Long) Objects.requireNonNull(row.get(1))))
                .toList();
    }

    /** Everyone is a customer, though nothing may be known of them, or no more. */
    static Customer customer(Map<String, Customer> found, String id) {
        return found.getOrDefault(id, new Customer(id, Map.of()));
    }

    long count(Project project, Filter filter) {
        var question = Aggregate.of(List.of(NAME), filter, List.of(new Measure.Count("count")));
        var row = relation(project, properties(project)).answer(question).rows().getFirst();
        return (Long) Objects.requireNonNull(row.getFirst());
    }

    public Relation relation(Project project) {
        return relation(project, properties(project));
    }

    private Relation relation(Project project, List<Property> properties) {
        var reserved = Stream.of(
                new Column(PERSON, PERSON, ColumnType.TEXT),
                new Column(CREATED_AT, CREATED_AT, ColumnType.TIMESTAMP),
                new Column(EXTRA, EXTRA, ColumnType.JSON));
        var own = properties.stream()
                .map(property ->
                        new Column(property.column(), property.label(), property.type(), property.declaration()));
        var columns = Stream.concat(reserved, own).toList();
        return isCopied(project)
                ? questions.table(
                        project,
                        NAME,
                        UsersTables.COPY,
                        columns,
                        List.of(PERSON),
                        () -> usersTables.requireFresh(project))
                : questions.table(project, NAME, TABLE, columns, List.of(PERSON));
    }

    private List<Property> properties(Project project) {
        return isCopied(project) ? copy.properties(project) : table.properties(project);
    }

    private boolean isCopied(Project project) {
        return usersTables.of(project).isPresent();
    }

    private static List<String> columns(List<Property> properties) {
        return Stream.concat(Stream.of(PERSON, EXTRA), properties.stream().map(Property::column))
                .toList();
    }

    private static Customer customer(List<Property> properties, List<@Nullable Object> row) {
        var values = new LinkedHashMap<String, Object>();
        for (int i = 0; i < properties.size(); i++) {
            var value = row.get(i + 2);
            if (value != null) {
                values.put(properties.get(i).label(), value);
            }
        }
        if (row.get(1) instanceof Map<?, ?> extra) {
            extra.forEach((label, value) -> values.putIfAbsent(label.toString(), value));
        }
        return new Customer((String) Objects.requireNonNull(row.getFirst()), values);
    }
}
