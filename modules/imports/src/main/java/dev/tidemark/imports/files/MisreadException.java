package dev.tidemark.imports.files;

import dev.tidemark.imports.values.Sent;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Submission.Unreadable;
import java.io.Serial;
import java.util.function.UnaryOperator;

/** An object is no event. Without a stack trace: it may be so for every line of a file. */
final class MisreadException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Sent sent;
    private final transient Refusal reason;

    MisreadException(Sent sent, String code, String pointer, String message) {
        super(message, null, false, false);
        this.sent = sent;
        this.reason = new Refusal(code, pointer, message);
    }

    /** @param placed says of the reason where it is */
    Unreadable refused(UnaryOperator<Refusal> placed) {
        return sent.refused(placed.apply(reason));
    }
}
