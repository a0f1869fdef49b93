package dev.tidemark.core.schema;

import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaPrinter;
import java.util.Set;

/** A schema as text, always the same for the same schema: its difference is the review of a change of the API. */
public final class SchemaText {

    private static final Set<String> OWN_DIRECTIVES = Set.of("access", "cost");

    private SchemaText() {}

    public static String of(GraphQLSchema schema) {
        var options = SchemaPrinter.Options.defaultOptions()
                .includeScalarTypes(true)
                .includeSchemaDefinition(false)
                .includeDirectiveDefinition(OWN_DIRECTIVES::contains);
        return new SchemaPrinter(options).print(schema).strip() + "\n";
    }
}
