package dev.tidemark.core.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.projects.keys.AuditStore;
import dev.tidemark.core.projects.registry.ProjectRegistry;
import dev.tidemark.core.projects.registry.ProjectStore;
import dev.tidemark.core.projects.registry.SchemaStore;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Project;
import dev.tidemark.testkit.PostgresExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class ProjectRegistryTest {

    private final PostgresAddress address;

    @AutoClose
    private final TestNode node;

    private final ProjectRegistry projects;

    ProjectRegistryTest(PostgresAddress address) {
        this.address = address;
        this.node = TestNode.start(address);
        this.projects = node.access.projects();
    }

    @Test
    void aProjectHasASchemaOfItsOwnAndIsFound() {
        var created = projects.create(TestNode.administrator(), "shop").project();

        assertThat(schemas("shop")).isEqualTo(1);
        assertThat(projects.find("shop")).contains(created);
        assertThat(projects.all()).contains(created);
        assertThat(projects.find("nowhere")).isEmpty();
    }

    @Test
    void aRefusedSlugLeavesTheSchemasAsTheyWere() {
        var before = node.count("pg_namespace");

        for (var slug : List.of("pg_catalog", "_meta", "a".repeat(64), "Shop", "tidemark", "public", "")) {
            assertCode(ErrorCode.BAD_USER_INPUT, () -> projects.create(TestNode.administrator(), slug));
        }

        assertThat(node.count("pg_namespace")).isEqualTo(before);
    }

    @Test
    void aForeignSchemaIsNeverTakenOver() {
        node.execute("create schema warehouse");
        node.execute("create table warehouse.stock (item text)");

        assertCode(ErrorCode.CONFLICT, () -> projects.create(TestNode.administrator(), "warehouse"));

        assertThat(projects.find("warehouse")).isEmpty();
        assertThat(node.count("warehouse.stock")).isZero();
    }

    @Test
    void ofManyWhoCreateOneSlugOnTwoNodesOneWins() throws Exception {
        try (var other = TestNode.start(address);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Project>> creations = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                creations.add(
                        () -> projects.create(TestNode.administrator(), "raced").project());
                creations.add(() -> other.access
                        .projects()
                        .create(TestNode.administrator(), "raced")
                        .project());
            }

            var outcomes = threads.invokeAll(creations);

            assertThat(outcomes)
                    .filteredOn(outcome -> outcome.state() == Future.State.SUCCESS)
                    .hasSize(1);
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome.state() == Future.State.FAILED)
                    .allSatisfy(outcome -> assertThat(outcome.exceptionNow())
                            .isInstanceOfSatisfying(
                                    CallerException.class,
                                    refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT)));
        }
    }

    @Test
    void aProjectMadeOnOneNodeIsKnownOnTheOther() {
        try (var other = TestNode.start(address)) {
            assertThat(other.access.projects().find("elsewhere")).isEmpty();

            var created = projects.create(TestNode.administrator(), "elsewhere").project();

            assertThat(other.access.projects().find("elsewhere")).contains(created);
        }
    }

    @Test
    void deletingNeedsTheSlugTwice() {
        projects.create(TestNode.administrator(), "precious");

        assertCode(ErrorCode.BAD_USER_INPUT, () -> projects.delete(TestNode.administrator(), "precious", "previous"));
        assertCode(ErrorCode.NOT_FOUND, () -> projects.delete(TestNode.administrator(), "nowhere", "nowhere"));

        assertThat(projects.find("precious")).isPresent();
    }

    @Test
    void aRecreatedProjectHasNeitherDataNorKeysOfTheOldOne() {
        var old = projects.create(TestNode.administrator(), "phoenix");
        node.execute("create table phoenix.click (id int)");
        try (var other = TestNode.start(address)) {
            assertThat(other.call(old.keys().read()).selected()).contains(old.project());

            projects.delete(TestNode.administrator(), "phoenix", "phoenix");
            var recreated = projects.create(TestNode.administrator(), "phoenix");

            assertThat(recreated.project().id()).isNotEqualTo(old.project().id());
            assertThat(node.count("pg_tables where schemaname = 'phoenix'")).isZero();
            assertThat(other.access.projects().isCurrent(old.project())).isFalse();
            assertThat(other.access.projects().find("phoenix")).contains(recreated.project());
            for (var key :
                    List.of(old.keys().master(), old.keys().write(), old.keys().read())) {
                assertCode(ErrorCode.UNAUTHENTICATED, () -> other.call(key));
                assertCode(ErrorCode.UNAUTHENTICATED, () -> node.call(key));
            }
        }
    }

    @Test
    void aProjectIsDeletedInStepsWithItsPartitionsViewsAndSequences() {
        projects.create(TestNode.administrator(), "vast");
        node.execute("create table vast.click (id int, at int, primary key (id, at)) partition by range (at)");
        for (int part = 0; part < 60; part++) {
            node.execute("create table vast._p" + part + " partition of vast.click for values from (" + part + ") to ("
                    + (part + 1) + ")");
        }
        node.execute("create view vast.clicks as select * from vast.click");
        node.execute("create sequence vast._event_id");

        projects.delete(TestNode.administrator(), "vast", "vast");

        assertThat(schemas("vast")).isZero();
        assertThat(projects.find("vast")).isEmpty();
    }

    @Test
    void aDeletionThatWasCutShortIsGoneForAllAndCanBeFinished() {
        var keys = projects.create(TestNode.administrator(), "halved").keys();
        node.execute("create table halved.click (id int)");
        new ProjectStore(node.postgres.server(), new AuditStore()).markDeleted(TestNode.administrator(), "halved");

        assertCode(ErrorCode.CONFLICT, () -> projects.create(TestNode.administrator(), "halved"));
        projects.delete(TestNode.administrator(), "halved", "halved");

        assertThat(schemas("halved")).isZero();
        assertCode(ErrorCode.UNAUTHENTICATED, () -> node.call(keys.master()));
        projects.create(TestNode.administrator(), "halved");
    }

    @Test
    void whoFinishesAnOldDeletionLateLeavesTheNewProjectAlone() {
        var old = projects.create(TestNode.administrator(), "twice").project();
        projects.delete(TestNode.administrator(), "twice", "twice");
        projects.create(TestNode.administrator(), "twice");
        node.execute("create table twice.click (id int)");

        var left = new SchemaStore(node.postgres.server()).dropSome(old);

        assertThat(left).isFalse();
        assertThat(node.count("twice.click")).isZero();
    }

    private long schemas(String name) {
        return node.count("pg_namespace where nspname = '" + name + "'");
    }

    private static void assertCode(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CallerException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
