package dev.tidemark.core.typed;

import static dev.tidemark.core.typed.Definitions.argument;
import static dev.tidemark.core.typed.Definitions.field;
import static dev.tidemark.core.typed.SharedTypes.required;

import dev.tidemark.core.naming.Nearest;
import dev.tidemark.core.questions.sql.Shown;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Measure;
import graphql.Scalars;
import graphql.schema.GraphQLFieldDefinition;
import java.util.Map;
import java.util.Optional;

/** One measure divided by another, both named by their keys in the selection. */
final class RatioField {

    static final String NAME = "ratio";

    private static final String OF = "of";
    private static final String OVER = "over";

    static final GraphQLFieldDefinition DEFINITION = field(
            NAME,
            Scalars.GraphQLFloat,
            "One measure divided by another, both selected beside it. Null where either is null or the divisor zero.",
            argument(OF, required(Scalars.GraphQLString), "What is divided: a measure's alias, else its name."),
            argument(
                    OVER, required(Scalars.GraphQLString), "What it is divided by: a measure's alias, else its name."));

    private RatioField() {}

    /**
     * @param name its key in the selection
     * @param measures those that are no ratios, by their keys
     */
    static Measure measure(String name, Arguments arguments, Map<String, Measure> measures) {
        return new Measure.Ratio(name, part(OF, arguments, measures), part(OVER, arguments, measures));
    }

    private static Measure part(String argument, Arguments arguments, Map<String, Measure> measures) {
        var key = arguments.required(argument);
        return Optional.ofNullable(measures.get(key))
                .orElseThrow(() -> new CallerException(
                        ErrorCode.BAD_USER_INPUT,
                        "There is no measure \"" + Shown.of(key)
                                + "\" to divide: select it beside the ratio, and name it by"
                                + " its alias, else by its field. A ratio cannot be divided."
                                + Nearest.hint(Shown.of(key), measures.keySet()),
                        argument));
    }
}
