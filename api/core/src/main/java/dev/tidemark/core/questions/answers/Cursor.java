package dev.tidemark.core.questions.answers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.json.JsonWriter;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Question.Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row's place in an order, as clients keep it: the order, and the row's values of what it goes by. */
public final class Cursor {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Cursor() {}

    public static String text(List<Order> order, List<@Nullable Object> values) {
        var place = new ArrayList<@Nullable Object>();
        place.add(name(order));
        place.addAll(values);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(JsonWriter.write(place).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws CallerException when the text was not made for that order */
    public static List<@Nullable Object> values(String text, List<Order> order) {
        try {
            var json = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            if (JSON.readValue(json, Object.class) instanceof List<?> place
                    && place.size() == order.size() + 1
                    && name(order).equals(place.getFirst())) {
                return new ArrayList<@Nullable Object>(place.subList(1, place.size()));
            }
        } catch (IllegalArgumentException | JsonProcessingException e) {
            throw refused();
        }
        throw refused();
    }

    private static String name(List<Order> order) {
        return String.join(
                ",",
                order.stream()
                        .map(by -> by.by() + (by.descending() ? " desc" : ""))
                        .toList());
    }

    private static CallerException refused() {
        return new CallerException(
                ErrorCode.BAD_USER_INPUT,
                "This is no cursor of this order: take one of a page with the same orderBy, or begin without after.",
                "after");
    }
}
