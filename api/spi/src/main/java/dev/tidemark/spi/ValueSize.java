package dev.tidemark.spi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much memory values take that were read, so that who keeps some keeps not too many. */
public final class ValueSize {

    /** An object that has one value, and its place in another. */
    private static final long OBJECT = 24;

    private static final long EMPTY_MAP = 56;
    private static final long FIRST_MEMBER = 80;
    private static final long MEMBER = 40;

    private ValueSize() {}

    /** @return about as many bytes: of text as many as it has characters, and what is around it; of lists and maps all in them */
    public static long of(@Nullable Object value) {
        return switch (value) {
            case String text -> OBJECT + text.length();
            case byte[] bytes -> OBJECT + bytes.length;
            case List<?> list -> OBJECT + ofAll(list);
            case Map<?, ?> map -> EMPTY_MAP + ofMembers(map);
            case null, default -> OBJECT;
        };
    }

    private static long ofAll(List<?> list) {
        var bytes = 0L;
        for (var element : list) {
            bytes += of(element);
        }
        return bytes;
    }

    private static long ofMembers(Map<?, ?> map) {
        var bytes = map.isEmpty() ? 0 : FIRST_MEMBER;
        for (var member : map.entrySet()) {
            bytes += MEMBER + of(member.getKey()) + of(member.getValue());
        }
        return bytes;
    }
}
