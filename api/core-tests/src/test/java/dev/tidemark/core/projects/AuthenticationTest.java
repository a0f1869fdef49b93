package dev.tidemark.core.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.projects.keys.AdminSecrets;
import dev.tidemark.core.projects.keys.ApiKey;
import dev.tidemark.core.projects.keys.Secret;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.PostgresExtension;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class AuthenticationTest {

    private static final AtomicInteger PROJECTS = new AtomicInteger();
    private static final String CONFIGURED = "chosen-by-the-operator";

    private final PostgresAddress address;

    AuthenticationTest(PostgresAddress address) {
        this.address = address;
    }

    @Test
    void anAdminKeyChoosesItsProjectAndOthersNameOnlyTheirOwn() {
        try (var node = TestNode.start(address, configured(CONFIGURED))) {
            var shop = node.access.projects().create(TestNode.administrator(), slug());
            var other = node.access.projects().create(TestNode.administrator(), slug());

            assertThat(node.call(CONFIGURED).selected()).isEmpty();
            assertThat(node.call(CONFIGURED, shop.project().slug()).project()).isEqualTo(shop.project());
            assertThat(node.call(shop.keys().read(), shop.project().slug()).project())
                    .isEqualTo(shop.project());
            assertUnauthenticated(
                    () -> node.call(shop.keys().read(), other.project().slug()));
        }
    }

    @Test
    void aWrongKeyAndAnUnknownProjectGetTheSameAnswer() {
        try (var node = TestNode.start(address, configured(CONFIGURED))) {
            var shop = node.access.projects().create(TestNode.administrator(), slug());

            var wrongKey = refusal(() -> node.call("tmk_wrong"));
            var unknownProject = refusal(() -> node.call(CONFIGURED, "nowhere"));
            var foreignProject = refusal(() -> node.call(shop.keys().master(), "nowhere"));

            assertThat(wrongKey.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
            assertThat(wrongKey).hasMessage(unknownProject.sentence()).hasMessage(foreignProject.sentence());
        }
    }

    @Test
    void hostileTextsAreJustWrongKeys() {
        try (var node = TestNode.start(address)) {
            for (var key : new String[] {"", "\u0000", "\ud800", "' or 1=1 --", "x".repeat(1_000_000)}) {
                assertUnauthenticated(() -> node.call(key));
            }
        }
    }

    @Test
    void theFirstStartMakesAnAdminKeyAndTellsItOnce(PostgresAddress address) {
        try (var node = TestNode.start(address)) {
            node.execute("delete from api_key where project_id is null");
        }

        try (var first = TestNode.start(address);
                var second = TestNode.start(address)) {
            var key = first.access.firstAdminKey().orElseThrow();
            assertThat(second.access.firstAdminKey()).isEmpty();
            assertThat(second.call(key).may(Scope.ADMIN)).isTrue();
        }
    }

    @Test
    void theConfiguredAdminKeyReplacesTheOneBeforeIt() {
        try (var before = TestNode.start(address, configured("the-key-of-yesterday"));
                var now = TestNode.start(address, configured(CONFIGURED))) {
            assertUnauthenticated(() -> before.call("the-key-of-yesterday"));
            assertThat(now.access.firstAdminKey()).isEmpty();
            assertThat(now.call(CONFIGURED).may(Scope.ADMIN)).isTrue();
            assertUnauthenticated(() -> now.call("the-key-of-yesterday"));
            assertThat(now.access.keys().all(TestNode.administrator()))
                    .filteredOn(ApiKey::root)
                    .singleElement()
                    .satisfies(root -> assertThatThrownBy(
                                    () -> now.access.keys().revoke(TestNode.administrator(), root.id()))
                            .hasMessageContaining("TIDEMARK_ADMIN_KEY"));
        }
    }

    @Test
    void anAdminKeyThatIsEasyToGuessOrAProjectsOwnIsRefused() {
        try (var node = TestNode.start(address)) {
            var shop = node.access.projects().create(TestNode.administrator(), slug());

            assertThatThrownBy(() -> TestNode.start(address, configured("secret")))
                    .hasMessageContaining("16 characters");
            assertThatThrownBy(
                            () -> TestNode.start(address, configured(shop.keys().write())))
                    .hasMessageContaining("key of a project");

            assertThat(node.call(shop.keys().write()).scopes()).containsExactly(Scope.WRITE);
        }
    }

    @Test
    void theLocalKeyOpensItsOwnNodeAndNoOther() {
        var local = new Secret("known-to-this-process-only");
        try (var node = TestNode.start(address, new AdminSecrets(Optional.empty(), Optional.of(local)));
                var other = TestNode.start(address)) {
            var project = node.access
                    .projects()
                    .create(TestNode.administrator(), slug())
                    .project();

            assertThat(node.call(local.text(), project.slug()).project()).isEqualTo(project);
            assertThat(node.call(local.text()).may(Scope.ADMIN)).isTrue();
            assertUnauthenticated(() -> other.call(local.text()));
        }
    }

    private static AdminSecrets configured(String key) {
        return new AdminSecrets(Optional.of(new Secret(key)), Optional.empty());
    }

    private static String slug() {
        return "project_" + PROJECTS.incrementAndGet();
    }

    private static CallerException refusal(ThrowingCallable call) {
        return catchThrowableOfType(CallerException.class, call);
    }

    private static void assertUnauthenticated(ThrowingCallable call) {
        assertThat(refusal(call))
                .isNotNull()
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
    }
}
