package dev.tidemark.mailbox;

import static dev.tidemark.mailbox.Post.ALL;
import static dev.tidemark.mailbox.Post.answered;
import static dev.tidemark.mailbox.Post.customer;
import static dev.tidemark.mailbox.Post.events;
import static dev.tidemark.mailbox.Post.follow;
import static dev.tidemark.mailbox.Post.line;
import static dev.tidemark.mailbox.Post.mark;
import static dev.tidemark.mailbox.Post.next;
import static dev.tidemark.mailbox.Post.paged;
import static dev.tidemark.mailbox.Post.payload;
import static dev.tidemark.mailbox.Post.send;
import static dev.tidemark.testkit.Json.object;
import static dev.tidemark.testkit.Json.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.testkit.Markdown;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The names of cases of {@code conformance/analytics.md} stand before what they say. */
@Timeout(300)
class MailboxModuleTest extends ModuleConformance {

    @Override
    protected String module() {
        return "mailbox";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("mailbox.messages-per-second", "3");
    }

    @Override
    protected void fill(TestProject project, String text) {
        super.fill(project, text);
        send(project, Map.of("customer", "ada", "thread", text, "text", text, "key", text));
        send(project, Map.of("customer", text, "text", text));
        project.query(
                "mutation ($set: JSON!) { updateCustomers(input: {customers: {id: \"ada\", set: $set}}) { updated } }",
                Map.of("set", Map.of("name", text, "plan", "pro")));
    }

    @Override
    protected List<String> queries() {
        return Stream.concat(super.queries().stream(), Stream.of(ALL)).toList();
    }

    @Override
    protected void fillAsTold(TestProject project) {
        project.query(
                Markdown.blocks(Path.of("README.md"), "graphql").getFirst().code());
    }

    @Test
    void messagesGoBothWaysAndEachStepIsAnEventOfItsOwn() {
        var shop = engine().project();
        var ada = customer(shop, "ada");

        var first = send(shop, Map.of("customer", "ada", "text", "one", "thread", "order"));
        send(shop, Map.of("customer", "ada", "text", "two"));
        send(ada, Map.of("text", "three", "thread", "order"));
        send(ada, Map.of("text", "four", "customer", "ada"));
        var unread = List.of(shop.query(ALL), ada.query("{ mailbox { unread threads { nodes { name unread } } } }"));
        var delivered = mark(ada, "markDelivered", Map.of("upTo", first));
        var last = send(shop, Map.of("customer", "ada", "text", "five"));
        var read = List.of(
                mark(ada, "markRead", Map.of("upTo", last, "thread", "order")),
                mark(ada, "markRead", Map.of("upTo", last)),
                mark(ada, "markRead", Map.of("upTo", last)),
                mark(ada, "markDelivered", Map.of("upTo", last)),
                mark(shop, "markRead", Map.of("upTo", last, "customer", "ada")));

        assertThat(unread.getFirst())
                .hasToString("{mailbox={unread=2, messages={nodes=["
                        + "{text=four, thread=main, from=CUSTOMER, state=SENT},"
                        + " {text=three, thread=order, from=CUSTOMER, state=SENT},"
                        + " {text=two, thread=main, from=PROJECT, state=SENT},"
                        + " {text=one, thread=order, from=PROJECT, state=SENT}]}, threads={nodes=["
                        + "{name=main, unread=1, last={text=four}, messages={nodes=[{text=four}, {text=two}]}},"
                        + " {name=order, unread=1, last={text=three}, messages={nodes=[{text=three}, {text=one}]}}]}},"
                        + " mailboxes={nodes=[{customer=ada, unread=2}]}}");
        assertThat(unread.getLast())
                .hasToString("{mailbox={unread=2, threads={nodes=[{name=main, unread=1}, {name=order, unread=1}]}}}");
        assertThat(delivered).isEqualTo(1);
        assertThat(read).containsExactly(1, 2, 0, 0, 2);
        assertThat(ada.query("{ mailbox { unread messages(thread: \"order\") { nodes { state } } } }"))
                .hasToString("{mailbox={unread=0, messages={nodes=[{state=READ}, {state=READ}]}}}");
        assertThat(List.of(
                        events(shop, "message_sent"), events(shop, "message_delivered"), events(shop, "message_read")))
                .containsExactly(5L, 5L, 5L);
        assertThat(
                        shop.query(
                                "{ events(collection: \"message_read\", first: 1, orderBy: {by: \"_id\"}) { nodes { user properties } } }"))
                .hasToString("{events={nodes=[{user=ada, properties={message=" + first
                        + ", thread=order, from=PROJECT}}]}}");
    }

    @Test
    void aKeySentAtOnceByManyIsOneMessage() throws Exception {
        var shop = engine().project();
        Callable<String> sending = () -> send(shop, Map.of("customer", "ada", "text", "once", "key", "k"));

        var ids = new HashSet<String>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var sent : threads.invokeAll(
                    IntStream.range(0, 16).mapToObj(i -> sending).toList())) {
                ids.add(sent.get());
            }
        }

        assertThat(ids).hasSize(1);
        assertThat(events(shop, "message_sent")).isEqualTo(1);
        assertThat(payload(shop, Map.of("customer", "ada", "text", "other", "key", "k"))
                        .toString())
                .contains("CONFLICT", "[key]");
        send(customer(shop, "ada"), Map.of("text", "the other side's own", "key", "k"));
    }

    @Test
    void readByManyAtOnceAMessageIsReadOnce() throws Exception {
        var shop = engine().project();
        var ada = customer(shop, "ada");
        var last = "";
        for (int i = 0; i < 10; i++) {
            last = send(shop, Map.of("customer", "ada", "text", "n" + i));
        }
        var input = Map.<String, Object>of("upTo", last);

        var marked = 0;
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var done : threads.invokeAll(IntStream.range(0, 8)
                    .<Callable<Integer>>mapToObj(i -> () -> mark(ada, "markRead", input))
                    .toList())) {
                marked += done.get();
            }
        }

        assertThat(marked).isEqualTo(10);
        assertThat(List.of(events(shop, "message_delivered"), events(shop, "message_read")))
                .containsExactly(10L, 10L);
    }

    @Test
    void aSubscriberThatLosesItsConnectionMissesAndRepeatsNothing() throws Exception {
        var shop = engine().project();
        var ada = customer(shop, "ada");
        send(shop, Map.of("customer", "ada", "text", "before"));
        var cursor = text(ada.query("{ mailbox { cursor } }"), "mailbox", "cursor");
        var told = new ArrayList<String>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = IntStream.range(0, 4)
                    .mapToObj(writer -> threads.submit(() -> {
                        for (int i = 0; i < 25; i++) {
                            send(shop, Map.of("customer", "bob", "text", "not hers"));
                            var id = send(shop, Map.of("customer", "ada", "text", writer + "." + i));
                            mark(ada, "markRead", Map.of("upTo", id));
                        }
                        return writer;
                    }))
                    .toList();
            while (told.size() < 302) {
                try (var changes = follow(ada, null, cursor)) {
                    for (int i = 0; i <= told.size() % 7 && told.size() < 302; i++) {
                        var change = next(changes);
                        told.add(line(change));
                        cursor = String.valueOf(change.get("cursor"));
                    }
                }
            }
            assertThat(writers).allSatisfy(writer -> assertThat(writer.get()).isNotNegative());
        }

        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("DELIVERED before", "READ before"),
                                IntStream.range(0, 100)
                                        .mapToObj(n -> n / 25 + "." + n % 25)
                                        .flatMap(
                                                text -> Stream.of("SENT " + text, "DELIVERED " + text, "READ " + text)))
                        .toList());
    }

    @Test
    void d6AMessageOfOneProjectReachesNobodyOfAnother() throws InterruptedException {
        var mine = engine().project();
        var theirs = engine().project();
        try (var here = follow(mine, "ada", null);
                var there = follow(customer(theirs, "ada"), null, null)) {

            var id = send(mine, Map.of("customer", "ada", "text", "hello"));
            var change = next(here);
            send(theirs, Map.of("customer", "ada", "text", "the first there"));

            assertThat(object(change, "message")).containsEntry("id", id).containsEntry("text", "hello");
            assertThat(line(next(there))).isEqualTo("SENT the first there");
            assertThat(theirs.query("query ($id: ID!) { node(id: $id) { id } }", Map.of("id", id)))
                    .containsEntry("node", null);
            assertThat(answered(
                            theirs,
                            "mutation ($id: ID!) { markRead(input: {customer: \"ada\", upTo: $id}) { marked userErrors { code } } }",
                            Map.of("id", id)))
                    .contains("NOT_FOUND");
        }
    }

    @Test
    void aTokenOpensItsOwnMailboxAndNothingElse() {
        var shop = engine().project();
        send(shop, Map.of("customer", "bob", "text", "bob's"));
        var hers = send(shop, Map.of("customer", "ada", "text", "ada's"));
        var ada = customer(shop, "ada");

        assertThat(ada.query("{ mailbox { customer messages { nodes { id } } } }"))
                .hasToString("{mailbox={customer=ada, messages={nodes=[{id=" + hers + "}]}}}");
        assertThat(List.of(
                        "{ mailbox(customer: \"bob\") { unread } }",
                        "{ mailboxes { nodes { customer } } }",
                        "{ collections { name } }",
                        "{ events(collection: \"message_sent\") { nodes { id } } }",
                        "{ apiKeys { id } }",
                        "{ node(id: \"" + hers + "\") { id } }",
                        "{ data { messageSent { rows { nodes { _id } } } } }",
                        "{ __schema { types { name } } }",
                        "mutation { collect(input: {events: [{collection: \"x\"}]}) { stored } }",
                        "mutation { createCustomerToken(input: {customer: \"bob\"}) { token } }",
                        "mutation { sendMessage(input: {customer: \"bob\", text: \"x\"}) { message { id } } }"))
                .allSatisfy(query -> assertThat(answered(ada, query, Map.of()))
                        .containsAnyOf("FORBIDDEN", "GRAPHQL_VALIDATION_FAILED")
                        .doesNotContain("bob's"));
        assertThatThrownBy(() -> follow(ada, "bob", null)).hasMessageContaining("FORBIDDEN");
        assertThat(events(shop, "message_sent")).isEqualTo(2);
        assertThat(answered(
                        shop,
                        "mutation { createApiKey(input: {name: \"c\", scopes: [CUSTOMER]}) { secret userErrors { code } } }",
                        Map.of()))
                .contains("BAD_USER_INPUT");
    }

    @Test
    void aTokenThatNobodyMadeOrThatHasEndedOpensNothing() {
        var shop = engine().project();
        var other = engine().project();
        var token = Post.token(shop, "ada");
        var later = shop.query(
                "mutation { createCustomerToken(input: {customer: \"ada\", expiresIn: \"PT1S\"}) { token } }");
        var brief = text(later, "createCustomerToken", "token");
        Post.token(other, "ada");
        var forged = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(new String(
                                Base64.getUrlDecoder().decode(token.substring(4, token.indexOf('.'))),
                                StandardCharsets.UTF_8)
                        .replace(shop.project().slug(), other.project().slug())
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(List.of(
                        "tmc_",
                        "tmc_x.y",
                        token + "x",
                        token.substring(0, token.length() - 2) + (token.endsWith("_A") ? "-A" : "_A"),
                        "tmc_" + forged + token.substring(token.indexOf('.'))))
                .allSatisfy(wrong -> assertThatThrownBy(() -> Post.with(shop, wrong))
                        .isInstanceOfSatisfying(
                                CallerException.class,
                                refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHENTICATED)));
        await().untilAsserted(
                        () -> assertThatThrownBy(() -> Post.with(shop, brief)).hasMessageContaining("expired"));
        Post.with(shop, token);
        shop.query("mutation { rotateCustomerTokens(input: {grace: \"PT1H\"}) { oldTokensEndAt } }");
        var newer = Post.token(shop, "ada");
        Post.with(shop, token);
        shop.query("mutation { rotateCustomerTokens(input: {}) { oldTokensEndAt } }");
        assertThat(List.of(token, newer))
                .allSatisfy(
                        old -> assertThatThrownBy(() -> Post.with(shop, old)).hasMessageContaining("revoked"));
        Post.with(shop, Post.token(shop, "ada"));
        assertThat(shop.query("{ auditLog(act: \"rotateCustomerTokens\") { nodes { subject } } }"))
                .hasToString("{auditLog={nodes=[{subject=PT0S}, {subject=PT1H}]}}");
    }

    @Test
    void aTokenThatSendsTooManyHasToWait() throws Exception {
        var shop = engine().project();
        var ada = customer(shop, "ada");
        Callable<String> sending =
                () -> answered(ada, "mutation { sendMessage(input: {text: \"again\"}) { message { id } } }", Map.of());

        var answers = new ArrayList<String>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var sent : threads.invokeAll(
                    IntStream.range(0, 60).mapToObj(i -> sending).toList())) {
                answers.add(sent.get());
            }
        }

        var refused = answers.stream()
                .filter(answer -> answer.contains("RATE_LIMITED"))
                .count();
        assertThat(refused).isPositive();
        assertThat(events(shop, "message_sent")).isEqualTo(60 - refused);
    }

    @Test
    void pagesNeitherSkipNorRepeat() {
        var shop = engine().project();
        IntStream.range(0, 7)
                .forEach(i -> send(shop, Map.of("customer", "c" + i % 3, "text", "m" + i, "thread", "t" + i)));

        assertThat(paged(shop, "mailboxes(first: 2, after: $after) { nodes { customer }", "mailboxes"))
                .hasToString("[{customer=c0}, {customer=c2}, {customer=c1}]");
        assertThat(paged(
                        shop,
                        "mailbox(customer: \"c0\") { messages(first: 2, after: $after) { nodes { text }",
                        "mailbox",
                        "messages"))
                .hasToString("[{text=m6}, {text=m3}, {text=m0}]");
        assertThat(paged(
                        shop,
                        "mailbox(customer: \"c0\") { threads(first: 2, after: $after) { nodes { name }",
                        "mailbox",
                        "threads"))
                .hasToString("[{name=t6}, {name=t3}, {name=t0}]");
    }

    @Test
    void whatCannotBeSentIsRefusedWithItsPlace() {
        var shop = engine().project();
        var hostile = Map.<String, Map<String, Object>>of(
                "customer", Map.of("customer", " ", "text", "x"),
                "thread", Map.of("customer", "a", "text", "x", "thread", "t".repeat(101)),
                "text", Map.of("customer", "a", "text", "a\0b"),
                "key", Map.of("customer", "a", "text", "x", "key", "\ud800"));

        hostile.forEach((argument, input) ->
                assertThat(payload(shop, input).toString()).contains("BAD_USER_INPUT", "[" + argument + "]"));
        assertThat(answered(shop, "{ mailbox { unread } }", Map.of())).contains("BAD_USER_INPUT");
        assertThat(answered(shop, "{ mailbox(customer: \"a\") { messages(after: \"x\") { nodes { id } } } }", Map.of()))
                .contains("BAD_USER_INPUT");
        assertThat(shop.query("{ mailboxes { nodes { customer } } }")).hasToString("{mailboxes={nodes=[]}}");
    }

    @Test
    void whatIsKeptOfAPersonIsToldWithTheMessagesUnderAnyOfTheirIds() {
        var shop = engine().project();
        var told = new ArrayList<String>();
        IntStream.range(0, 101).forEach(i -> send(shop, Map.of("customer", "ada", "text", "n" + i)));
        send(customer(shop, "old"), Map.of("text", "mine"));
        send(shop, Map.of("customer", "bob", "text", "bob's"));

        var records = engine().engine().people().records().get("mailbox");
        records.read(
                shop.project(),
                List.of("ada", "old"),
                row -> told.add(row.get(1) + " " + row.get(3) + " " + row.get(4)));

        assertThat(told).hasSize(102).doesNotHaveDuplicates().contains("ada PROJECT n0", "old CUSTOMER mine");
        assertThat(records.columns()).hasSize(8);
    }

    @Test
    void whoIsErasedHasNoMailbox() throws InterruptedException {
        var shop = engine().project();
        send(shop, Map.of("customer", "ada", "text", "secret"));
        shop.query("mutation { updateCustomers(input: {customers: {id: \"ada\", set: {plan: \"pro\"}}}) { updated } }");
        var cursor = text(shop.query("{ mailbox(customer: \"ada\") { cursor } }"), "mailbox", "cursor");

        shop.query("mutation { eraseUser(input: {user: \"ada\"}) { userErrors { message } } }");

        await().untilAsserted(() -> assertThat(shop.query("{ erasures { events records { kind records } } }"))
                .hasToString("{erasures=[{events=1, records=[{kind=identities, records=0}, {kind=messages, records=1},"
                        + " {kind=properties, records=1}]}]}"));
        assertThat(shop.query("{ mailboxes { nodes { customer } } }")).hasToString("{mailboxes={nodes=[]}}");
        send(shop, Map.of("customer", "ada", "text", "anew"));
        try (var changes = follow(shop, "ada", cursor)) {
            assertThat(line(next(changes))).isEqualTo("SENT anew");
        }
    }
}
