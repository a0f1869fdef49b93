package dev.tidemark.spi;

import java.util.Optional;

/** Finds things of one GraphQL type that implements {@code Node}, for the field {@code node(id:)}. It may block. */
@FunctionalInterface
public interface NodeResolver {

    /**
     * Returns the thing as the type's own fields need it; its Java class has the type's simple name. Empty: there is none,
     * or it is not this caller's.
     *
     * @param caller stands in the project that the id names; an administrator where it names none
     * @param local the {@link GlobalId#local() local part} of the id
     */
    Optional<?> find(Caller caller, String local);
}
