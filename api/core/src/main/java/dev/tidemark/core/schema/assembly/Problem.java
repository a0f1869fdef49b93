package dev.tidemark.core.schema.assembly;

/**
 * Why a module's part of the schema is refused.
 *
 * @param sentence names the place and the remedy
 */
public record Problem(String module, String sentence) {

    @Override
    public String toString() {
        return "Module " + module + ": " + sentence;
    }
}
