package dev.tidemark.core.typed;

import dev.tidemark.spi.ColumnType;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Types of the shared schema of which a project's own types are made. */
record SharedTypes(GraphQLSchema schema) {

    /** What a column's values are in rows. */
    GraphQLOutputType output(ColumnType type) {
        return switch (type) {
            case BOOLEAN -> output("Boolean");
            case LONG -> output("Long");
            case DOUBLE -> output("Float");
            case NUMERIC -> output("Decimal");
            case TEXT -> output("String");
            case TIMESTAMP -> output("DateTime");
            case DATE -> output("LocalDate");
            case JSON -> output("JSON");
            case BOOLEAN_LIST -> GraphQLList.list(output(ColumnType.BOOLEAN));
            case LONG_LIST -> GraphQLList.list(output(ColumnType.LONG));
            case DOUBLE_LIST -> GraphQLList.list(output(ColumnType.DOUBLE));
            case NUMERIC_LIST -> GraphQLList.list(output(ColumnType.NUMERIC));
            case TEXT_LIST -> GraphQLList.list(output(ColumnType.TEXT));
            case TIMESTAMP_LIST -> GraphQLList.list(output(ColumnType.TIMESTAMP));
            case DATE_LIST -> GraphQLList.list(output(ColumnType.DATE));
        };
    }

    /** How a column is tested: {@code TEXT_LIST} by {@code TextListTest}. */
    GraphQLInputObjectType test(ColumnType type) {
        var words = Stream.of(type.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return (GraphQLInputObjectType) named(words + "Test");
    }

    GraphQLOutputType output(String name) {
        return (GraphQLOutputType) named(name);
    }

    GraphQLInputType input(String name) {
        return (GraphQLInputType) named(name);
    }

    static GraphQLNonNull required(GraphQLType type) {
        return GraphQLNonNull.nonNull(type);
    }

    static GraphQLList listOf(GraphQLType type) {
        return GraphQLList.list(required(type));
    }

    private GraphQLType named(String name) {
        return Objects.requireNonNull(schema.getType(name), name);
    }
}
