package dev.tidemark.spi;

import java.io.InputStream;
import java.util.Map;
import java.util.function.Consumer;
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

    /** One object of the input. */
    sealed interface Item {

        record Read(Map<String, @Nullable Object> value) implements Item {}

        record Spoiled(Submission.Unreadable unreadable) implements Item {}
    }
}
