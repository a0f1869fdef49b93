package dev.tidemark.exports;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.RequestBody;
import dev.tidemark.spi.Scope;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what is asked for, as it is read. */
final class ExportRoute implements HttpService {

    private static final Logger LOG = LoggerFactory.getLogger(ExportRoute.class);
    private static final HttpMediaType NDJSON = HttpMediaType.create("application/x-ndjson");
    private static final HttpMediaType CSV = HttpMediaType.create("text/csv; charset=utf-8");
    private static final int BUFFER = 64 * 1024;
    private static final int LARGEST_BODY = 1 << 20;

    private final ModuleContext context;
    private final Semaphore running;
    private final Duration patience;

    ExportRoute(ModuleContext context, int atOnce, Duration patience) {
        this.context = context;
        this.running = new Semaphore(atOnce);
        this.patience = patience;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(
                        "/",
                        (request, response) -> answer(
                                request,
                                response,
                                Scope.READ,
                                isCsv(request),
                                project -> one(project, ExportRequest.of(request.query(), context.json()))))
                .post(
                        "/",
                        (request, response) -> answer(
                                request, response, Scope.READ, isCsv(request), project -> one(project, asked(request))))
                .get(
                        "/person",
                        (request, response) -> answer(request, response, Scope.MASTER, false, project -> {
                            var id = ExportRequest.person(request.query());
                            return new PersonExport(project, context.questions(), context.people(), id).parts();
                        }));
    }

    private ExportRequest asked(ServerRequest request) {
        try (var body = RequestBody.of(request, LARGEST_BODY)) {
            return ExportRequest.of(body, context.json());
        }
    }

    private List<Export> one(Project project, ExportRequest request) {
        return List.of(Export.of(request, project, context.questions()));
    }

    private void answer(
            ServerRequest request,
            ServerResponse response,
            Scope needed,
            boolean isCsv,
            Function<Project, List<Export>> wanted) {
        var caller = context.callers().of(request);
        caller.require(needed);
        if (!running.tryAcquire()) {
            throw new CallerException(
                    ErrorCode.UNAVAILABLE, "As many exports run as may at once (exports.at-once): try again later.");
        }
        try {
            var exports = wanted.apply(caller.project());
            note(caller, exports.getFirst().collection());
            response.headers().contentType(isCsv ? CSV : NDJSON);
            response.header(HeaderValues.CACHE_NO_CACHE);
            send(exports, isCsv, new Body(response, () -> context.callers().of(request), System::nanoTime));
        } finally {
            running.release();
        }
    }

    private void note(Caller caller, String subject) {
        context.databases().of(caller.project()).transaction(transaction -> {
            context.audit().note(transaction, caller, "export", subject);
            return subject;
        });
    }

    private void send(List<Export> exports, boolean isCsv, Body body) {
        try (var _ = new StallWatch(body, patience)) {
            var out = new BufferedOutputStream(body, BUFFER);
            for (var export : exports) {
                var rows = writer(export, isCsv, out);
                export.rows().forEach(row -> write(rows, row));
                rows.finish();
            }
            out.close();
        } catch (IOException | RuntimeException e) {
            throw failure(body, e);
        }
    }

    private static void write(RowWriter rows, List<@Nullable Object> row) {
        try {
            rows.write(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RowWriter writer(Export export, boolean isCsv, OutputStream out) throws IOException {
        if (isCsv) {
            return new CsvRows(out, export.names(), export.json());
        }
        return switch (export.kind()) {
            case EVENTS -> new EventLines(out, export.collection(), export.names());
            case ROWS -> new RowLines(out, Optional.empty(), export.names());
            case NAMED_ROWS -> new RowLines(out, Optional.of(export.collection()), export.names());
        };
    }

    /** Once bytes are out, only the missing end of the body can tell that they are not all. */
    private static RuntimeException failure(Body body, Exception e) {
        if (body.isBegun()) {
            if (e instanceof CloseConnectionException gone) {
                return gone;
            }
            if (e instanceof CallerException told) {
                LOG.info("An export was cut off: {}", told.getMessage());
            } else {
                LOG.error("An export was cut off.", e);
            }
            return new CloseConnectionException("The export was cut off.", e);
        }
        return e instanceof RuntimeException failure ? failure : new UncheckedIOException((IOException) e);
    }

    private static boolean isCsv(ServerRequest request) {
        var query = request.query();
        if (!query.contains("format")) {
            return request.headers().first(HeaderNames.ACCEPT).orElse("").contains("text/csv");
        }
        return switch (query.get("format")) {
            case "csv" -> true;
            case "ndjson" -> false;
            default -> throw new CallerException(ErrorCode.BAD_USER_INPUT, "The format is ndjson or csv.", "format");
        };
    }
}
