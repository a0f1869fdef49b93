package dev.tidemark.core.events.life;

import static dev.tidemark.core.events.EventNode.NOW;
import static dev.tidemark.core.events.EventNode.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.catalog.Declared;
import dev.tidemark.core.events.EventNode;
import dev.tidemark.core.jobs.TestJobs;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ExpiryGuard;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.Project;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class ExpiryTest {

    private final EventNode node;
    private final EventNode other;
    private Project project;

    ExpiryTest(PostgresAddress address) {
        this.node = EventNode.start(address);
        this.other = EventNode.start(address);
    }

    @BeforeEach
    void fill() {
        project = node.project();
        for (int days : List.of(0, 40, 100, 130)) {
            node.collect(project, event("a", "days", (long) days).at(NOW.minus(Duration.ofDays(days))), event("b"));
        }
    }

    @AfterEach
    void close() {
        other.close();
        node.close();
    }

    @Test
    void eventsOlderThanKeptAreDeadLettersWithThatReason() {
        keep(Duration.ofDays(60));

        var outcomes = node.collect(
                project,
                event("a").at(NOW.minus(Duration.ofDays(61))),
                event("a").at(NOW.minus(Duration.ofDays(59))));

        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason().code()).isEqualTo("older_than_kept"));
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Stored.class);
        assertThat(node.text(project, "code || pointer from _dead_letter")).isEqualTo("older_than_kept/time");
    }

    @Test
    void partitionsOlderThanKeptAreDroppedAndWhatIsLeftIsCountedAndFollowed() {
        keep(Duration.ofDays(60));

        expire(List.of());

        assertThat(node.text(project, "string_agg(days::text, ',' order by days) from a"))
                .isEqualTo("0,40");
        assertThat(node.count(project, "_partition where name like '\\_p1%'")).isEqualTo(2);
        assertThat(node.text(
                        project,
                        "events || ' ' || (first_time = (select min(_time) from a)) from _total where"
                                + " collection = 'a'"))
                .isEqualTo("2 true");
        assertThat(node.all(project)).hasSize(6);
        assertThat(node.collect(project, event("b"))).allMatch(outcome -> outcome instanceof Outcome.Stored);
        assertThat(node.all(project)).hasSize(7);
    }

    @Test
    void aFollowerPassesCommitsOfWhichNothingIsLeft() {
        keep(Duration.ofDays(1));
        expire(List.of());

        var first = node.committed.read(project, Position.START, 1);

        assertThat(first).hasSize(1);
        assertThat(node.all(project)).hasSize(5);
    }

    @Test
    void whoeverFollowsCanTellUpToWhereEventsAreMissing() {
        var all = node.all(project);
        keep(Duration.ofDays(60));
        assertThat(node.committed.expired(project, List.of())).isEqualTo(Position.START);

        expire(List.of());

        var lastLost = all.stream()
                .filter(event -> event.event().properties().containsValue(130L))
                .findFirst()
                .orElseThrow();
        assertThat(node.committed.expired(project, List.of("a"))).isEqualTo(lastLost.position());
        assertThat(node.committed.expired(project, List.of())).isEqualTo(lastLost.position());
        assertThat(node.committed.expired(project, List.of("b"))).isEqualTo(Position.START);
        assertThat(node.committed.last(project)).isEqualTo(all.getLast().position());
    }

    @Test
    void aPartitionWaitsForEveryListener() {
        keep(Duration.ofDays(60));

        assertThatThrownBy(() -> expire(List.of("slow")))
                .isInstanceOf(CallerException.class)
                .hasMessageContaining("slow in project " + project.slug());
        assertThat(node.count(project, "a")).isEqualTo(4);

        node.execute("insert into " + project.slug() + "._position values ('slow', 1000000, 0)");
        expire(List.of("slow"));
        assertThat(node.count(project, "a")).isEqualTo(2);
    }

    @Test
    void aGuardThatThrowsHoldsUpItsOwnCollectionAndNoOther() {
        node.collect(project, event("b").at(NOW.minus(Duration.ofDays(100))));
        keep(Duration.ofDays(60));
        new Declared(node.catalogs, project).collection("b", "keep", Duration.ofDays(60));
        ExpiryGuard bad = (ofProject, collection, end, transaction) -> {
            if (collection.equals("a")) {
                throw new NoClassDefFoundError("example/Missing");
            }
            return true;
        };

        assertThatThrownBy(() -> expire(List.of(), List.of(new NamedGuard("bad", bad))))
                .isInstanceOf(NoClassDefFoundError.class);

        assertThat(node.count(project, "a")).isEqualTo(4);
        assertThat(node.count(project, "b")).isEqualTo(4);
    }

    @Test
    @Timeout(60)
    void whatIsStoredWhileAPartitionIsLetGoIsFollowedBeforeItGoes() {
        var old = NOW.minus(Duration.ofDays(130));
        keep(Duration.ofDays(60));
        var last = project.slug() + "._commit order by position desc limit 1";
        node.execute("insert into " + project.slug() + "._position select 'slow', position, last_id from " + last);
        var received = Origin.of("upload", old.plus(Duration.ofDays(1)));
        var isStored = new AtomicBoolean();
        ExpiryGuard late = (ofProject, collection, end, transaction) -> {
            if (isStored.compareAndSet(false, true)) {
                other.events.collect(project, List.of(event("a", "days", 131L).at(old)), received);
            }
            return true;
        };

        assertThatThrownBy(() -> expire(List.of("slow"), List.of(new NamedGuard("late", late))))
                .isInstanceOf(CallerException.class)
                .hasMessageContaining("slow in project " + project.slug());

        assertThat(node.count(project, "a where days = 131")).isEqualTo(1);
    }

    @Test
    void whatIsKeptLongerAgainIsStoredAgainOnEveryNode() {
        other.collect(project, event("a").at(NOW.minus(Duration.ofDays(100))));
        keep(Duration.ofDays(60));
        expire(List.of());
        keep(Duration.ofDays(400));
        other.catalogs.refresh(project);

        assertThat(other.collect(project, event("a").at(NOW.minus(Duration.ofDays(100)))))
                .singleElement()
                .isInstanceOf(Outcome.Stored.class);
        assertThat(node.collect(project, event("a").at(NOW.minus(Duration.ofDays(130)))))
                .singleElement()
                .isInstanceOf(Outcome.Stored.class);
    }

    @Test
    void aCrashBetweenTheTwoStepsIsMadeUpFor() {
        keep(Duration.ofDays(60));
        var partitions = node.catalogs.partitions(node.databases);
        var collection = node.catalogs.of(project).columns("a").orElseThrow();
        var oldest = node.databases.of(project).transaction(connection -> partitions.expired(connection, collection));
        partitions.retire(project, collection, oldest.getFirst(), connection -> List.of());

        assertThatCode(() -> expire(List.of())).doesNotThrowAnyException();

        assertThat(node.count(project, "_retired")).isZero();
        assertThat(node.text(project, "events from _total where collection = 'a'"))
                .isEqualTo("2");
    }

    @Test
    void aNodeWhoseClockIsAheadDropsNothingThatIsStillKept(PostgresAddress address) {
        var ahead = Instant.now().plus(Duration.ofDays(200));
        try (var set = EventNode.start(address, ahead)) {
            var shop = set.project();
            set.collect(shop, event("a").at(ahead.minus(Duration.ofDays(100))));
            new Declared(set.catalogs, shop).collection("a", "keep", Duration.ofDays(60));

            new ExpiryJob(TestJobs.only(shop), set.catalogs, List::of, List::of).run(new TestRun(set.databases));

            assertThat(set.count(shop, "a")).isEqualTo(1);
        }
    }

    private void keep(Duration keep) {
        new Declared(node.catalogs, project).collection("a", "keep", keep);
    }

    private void expire(List<String> listeners) {
        expire(listeners, List.of());
    }

    private void expire(List<String> listeners, List<NamedGuard> guards) {
        new ExpiryJob(TestJobs.only(project), node.catalogs, () -> listeners, () -> guards)
                .run(new TestRun(node.databases));
    }
}
