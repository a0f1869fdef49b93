package dev.tidemark.customers.properties;

import dev.tidemark.customers.userstable.UsersTables;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.PropertyTable;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.List;

/** GraphQL's way to change customers' properties. */
public final class ChangeResolvers {

    private static final String CUSTOMERS = "customers";
    private static final int MOST_CHANGES = 20_000;

    private final Changes changes;
    private final PropertyTable table;
    private final UsersTables usersTables;

    public ChangeResolvers(Changes changes, PropertyTable table, UsersTables usersTables) {
        this.changes = changes;
        this.table = table;
        this.usersTables = usersTables;
    }

    public Payload update(DataFetchingEnvironment environment) {
        usersTables.requireNone(Caller.of(environment).project());
        var inputs = Arguments.of(environment).object("input").orElseThrow().objects(CUSTOMERS, MOST_CHANGES);
        var errors = new ArrayList<UserError>();
        var readable = new ArrayList<CustomerChange>();
        var places = new ArrayList<Integer>();
        for (int i = 0; i < inputs.size(); i++) {
            try {
                readable.add(CustomerChange.of(inputs.get(i), table));
                places.add(i);
            } catch (CallerException e) {
                errors.add(UserError.of(i, e));
            }
        }
        changes.apply(Caller.of(environment).project(), readable)
                .forEach(refused -> errors.add(UserError.of(places.get(refused.place()), refused.reason())));
        return new Payload(inputs.size() - errors.size(), errors);
    }

    public record Payload(int updated, List<UserError> userErrors) {}

    public record UserError(String message, ErrorCode code, List<String> path) {
        static UserError of(int place, CallerException reason) {
            var placed = reason.within(CUSTOMERS, Integer.toString(place));
            return new UserError(placed.sentence(), placed.code(), placed.path());
        }
    }
}
