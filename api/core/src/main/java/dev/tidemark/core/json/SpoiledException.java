package dev.tidemark.core.json;

import dev.tidemark.spi.Refusal;
import java.io.Serial;

/** One item cannot be used; the rest can. */
final class SpoiledException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Refusal reason;

    SpoiledException(String code, String pointer, String message) {
        super(message, null, false, false);
        this.reason = new Refusal(code, pointer, message);
    }

    /** The same, seen from what has that member or element. */
    SpoiledException within(String name) {
        var pointer = "/" + name.replace("~", "~0").replace("/", "~1") + reason.pointer();
        return new SpoiledException(reason.code(), pointer, reason.message());
    }

    /** Its pointer is cut where it is long, and fit to be stored. */
    Refusal reason() {
        var cut = Math.min(reason.pointer().length(), JsonLimits.POINTER_CHARACTERS);
        return new Refusal(reason.code(), StorableText.escaped(reason.pointer().substring(0, cut)), reason.message());
    }
}
