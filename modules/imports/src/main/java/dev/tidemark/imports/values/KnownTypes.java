package dev.tidemark.imports.values;

import dev.tidemark.spi.ColumnType;
import java.util.Optional;

/** The types that the properties of collections had before a file came, by the names that are in the file. */
@FunctionalInterface
public interface KnownTypes {

    /** @param collection by the sender's name; there may be none yet */
    Optional<ColumnType> of(String collection, String property);
}
