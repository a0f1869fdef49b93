package dev.tidemark.customers;

import dev.tidemark.customers.Fact.Kind;
import dev.tidemark.customers.Fact.Said;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.EventListener;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Learns of customers what senders tell by the calls identify, group and alias, which are stored as events. */
final class CallListener implements EventListener {

    private static final String IDENTIFY = "identify";
    private static final String GROUP = "group";
    private static final String ALIAS = "alias";

    /** What senders say about a call, not about the person. */
    private static final String CONTEXT = "context";

    private static final String ONCE = CONTEXT + ".traits_once.";

    private final Changes changes;
    private final Identities identities;

    CallListener(Changes changes, Identities identities) {
        this.changes = changes;
        this.identities = identities;
    }

    @Override
    public Set<String> collections() {
        return Set.of(IDENTIFY, GROUP, ALIAS);
    }

    @Override
    public void stored(Project project, List<StoredEvent> events, Connection transaction) throws SQLException {
        var said = events.stream().flatMap(event -> said(event).stream()).toList();
        var told = events.stream().flatMap(event -> change(event).stream()).toList();
        changes.prepare(project, told);
        if (!said.isEmpty()) {
            identities.begin(project);
            identities.note(project, transaction, said);
        }
        changes.apply(project, transaction, told);
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
        return one.filter(CustomerChange::isId)
                .flatMap(id -> other.filter(CustomerChange::isId)
                        .filter(person -> !person.equals(id))
                        .map(person ->
                                new Said(kind, id, person, stored.event().time().orElse(stored.receivedAt()))));
    }

    private static Optional<CustomerChange> change(StoredEvent stored) {
        var event = stored.event();
        return event.user().or(event::anonymous).filter(CustomerChange::isId).flatMap(id -> switch (stored.collection()
                .name()) {
            case IDENTIFY -> Optional.of(identified(id, event));
            case GROUP -> Optional.of(grouped(id, event));
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
