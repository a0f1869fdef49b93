package dev.tidemark.core.events.planning;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.Refusal;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the texts of a property have to meet.
 *
 * @param values the only ones that it may be; none: any
 * @param isIndexed whether they must fit an index
 */
record ValueGuard(Set<String> values, boolean isIndexed) {

    /** An index takes 2,704 bytes, and a character has up to four. */
    private static final int LONGEST_INDEXED = 650;

    /** Null: there is nothing to meet. */
    static @Nullable ValueGuard of(Property property) {
        var declaration = property.declaration();
        var isGuarded = property.type() == ColumnType.TEXT
                && (declaration.isIndexed() || !declaration.values().isEmpty());
        return isGuarded ? new ValueGuard(Set.copyOf(declaration.values()), declaration.isIndexed()) : null;
    }

    /** Why the value cannot be stored, without its place; empty: it can. */
    Optional<Refusal> refusal(Object value) {
        if (!values.isEmpty() && !values.contains(value)) {
            return Optional.of(new Refusal(
                    "value_not_allowed", "", "The value is none of those that the property was declared with."));
        }
        return isIndexed && ((String) value).length() > LONGEST_INDEXED
                ? Optional.of(new Refusal(
                        "too_long_for_index",
                        "",
                        "The property has an index, which takes texts of " + LONGEST_INDEXED + " characters."))
                : Optional.empty();
    }
}
