package dev.tidemark.core.schema;

import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaPrinter;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A schema as text, always the same for the same schema: its difference is the review of a change of the API. */
public final class SchemaText {

    private static final Set<String> OWN_DIRECTIVES = Set.of("access", "cost");

    private static final SchemaPrinter.Options OPTIONS = SchemaPrinter.Options.defaultOptions()
            .includeScalarTypes(true)
            .includeSchemaDefinition(false)
            .includeDirectiveDefinition(OWN_DIRECTIVES::contains);

    private SchemaText() {}

    public static String of(GraphQLSchema schema) {
        return new SchemaPrinter(OPTIONS).print(schema).strip() + "\n";
    }

    /** The types that an earlier schema has not, or has otherwise. */
    public static String changed(GraphQLSchema earlier, GraphQLSchema schema) {
        var printer = new SchemaPrinter(OPTIONS);
        return schema.getAllTypesAsList().stream()
                .filter(type -> !type.equals(earlier.getType(type.getName())))
                .sorted(Comparator.comparing(GraphQLNamedType::getName))
                .map(type -> new Printed(
                        printer.print(type),
                        Optional.ofNullable(earlier.getType(type.getName())).map(printer::print)))
                .filter(Printed::isNew)
                .map(printed -> printed.now().strip() + "\n")
                .collect(Collectors.joining("\n"));
    }

    private record Printed(String now, Optional<String> before) {
        boolean isNew() {
            return !before.equals(Optional.of(now));
        }
    }

    /** Only the types that the other schema has not, by their names. */
    public static String of(GraphQLSchema schema, GraphQLSchema other) {
        var printer = new SchemaPrinter(OPTIONS);
        return schema.getAllTypesAsList().stream()
                .filter(type -> other.getType(type.getName()) == null)
                .sorted(Comparator.comparing(GraphQLNamedType::getName))
                .map(type -> printer.print(type).strip() + "\n")
                .collect(Collectors.joining("\n"));
    }
}
