package dev.tidemark.core.typed;

import static dev.tidemark.core.typed.Definitions.argument;
import static dev.tidemark.core.typed.Definitions.field;
import static dev.tidemark.core.typed.Definitions.input;
import static dev.tidemark.core.typed.SharedTypes.listOf;
import static dev.tidemark.core.typed.SharedTypes.required;
import static graphql.schema.GraphQLTypeReference.typeRef;

import dev.tidemark.core.schema.assembly.MadeType;
import graphql.Scalars;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import java.util.ArrayList;
import java.util.List;

/** The types by which the rows of a relation are read. */
final class RowTypes {

    static final String ROWS = "rows";
    private static final int USUAL_PAGE = 50;

    private final TypedRelation relation;
    private final SharedTypes shared;
    private final List<GraphQLNamedType> types = new ArrayList<>();
    private final GraphQLFieldDefinition rows;
    private final GraphQLFieldDefinition told;

    RowTypes(TypedRelation relation, SharedTypes shared, ColumnEnums enums, GraphQLInputObjectType filter) {
        this.relation = relation;
        this.shared = shared;
        var row = add(row());
        var edge = add(GraphQLObjectType.newObject()
                .name(relation.type(MadeType.EDGE))
                .description("A row of " + relation.label() + " and its place in the order.")
                .field(field("cursor", required(Scalars.GraphQLString), "Its place, for after."))
                .field(field("node", required(row), "The row."))
                .build());
        var connection = add(GraphQLObjectType.newObject()
                .name(relation.type(MadeType.CONNECTION))
                .description("A page of " + relation.label() + ".")
                .field(field("edges", required(listOf(edge)), "The rows with their cursors."))
                .field(field("nodes", required(listOf(row)), "The rows alone."))
                .field(field("pageInfo", required(shared.output("PageInfo")), "Where the page lies."))
                .field(field("freshness", required(shared.output("Freshness")), "How true the page is."))
                .field(field(
                        AggregateTypes.EXPLAIN,
                        shared.output("Explanation"),
                        "How the page is found, for keys with the scope MASTER."))
                .build());
        var order = enums.sortable().map(columns -> add(order(columns)));
        List<GraphQLArgument> arguments = new ArrayList<>();
        var where = argument("where", filter, "Only rows that pass.");
        arguments.add(where);
        order.ifPresent(type -> arguments.add(argument(
                "orderBy",
                listOf(type),
                "At most 3 columns; rows without the value come last. Without it: the last row first.")));
        arguments.add(argument("first", required(Scalars.GraphQLInt), USUAL_PAGE, "The size of a page, 1 to 1000."));
        arguments.add(argument(
                "after", Scalars.GraphQLString, "The cursor after which the page begins; it belongs to one order."));
        this.rows = field(
                ROWS,
                connection,
                "The rows, page by page. Errors: BAD_USER_INPUT for values that do not fit, QUERY_TIMEOUT.",
                arguments);
        this.told = field(
                relation.field(),
                edge,
                "One more row of " + relation.label() + "; null: it is another collection's, or does not pass.",
                where);
    }

    List<GraphQLNamedType> types() {
        return types;
    }

    GraphQLFieldDefinition rows() {
        return rows;
    }

    /** The field that tells a row when it is added. */
    GraphQLFieldDefinition told() {
        return told;
    }

    private GraphQLObjectType row() {
        var type = GraphQLObjectType.newObject()
                .name(relation.type(MadeType.ROW))
                .description("A row of " + relation.label() + ".");
        for (var column : relation.columns()) {
            var output = column.isId() ? required(Scalars.GraphQLID) : shared.output(column.type());
            type.field(field(column, output));
        }
        relation.people()
                .ifPresent(
                        known -> type.field(
                                field(
                                        TypedRelation.PERSON_PROPERTIES,
                                        typeRef(known.type(MadeType.ROW)),
                                        "What is known of the person behind it; null in a subscription, which tells events as they came.")));
        return type.build();
    }

    private GraphQLInputObjectType order(GraphQLNamedType columns) {
        return GraphQLInputObjectType.newInputObject()
                .name(relation.type(MadeType.ORDER))
                .description("A place in the order of " + relation.label() + ".")
                .field(input("by", required(columns), "The column."))
                .field(input("direction", required(shared.input("Direction")), "ASC", "Which way."))
                .build();
    }

    private <T extends GraphQLNamedType> T add(T type) {
        types.add(type);
        return type;
    }
}
