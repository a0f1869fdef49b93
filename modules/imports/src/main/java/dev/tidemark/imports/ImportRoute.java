package dev.tidemark.imports;

import dev.tidemark.imports.files.FileOpener;
import dev.tidemark.imports.rehearsal.Rehearsal;
import dev.tidemark.imports.requests.FileRequest;
import dev.tidemark.imports.requests.ImportRequest;
import dev.tidemark.imports.uploads.Batches;
import dev.tidemark.imports.uploads.Import;
import dev.tidemark.imports.uploads.ImportStore;
import dev.tidemark.imports.uploads.Upload;
import dev.tidemark.imports.values.TypesBefore;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.RequestBody;
import dev.tidemark.spi.Scope;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.InputStream;
import java.util.List;

/** Takes files, and tells how far they are. */
final class ImportRoute implements HttpService {

    private static final HttpMediaType JSON = HttpMediaType.create("application/json");
    private static final List<String> OTHER_FORMATS =
            List.of("application/json", "multipart", "application/zip", "excel", "spreadsheet", "parquet");

    private final ModuleContext context;
    private final int batchRows;

    ImportRoute(ModuleContext context, int batchRows) {
        this.context = context;
        this.batchRows = batchRows;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/", this::upload).get("/", this::latest).get("/{id}", this::progress);
    }

    private void upload(ServerRequest request, ServerResponse response) {
        var caller = writer(request);
        var project = caller.project();
        var wanted = ImportRequest.of(request.query());
        requireFile(request);
        var content = request.content().hasEntity() ? request.content().inputStream() : InputStream.nullInputStream();
        var origin = Origin.of("import", context.clock().instant(), caller, request);
        if (wanted.isDryRun()) {
            send(response, ImportJson.rehearsal(rehearsal(project, wanted, origin, content)));
            return;
        }
        var upload = new Upload(context, project, wanted, origin, () -> writer(request), batchRows);
        var state = upload.run(content);
        send(response, ImportJson.answer(state, upload.committedRows(), upload.problems()));
    }

    private Rehearsal rehearsal(Project project, ImportRequest wanted, Origin origin, InputStream content) {
        var events = context.events();
        var known = new TypesBefore(events, project);
        var rehearsal = new Rehearsal(known, events, rows -> events.rehearse(project, rows, origin));
        var files = new FileOpener(wanted, context.json(), batchRows);
        files.requireTypes(known);
        var file = files.open(content, known);
        var begun = Import.begun(wanted, origin.receivedAt());
        try (var batches = new Batches(begun, batchRows, file::requireNames, (batch, turn) -> {
            turn.run();
            rehearsal.add(batch);
        })) {
            file.read(batches);
            batches.finish();
        }
        return rehearsal;
    }

    private void progress(ServerRequest request, ServerResponse response) {
        var caller = writer(request);
        var id = ImportRequest.checkedId(request.path().pathParameters().get("id"));
        var state = new ImportStore(context.databases().of(caller.project()))
                .find(id)
                .orElseThrow(() -> new CallerException(
                        ErrorCode.NOT_FOUND,
                        "No import " + id
                                + " has stored rows in this project: begin it by POST /import?collection=…&id=" + id
                                + ", or ask again in a moment if it has just begun.",
                        "id"));
        tell(response, state);
    }

    private void latest(ServerRequest request, ServerResponse response) {
        var caller = writer(request);
        var wanted = FileRequest.of(request.query());
        var state = new ImportStore(context.databases().of(caller.project()))
                .latest(wanted.destination(), wanted.file())
                .orElseThrow(() -> new CallerException(
                        ErrorCode.NOT_FOUND,
                        "No file " + wanted.file() + " was imported into "
                                + wanted.destination().called() + ", in this project.",
                        "file"));
        tell(response, state);
    }

    private static void tell(ServerResponse response, Import state) {
        response.header(HeaderValues.CACHE_NO_CACHE);
        send(response, ImportJson.progress(state));
    }

    private Caller writer(ServerRequest request) {
        var caller = context.callers().of(request);
        caller.require(Scope.WRITE);
        return caller;
    }

    /** Compression is seen by the content; the header must only name nothing else. */
    private static void requireFile(ServerRequest request) {
        var type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        RequestBody.requireEncoding(request, "gzip", "zstd");
        if (OTHER_FORMATS.stream().anyMatch(type::contains)) {
            throw new CallerException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "An import is a file as the body of the request, CSV or NDJSON, plain or compressed with gzip or zstd:"
                            + " curl --data-binary @clicks.csv -H 'Content-Type: text/csv' …");
        }
    }

    private static void send(ServerResponse response, byte[] json) {
        response.headers().contentType(JSON);
        response.send(json);
    }
}
