package dev.tidemark.core.schema;

import dev.tidemark.spi.Feed;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to a request: one result, or one after the other. */
public sealed interface ExecutionAnswer {

    /**
     * @param stage how far the request came
     * @param body {@code errors}, {@code data} and {@code extensions}, ready to be written as JSON
     */
    record Complete(Stage stage, Map<String, @Nullable Object> body) implements ExecutionAnswer {

        public boolean hasData() {
            return body.containsKey("data");
        }
    }

    /**
     * @param results each ready to be written as JSON; it fails with nothing but {@link StreamFailed}. Whoever got it closes
     *     it
     */
    record Stream(Feed<Map<String, @Nullable Object>> results) implements ExecutionAnswer {}

    /** How far a request came. */
    enum Stage {
        /** The document is missing, wrong or asks for too much. */
        DOCUMENT,
        /** The operation is of a kind that may not come this way, such as a mutation by GET. */
        OPERATION,
        /** The variables do not have the types that the operation declares. */
        VARIABLES,
        /** It ran; fields may have failed. */
        EXECUTION
    }
}
