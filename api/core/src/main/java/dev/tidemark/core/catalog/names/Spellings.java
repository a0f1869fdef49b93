package dev.tidemark.core.catalog.names;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Remembers what the spellings seen so far mean, since deriving a name costs more than looking it up. */
public final class Spellings<T> {

    /** Senders can spell one name in endless ways. */
    private static final int MOST = 4_096;

    private final Map<String, T> known = new ConcurrentHashMap<>();
    private final Function<String, Optional<T>> meaning;

    public Spellings(Function<String, Optional<T>> meaning) {
        this.meaning = meaning;
    }

    public Optional<T> find(String label) {
        var found = known.get(label);
        if (found != null) {
            return Optional.of(found);
        }
        var meant = meaning.apply(label);
        if (meant.isPresent() && known.size() < MOST) {
            known.put(label, meant.get());
        }
        return meant;
    }
}
