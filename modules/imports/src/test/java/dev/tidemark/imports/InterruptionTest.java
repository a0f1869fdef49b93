package dev.tidemark.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.imports.ImportServer.Answer;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** An import of 1,000 rows in batches of 10, disturbed. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterruptionTest {

    private static final int ROWS = 1_000;
    private static final String FILE = file(ROWS);
    private static final String PARAMETERS = "collection=click&id=f";

    private PostgresAddress database;
    private TestEngine engine;
    private ImportServer server;
    private Rows rows;
    private String key;

    @BeforeAll
    void start(PostgresAddress address) {
        database = address;
        engine = TestEngine.start(address, Map.of("imports.batch-rows", "10"), Optional.empty());
        server = new ImportServer(engine);
    }

    @AfterAll
    void stop() {
        server.close();
        engine.close();
    }

    @BeforeEach
    void makeProject() {
        var project = engine.project();
        rows = new Rows(database, project);
        key = server.key(project, "WRITE");
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
            assertThat(answer.get().status()).isIn(200, ErrorCode.CONFLICT.status());
        }
        untilFinished();
        assertEachRowIsThereOnce();
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
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var out = socket.getOutputStream();
            out.write(("POST /import?" + PARAMETERS + " HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + key
                            + "\r\nContent-Length: " + FILE.length() + "\r\n\r\n" + FILE.substring(0, characters))
                    .getBytes(UTF_8));
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
}
