package dev.tidemark.core.typed;

import dev.tidemark.core.questions.input.AggregateInput;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Measure;
import graphql.schema.DataFetchingFieldSelectionSet;
import graphql.schema.SelectedField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a selection wants to know of each group.
 *
 * @param measures by their keys
 * @param groupings fields of {@code group}
 */
record Selection(Map<String, Measure> measures, Set<String> groupings) {

    private static final String IN_ROWS = AggregateTypes.GROUPS + "/*";
    private static final String IN_EARLIER = AggregateTypes.GROUPS + "/" + AggregateTypes.EARLIER + "/*";
    private static final String IN_KEY = AggregateTypes.GROUPS + "/" + AggregateTypes.KEY + "/*";

    private static final String OF_PERSON =
            AggregateTypes.GROUPS + "/" + AggregateTypes.KEY + "/" + TypedRelation.PERSON_PROPERTIES + "/*";

    static Selection of(DataFetchingFieldSelectionSet selected, TypedRelation relation) {
        var fields = selected.getFields(IN_ROWS, IN_EARLIER);
        var measures = new LinkedHashMap<String, Measure>();
        for (var field : fields) {
            MeasureField.named(field.getName())
                    .ifPresent(measure ->
                            add(measures, measure.measure(field.getResultKey(), arguments(field), relation::columnOf)));
        }
        var parts = Map.copyOf(measures);
        for (var field : fields) {
            if (field.getName().equals(RatioField.NAME)) {
                add(measures, RatioField.measure(field.getResultKey(), arguments(field), parts));
            }
        }
        if (measures.size() > AggregateInput.MOST_MEASURES) {
            throw new CallerException(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "rows has " + measures.size() + " measures, and " + AggregateInput.MOST_MEASURES + " are allowed.",
                    AggregateTypes.GROUPS);
        }
        var ofPerson = names(selected, OF_PERSON).map(TypedRelation::ofPerson);
        var ofRow = names(selected, IN_KEY).filter(name -> !name.equals(TypedRelation.PERSON_PROPERTIES));
        return new Selection(measures, Stream.concat(ofRow, ofPerson).collect(Collectors.toSet()));
    }

    private static Stream<String> names(DataFetchingFieldSelectionSet selected, String fields) {
        return selected.getFields(fields).stream().map(SelectedField::getName).filter(name -> !name.startsWith("__"));
    }

    /** The measures; where none is wanted, a count, since PostgreSQL needs something to do. */
    List<Measure> all() {
        return measures.isEmpty()
                ? List.of(new Measure.Count(MeasureField.COUNT.fieldName()))
                : List.copyOf(measures.values());
    }

    private static Arguments arguments(SelectedField field) {
        return new Arguments(new LinkedHashMap<String, @Nullable Object>(field.getArguments()));
    }

    /** Under one key there can be two: those of now and of an earlier time, and where {@code rows} itself has aliases. */
    private static void add(Map<String, Measure> measures, Measure added) {
        var known = measures.putIfAbsent(added.name(), added);
        if (known != null && !known.equals(added)) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "\"" + added.name() + "\" names two measures: give one of them another alias.",
                    AggregateTypes.GROUPS);
        }
    }
}
