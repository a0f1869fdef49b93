package dev.tidemark.core.schema;

import dev.tidemark.core.schema.faults.Stage;
import dev.tidemark.core.schema.faults.StreamFailed;
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
}
