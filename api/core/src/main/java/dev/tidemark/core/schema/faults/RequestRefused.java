package dev.tidemark.core.schema.faults;

import dev.tidemark.spi.ErrorCode;
import java.io.Serial;
import java.util.List;

/** Ends a request before it is executed. */
public final class RequestRefused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final Stage stage;
    private final transient List<CodedError> errors;

    public RequestRefused(Stage stage, List<CodedError> errors) {
        super("refused", null, false, false);
        this.stage = stage;
        this.errors = List.copyOf(errors);
    }

    public static RequestRefused document(String message, String code) {
        return new RequestRefused(Stage.DOCUMENT, List.of(new CodedError(message, code)));
    }

    public static RequestRefused tooComplex(String message) {
        return document(message, ErrorCode.QUERY_TOO_COMPLEX.name());
    }

    public Stage stage() {
        return stage;
    }

    public List<CodedError> errors() {
        return errors;
    }
}
