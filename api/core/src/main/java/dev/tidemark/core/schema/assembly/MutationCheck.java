package dev.tidemark.core.schema.assembly;

import dev.tidemark.core.schema.assembly.MergedTypes.OwnedField;
import graphql.language.AstPrinter;
import graphql.language.NonNullType;
import graphql.language.Type;
import graphql.language.TypeName;
import java.util.function.Consumer;

/** Every mutation says who may run it, and has a place for what its caller did wrong. */
final class MutationCheck {

    static final String USER_ERRORS = "userErrors";
    private static final String USER_ERRORS_TYPE = "[UserError!]!";

    private MutationCheck() {}

    static void run(MergedTypes types, Consumer<Problem> problems) {
        types.fieldsOf(RootType.MUTATION).forEach(mutation -> {
            access(mutation, problems);
            payload(types, mutation, problems);
        });
    }

    private static void access(OwnedField mutation, Consumer<Problem> problems) {
        if (!mutation.definition().hasDirective(AccessRule.DIRECTIVE)) {
            problems.accept(new Problem(
                    mutation.module(),
                    mutation.name() + " does not say who may run it: add @access(scope: …) with READ, WRITE, MASTER or"
                            + " ADMIN."));
        }
    }

    private static void payload(MergedTypes types, OwnedField mutation, Consumer<Problem> problems) {
        var payload = payloadType(mutation);
        var errors = types.fields().get(payload + "." + USER_ERRORS);
        if (errors == null
                || !AstPrinter.printAst(errors.definition().getType()).equals(USER_ERRORS_TYPE)) {
            problems.accept(new Problem(
                    mutation.module(),
                    mutation.name() + " returns " + payload + ", which is no object with the field " + USER_ERRORS
                            + ": " + USER_ERRORS_TYPE + ": add it."));
            return;
        }
        for (var field : types.fieldsOf(payload)) {
            if (field.definition().getType() instanceof NonNullType
                    && !field.definition().getName().equals(USER_ERRORS)) {
                problems.accept(new Problem(
                        field.module(),
                        field.name() + " can be no answer beside " + USER_ERRORS + ": make it nullable."));
            }
        }
    }

    /** The name of the type that a mutation returns, with its list if it is one, without its own exclamation mark. */
    static String payloadType(OwnedField mutation) {
        Type<?> type = mutation.definition().getType();
        var payload = type instanceof NonNullType required ? required.getType() : type;
        return payload instanceof TypeName name ? name.getName() : AstPrinter.printAst(payload);
    }
}
