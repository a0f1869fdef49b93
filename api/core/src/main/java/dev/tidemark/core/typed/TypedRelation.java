package dev.tidemark.core.typed;

import dev.tidemark.core.catalog.names.Names;
import dev.tidemark.core.catalog.snapshot.Catalog;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.questions.events.EventRows;
import dev.tidemark.core.questions.input.ConditionInput;
import dev.tidemark.core.schema.assembly.MadeType;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Grouping.DatePart;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Relation;
import dev.tidemark.spi.Relation.Column;
import graphql.schema.SelectedField;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A relation and its names in typed fields: all that its types are made of.
 *
 * @param field in camel case
 * @param label what people call it
 * @param isCollection whether its rows are events, with people behind them
 * @param description what was declared of it
 * @param measurable of which columns it answers each measure
 * @param key as {@link Relation#key}
 * @param people what is known of the people behind its rows
 */
record TypedRelation(
        String name,
        String field,
        String label,
        boolean isCollection,
        Optional<String> description,
        List<TypedColumn> columns,
        Map<MeasureField, List<TypedColumn>> measurable,
        List<String> key,
        Optional<TypedRelation> people) {

    static final String PERSON_PROPERTIES = ConditionInput.PERSON_PROPERTIES;

    private static final String OURS = "Property";
    private static final Set<String> RESERVED = reserved();

    /**
     * Those that can be asked: a collection hides a module's relation of the same name.
     *
     * @param people what is known of the people behind events
     */
    static List<TypedRelation> all(Catalog catalog, List<Relation> relations, Optional<Relation> people) {
        var known = people.filter(relation -> catalog.byTable(relation.name()).isEmpty())
                .map(relation -> of(relation, Optional.empty(), Optional.empty()));
        var names = new HashSet<String>();
        return relations.stream()
                .filter(relation -> names.add(relation.name()))
                .map(relation -> {
                    var collection = catalog.byTable(relation.name()).map(Columns::collection);
                    return of(relation, collection, collection.flatMap(events -> known));
                })
                .toList();
    }

    private static TypedRelation of(
            Relation relation, Optional<EventCollection> collection, Optional<TypedRelation> people) {
        var taken = new HashSet<>(RESERVED);
        relation.columns().stream()
                .map(Column::name)
                .filter(TypedRelation::isOurs)
                .forEach(name -> taken.add(field(name)));
        var columns = relation.columns().stream()
                .map(column -> new TypedColumn(field(column.name(), taken), column))
                .toList();
        return new TypedRelation(
                relation.name(),
                Names.graphql(relation.name()),
                collection.map(EventCollection::label).orElse(relation.name()),
                collection.isPresent(),
                collection.flatMap(EventCollection::description),
                columns,
                measurable(relation, columns),
                relation.key(),
                people);
    }

    private static Map<MeasureField, List<TypedColumn>> measurable(Relation relation, List<TypedColumn> columns) {
        return Stream.of(MeasureField.values())
                .collect(Collectors.toMap(
                        measure -> measure,
                        measure -> columns.stream()
                                .filter(column -> measure.isOf(column, relation))
                                .toList()));
    }

    /** Whether its rows can be read page by page. */
    boolean hasPages() {
        return !key.isEmpty();
    }

    String type(MadeType kind) {
        return kind.of(field);
    }

    /** The columns that were selected of a row. */
    List<TypedColumn> selected(List<SelectedField> ofRow) {
        var fields = ofRow.stream().map(SelectedField::getName).collect(Collectors.toSet());
        return columns(column -> fields.contains(column.field()));
    }

    /**
     * A row as the schema has it.
     *
     * @param row its values in these columns
     */
    Map<String, @Nullable Object> node(Project project, List<TypedColumn> columns, List<@Nullable Object> row) {
        var node = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < columns.size(); i++) {
            var value = row.get(i);
            var isId = columns.get(i).isId() && value != null;
            node.put(columns.get(i).field(), isId ? EventRows.id(project, name, value) : value);
        }
        return node;
    }

    List<TypedColumn> columns(Predicate<TypedColumn> condition) {
        return columns.stream().filter(condition).toList();
    }

    /** Those by which rows can be filtered: a row's id is only shown. */
    List<TypedColumn> filterable() {
        return columns(column -> !column.isId() && !column.column().isSummedUp());
    }

    List<TypedColumn> groupable() {
        return columns(column -> column.isMeasurable() && !column.column().isSummedUp());
    }

    List<TypedColumn> scalars() {
        return columns(TypedColumn::isMeasurable);
    }

    List<TypedColumn> numbers() {
        return columns(TypedColumn::isNumber);
    }

    List<TypedColumn> times() {
        return columns(column -> column.type().isTime() && !column.column().isSummedUp());
    }

    /** Its name in enums. */
    String constant() {
        return TypedColumn.constant(field);
    }

    /** What the fields of the person's properties begin with, in the names of groupings. */
    static String ofPerson(String field) {
        return PERSON_PROPERTIES + "." + field;
    }

    /** The column's name; of a property of the person that by which events name it. */
    String columnOf(String field) {
        var ofPerson = people.filter(known -> field.startsWith(ofPerson("")));
        if (ofPerson.isPresent()) {
            return EventCollection.OF_PERSON
                    + ofPerson.get().columnOf(field.substring(ofPerson("").length()));
        }
        return columns.stream()
                .filter(column -> column.field().equals(field))
                .findFirst()
                .orElseThrow()
                .name();
    }

    /** The field of a column. */
    String fieldOf(String column) {
        return columns(known -> known.name().equals(column)).getFirst().field();
    }

    /** The part of a time that has that field. */
    static Optional<DatePart> part(String field) {
        return Stream.of(DatePart.values())
                .filter(part -> field(part).equals(field))
                .findFirst();
    }

    /** The field of a part of a time. */
    static String field(DatePart part) {
        return Names.graphql(part.name().toLowerCase(Locale.ROOT));
    }

    private static String field(String column, Set<String> taken) {
        if (isOurs(column)) {
            return field(column);
        }
        var field = Names.graphql(column);
        var stem = field;
        while (stem.endsWith(OURS) && !taken.contains(stem)) {
            stem = stem.substring(0, stem.length() - OURS.length());
        }
        return taken.contains(stem) ? field + OURS : field;
    }

    private static String field(String ours) {
        return Names.graphql(ours.substring(1));
    }

    private static boolean isOurs(String column) {
        return column.startsWith("_");
    }

    private static Set<String> reserved() {
        var words = new HashSet<>(Set.of(
                "id",
                "time",
                "receivedAt",
                "user",
                "anonymous",
                "messageId",
                "person",
                "extra",
                "collection",
                PERSON_PROPERTIES,
                "and",
                "or",
                "not"));
        for (var part : DatePart.values()) {
            words.add(field(part));
        }
        return Set.copyOf(words);
    }
}
