package dev.tidemark.core.questions.relations;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.questions.sql.SqlColumns;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.Relation.Column;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The columns of a collection: the reserved ones, the person behind the event, and the senders' properties. What starts with
 * an underscore is ours: no property's column does, so a sender can neither hide nor imitate a reserved column.
 */
public final class CollectionColumns {

    public static final String ID = EventCollection.ID;
    public static final String TIME = EventCollection.TIME;
    public static final String RECEIVED_AT = "_received_at";
    public static final String USER = "_user";
    public static final String ANONYMOUS = "_anonymous";
    public static final String MESSAGE_ID = "_message_id";
    public static final String EXTRA = "_extra";
    public static final String PERSON = EventCollection.PERSON;
    public static final String COLLECTION = "_collection";

    private static final List<SqlColumn> RESERVED = List.of(
            SqlColumn.required(reserved(ID, ColumnType.LONG)),
            SqlColumn.required(reserved(TIME, ColumnType.TIMESTAMP)),
            SqlColumn.required(reserved(RECEIVED_AT, ColumnType.TIMESTAMP)),
            SqlColumn.of(reserved(USER, ColumnType.TEXT)),
            SqlColumn.of(reserved(ANONYMOUS, ColumnType.TEXT)),
            SqlColumn.of(reserved(MESSAGE_ID, ColumnType.TEXT)),
            SqlColumn.of(reserved(EXTRA, ColumnType.JSON)),
            person());

    private CollectionColumns() {}

    public static SqlColumns of(Columns collection) {
        return of(collection.collection(), name -> collection.byLabel(name).map(Property::column));
    }

    /** Those where {@link Persons#joined} stands for the table. */
    static SqlColumns joined(Columns collection, Optional<TableRelation> people) {
        var columns = of(collection);
        return new SqlColumns(
                columns.relation(),
                columns.all().stream()
                        .map(column ->
                                column.column().name().equals(PERSON) ? column.as(SqlFragment.name(PERSON)) : column)
                        .toList(),
                columns.spelling(),
                columns.unfit(),
                people.map(PersonColumns::of).orElse(List.of()),
                people.map(TableRelation::readiness).orElse(KnownRelations.ALWAYS));
    }

    /** @param spelling the column that a property's name means in another spelling */
    public static SqlColumns of(EventCollection collection, Function<String, Optional<String>> spelling) {
        var properties =
                collection.properties().stream().map(CollectionColumns::column).map(SqlColumn::of);
        var reserved = Stream.concat(RESERVED.stream(), Stream.of(name(collection)));
        return new SqlColumns(
                collection.label(), Stream.concat(reserved, properties).toList(), spelling);
    }

    private static SqlColumn person() {
        return new SqlColumn(reserved(PERSON, ColumnType.TEXT), Persons.expression(), false);
    }

    /** Tells apart the events of several collections. */
    private static SqlColumn name(EventCollection collection) {
        return new SqlColumn(
                reserved(COLLECTION, ColumnType.TEXT), sql("{}::text", SqlFragment.text(collection.label())), true);
    }

    private static Column reserved(String name, ColumnType type) {
        return new Column(name, name, type);
    }

    private static Column column(Property property) {
        return new Column(property.column(), property.label(), property.type(), property.declaration());
    }
}
