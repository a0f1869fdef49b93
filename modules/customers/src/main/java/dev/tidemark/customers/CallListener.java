package dev.tidemark.customers;

import dev.tidemark.customers.identity.Customer;
import dev.tidemark.customers.identity.Fact.Kind;
import dev.tidemark.customers.identity.Fact.Said;
import dev.tidemark.customers.identity.Facts;
import dev.tidemark.customers.properties.Changes;
import dev.tidemark.customers.properties.CustomerChange;
import dev.tidemark.customers.userstable.UsersTables;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.EventListener;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.StoredEvent;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns of customers what senders tell by the calls identify, group and alias, which are stored as events. */
final class CallListener implements EventListener {

    private static final String IDENTIFY = "identify";
    private static final String GROUP = "group";
    private static final String ALIAS = "alias";

    /** What senders say about a call, not about the person. */
    private static final String CONTEXT = "context";

    private static final String ONCE = CONTEXT + ".traits_once.";

    /** Of a kind of group: it becomes part of a name, and names are read that have as many. */
    private static final int LONGEST_KIND = 200;

    private static final Logger LOG = LoggerFactory.getLogger(CallListener.class);

    private final Changes changes;
    private final Facts facts;
    private final UsersTables usersTables;
    private final Counter ignored;

    /** @param metrics where what is ignored is counted */
    CallListener(Changes changes, Facts facts, UsersTables usersTables, MeterRegistry metrics) {
        this.changes = changes;
        this.facts = facts;
        this.usersTables = usersTables;
        this.ignored = metrics.getOrCreate(Counter.builder("customers_calls_ignored")
                .description(
                        "Calls identify, group and alias of which nothing was taken: no customer has such an id, or one"
                                + " would have too many properties."));
    }

    @Override
    public Set<String> collections() {
        return Set.of(IDENTIFY, GROUP, ALIAS);
    }

    @Override
    public void stored(Project project, List<StoredEvent> events, Connection transaction) throws SQLException {
        var said = events.stream().flatMap(event -> said(event).stream()).toList();
        var told = usersTables.of(project).isPresent()
                ? List.<CustomerChange>of()
                : events.stream().flatMap(event -> change(event).stream()).toList();
        changes.prepare(project, told);
        if (!said.isEmpty()) {
            facts.begin(project);
            var isNoted = facts.note(project, transaction, said);
            report(project, isNoted ? 0 : said.size(), "too much is known of those who would be one customer");
        }
        var refused = changes.apply(project, transaction, told);
        report(
                project,
                events.stream().filter(CallListener::isNobodys).count(),
                "their ids are blank, hold a null character or are longer than 500 characters");
        report(
                project,
                events.stream().filter(CallListener::isOfNoKind).count(),
                "their groupType is longer than " + LONGEST_KIND + " characters");
        refused.stream()
                .findFirst()
                .ifPresent(
                        first -> report(project, refused.size(), first.reason().sentence()));
    }

    /** Senders were answered long before, so it is the operator who is told; the event itself is stored. */
    private void report(Project project, long calls, String reason) {
        if (calls == 0) {
            return;
        }
        ignored.increment(calls);
        LOG.warn("{} calls told nothing of customers of project {}: {}", calls, project.slug(), reason);
    }

    /** Whether it names someone whom no customer can be. */
    private static boolean isNobodys(StoredEvent stored) {
        var event = stored.event();
        var ids = Stream.of(event.user(), event.anonymous(), event.text("previousId"))
                .flatMap(Optional::stream);
        return !ids.allMatch(Customer::isId);
    }

    /** Whether it names a kind of group that cannot be part of a property's name. */
    private static boolean isOfNoKind(StoredEvent stored) {
        return stored.collection().name().equals(GROUP)
                && stored.event()
                        .text("groupType")
                        .filter(kind -> kind.length() > LONGEST_KIND)
                        .isPresent();
    }

    private static Optional<Said> said(StoredEvent stored) {
        var event = stored.event();
        return switch (stored.collection().name()) {
            case IDENTIFY -> said(Kind.IDENTIFY, event.anonymous(), event.user(), stored);
            case ALIAS ->
                said(Kind.ALIAS, event.text("previousId"), event.user().or(event::anonymous), stored);
            default -> Optional.empty();
        };
    }

    private static Optional<Said> said(Kind kind, Optional<String> one, Optional<String> other, StoredEvent stored) {
        return one.filter(Customer::isId)
                .flatMap(id -> other.filter(Customer::isId)
                        .filter(person -> !person.equals(id))
                        .map(person ->
                                new Said(kind, id, person, stored.event().time().orElse(stored.receivedAt()))));
    }

    private static Optional<CustomerChange> change(StoredEvent stored) {
        var event = stored.event();
        return event.user().or(event::anonymous).filter(Customer::isId).flatMap(id -> switch (stored.collection()
                .name()) {
            case IDENTIFY -> Optional.of(identified(id, event));
            case GROUP -> isOfNoKind(stored) ? Optional.empty() : Optional.of(grouped(id, event));
            default -> Optional.empty();
        });
    }

    private static CustomerChange identified(String id, Event event) {
        var set = new LinkedHashMap<String, Object>();
        var once = new LinkedHashMap<String, Object>();
        event.properties().forEach((label, value) -> {
            if (value == null) {
                return;
            }
            if (label.startsWith(ONCE)) {
                once.put(label.substring(ONCE.length()), value);
            } else if (!label.equals(CONTEXT) && !label.startsWith(CONTEXT + ".")) {
                set.put(label, value);
            }
        });
        return new CustomerChange(id, set, once, Map.of(), Map.of(), List.of());
    }

    /** A customer is in one group of each kind. */
    private static CustomerChange grouped(String id, Event event) {
        var kind = event.text("groupType").map(type -> GROUP + "." + type).orElse(GROUP);
        Map<String, Object> set = new LinkedHashMap<>();
        event.text("groupId").ifPresent(group -> set.put(kind, group));
        return new CustomerChange(id, set, Map.of(), Map.of(), Map.of(), List.of());
    }
}
