package dev.tidemark.core.json;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.JsonReader;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Submission;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads JSON with all suspicion. */
public final class StrictJsonReader implements JsonReader {

    private static final String IN_ONE_ARRAY = "send several objects as one array.";

    @Override
    public void items(InputStream input, Consumer<Item> each) {
        var scanner = new ItemScanner(input);
        var parser = new ItemParser(JsonLimits.NUMBER_CHARACTERS);
        scanner.skipByteOrderMark();
        if (scanner.peek() == '{') {
            each.accept(item(scanner, parser));
        } else {
            array(scanner, parser, each);
        }
        end(scanner, "objects line by line are application/x-ndjson.");
    }

    @Override
    public void lines(InputStream input, Consumer<Item> each) {
        var scanner = new ItemScanner(input);
        var parser = new ItemParser(JsonLimits.NUMBER_CHARACTERS);
        scanner.skipByteOrderMark();
        for (var line = scanner.line(); line.isPresent(); line = scanner.line()) {
            if (!line.get().isBlank()) {
                each.accept(line(line.get(), parser));
            }
        }
    }

    @Override
    public Map<String, @Nullable Object> batch(InputStream input, String array, Consumer<Item> each) {
        var scanner = new ItemScanner(input);
        var parser = new ItemParser(JsonLimits.NUMBER_CHARACTERS);
        Consumer<Item> keep = item -> each.accept(kept(item));
        scanner.skipByteOrderMark();
        if (scanner.peek() != '{') {
            array(scanner, parser, keep);
            end(scanner, IN_ONE_ARRAY);
            return Map.of();
        }
        var wrapper = new Wrapper(scanner, array);
        wrapper.read(() -> array(scanner, parser, keep));
        end(scanner, IN_ONE_ARRAY);
        if (!wrapper.hasArray()) {
            keep.accept(item(wrapper.object(), parser));
            return Map.of();
        }
        return members(wrapper, parser, array);
    }

    private static Map<String, @Nullable Object> members(Wrapper wrapper, ItemParser parser, String array) {
        return switch (item(wrapper.object(), parser)) {
            case Item.Read read -> {
                read.value().remove(array);
                yield read.value();
            }
            case Item.Spoiled spoiled -> {
                var reason = spoiled.unreadable().reason();
                throw new CallerException(
                        ErrorCode.BAD_USER_INPUT,
                        "Around " + array + ", at \"" + reason.pointer() + "\": " + reason.message());
            }
        };
    }

    private static Item kept(Item item) {
        if (item instanceof Item.Read(var line, var value, var lent)) {
            var raw = lent.get();
            return new Item.Read(line, value, () -> raw);
        }
        return item;
    }

    private static void end(ItemScanner scanner, String remedy) {
        if (scanner.peek() != ItemScanner.END) {
            throw scanner.error("something follows the end of the JSON text: " + remedy);
        }
    }

    private static void array(ItemScanner scanner, ItemParser parser, Consumer<Item> each) {
        switch (scanner.peek()) {
            case '[' -> scanner.skip();
            case ItemScanner.END -> throw scanner.error("there is no JSON: send an object or an array of objects.");
            default -> throw scanner.error("send a JSON object or an array of objects.");
        }
        if (scanner.peek() == ']') {
            scanner.skip();
            return;
        }
        while (true) {
            switch (scanner.peek()) {
                case ',', ']' -> throw scanner.error("an element of the array is missing here.");
                case ItemScanner.END -> throw scanner.error("the array is not closed.");
                default -> each.accept(item(scanner, parser));
            }
            switch (scanner.peek()) {
                case ',' -> scanner.skip();
                case ']' -> {
                    scanner.skip();
                    return;
                }
                case ItemScanner.END -> throw scanner.error("the array is not closed.");
                default -> throw scanner.error("a comma or the end of the array is expected here.");
            }
        }
    }

    /**
     * Most items stand in the buffer as a whole and are what they should be. Only where one does not, or is not, its end is
     * sought by its brackets, so that what is wrong with it stays with it.
     */
    private static Item item(ItemScanner scanner, ItemParser parser) {
        try {
            var object = parser.leading(scanner.rest());
            var scanned = scanner.value(parser.read());
            return new Item.Read(scanned.line(), object, scanned::raw);
        } catch (SpoiledException | NotJsonException e) {
            return item(scanner.value(), parser);
        }
    }

    private static Item item(ScannedItem scanned, ItemParser parser) {
        try {
            return new Item.Read(scanned.line(), parser.object(scanned), scanned::raw);
        } catch (SpoiledException e) {
            return spoiled(scanned, e.reason());
        } catch (NotJsonException e) {
            throw ItemScanner.error(e.line(scanned), e.column(scanned), e.sentence());
        }
    }

    private static Item line(ScannedItem scanned, ItemParser parser) {
        try {
            return new Item.Read(scanned.line(), parser.object(scanned), scanned::raw);
        } catch (SpoiledException e) {
            return spoiled(scanned, e.reason());
        } catch (NotJsonException e) {
            var place = "Line " + e.line(scanned) + ", column " + e.column(scanned) + ": ";
            return spoiled(scanned, new Refusal("bad_json", "", place + e.sentence()));
        }
    }

    private static Item spoiled(ScannedItem scanned, Refusal reason) {
        return new Item.Spoiled(scanned.line(), new Submission.Unreadable(scanned.raw(), reason));
    }
}
