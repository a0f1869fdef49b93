package dev.tidemark.customers.identity;

import dev.tidemark.customers.identity.Fact.Kind;
import dev.tidemark.customers.identity.Fact.Said;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import graphql.schema.DataFetchingEnvironment;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.dataloader.MappedBatchLoaderWithContext;

/** GraphQL's way to see, say and take back who is who. */
public final class IdentityResolvers {

    public static final String IDS = "ids";

    private final Identities identities;
    private final Facts facts;
    private final Clock clock;

    public IdentityResolvers(Identities identities, Facts facts, Clock clock) {
        this.identities = identities;
        this.facts = facts;
        this.clock = clock;
    }

    public CompletableFuture<List<String>> ids(DataFetchingEnvironment environment) {
        Customer customer = Objects.requireNonNull(environment.getSource());
        return customer.then()
                .map(then -> CompletableFuture.completedFuture(then.ids()))
                .orElseGet(() -> Objects.requireNonNull(environment.<String, List<String>>getDataLoader(IDS))
                        .load(customer.id()));
    }

    public MappedBatchLoaderWithContext<String, List<String>> loader() {
        return (persons, environment) -> CompletableFuture.completedFuture(
                identities.ids(Caller.of(environment).project(), persons));
    }

    public List<Fact> facts(DataFetchingEnvironment environment) {
        Customer customer = Objects.requireNonNull(environment.getSource());
        var project = Caller.of(environment).project();
        if (customer.then().isPresent()) {
            var then = customer.then().get();
            return facts.about(project, then.ids(), then.asOf());
        }
        var persons = List.of(customer.id());
        return facts.about(project, identities.ids(project, persons).getOrDefault(customer.id(), persons));
    }

    public Noted merge(DataFetchingEnvironment environment) {
        var input = Arguments.of(environment).object("input").orElseThrow();
        var from = Customer.id(input.required("from"), "from");
        var into = Customer.id(input.required("into"), "into");
        if (from.equals(into)) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, "These are one already.", "from");
        }
        return new Noted(facts.decide(Caller.of(environment), new Said(Kind.MERGE, from, into, clock.instant())));
    }

    public Noted unmerge(DataFetchingEnvironment environment) {
        var number = Arguments.of(environment).object("input").orElseThrow().required("fact");
        return new Noted(fact(number)
                .flatMap(fact -> facts.takeBack(Caller.of(environment), fact))
                .orElseThrow(() ->
                        new CallerException(ErrorCode.NOT_FOUND, "There is no fact of that id that holds.", "fact")));
    }

    private static Optional<Long> fact(String text) {
        return text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    public record Noted(Fact fact) {}
}
