package dev.tidemark.core.schema.documents;

import dev.tidemark.core.mistakes.UnknownName;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Document;
import graphql.language.EnumValue;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.InlineFragment;
import graphql.language.Node;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.SourceLocation;
import graphql.language.StringValue;
import graphql.language.TypeName;
import graphql.language.Value;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorClassification;
import graphql.validation.ValidationErrorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Names in a document that its schema does not have, with what may have been meant. graphql-java says neither that nor
 * where in an argument they stand.
 */
final class UnknownNames {

    /**
     * A name that is not there.
     *
     * @param argument where the argument begins that it is part of; empty outside of arguments
     */
    record Unknown(String message, SourceLocation location, Optional<SourceLocation> argument) {

        /** Whether an error of graphql-java is about the same. */
        boolean tells(ValidationError error) {
            var type = error.getValidationErrorType();
            return type == ValidationErrorType.WrongType
                    ? argument.filter(error.getLocations()::contains).isPresent()
                    : OF_NAMES.contains(type) && error.getLocations().contains(location);
        }
    }

    private static final Set<ValidationErrorClassification> OF_NAMES =
            Set.of(ValidationErrorType.FieldUndefined, ValidationErrorType.UnknownArgument);

    private final GraphQLSchema schema;
    private final List<Unknown> found = new ArrayList<>();

    private UnknownNames(GraphQLSchema schema) {
        this.schema = schema;
    }

    /** The first of them. */
    static List<Unknown> in(GraphQLSchema schema, Document document) {
        var names = new UnknownNames(schema);
        document.getDefinitionsOfType(OperationDefinition.class)
                .forEach(operation -> names.look(operation.getSelectionSet(), names.root(operation)));
        document.getDefinitionsOfType(FragmentDefinition.class)
                .forEach(fragment -> names.look(fragment.getSelectionSet(), names.type(fragment.getTypeCondition())));
        return List.copyOf(names.found);
    }

    private @Nullable GraphQLType root(OperationDefinition operation) {
        return switch (operation.getOperation()) {
            case QUERY -> schema.getQueryType();
            case MUTATION -> schema.getMutationType();
            case SUBSCRIPTION -> schema.getSubscriptionType();
        };
    }

    private @Nullable GraphQLType type(TypeName name) {
        return schema.getType(name.getName());
    }

    private void look(SelectionSet selections, @Nullable GraphQLType type) {
        for (Selection<?> selection : selections.getSelections()) {
            switch (selection) {
                case Field field when type instanceof GraphQLFieldsContainer container -> look(field, container);
                case InlineFragment fragment ->
                    look(
                            fragment.getSelectionSet(),
                            fragment.getTypeCondition() == null ? type : type(fragment.getTypeCondition()));
                default -> {}
            }
        }
    }

    private void look(Field field, GraphQLFieldsContainer container) {
        if (field.getName().startsWith("__")) {
            return;
        }
        var known = container.getFieldDefinition(field.getName());
        if (known == null) {
            note(UnknownName.field(field.getName(), container), field, Optional.empty());
            return;
        }
        field.getArguments().forEach(argument -> look(argument, known, container));
        if (field.getSelectionSet() != null) {
            look(field.getSelectionSet(), GraphQLTypeUtil.unwrapAll(known.getType()));
        }
    }

    private void look(Argument argument, GraphQLFieldDefinition field, GraphQLFieldsContainer container) {
        var known = field.getArgument(argument.getName());
        if (known == null) {
            note(UnknownName.argument(argument.getName(), field, container), argument, Optional.empty());
        } else {
            look(argument.getValue(), known.getType(), argument);
        }
    }

    private void look(Value<?> value, GraphQLType type, Argument argument) {
        var known = GraphQLTypeUtil.unwrapAll(type);
        switch (value) {
            case ArrayValue list -> list.getValues().forEach(each -> look(each, known, argument));
            case ObjectValue object
            when known instanceof GraphQLInputObjectType input ->
                object.getObjectFields().forEach(field -> look(field, input, argument));
            case EnumValue chosen
            when known instanceof GraphQLEnumType choices -> look(chosen, chosen.getName(), choices, argument);
            case StringValue quoted
            when known instanceof GraphQLEnumType choices ->
                look(quoted, String.valueOf(quoted.getValue()), choices, argument);
            default -> {}
        }
    }

    private void look(ObjectField field, GraphQLInputObjectType input, Argument argument) {
        var known = input.getFieldDefinition(field.getName());
        if (known == null) {
            note(UnknownName.field(field.getName(), input), field, Optional.of(argument));
        } else {
            look(field.getValue(), known.getType(), argument);
        }
    }

    private void look(Value<?> value, String name, GraphQLEnumType choices, Argument argument) {
        if (choices.getValue(name) == null) {
            note(UnknownName.value(name, choices), value, Optional.of(argument));
        } else if (value instanceof StringValue) {
            note(
                    () -> "A " + choices.getName() + " is written without quotes: " + name + ".",
                    value,
                    Optional.of(argument));
        }
    }

    private void note(UnknownName unknown, Node<?> where, Optional<Argument> argument) {
        note(unknown::message, where, argument);
    }

    private void note(Supplier<String> message, Node<?> where, Optional<Argument> argument) {
        if (found.size() < UnknownName.MOST) {
            found.add(new Unknown(message.get(), place(where), argument.map(UnknownNames::place)));
        }
    }

    /** Where it stands that was parsed. */
    static SourceLocation place(Node<?> node) {
        if (node instanceof ObjectField field) {
            // graphql-java notes where its value stands, not where it does
            return place(field.getValue());
        }
        return Objects.requireNonNull(node.getSourceLocation(), "what was parsed has a place");
    }
}
