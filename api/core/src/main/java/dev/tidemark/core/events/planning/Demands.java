package dev.tidemark.core.events.planning;

import dev.tidemark.core.catalog.names.Flattening;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.catalog.types.Fit;
import dev.tidemark.core.catalog.types.Types;
import dev.tidemark.core.events.admission.Admitted;
import dev.tidemark.core.events.admission.Pointers;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Refusal;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a collection demands of an event before it is stored: that it is not too old, and, when strict, that it fits. */
record Demands(Columns columns) {

    static Optional<Demands> of(Columns columns) {
        var terms = columns.terms();
        return terms.isStrict() || terms.keep().isPresent() ? Optional.of(new Demands(columns)) : Optional.empty();
    }

    static Refusal missing(String property) {
        return new Refusal(
                "missing_property",
                "/properties" + Pointers.to(property, Map.of()),
                "The event has no \"" + property + "\", which its collection requires.");
    }

    /**
     * Why the event becomes a dead letter; empty: it does not.
     *
     * @param undeclared the names of properties that modules add, which nobody has to declare
     */
    Optional<Refusal> refusal(Admitted.Accepted accepted, Origin origin, Set<String> undeclared) {
        var isTooOld = columns.terms()
                .keep()
                .filter(keep -> accepted.time().isBefore(origin.receivedAt().minus(keep)))
                .isPresent();
        if (isTooOld) {
            return Optional.of(new Refusal(
                    "older_than_kept", "/time", "The event is older than the events that its collection keeps."));
        }
        return columns.terms().isStrict() ? new Check(accepted, undeclared).refusal() : Optional.empty();
    }

    /** Goes through the properties of one event. */
    private final class Check implements BiConsumer<String, Object> {

        private final Map<String, @Nullable Object> properties;
        private final Set<String> added;
        private final Set<String> undeclared;
        private final Set<String> seen = new HashSet<>();
        private @Nullable Refusal refusal;

        Check(Admitted.Accepted accepted, Set<String> undeclared) {
            this.properties = accepted.event().properties();
            this.added = accepted.added();
            this.undeclared = undeclared;
        }

        Optional<Refusal> refusal() {
            Flattening.each(properties, this::isWhole, this);
            return refusal == null ? missing() : Optional.of(refusal);
        }

        @Override
        public void accept(String label, Object value) {
            if (refusal != null) {
                return;
            }
            var property = declared(label);
            if (property.isEmpty()) {
                refuseUnlessOfModule(label);
            } else if (!seen.add(property.get().column())) {
                refuse(label, "same_property", "Another property of this event has the same column.");
            } else if (!added.contains(label)) {
                // of what a module added and does not fit, no sender is guilty: it goes to _extra with a warning
                check(label, property.get(), value);
            }
        }

        private void refuseUnlessOfModule(String label) {
            if (!undeclared.contains(label)) {
                refuse(
                        label,
                        "unknown_property",
                        "The collection is strict and has no such property declared: declare it, or leave it out.");
            }
        }

        private void check(String label, Property property, Object value) {
            switch (Types.fit(property.type(), value)) {
                case Fit.Fits(var fitting) -> {
                    var guard = ValueGuard.of(property);
                    var problem = guard == null ? Optional.<Refusal>empty() : guard.refusal(fitting);
                    problem.ifPresent(found -> refuse(label, found.code(), found.message()));
                }
                case Fit.Widens widens -> refuse(label, "does_not_fit", "The property holds whole numbers.");
                case Fit.Misfit misfit -> refuse(label, "does_not_fit", misfit.reason());
            }
        }

        private Optional<Refusal> missing() {
            return columns.collection().properties().stream()
                    .filter(property -> property.declaration().isRequired() && !seen.contains(property.column()))
                    .findFirst()
                    .map(property -> Demands.missing(property.label()));
        }

        private boolean isWhole(String label) {
            return declared(label)
                    .filter(property -> property.type() == ColumnType.JSON)
                    .isPresent();
        }

        private Optional<Property> declared(String label) {
            return columns.byLabel(label)
                    .filter(property -> property.declaration().isDeclared());
        }

        private void refuse(String label, String code, String message) {
            refusal = new Refusal(code, "/properties" + Pointers.to(label, properties), message);
        }
    }
}
