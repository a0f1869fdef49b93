package dev.tidemark.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.imports.ImportServer.Answer;
import dev.tidemark.spi.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** An import of 1,000 rows in batches of 10, disturbed. */
class InterruptionTest extends ServedImports {

    private static final int ROWS = 1_000;
    private static final String FILE = file(ROWS);
    private static final String PARAMETERS = "collection=click&id=f";

    InterruptionTest() {
        super(Map.of("imports.batch-rows", "10"));
    }

    @Test
    void whatALimitStopsSaysThatRowsAreStoredAndHowToGoOn() {
        var limited = project.query(
                        "mutation { createApiKey(input: {name: \"k\", scopes: [WRITE], eventsPerDay: 25}) { secret } }")
                .get("createApiKey");
        var secret = (String) ((Map<?, ?>) limited).get("secret");

        var answer = server.upload(secret, PARAMETERS, FILE);

        assertThat(answer.is(ErrorCode.QUOTA_EXCEEDED)).as(answer.body()).isTrue();
        assertThat(answer.body()).contains("The first 20 rows of the file were stored", "same id");
    }

    @Test
    void anInterruptedUploadGoesOnBehindItsLastBatch() throws IOException {
        var random = new Random(1);

        for (int i = 0; i < 5; i++) {
            sendPart(random.nextInt(FILE.length()));
        }
        var answer = untilFinished();

        assertThat(answer.count("rows")).isEqualTo(ROWS);
        assertThat(answer.count("stored")).isEqualTo(ROWS);
        assertEachRowIsThereOnce();
    }

    @Test
    void anUploadThatBreaksOffAmidARowStoresNoPieceOfIt() throws IOException {
        sendPart(FILE.indexOf("\n95,") + 2);

        await().until(() -> server.progress(key, "f").count("rows") == 90);

        assertThat(server.progress(key, "f").isFinished()).isFalse();
        assertThat(rows.count("select count(*) from click")).isEqualTo(90);
    }

    @Test
    void ofManyUploadsAtOnceNoneAddsARowTwice() throws InterruptedException, ExecutionException {
        Callable<Answer> upload = () -> server.upload(key, PARAMETERS, FILE);

        List<Future<Answer>> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = threads.invokeAll(List.of(upload, upload, upload, upload));
        }

        for (var answer : answers) {
            assertThat(answer.get().status()).isIn(200, ErrorCode.UNAVAILABLE.status());
        }
        untilFinished();
        assertEachRowIsThereOnce();
    }

    @Test
    void anUploadEndsWhenItsKeyIsRevoked() throws IOException {
        var part = FILE.indexOf("\n95,") + 2;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            var file = FILE.getBytes(UTF_8);
            begin(socket, PARAMETERS, file, part);
            await().until(() -> server.progress(key, "f").count("rows") == 90);

            revokeKeys();
            socket.getOutputStream().write(file, part, FILE.indexOf("\n125,") - part);

            assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                    .isEqualTo("HTTP/1.1 401");
        }
        assertThat(rows.count("select count(*) from click")).isEqualTo(90);
    }

    @Test
    void aFileThatIsShorterThanWhatIsStoredIsAnother() throws IOException {
        sendPart(FILE.indexOf("\n95,") + 2);
        await().until(() -> server.progress(key, "f").count("rows") == 90);

        var answer = server.upload(key, PARAMETERS, file(50));

        assertThat(answer.is(ErrorCode.CONFLICT)).isTrue();
        assertThat(answer.body()).contains("another file");
        assertThat(server.progress(key, "f").isFinished()).isFalse();
    }

    @Test
    void aFileThatChangedWhereItIsStoredIsAnother() throws IOException {
        sendPart(FILE.indexOf("\n95,") + 2);
        await().until(() -> server.progress(key, "f").count("rows") == 90);

        var answer = server.upload(key, PARAMETERS, FILE.replace("name 17\n", "name of 17\n"));

        assertThat(answer.is(ErrorCode.CONFLICT)).isTrue();
        assertThat(answer.body()).contains("another file");
        assertThat(rows.count("select count(*) from click")).isEqualTo(90);
    }

    @Test
    void otherOptionsWouldReadTheRestInAnotherWay() throws IOException {
        sendPart(FILE.indexOf("\n95,") + 2);
        await().until(() -> server.progress(key, "f").count("rows") == 90);

        var answer = server.upload(key, PARAMETERS + "&rename=n=number", FILE);

        assertThat(answer.is(ErrorCode.CONFLICT)).isTrue();
        assertThat(answer.body()).contains("was begun with no options, and this is with rename=n=number");
    }

    @Test
    void anImportGoesOnAfterAColumnHasGotAnotherTypeThanItBeganWith() throws IOException {
        var typed = PARAMETERS + "&type=name=text";
        sendPart(typed, FILE.getBytes(UTF_8), FILE.indexOf("\n95,") + 2);
        await().until(() -> server.progress(key, "f").count("rows") == 90);
        project.query("""
                mutation {
                  changePropertyType(input: {collection: "click", property: "name", type: JSON}) { userErrors { code } }
                }
                """);
        await().until(() -> project.query("{ propertyChanges(first: 1) { status } }")
                .toString()
                .contains("FINISHED"));

        var answer = server.upload(key, typed, FILE);

        assertThat(answer.isFinished()).as(answer.body()).isTrue();
        assertThat(answer.count("resumedAt")).isEqualTo(90);
        assertEachRowIsThereOnce();
    }

    @Test
    void anotherFileOfTheSameNameDoesNotHideOneThatIsUnfinished() throws IOException {
        var named = PARAMETERS + "&file=clicks.csv";
        sendPart(named, FILE.getBytes(UTF_8), FILE.indexOf("\n95,") + 2);
        await().until(() -> server.progress(key, "f").count("rows") == 90);

        var answer = server.upload(key, named.replace("id=f", "id=g"), FILE + "1000,2026-01-31,more\n");

        assertThat(answer.is(ErrorCode.CONFLICT)).isTrue();
        assertThat(answer.body()).contains("stands at row 90");
    }

    @Test
    void anInterruptedUploadOfCompressedLinesGoesOnToo() throws IOException {
        var file = gzip(lines(ROWS));
        var random = new Random(2);

        for (int i = 0; i < 5; i++) {
            sendPart(PARAMETERS, file, random.nextInt(file.length));
        }
        await().until(
                        () -> server.upload(key, PARAMETERS, BodyPublishers.ofByteArray(file)),
                        answer -> answer.isDone() && answer.count("stored") == ROWS);

        assertEachRowIsThereOnce();
    }

    @Test
    void aMendedFileGoesOnBehindItsFault() {
        var broken = FILE.replace("\n500,", "\n\"500\"x,");

        var refused = server.upload(key, PARAMETERS, broken);
        var answer = server.upload(key, PARAMETERS, FILE);

        assertThat(refused.is(ErrorCode.BAD_USER_INPUT)).isTrue();
        assertThat(refused.body()).contains("line 50");
        assertThat(answer.count("resumedAt")).isGreaterThan(0);
        assertThat(answer.isFinished()).isTrue();
        assertEachRowIsThereOnce();
    }

    private Answer untilFinished() {
        return await().until(() -> server.upload(key, PARAMETERS, BodyPublishers.ofString(FILE)), Answer::isDone);
    }

    /** As a client that promises the whole file, and dies. */
    private void sendPart(int characters) throws IOException {
        sendPart(PARAMETERS, FILE.getBytes(UTF_8), characters);
    }

    private void sendPart(String parameters, byte[] file, int bytes) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            begin(socket, parameters, file, bytes);
        }
    }

    private void begin(Socket socket, String parameters, byte[] file, int bytes) throws IOException {
        var out = socket.getOutputStream();
        out.write(("POST /import?" + parameters + " HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + key
                        + "\r\nContent-Length: " + file.length + "\r\n\r\n")
                .getBytes(UTF_8));
        out.write(file, 0, bytes);
    }

    private void revokeKeys() {
        for (var each : (List<?>) project.query("{ apiKeys { id } }").get("apiKeys")) {
            var id = Map.of("id", ((Map<?, ?>) each).get("id"));
            project.query("mutation($id: ID!) { revokeApiKey(input: {id: $id}) { revokedId } }", id);
        }
    }

    private void assertEachRowIsThereOnce() {
        assertThat(rows.count("select count(*) from click")).isEqualTo(ROWS);
        assertThat(rows.count("select count(distinct n) from click")).isEqualTo(ROWS);
    }

    private static String file(int count) {
        var file = new StringBuilder("n,time,name\n");
        for (int i = 0; i < count; i++) {
            file.append(i).append(",2026-01-31T00:00:00Z,name ").append(i).append('\n');
        }
        return file.toString();
    }

    private static String lines(int count) {
        var file = new StringBuilder();
        for (int i = 0; i < count; i++) {
            file.append("{\"n\":").append(i).append(",\"time\":\"2026-01-31T00:00:00Z\"}\n");
        }
        return file.toString();
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var compressed = new GZIPOutputStream(bytes)) {
            compressed.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
