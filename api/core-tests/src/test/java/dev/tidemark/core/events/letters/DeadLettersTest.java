package dev.tidemark.core.events.letters;

import static dev.tidemark.core.events.EventNode.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.events.EventNode;
import dev.tidemark.core.events.admission.Pipeline;
import dev.tidemark.core.events.commit.IngestionLimits;
import dev.tidemark.core.json.MergePatch;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Scope;
import dev.tidemark.spi.Submission;
import dev.tidemark.testkit.PostgresExtension;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class DeadLettersTest {

    private static final LetterFilter ALL = LetterFilter.of(List.of());
    private static final Origin EARLIER = Origin.of("test", EventNode.NOW.minus(Duration.ofHours(5)));

    @AutoClose
    private final EventNode node;

    private final DeadLetters letters;
    private final Project project;
    private final Caller caller;
    private final List<String> noted = new CopyOnWriteArrayList<>();

    DeadLettersTest(PostgresAddress address) {
        this.node =
                EventNode.start(address, new IngestionLimits(100_000, 64 << 20, 2, 4 << 20, Duration.ofSeconds(30)));
        this.letters = new DeadLetters(
                node.databases,
                node.events,
                new Rereading(node.events::reader),
                (transaction, by, act, subject) -> noted.add(act + " " + subject),
                Clock.fixed(EventNode.NOW, ZoneOffset.UTC));
        this.project = node.project();
        this.caller = new Caller("test", Set.of(Scope.MASTER), Optional.of(project));
    }

    @Test
    void aPatchedLetterIsStoredAndGone() {
        refuse(fields("collection", "buy", "time", "yesterday", "properties", Map.of("price", 3L)));

        var result = letters.retry(caller, retry(Map.of("time", "2026-11-20T10:00:00Z")));

        assertThat(result.stored()).isOne();
        assertThat(node.count(project, "_dead_letter")).isZero();
        assertThat(node.all(project)).singleElement().satisfies(stored -> {
            assertThat(stored.event().time()).contains(Instant.parse("2026-11-20T10:00:00Z"));
            assertThat(stored.event().properties()).isEqualTo(Map.of("price", 3L));
        });
    }

    @Test
    void aLetterWithoutATimeKeepsTheOneOfItsReceipt() {
        node.events.collect(project, List.of(event("_buy")), EARLIER);

        letters.retry(caller, retry(Map.of("collection", "buy")));

        assertThat(node.all(project))
                .singleElement()
                .satisfies(stored -> assertThat(stored.event().time()).contains(EARLIER.receivedAt()));
    }

    @Test
    void whatIsRefusedAgainStaysWithTheNewReasonAndItsOwnInput() {
        refuse(fields("collection", "_buy", "time", "yesterday"));
        var before = all().getFirst();

        var result = letters.retry(caller, retry(Map.of("time", "2026-11-20T10:00:00Z")));

        assertThat(result.refused()).isOne();
        assertThat(all()).singleElement().satisfies(after -> {
            assertThat(after.id()).isEqualTo(before.id());
            assertThat(after.letter().raw()).isEqualTo(before.letter().raw());
            assertThat(after.letter().reason().code()).isEqualTo("bad_collection");
            assertThat(after.attempts()).isOne();
            assertThat(after.attemptedAt()).contains(EventNode.NOW);
        });
    }

    @Test
    void aLetterWhoseMessageIdWasStoredSinceIsADuplicate() {
        refuse(fields("collection", "buy", "time", "yesterday", "messageId", "m"));
        node.collect(project, event("buy").withMessageId("m"));

        var result = letters.retry(caller, retry(unset("time")));

        assertThat(result.duplicates()).isOne();
        assertThat(node.count(project, "_dead_letter")).isZero();
        assertThat(node.count(project, "buy")).isOne();
    }

    @Test
    void aRehearsalTellsTheSameAndWritesNothing() {
        node.collect(project, event("known").withMessageId("m"));
        refuse(fields("collection", "buy", "time", "x", "properties", Map.of("new", 1L)));
        refuse(fields("collection", "buy", "time", "x", "messageId", "m"));
        refuse(fields("collection", "buy", "time", "x", "messageId", "twice"));
        refuse(fields("collection", "buy", "time", "x", "messageId", "twice"));
        refuse(fields("collection", "_buy", "time", "x"));
        var before = all();
        var rehearsal = new Retry(ALL, new MergePatch(unset("time")), 0, true);

        var told = letters.retry(caller, rehearsal);

        assertThat(all()).isEqualTo(before);
        assertThat(node.catalogs.refresh(project).byLabel("buy")).isEmpty();
        assertThat(kinds(letters.retry(caller, retry(unset("time"))))).isEqualTo(kinds(told));
        assertThat(kinds(told)).containsExactly("Stored", "Duplicate", "Stored", "Duplicate", "Refused");
    }

    @Test
    void whatIsNoJsonIsReplacedByThePatch() {
        node.collect(project, new Submission.Unreadable("a;b;c", new Refusal("bad_json", "", "No.")));

        var without = letters.retry(caller, retry(Map.of()));
        var with = letters.retry(caller, retry(Map.of("collection", "buy", "properties", Map.of("a", 1L))));

        assertThat(without.refused()).isOne();
        assertThat(with.stored()).isOne();
        assertThat(node.all(project))
                .extracting(stored -> stored.event().properties())
                .containsExactly(Map.of("a", 1L));
    }

    @Test
    void whatASenderWroteIsReadAsTheSendersOwn() {
        node.events.passThrough(new Pipeline(
                List.of(),
                List.of(),
                Map.of(
                        "test",
                        (sent, origin) ->
                                Event.of(sent.text("event").orElseThrow()).by("reader")),
                Set.of()));
        node.collect(project, new Submission.Unreadable("{\"event\": 7}", new Refusal("not_an_event", "", "No.")));

        letters.retry(caller, retry(Map.of("event", "buy")));

        assertThat(node.all(project)).singleElement().satisfies(stored -> {
            assertThat(stored.event().collection()).isEqualTo("buy");
            assertThat(stored.event().user()).contains("reader");
        });
    }

    @Test
    void thousandsAreRetriedInChunksAndFromWhereTheLastCallStopped() {
        node.collect(project, IntStream.range(0, 5_700).mapToObj(i -> bad(i)).toList());

        var first = letters.retry(caller, retry(unset("time")));
        var second = letters.retry(
                caller,
                new Retry(
                        ALL, new MergePatch(unset("time")), first.stoppedAfter().orElseThrow(), false));

        assertThat(first.stored()).isEqualTo(5_000);
        assertThat(second.stored()).isEqualTo(700);
        assertThat(second.stoppedAfter()).isEmpty();
        assertThat(node.count(project, "buy")).isEqualTo(5_700);
        assertThat(node.count(project, "_dead_letter")).isZero();
    }

    @Test
    void whoRetriesTheSameLettersAtOnceStoresEachOnce() throws Exception {
        node.collect(project, IntStream.range(0, 1_200).mapToObj(i -> bad(i)).toList());

        List<Retried> results = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Retried> retry = () -> letters.retry(caller, retry(unset("time")));
            for (Future<Retried> result : threads.invokeAll(List.of(retry, retry, retry))) {
                results.add(result.get());
            }
        }

        assertThat(results.stream().mapToLong(Retried::stored).sum()).isEqualTo(1_200);
        assertThat(node.count(project, "buy")).isEqualTo(1_200);
        assertThat(node.count(project, "_dead_letter")).isZero();
    }

    @Test
    void aFilterChoosesWhatIsRetriedAndWhatIsDiscarded() {
        node.events.collect(project, List.of(event("_a"), event("_b")), EARLIER);
        node.collect(project, event("_a"), bad(1));

        var discarded = letters.discard(
                caller,
                new LetterFilter(
                        List.of(),
                        List.of(),
                        List.of("_a"),
                        List.of("test"),
                        Optional.of(EARLIER.receivedAt()),
                        Optional.of(EventNode.NOW)));
        var retried = letters.retry(
                caller,
                new Retry(
                        new LetterFilter(
                                List.of(),
                                List.of("bad_time"),
                                List.of(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty()),
                        new MergePatch(unset("time")),
                        0,
                        false));

        assertThat(noted).containsExactly("discardDeadLetters 1 letter", "retryDeadLetters 1 letter");
        assertThat(discarded).isOne();
        assertThat(retried.stored()).isOne();
        assertThat(all())
                .extracting(kept -> kept.letter().collection().orElse(""))
                .containsExactly("_a", "_b");
    }

    @Test
    void whatIsNoEventIsFoundByTheCollectionItNames() {
        node.collect(
                project,
                bad(1),
                event("_a"),
                new Submission.Unreadable("{\"collection\": 5}", new Refusal("not_an_event", "", "No.")));

        var ofBuy =
                new LetterFilter(List.of(), List.of(), List.of("buy"), List.of(), Optional.empty(), Optional.empty());

        assertThat(letters.latest(project, ofBuy, Long.MAX_VALUE, 100))
                .extracting(kept -> kept.letter().reason().code())
                .containsExactly("bad_time");
        assertThat(all())
                .extracting(kept -> kept.letter().collection())
                .containsExactly(Optional.empty(), Optional.of("_a"), Optional.of("buy"));
    }

    @Test
    void beyondTheHoursMeasureLettersAreCountedAndTheSenderIsTold() {
        var large = "x".repeat(600_000);

        var refused = IntStream.range(0, 8).mapToObj(i -> event("_" + i, "p", large));
        var outcomes = node.collect(
                project, Stream.concat(refused, Stream.of(event("a"))).toList());

        assertThat(outcomes.subList(0, 7))
                .allMatch(outcome -> outcome instanceof Outcome.Refused letter && letter.isKept());
        assertThat(outcomes.get(7)).matches(outcome -> outcome instanceof Outcome.Refused letter && !letter.isKept());
        assertThat(outcomes.get(8)).isInstanceOf(Outcome.Stored.class);
        assertThat(node.count(project, "_dead_letter")).isEqualTo(7);
        assertThat(letters.notKept(project)).isOne();
    }

    @Test
    void aLetterIsOnlyMeantByAnIdOfItsOwnProject() {
        var other = new LetterInput(node.project(), Map.of("ids", List.of(LetterInput.id(project, 1))));

        assertThatThrownBy(other::chosen).isInstanceOf(CallerException.class).hasMessageContaining("ids");
    }

    private void refuse(Map<String, Object> fields) {
        assertThat(node.collect(project, node.events.submission(fields)))
                .singleElement()
                .isInstanceOf(Outcome.Refused.class);
    }

    private Submission bad(int i) {
        return node.events.submission(fields("collection", "buy", "time", "x", "properties", Map.of("i", (long) i)));
    }

    private List<KeptLetter> all() {
        return letters.latest(project, ALL, Long.MAX_VALUE, 100);
    }

    private static Retry retry(Map<String, Object> patch) {
        return new Retry(ALL, new MergePatch(patch), 0, false);
    }

    private static List<String> kinds(Retried retried) {
        return retried.first().stream()
                .map(one -> one.outcome().getClass().getSimpleName())
                .toList();
    }

    private static Map<String, Object> unset(String name) {
        Map<String, Object> patch = new HashMap<>();
        patch.put(name, null);
        return patch;
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
