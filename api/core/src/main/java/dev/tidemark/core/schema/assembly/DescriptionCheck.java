package dev.tidemark.core.schema.assembly;

import graphql.language.AbstractDescribedNode;
import graphql.language.DirectiveDefinition;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.NamedNode;
import graphql.language.SDLDefinition;
import graphql.language.SDLExtensionDefinition;
import java.util.List;
import java.util.function.Consumer;

/** Every type, field, argument and enum value says what it means. */
final class DescriptionCheck {

    private final String module;
    private final Consumer<Problem> problems;

    private DescriptionCheck(String module, Consumer<Problem> problems) {
        this.module = module;
        this.problems = problems;
    }

    static void run(ParsedPart part, Consumer<Problem> problems) {
        var check = new DescriptionCheck(part.module(), problems);
        part.definitions().forEach(check::definition);
    }

    private void definition(SDLDefinition<?> definition) {
        if (!(definition instanceof NamedNode<?> named)) {
            return;
        }
        var name = ParsedPart.name(named);
        if (!(definition instanceof SDLExtensionDefinition) && definition instanceof AbstractDescribedNode<?> node) {
            check(name, node);
        }
        switch (definition) {
            case ImplementingTypeDefinition<?> type ->
                type.getFieldDefinitions().forEach(field -> field(name, field));
            case InputObjectTypeDefinition type -> inputs(name + ".", type.getInputValueDefinitions(), "");
            case EnumTypeDefinition type ->
                type.getEnumValueDefinitions().forEach(value -> check(name + "." + value.getName(), value));
            case DirectiveDefinition directive -> inputs("@" + name + "(", directive.getInputValueDefinitions(), ":)");
            default -> {}
        }
    }

    private void field(String type, FieldDefinition field) {
        var name = type + "." + field.getName();
        check(name, field);
        inputs(name + "(", field.getInputValueDefinitions(), ":)");
    }

    private void inputs(String before, List<InputValueDefinition> inputs, String after) {
        inputs.forEach(input -> check(before + input.getName() + after, input));
    }

    private void check(String name, AbstractDescribedNode<?> node) {
        var description = node.getDescription();
        if (description != null && !description.getContent().isBlank()) {
            return;
        }
        problems.accept(new Problem(
                module,
                name + " has no description (" + ParsedPart.line(node)
                        + "): say in quotes before it what it means, with its unit."));
    }
}
