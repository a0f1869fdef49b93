package dev.tidemark.core.schema.faults;

import java.io.Serial;
import java.util.List;
import java.util.Map;

/** Ends a stream of results that cannot go on. */
public final class StreamFailed extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<Map<String, Object>> errors;

    public StreamFailed(CodedError error) {
        super(error.message(), null, false, false);
        this.errors = List.of(error.toSpecification());
    }

    /** Errors as a client gets them, ready to be written as JSON. */
    public List<Map<String, Object>> errors() {
        return errors;
    }
}
