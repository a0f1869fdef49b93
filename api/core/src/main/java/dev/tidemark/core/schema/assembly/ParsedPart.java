package dev.tidemark.core.schema.assembly;

import static java.util.stream.Collectors.joining;

import dev.tidemark.spi.Contribution;
import graphql.language.Document;
import graphql.language.NamedNode;
import graphql.language.Node;
import graphql.language.SDLDefinition;
import graphql.language.SchemaDefinition;
import graphql.language.SourceLocation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.MultiSourceReader;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** A part whose text was read; empty when it could not be. */
record ParsedPart(String module, List<SDLDefinition<?>> definitions, Contribution contribution) {

    static ParsedPart of(SchemaPart part, Consumer<Problem> problems) {
        List<SDLDefinition<?>> definitions = part.sdl().isBlank() ? List.of() : definitions(part, problems);
        return new ParsedPart(part.module(), definitions, part.contribution());
    }

    private static List<SDLDefinition<?>> definitions(SchemaPart part, Consumer<Problem> problems) {
        try {
            var document = parse(part);
            checkContent(part.module(), document, problems);
            return document.getDefinitionsOfType(SDLDefinition.class).stream()
                    .filter(definition -> !(definition instanceof SchemaDefinition))
                    .<SDLDefinition<?>>map(definition -> (SDLDefinition<?>) definition)
                    .toList();
        } catch (InvalidSyntaxException e) {
            problems.accept(new Problem(part.module(), syntax(e)));
            return List.of();
        }
    }

    /** The module's name goes in as the name of the source, so that every later complaint tells whose line it means. */
    private static Document parse(SchemaPart part) {
        var source = MultiSourceReader.newMultiSourceReader()
                .string(part.sdl(), part.module())
                .trackData(true)
                .build();
        return Parser.parse(ParserEnvironment.newParserEnvironment()
                .document(source)
                .parserOptions(ParserOptions.getDefaultSdlParserOptions())
                .build());
    }

    private static void checkContent(String module, Document document, Consumer<Problem> problems) {
        var foreign = document.getDefinitions().stream()
                .filter(definition -> !(definition instanceof SDLDefinition) || definition instanceof SchemaDefinition)
                .map(ParsedPart::line)
                .filter(line -> !line.isEmpty())
                .collect(joining(", "));
        if (!foreign.isEmpty()) {
            problems.accept(new Problem(
                    module,
                    "schema.graphqls may hold types, extensions and directives only: take out the rest (" + foreign
                            + ")."));
        }
    }

    /** The parser gives every definition and value a name; only the type says it might not. */
    static String name(NamedNode<?> node) {
        return Objects.requireNonNull(node.getName());
    }

    static String line(Node<?> node) {
        return node.getSourceLocation() == null
                ? ""
                : "line " + node.getSourceLocation().getLine();
    }

    private static String syntax(InvalidSyntaxException e) {
        SourceLocation at = e.getLocation();
        var place = at == null ? "" : " at line " + at.getLine() + ", column " + at.getColumn();
        var token = e.getOffendingToken() == null ? "" : " near \"" + e.getOffendingToken() + "\"";
        return "schema.graphqls is no valid SDL" + place + token + ": mend it there.";
    }
}
