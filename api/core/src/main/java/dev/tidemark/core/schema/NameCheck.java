package dev.tidemark.core.schema;

import graphql.language.NamedNode;
import graphql.language.SDLExtensionDefinition;
import graphql.language.TypeDefinition;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Keeps names free for the types that are made from each project's data. */
final class NameCheck {

    /** The typed fields of a collection {@code page_view} are made of types such as {@code PageViewRow}. */
    private static final List<String> RESERVED_SUFFIXES = List.of("Row", "Filter", "Aggregate");

    /** Types of the questions that name collection and properties as strings. */
    private static final Set<String> EXCEPTIONS = Set.of();

    private NameCheck() {}

    static void run(ParsedPart part, Consumer<Problem> problems) {
        for (var definition : part.definitions()) {
            if (definition instanceof TypeDefinition<?> type && !(definition instanceof SDLExtensionDefinition)) {
                check(part.module(), type, problems);
            }
        }
    }

    private static void check(String module, NamedNode<?> type, Consumer<Problem> problems) {
        var name = ParsedPart.name(type);
        if (EXCEPTIONS.contains(name)) {
            return;
        }
        RESERVED_SUFFIXES.stream()
                .filter(name::endsWith)
                .findFirst()
                .ifPresent(suffix -> problems.accept(new Problem(
                        module,
                        "the type " + name + " ends in " + suffix
                                + ", which is kept for types made from the data: choose another name.")));
    }
}
