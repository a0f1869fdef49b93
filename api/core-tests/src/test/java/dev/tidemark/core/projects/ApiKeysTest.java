package dev.tidemark.core.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.projects.keys.ApiKey;
import dev.tidemark.core.projects.keys.ApiKeys;
import dev.tidemark.core.projects.keys.KeyRequest;
import dev.tidemark.core.projects.registry.ProjectRegistry;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(PostgresExtension.class)
class ApiKeysTest {

    private static final AtomicInteger PROJECTS = new AtomicInteger();
    private static final Instant TOMORROW = TestNode.NOW.plus(Duration.ofDays(1));

    @AutoClose
    private final TestNode node;

    private final ApiKeys keys;
    private final ProjectRegistry.Created shop;

    ApiKeysTest(PostgresAddress address) {
        this.node = TestNode.start(address);
        this.keys = node.access.keys();
        this.shop = node.access.projects().create(TestNode.administrator(), "shop_" + PROJECTS.incrementAndGet());
    }

    @Test
    void aSecretIsShownOnceAndOnlyItsHashIsKept() {
        var created = keys.create(master(), request(Scope.READ));

        assertThat(created.secret())
                .matches("tmk_[0-9A-Za-z]{40}")
                .startsWith(created.key().prefix());
        assertThat(created.key().prefix()).hasSize(10);
        assertThat(node.count("api_key where hash = sha256('" + created.secret() + "')"))
                .isEqualTo(1);
        assertThat(node.count(
                        "api_key where api_key::text like '%" + created.secret().substring(12) + "%'"))
                .isZero();
    }

    @Test
    void theFirstKeysOfAProjectHaveOneScopeEach() {
        assertThat(node.call(shop.keys().master()).scopes()).containsExactly(Scope.MASTER);
        assertThat(node.call(shop.keys().write()).scopes()).containsExactly(Scope.WRITE);
        assertThat(node.call(shop.keys().read()).scopes()).containsExactly(Scope.READ);
    }

    @ParameterizedTest
    @CsvSource({
        "READ,   READ,   false",
        "READ,   WRITE,  false",
        "READ,   MASTER, false",
        "WRITE,  WRITE,  false",
        "WRITE,  READ,   false",
        "MASTER, READ,   true",
        "MASTER, WRITE,  true",
        "MASTER, MASTER, true",
        "MASTER, ADMIN,  false",
        "ADMIN,  READ,   true",
        "ADMIN,  WRITE,  true",
        "ADMIN,  MASTER, true",
        "ADMIN,  ADMIN,  true"
    })
    void aKeyGrantsNoMoreThanItsMakerHas(Scope makers, Scope wanted, boolean allowed) {
        var maker = new Caller(ApiKeys.LOCAL, Set.of(makers), Optional.of(shop.project()));

        if (!allowed) {
            assertCode(ErrorCode.FORBIDDEN, () -> keys.create(maker, request(wanted)));
            return;
        }
        var created = keys.create(maker, request(wanted));

        var project = wanted == Scope.ADMIN ? Optional.empty() : Optional.of(shop.project());
        assertThat(node.call(created.secret()).scopes()).containsExactly(wanted);
        assertThat(node.call(created.secret()).selected()).isEqualTo(project);
    }

    @Test
    void aKeyCanHaveSeveralScopes() {
        var created = keys.create(master(), new KeyRequest("both", Set.of(Scope.READ, Scope.WRITE), Optional.empty()));

        var caller = node.call(created.secret());

        assertThat(caller.may(Scope.READ) && caller.may(Scope.WRITE)).isTrue();
        assertThat(caller.may(Scope.MASTER)).isFalse();
    }

    @Test
    void anAdministratorWithoutAProjectIsToldToNameOne() {
        assertThatThrownBy(() -> keys.create(TestNode.administrator(), request(Scope.READ)))
                .hasMessageContaining("Tidemark-Project");
    }

    @Test
    void aKeyIsRefusedFromTheMomentItExpires() {
        var created = keys.create(master(), new KeyRequest("a day", Set.of(Scope.READ), Optional.of(TOMORROW)));

        node.clock.advance(Duration.ofDays(1).minusNanos(1));
        assertThat(node.call(created.secret()).may(Scope.READ)).isTrue();
        node.clock.advance(Duration.ofNanos(1));

        assertCode(ErrorCode.UNAUTHENTICATED, () -> node.call(created.secret()));
    }

    @Test
    void aKeyThatExpiresMakesNoneThatOutlivesIt() {
        var secret = keys.create(master(), new KeyRequest("a day", Set.of(Scope.MASTER), Optional.of(TOMORROW)))
                .secret();
        var maker = node.call(secret);

        assertCode(ErrorCode.BAD_USER_INPUT, () -> keys.create(maker, request(Scope.READ)));
        assertCode(
                ErrorCode.BAD_USER_INPUT,
                () -> keys.create(
                        maker, new KeyRequest("more", Set.of(Scope.READ), Optional.of(TOMORROW.plusSeconds(1)))));
        keys.create(maker, new KeyRequest("as long", Set.of(Scope.READ), Optional.of(TOMORROW)));
    }

    @Test
    void aKeyIsNotBornExpired() {
        assertCode(
                ErrorCode.BAD_USER_INPUT,
                () -> keys.create(master(), new KeyRequest("late", Set.of(Scope.READ), Optional.of(TestNode.NOW))));
    }

    @Test
    void aMasterListsAndRevokesTheKeysOfItsOwnProjectOnly() {
        var other = node.access.projects().create(TestNode.administrator(), "other_" + PROJECTS.incrementAndGet());
        var foreign = keys.all(node.call(other.keys().master())).getFirst();

        assertThat(keys.all(master())).extracting(ApiKey::name).containsExactly("master", "write", "read");
        assertCode(ErrorCode.NOT_FOUND, () -> keys.revoke(master(), foreign.id()));

        assertThat(node.call(other.keys().master()).may(Scope.MASTER)).isTrue();
    }

    @Test
    void aRevokedKeyIsNoLongerListedAndCanBeRevokedAgain() {
        var created = keys.create(master(), request(Scope.READ)).key();

        keys.revoke(master(), created.id());
        keys.revoke(master(), created.id());

        assertThat(keys.all(master())).extracting(ApiKey::id).doesNotContain(created.id());
    }

    @Test
    void aReaderNeitherListsNorRevokesKeys() {
        var reader = node.call(shop.keys().read());

        assertCode(ErrorCode.FORBIDDEN, () -> keys.all(reader));
        assertCode(ErrorCode.FORBIDDEN, () -> keys.revoke(reader, 1));
    }

    @Test
    void theLastUseIsNotedInTheBackgroundAtMostOnceAMinute() {
        node.call(shop.keys().read());
        await().until(() -> lastUse().isPresent());

        node.clock.advance(Duration.ofSeconds(30));
        node.call(shop.keys().read());

        assertThat(lastUse()).contains(TestNode.NOW);
        assertThat(keys.all(master()))
                .filteredOn(key -> key.name().equals("write"))
                .allSatisfy(key -> assertThat(key.lastUsedAt()).isEmpty());
    }

    private Optional<Instant> lastUse() {
        return keys.all(master()).stream()
                .filter(key -> key.name().equals("read"))
                .findFirst()
                .flatMap(ApiKey::lastUsedAt);
    }

    private Caller master() {
        return node.call(shop.keys().master());
    }

    private static KeyRequest request(Scope scope) {
        return KeyRequest.of("made in a test", scope);
    }

    private static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CallerException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
