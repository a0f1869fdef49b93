package dev.tidemark.core.schema.documents;

import dev.tidemark.core.naming.Nearest;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Document;
import graphql.language.EnumValue;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.InlineFragment;
import graphql.language.NamedNode;
import graphql.language.Node;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.SourceLocation;
import graphql.language.TypeName;
import graphql.language.Value;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorClassification;
import graphql.validation.ValidationErrorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

    /** Nobody corrects more of them at once, and each is compared with all that there are. */
    private static final int MOST = 10;

    private static final int SHORT_LIST = 10;

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
            note(container.getName() + " has no field", field, container.getFieldDefinitions(), Optional.empty());
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
            var place = container.getName() + "." + field.getName();
            note(place + " has no argument", argument, field.getArguments(), Optional.empty());
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
            when known instanceof GraphQLEnumType choices && choices.getValue(chosen.getName()) == null ->
                note(choices.getName() + " has no value", chosen, choices.getValues(), Optional.of(argument));
            default -> {}
        }
    }

    private void look(ObjectField field, GraphQLInputObjectType input, Argument argument) {
        var known = input.getFieldDefinition(field.getName());
        if (known == null) {
            note(input.getName() + " has no field", field, input.getFieldDefinitions(), Optional.of(argument));
        } else {
            look(field.getValue(), known.getType(), argument);
        }
    }

    private void note(
            String what,
            NamedNode<?> unknown,
            Collection<? extends GraphQLNamedSchemaElement> known,
            Optional<Argument> argument) {
        if (found.size() < MOST) {
            var names = known.stream().map(GraphQLNamedSchemaElement::getName).toList();
            var name = String.valueOf(unknown.getName());
            var message = what + " \"" + name + "\"." + remedy(name, names);
            found.add(new Unknown(message, place(unknown), argument.map(UnknownNames::place)));
        }
    }

    private static String remedy(String name, List<String> known) {
        var near = Nearest.hint(name, known);
        return near.isEmpty() && !known.isEmpty() && known.size() <= SHORT_LIST
                ? " It has " + String.join(", ", known) + "."
                : near;
    }

    private static SourceLocation place(Node<?> node) {
        if (node instanceof ObjectField field) {
            // graphql-java notes where its value stands, not where it does
            return place(field.getValue());
        }
        return Objects.requireNonNull(node.getSourceLocation(), "what was parsed has a place");
    }
}
