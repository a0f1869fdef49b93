package dev.tidemark.spi;

import java.util.List;
import java.util.Optional;

/**
 * What people have said about a property, beyond what its values show.
 *
 * @param isDeclared whether its type is a promise: it then never changes by itself, and in a strict collection nothing but
 *     declared properties is stored
 * @param description for whoever asks about it
 * @param deprecation why it should not be used any more; empty: it is in use
 * @param isRequired whether every event has to have it
 * @param values the only texts that it may be; none: any
 * @param isIndexed whether an index makes it quick to find its values
 */
public record Declaration(
        boolean isDeclared,
        Optional<String> description,
        Optional<String> deprecation,
        boolean isRequired,
        List<String> values,
        boolean isIndexed) {

    /** Of a property that came with an event and of which nobody has said anything. */
    public static final Declaration NONE =
            new Declaration(false, Optional.empty(), Optional.empty(), false, List.of(), false);

    public Declaration {
        values = List.copyOf(values);
    }

    public boolean isDeprecated() {
        return deprecation.isPresent();
    }
}
