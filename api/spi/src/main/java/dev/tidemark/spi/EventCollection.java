package dev.tidemark.spi;

import java.util.List;
import java.util.Optional;

/**
 * A kind of event: a table whose columns are its properties.
 *
 * @param name the table's name
 * @param label the name that the sender used first
 * @param graphqlName the name of its typed fields
 * @param description for whoever asks about it
 * @param properties in the order of their arrival, without the reserved columns
 */
public record EventCollection(
        String name, String label, String graphqlName, Optional<String> description, List<Property> properties) {

    /** The column with an event's id: a bigint, unique in its project. */
    public static final String ID = "_id";

    /** The column with the time at which an event happened. */
    public static final String TIME = "_time";

    /**
     * The column with the person behind an event: whose id the user is, or else the anonymous id, by the {@link
     * PersonMapping}; null when there is neither. To an {@link EventTest} everyone is a person of their own.
     */
    public static final String PERSON = "_person";

    /**
     * What the names begin with by which questions about events name what is known of the person behind one: {@code
     * _person.plan}, by {@link Contribution#personProperties}.
     */
    public static final String OF_PERSON = "_person.";

    public EventCollection {
        properties = List.copyOf(properties);
    }

    /** One that nobody has described. */
    public EventCollection(String name, String label, String graphqlName, List<Property> properties) {
        this(name, label, graphqlName, Optional.empty(), properties);
    }

    /** The property with that column name or label. */
    public Optional<Property> property(String nameOrLabel) {
        return properties.stream()
                .filter(property -> property.column().equals(nameOrLabel)
                        || property.label().equals(nameOrLabel))
                .findFirst();
    }

    /**
     * One property of the events of a collection.
     *
     * @param column the column's name
     * @param label the name that people see: the one that the sender used first, or what it was renamed to
     * @param graphqlName the name of its typed fields
     */
    public record Property(String column, String label, String graphqlName, ColumnType type, Declaration declaration) {

        /** One that nobody has declared. */
        public Property(String column, String label, String graphqlName, ColumnType type) {
            this(column, label, graphqlName, type, Declaration.NONE);
        }

        public Property as(ColumnType otherType) {
            return new Property(column, label, graphqlName, otherType, declaration);
        }

        public Property declared(Declaration other) {
            return new Property(column, label, graphqlName, type, other);
        }
    }
}
