package dev.tidemark.core.schema.faults;

import dev.tidemark.spi.ErrorCode;
import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.language.SourceLocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as a client sees it.
 *
 * @param details {@code extensions} beside the code
 */
public record CodedError(
        String message, String code, Map<String, Object> details, List<Object> path, List<SourceLocation> locations)
        implements GraphQLError {

    /** Nobody reads more of a message, and a hostile document could fill it. */
    private static final int LONGEST_MESSAGE = 500;

    public CodedError {
        message = shortened(message);
        path = List.copyOf(path);
        locations = List.copyOf(locations);
    }

    public CodedError(String message, String code) {
        this(message, code, Map.of(), List.of(), List.of());
    }

    public CodedError(String message, ErrorCode code) {
        this(message, code.name());
    }

    public CodedError with(String detail, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(detail, value);
        return new CodedError(message, code, more, path, locations);
    }

    /** The same error where another one stands. */
    public CodedError at(@Nullable List<Object> otherPath, @Nullable List<SourceLocation> otherLocations) {
        return new CodedError(
                message,
                code,
                details,
                otherPath == null ? List.of() : otherPath,
                otherLocations == null ? List.of() : otherLocations);
    }

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public List<SourceLocation> getLocations() {
        return locations;
    }

    @Override
    public ErrorClassification getErrorType() {
        return ErrorClassification.errorClassification(code);
    }

    @Override
    public List<Object> getPath() {
        return path;
    }

    @Override
    public Map<String, Object> getExtensions() {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", code);
        extensions.putAll(details);
        return extensions;
    }

    @Override
    public Map<String, Object> toSpecification() {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message);
        if (!locations.isEmpty()) {
            error.put("locations", locations.stream().map(CodedError::place).toList());
        }
        if (!path.isEmpty()) {
            error.put("path", path);
        }
        error.put("extensions", getExtensions());
        return error;
    }

    /** The begin says where, the end says why; what is quoted in between may be as long as a client likes. */
    private static String shortened(String message) {
        var half = LONGEST_MESSAGE / 2;
        return message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, half) + " … " + message.substring(message.length() - half);
    }

    private static Map<String, Object> place(SourceLocation location) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("line", location.getLine());
        place.put("column", location.getColumn());
        return place;
    }
}
