package dev.tidemark.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.ToldRecords;
import dev.tidemark.core.postgres.Migrations;
import dev.tidemark.core.postgres.Postgres;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.postgres.ProjectDatabases;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.testkit.PostgresExtension;
import io.helidon.dbclient.DbClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class LeadershipTest {

    private static final Duration LEASE = Duration.ofMillis(600);

    /** That no machine is slow enough to lose. */
    private static final Duration LONG = Duration.ofSeconds(6);

    @AutoClose
    private final Postgres postgres;

    private final Databases databases;

    LeadershipTest(PostgresAddress address) {
        this.postgres = Postgres.connect(address, "test", 24);
        this.databases = new ProjectDatabases(postgres, new Migrations(Map.of()));
    }

    @BeforeEach
    void makeTables() {
        Migrations.prepare(postgres);
        ClusterTables.migrate(postgres);
        execute("update tidemark.lease set term = 0, leader = null, expires_at = '-infinity'");
        execute("truncate tidemark.job");
        execute("create table if not exists tidemark.written (term bigint, period bigint)");
        execute("truncate tidemark.written");
    }

    @Test
    void ofManyNodesOneLeads() {
        Set<Long> begun = ConcurrentHashMap.newKeySet();
        List<Leadership> nodes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            nodes.add(lead(office(term -> begun.add(term.number()), () -> {})));
        }

        await().until(() -> !begun.isEmpty());

        nodes.forEach(Leadership::close);
        assertThat(begun).doesNotHaveDuplicates();
        assertThat(new LeaseStore(postgres.server()).leader().node()).isEmpty();
    }

    @Test
    void whenTheLeaderStopsAnotherTakesOverAtOnce() {
        var first = lead(office(term -> {}, () -> {}));
        await().until(() -> first.leader().node().isPresent());
        var second = lead(office(term -> {}, () -> {}));

        first.close();

        await().atMost(LEASE).until(() -> second.leader().node().isPresent());
        second.close();
    }

    @Test
    void aFrozenLeadersWriteIsRefusedByTheDatabase() {
        var store = new LeaseStore(postgres.server());
        var stale = new Term(store.take(UUID.randomUUID(), Duration.ZERO).orElseThrow(), LEASE, System::nanoTime, 0);
        await().until(() -> store.take(UUID.randomUUID(), Duration.ofMinutes(1)).isPresent());
        var frozen = new FencedDatabases(postgres, databases, stale);

        assertThatThrownBy(() -> frozen.server()
                        .transaction(connection ->
                                connection.createStatement().execute("insert into tidemark.written values (1, 1)")))
                .isInstanceOf(DeposedException.class);

        assertThat(count("select count(*) from tidemark.written")).isZero();
    }

    @Test
    void aTakeoverWaitsForATransactionThatCheckedItsTerm() throws InterruptedException {
        var store = new LeaseStore(postgres.server());
        var over = store.take(UUID.randomUUID(), Duration.ZERO).orElseThrow();
        // PostgreSQL gives the transaction as long as the node believes that it leads
        var term = new Term(over, Duration.ofMinutes(1), System::nanoTime, 0);
        var leader = new FencedDatabases(postgres, databases, term);
        var taken = new CountDownLatch(1);
        var candidate = Thread.ofVirtual().unstarted(() -> {
            store.take(UUID.randomUUID(), Duration.ofSeconds(20));
            taken.countDown();
        });

        leader.server().transaction(connection -> {
            candidate.start();
            await().until(() -> count("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") > 0);
            assertThat(taken.getCount()).isOne();
            return connection.createStatement().execute("insert into tidemark.written values (1, 1)");
        });

        taken.await();
        assertThat(count("select count(*) from tidemark.written")).isOne();
    }

    @Test
    void aLeaderWhoseTransactionFreezesIsSucceededWhenItsLeaseIsOver() {
        var store = new LeaseStore(postgres.server());
        var term = new Term(store.take(UUID.randomUUID(), LEASE).orElseThrow(), LEASE, System::nanoTime, 0);
        var frozen = new FencedDatabases(postgres, databases, term);

        assertThatThrownBy(() -> frozen.server().transaction(connection -> {
                    await().until(() -> successor(store));
                    return connection.createStatement().execute("insert into tidemark.written values (1, 1)");
                }))
                .isNotNull();

        assertThat(count("select count(*) from tidemark.written")).isZero();
    }

    @Test
    void aLeaderThatFreezesWhileItRenewsIsSucceededToo() {
        var store = new LeaseStore(postgres.server());
        var term = store.take(UUID.randomUUID(), LEASE).orElseThrow();
        var frozen = new LeaseStore(new Database() {
            @Override
            public DbClient statements() {
                return postgres.server().statements();
            }

            @Override
            public <T> T transaction(Work<T> work) {
                return postgres.server().transaction(connection -> {
                    var done = work.run(connection);
                    await().until(() -> successor(store));
                    return done;
                });
            }
        });

        assertThatThrownBy(() -> frozen.renew(term, LEASE)).isNotNull();

        assertThat(store.leader().term()).isEqualTo(term + 1);
    }

    @Test
    void aLeaderThatRenewsTooLateBeginsANewTermWithItsJobs() {
        List<Long> begun = new CopyOnWriteArrayList<>();
        var ends = new AtomicInteger();
        var late = new AtomicLong();
        var node = new Leadership(
                postgres.server(),
                UUID.randomUUID(),
                LEASE,
                () -> System.nanoTime() + late.get(),
                office(term -> begun.add(term.number()), ends::incrementAndGet));
        await().until(() -> !begun.isEmpty());

        late.addAndGet(LEASE.multipliedBy(2).toNanos());

        await().until(() -> begun.size() > 1);
        assertThat(ends).hasPositiveValue();
        assertThat(begun).doesNotHaveDuplicates();
        node.close();
    }

    @Test
    void aJobRunsOnceAPeriodThoughTwoNodesSchedule() {
        var first = lead(LONG, scheduler(new PeriodJob(Duration.ofMillis(40))));
        var second = lead(LONG, scheduler(new PeriodJob(Duration.ofMillis(40))));

        await().until(() -> count("select count(*) from tidemark.written") >= 5);
        first.close();
        var before = count("select count(*) from tidemark.written");
        await().until(() -> count("select count(*) from tidemark.written") >= before + 3);
        second.close();

        var terms = count("select count(distinct term) from tidemark.written");
        assertThat(terms).isBetween(1L, 2L);
    }

    @Test
    void aJobThatFailsIsShownAndTriedAgain() {
        var attempts = new AtomicInteger();
        var node = lead(scheduler(new FailingJob(attempts, new NoClassDefFoundError("secret"))));

        await().until(() -> attempts.get() >= 3);

        node.close();
        var state = new JobStore(postgres.server()).all().getFirst();
        assertThat(state.name()).isEqualTo("test.failing");
        assertThat(state.lastError().orElseThrow()).startsWith("Internal error").doesNotContain("secret");
    }

    @Test
    void aJobThatFailsAsBeforeIsToldInOneLine() {
        try (var told = new ToldRecords("dev.tidemark.core.jobs.JobLoop", Level.SEVERE)) {
            var node = lead(scheduler(new FailingJob(new AtomicInteger(), new IllegalStateException("secret"))));

            await().until(() -> told.records().size() >= 3);

            node.close();
            assertThat(told.records().getFirst().getThrown()).hasMessage("secret");
            assertThat(told.records().subList(1, 3))
                    .extracting(LogRecord::getThrown)
                    .containsOnlyNulls();
        }
    }

    @Test
    void aJobThatDoesNotEndKeepsNoOtherFromTheNextTerm() {
        var release = new CountDownLatch(1);
        var stuck = new StuckJob(new AtomicInteger(), release);
        var attempts = new AtomicInteger();
        var jobs = List.of(
                new NamedJob("test.stuck", stuck),
                new NamedJob("test.failing", new FailingJob(attempts, new IllegalStateException("secret"))));
        var office = new JobScheduler(jobs, postgres, databases, Duration.ofMillis(100));
        var first = term();
        office.begin(first);
        await().until(() -> stuck.runs().get() == 1);

        first.end();
        office.end();
        var before = attempts.get();
        var second = term();
        office.begin(second);
        await().until(() -> attempts.get() > before + 1);

        assertThat(stuck.runs()).hasValue(1);
        release.countDown();
        await().until(() -> stuck.runs().get() > 1);
        second.end();
        office.end();
    }

    private Term term() {
        var number = new LeaseStore(postgres.server())
                .take(UUID.randomUUID(), Duration.ZERO)
                .orElseThrow();
        return new Term(number, LONG, System::nanoTime, System.nanoTime());
    }

    @Test
    void aJobCannotWriteWithoutATransaction() {
        var store = new LeaseStore(postgres.server());
        var term = new Term(store.take(UUID.randomUUID(), LEASE).orElseThrow(), LEASE, System::nanoTime, 0);
        var fenced = new FencedDatabases(postgres, databases, term);

        assertThatThrownBy(
                        () -> fenced.server().statements().execute().dml("insert into tidemark.written values (1, 1)"))
                .rootCause()
                .hasMessageContaining("read-only transaction");
    }

    private static boolean successor(LeaseStore store) {
        try {
            return store.take(UUID.randomUUID(), Duration.ofMinutes(1)).isPresent();
        } catch (RuntimeException e) {
            return false; // the frozen transaction still holds the term
        }
    }

    private Leadership lead(Leadership.Office office) {
        return lead(LEASE, office);
    }

    private Leadership lead(Duration lease, Leadership.Office office) {
        return new Leadership(postgres.server(), UUID.randomUUID(), lease, System::nanoTime, office);
    }

    private JobScheduler scheduler(Job job) {
        return new JobScheduler(List.of(new NamedJob("test." + job.name(), job)), postgres, databases);
    }

    private static Leadership.Office office(java.util.function.Consumer<Term> begin, Runnable end) {
        return new Leadership.Office() {
            @Override
            public void begin(Term term) {
                begin.accept(term);
            }

            @Override
            public void end() {
                end.run();
            }
        };
    }

    private long count(String sql) {
        return postgres.server().transaction(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    private void execute(String sql) {
        postgres.server().transaction(connection -> connection.createStatement().execute(sql));
    }

    private record PeriodJob(Duration every) implements Job {
        @Override
        public String name() {
            return "period";
        }

        @Override
        public void run(JobRun run) {
            run.databases()
                    .server()
                    .transaction(connection -> connection
                            .createStatement()
                            .execute("insert into tidemark.written select term, 0 from tidemark.lease"));
        }
    }

    /** Ends for nobody but the test. */
    private record StuckJob(AtomicInteger runs, CountDownLatch release) implements Job {
        @Override
        public String name() {
            return "stuck";
        }

        @Override
        public Duration every() {
            return Duration.ofMillis(10);
        }

        @Override
        public void run(JobRun run) {
            runs.incrementAndGet();
            while (release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    // what a job should heed, and this one does not
                }
            }
        }
    }

    private record FailingJob(AtomicInteger attempts, Throwable failure) implements Job {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public Duration every() {
            return Duration.ofMillis(10);
        }

        @Override
        public void run(JobRun run) throws Exception {
            attempts.incrementAndGet();
            switch (failure) {
                case Error error -> throw error;
                default -> throw (Exception) failure;
            }
        }
    }
}
