package dev.tidemark.customers.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that was said of who is who: {@code one} is an id of the person {@code other}.
 *
 * @param id in the order in which facts came
 * @param takenBackAt empty: it holds
 * @param isEffective whether it joins two people who were not one before
 */
public record Fact(
        long id,
        Kind kind,
        String one,
        String other,
        Instant saidAt,
        Optional<Instant> takenBackAt,
        boolean isEffective) {

    /** The two ids. */
    Stream<String> ends() {
        return Stream.of(one, other);
    }

    /** The same, once it is known what it does. */
    Fact effective(boolean effective) {
        return new Fact(id, kind, one, other, saidAt, takenBackAt, effective);
    }

    /** The same before it was taken back, if that was later. */
    Fact asOf(Instant moment) {
        return new Fact(id, kind, one, other, saidAt, takenBackAt.filter(at -> !at.isAfter(moment)), isEffective);
    }

    public enum Kind {
        /** A visitor turned out to be someone known: counts unless the visitor is somebody already. */
        IDENTIFY,
        /** A sender says that two ids are one person. */
        ALIAS,
        /** Someone decided that two are one person. */
        MERGE
    }

    /** What is to be noted. */
    public record Said(Kind kind, String one, String other, Instant at) {}
}
