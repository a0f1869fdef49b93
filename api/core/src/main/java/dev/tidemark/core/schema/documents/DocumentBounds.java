package dev.tidemark.core.schema.documents;

import dev.tidemark.core.schema.faults.RequestRefused;
import graphql.parser.ParserOptions;

/** Bounds a document before the parser sees it: deep brackets alone can keep the parser busy for seconds. */
record DocumentBounds(int characters, int tokens, int nesting) {

    /** The bounds for a document: one that begins with a mutation may be longer, as it may carry events. */
    static DocumentBounds of(Limits limits, String document) {
        return new DocumentText(document).startsWith("mutation")
                ? new DocumentBounds(limits.mutationCharacters(), limits.mutationTokens(), limits.nesting())
                : new DocumentBounds(limits.documentCharacters(), limits.documentTokens(), limits.nesting());
    }

    /** @throws RequestRefused when the document is too long or too deep */
    void check(String document) {
        if (document.length() > characters) {
            throw RequestRefused.tooComplex("The document has " + document.length() + " characters, and " + characters
                    + " are allowed: send values as variables, or ask in several requests.");
        }
        var deepest = new DocumentText(document).nesting();
        if (deepest > nesting) {
            throw RequestRefused.tooComplex("The document nests brackets " + deepest + " deep, and " + nesting
                    + " are allowed: ask for less at once.");
        }
    }

    ParserOptions parserOptions() {
        return ParserOptions.getDefaultOperationParserOptions()
                .transform(options -> options.maxCharacters(characters).maxTokens(tokens));
    }

    String tooManyTokens() {
        return "The document has more than " + tokens
                + " words, signs and values: send values as variables, or ask in several requests.";
    }
}
