package dev.tidemark.imports;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Scope;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Takes files, and tells how far they are. */
final class ImportRoute implements HttpService {

    private static final HttpMediaType JSON = HttpMediaType.create("application/json");
    private static final List<String> OTHER_FORMATS =
            List.of("json", "multipart", "zip", "zstd", "excel", "spreadsheet");

    private final ModuleContext context;
    private final int batchRows;

    ImportRoute(ModuleContext context, int batchRows) {
        this.context = context;
        this.batchRows = batchRows;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/", this::upload).get("/{id}", this::progress);
    }

    private void upload(ServerRequest request, ServerResponse response) {
        var caller = writer(request);
        var wanted = ImportRequest.of(request.query());
        requireCsv(request);
        var upload = new Upload(context, caller.project(), wanted, origin(request), batchRows);
        var content = request.content().hasEntity() ? request.content().inputStream() : InputStream.nullInputStream();
        var resumedAt = upload.committedRows();
        send(response, upload.run(content).json() + ",\"resumedAt\":" + resumedAt);
    }

    private void progress(ServerRequest request, ServerResponse response) {
        var caller = writer(request);
        var id = ImportRequest.checkedId(request.path().pathParameters().get("id"));
        var found = new ImportStore(context.databases().of(caller.project())).find(id);
        var state = found.orElseGet(() -> Import.unknown(id, "", context.clock().instant()));
        response.header(HeaderValues.CACHE_NO_CACHE);
        send(response, state.json());
    }

    private Caller writer(ServerRequest request) {
        var caller = context.callers().of(request);
        caller.require(Scope.WRITE);
        return caller;
    }

    private static void requireCsv(ServerRequest request) {
        var type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        var encoding = request.headers().first(HeaderNames.CONTENT_ENCODING).orElse("identity");
        if (!encoding.equals("identity") || OTHER_FORMATS.stream().anyMatch(type::contains)) {
            throw new CallerException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "An import is a plain CSV file as the body of the request: curl --data-binary @clicks.csv -H"
                            + " 'Content-Type: text/csv' …");
        }
    }

    private Origin origin(ServerRequest request) {
        return Origin.of("import", context.clock().instant(), writer(request), request);
    }

    private static void send(ServerResponse response, String members) {
        response.headers().contentType(JSON);
        response.send(("{" + members + "}").getBytes(StandardCharsets.UTF_8));
    }
}
