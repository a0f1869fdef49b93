package dev.tidemark.rollups;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Questions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** GraphQL's {@code Condition} as a stored text. */
final class Conditions {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Conditions() {}

    static String text(Arguments condition) {
        try {
            return JSON.writeValueAsString(condition.values());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A condition that GraphQL took is JSON.", e);
        }
    }

    static Filter filter(Questions questions, String text) {
        return questions.filter(new Arguments(values(text)));
    }

    static Map<String, @Nullable Object> values(String text) {
        try {
            return new LinkedHashMap<String, @Nullable Object>(
                    JSON.readValue(text, new TypeReference<Map<String, Object>>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A condition was stored as JSON.", e);
        }
    }
}
