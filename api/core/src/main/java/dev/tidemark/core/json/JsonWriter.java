package dev.tidemark.core.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns values of events into JSON text: null, Boolean, numbers (of any size, as numbers), String, lists and maps; all
 * else, times above all, as the string it prints itself as. U+0000 and halves of surrogate pairs become escapes.
 */
public final class JsonWriter {

    private static final String HEX = "0123456789abcdef";

    private final StringBuilder text;

    private JsonWriter(StringBuilder text) {
        this.text = text;
    }

    public static String write(@Nullable Object value) {
        var text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    public static void write(@Nullable Object value, StringBuilder text) {
        new JsonWriter(text).value(value);
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> text.append("null");
            case Boolean b -> text.append(b.booleanValue());
            case Number number -> number(number);
            case Map<?, ?> map -> object(map);
            case List<?> list -> array(list);
            default -> string(value.toString());
        }
    }

    private void number(Number number) {
        if (Double.isFinite(number.doubleValue()) || number instanceof BigDecimal || number instanceof BigInteger) {
            text.append(number);
        } else {
            string(number.toString());
        }
    }

    private void object(Map<?, ?> map) {
        text.append('{');
        for (var entries = map.entrySet().iterator(); entries.hasNext(); ) {
            var entry = entries.next();
            string(String.valueOf(entry.getKey()));
            text.append(':');
            value(entry.getValue());
            comma(entries);
        }
        text.append('}');
    }

    private void array(List<?> list) {
        text.append('[');
        for (var elements = list.iterator(); elements.hasNext(); ) {
            value(elements.next());
            comma(elements);
        }
        text.append(']');
    }

    private void comma(Iterator<?> rest) {
        if (rest.hasNext()) {
            text.append(',');
        }
    }

    private void string(String value) {
        text.append('"');
        var storable = StorableText.isStorable(value);
        for (int i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || (!storable && Character.isSurrogate(c))) {
                escape(c);
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    private void escape(char c) {
        text.append("\\u")
                .append(HEX.charAt(c >> 12))
                .append(HEX.charAt((c >> 8) & 15))
                .append(HEX.charAt((c >> 4) & 15))
                .append(HEX.charAt(c & 15));
    }
}
