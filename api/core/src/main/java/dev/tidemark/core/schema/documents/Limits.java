package dev.tidemark.core.schema.documents;

import java.time.Duration;

/**
 * What one request may ask for. The parser's and the engine's own defaults let a few hundred bytes occupy the server.
 *
 * @param documentCharacters length of a document
 * @param mutationCharacters length of a document that begins with a mutation, which may carry events
 * @param documentTokens names, numbers, texts and signs of a document
 * @param mutationTokens the same of a document that begins with a mutation
 * @param nesting brackets within brackets; the parser's time grows faster than these
 * @param depth fields within fields
 * @param rootFields fields of the operation itself, aliases counted each
 * @param cost what the fields may cost together
 * @param resultNodes values of the answer
 * @param timeout how long an answer may take
 */
public record Limits(
        int documentCharacters,
        int mutationCharacters,
        int documentTokens,
        int mutationTokens,
        int nesting,
        int depth,
        int rootFields,
        int cost,
        int resultNodes,
        Duration timeout) {

    public static Limits standard() {
        return new Limits(16_384, 65_536, 4_000, 16_000, 32, 15, 50, 10_000, 200_000, Duration.ofSeconds(30));
    }

    public Limits withTimeout(Duration other) {
        return new Limits(
                documentCharacters,
                mutationCharacters,
                documentTokens,
                mutationTokens,
                nesting,
                depth,
                rootFields,
                cost,
                resultNodes,
                other);
    }
}
