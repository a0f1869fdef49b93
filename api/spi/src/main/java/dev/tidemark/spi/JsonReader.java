package dev.tidemark.spi;

import java.io.InputStream;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that may be hostile. Text is strict UTF-8 and JSON is RFC 8259 without extensions; numbers are exact (Long,
 * BigInteger, Double where it holds the decimal, else BigDecimal); objects are maps in the sender's order. What is too
 * deep, too large, says a name twice or cannot be stored spoils its own item only.
 */
public interface JsonReader {

    /**
     * Reads one object or an array of objects, and hands on each object as it is read.
     *
     * @throws CallerException {@code BAD_USER_INPUT} with line and column where the text is not JSON
     */
    void items(InputStream input, Consumer<Item> each);

    /** Reads an object from each line (NDJSON) and hands it on. A line that is not JSON spoils only itself. */
    void lines(InputStream input, Consumer<Item> each);

    /**
     * Reads what SDKs send: one object, an array of objects, or an object that wraps an array of objects. Hands on each as
     * {@link #items} does; these may be kept, their text too.
     *
     * @param array the wrapper's member that is the array
     * @return the wrapper's other members; empty when there is no wrapper
     * @throws CallerException as {@link #items}
     */
    Map<String, @Nullable Object> batch(InputStream input, String array, Consumer<Item> each);

    /** One object of the input. */
    sealed interface Item {

        /** Where it begins in the input, from 1. */
        long line();

        /** @param raw its text, fit for a dead letter; lent while the item is handed on */
        record Read(long line, Map<String, @Nullable Object> value, Supplier<String> raw) implements Item {}

        record Spoiled(long line, Submission.Unreadable unreadable) implements Item {}

        /**
         * The event that the object means.
         *
         * @param mapping throws {@link CallerException} for an object that is no event: it becomes a dead letter
         */
        default Submission submission(Function<JsonObject, Event> mapping) {
            return switch (this) {
                case Spoiled spoiled -> spoiled.unreadable();
                case Read read -> {
                    try {
                        yield mapping.apply(new JsonObject(read.value()));
                    } catch (CallerException e) {
                        var pointer = e.path().isEmpty() ? "" : "/" + String.join("/", e.path());
                        yield new Submission.Unreadable(
                                read.raw().get(), new Refusal("not_an_event", pointer, e.sentence()));
                    }
                }
            };
        }
    }
}
