package dev.tidemark.server.process;

import dev.tidemark.core.Engine;

/**
 * A server that answers.
 *
 * @param localKey for administrators, as long as it runs
 */
public record Running(String url, String localKey, Engine engine, ServerSettings settings) {

    /** Without the key, which has no business in a log. */
    @Override
    public String toString() {
        return url;
    }
}
