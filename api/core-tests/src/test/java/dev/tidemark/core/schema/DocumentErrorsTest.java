package dev.tidemark.core.schema;

import static dev.tidemark.core.schema.Shop.ask;
import static dev.tidemark.core.schema.Shop.codes;
import static dev.tidemark.core.schema.Shop.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.spi.Contribution;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.util.DefaultLocale;

/** What somebody is told whose document does not fit the schema. */
class DocumentErrorsTest {

    private static final String LETTERS = """
            extend type Query {
              "What somebody was sent."
              letters(
                "At most that many."
                first: Int
                "Only those."
                where: WantedLetters
              ): [Letter!]
            }
            "What somebody writes."
            type Letter {
              "Its text."
              text: String!
              "What it answers."
              answered: Letter
            }
            "Which letters."
            input WantedLetters {
              "One of these must hold."
              any: [WantedLetters!]
              "How it came."
              by: Carrier
              "How old it is, in days."
              days: Int
              "To whom it is."
              to: String!
            }
            "Who carries letters."
            enum Carrier {
              "A bird."
              PIGEON
              "A person."
              POSTMAN
            }
            """;

    private final GraphqlEngine engine =
            Shop.engine(LETTERS, Contribution.builder().resolver("Query", "letters", env -> List.of()));

    @Test
    void aFieldThatIsNotThereIsToldWithTheOneThatIsNear() {
        assertThat(messages("{ leters { text } }"))
                .containsExactly("1:3 Query has no field \"leters\". Did you mean \"letters\"?");
    }

    @Test
    void whereNothingIsNearAShortListIsToldInstead() {
        assertThat(messages("{ letters { sender } }"))
                .containsExactly("1:13 Letter has no field \"sender\". It has text, answered.");
    }

    @Test
    void anArgumentThatIsNotThereIsToldWithItsField() {
        assertThat(messages("{ letters(limit: 3, fist: 3) { text } }"))
                .containsExactly(
                        "1:11 Query.letters has no argument \"limit\". It has first, where.",
                        "1:21 Query.letters has no argument \"fist\". Did you mean \"first\"?");
    }

    @Test
    void namesWithinAnArgumentAreToldWhereTheyStand() {
        assertThat(messages("""
                { letters(where: {
                  to: "Ada"
                  any: [{to: "Bob", day: 3}, {to: "Eve", by: PIGON}]
                }) { text } }"""))
                .containsExactly(
                        "3:26 WantedLetters has no field \"day\". Did you mean \"days\"?",
                        "3:46 Carrier has no value \"PIGON\". Did you mean \"PIGEON\"?");
    }

    @Test
    void aValueOfAnEnumInQuotesIsToldToBeWrittenWithoutThem() {
        assertThat(messages("{ letters(where: {to: \"Ada\", by: \"PIGEON\"}) { text } }"))
                .containsExactly("1:34 A Carrier is written without quotes: PIGEON.");
        assertThat(messages("{ letters(where: {to: \"Ada\", by: \"pigeon\"}) { text } }"))
                .containsExactly("1:34 Carrier has no value \"pigeon\". Did you mean \"PIGEON\"?");
    }

    @Test
    void namesInFragmentsAreToldToo() {
        assertThat(messages("""
                { letters { ...Whole ... on Letter { tekst } } }
                fragment Whole on Letter { answered { texd } }"""))
                .containsExactly(
                        "1:38 Letter has no field \"tekst\". Did you mean \"text\"?",
                        "2:39 Letter has no field \"texd\". Did you mean \"text\"?");
    }

    @Test
    void whatElseIsWrongIsToldBesides() {
        assertThat(messages("query($unused: Int) { letters(first: \"3\") { texd } }"))
                .containsExactly(
                        "1:45 Letter has no field \"texd\". Did you mean \"text\"?",
                        "1:31 Argument \"first\" is not a valid Int: Expected IntValue, and it is StringValue.",
                        "1:7 Variable \"$unused\" is not used: leave it out.");
    }

    @Test
    @DefaultLocale("de-DE")
    void whatCannotBeReadIsToldInEnglishWhateverTheMachineSpeaks() {
        var answer = ask(engine, GraphqlRequest.of("{ letters(first: { text }"), Shop.READER);

        assertThat(codes(answer)).containsExactly("GRAPHQL_PARSE_FAILED");
        assertThat(messages(answer))
                .containsExactly("1:25 The document cannot be read from \"}\" on, at line 1, column 25.");
    }

    @Test
    void whatIsMissingOrTooMuchIsToldInASentence() {
        assertThat(messages("{ letters }"))
                .containsExactly(
                        "1:3 \"letters\" is a [Letter!]: say which of its fields are wanted, in braces after it.");
        assertThat(messages("{ letters { text { length } } }"))
                .containsExactly("1:13 \"text\" is a String!, which has no fields: leave out the braces after it.");
        assertThat(messages("{ letters(first: $most) { ...Whole } }"))
                .containsExactlyInAnyOrder(
                        "1:18 Variable \"$most\" is not declared: name it and its type at the operation's begin, as in"
                                + " \"query ($most: …)\".",
                        "1:27 Fragment \"Whole\" is not in the document: add \"fragment Whole on …\".");
        assertThat(messages("query($most: String) { letters(first: $most) { text } letters(first: 2) { text } }"))
                .containsExactlyInAnyOrder(
                        "1:39 Variable \"$most\" is declared as String, and used where Int is wanted.",
                        "1:24 \"letters\" is asked for with different arguments: give one of the two another name, as in"
                                + " \"other: field\".");
    }

    @Test
    void aLongArgumentDoesNotHideWhatIsWrongWithIt() {
        assertThat(messages("{ letters(where: {by: PIGEON, any: [{to: \"" + "x".repeat(10_000) + "\"}]}) { text } }"))
                .containsExactly("1:11 Argument \"where\" lacks fields that are required: [to].");
    }

    @Test
    void aLongNameIsShortened() {
        assertThat(messages("{ letters { " + "x".repeat(10_000) + " } }"))
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .startsWith("1:13 Letter has no field \"xxx")
                        .contains(" … ")
                        .endsWith("xxx\". It has text, answered.")
                        .hasSizeLessThan(600));
    }

    @Test
    void noMoreThanTenNamesAreLookedFor() {
        var fields = IntStream.range(0, 1_000).mapToObj(i -> "texd" + i).collect(Collectors.joining(" "));

        assertThat(errors(ask(engine, "{ letters { " + fields + " } }")))
                .filteredOn(error -> error.toString().contains("Did you mean"))
                .hasSize(10);
    }

    @Test
    void whoMayNotReadIsNotToldWhatThereIs() {
        var answer = ask(engine, GraphqlRequest.of("{ leters { text } }"), Shop.WRITER);

        assertThat(codes(answer)).containsExactly("GRAPHQL_VALIDATION_FAILED");
        assertThat(errors(answer).toString()).doesNotContain("letters");
    }

    @Test
    void namesInVariablesAreToldWhereTheyStand() {
        assertThat(messagesOf(Map.of(
                        "to",
                        "Ada",
                        "any",
                        List.of(Map.of("to", "Bob", "day", 3), Map.of("to", "Eve", "by", "PIGON")))))
                .containsExactly(
                        "1:7 $where.any[0]: WantedLetters has no field \"day\". Did you mean \"days\"?",
                        "1:7 $where.any[1].by: Carrier has no value \"PIGON\". Did you mean \"PIGEON\"?");
    }

    @Test
    void valuesInVariablesThatDoNotFitAreToldWhereTheyStand() {
        assertThat(messagesOf(Map.of(
                        "any",
                        List.of(Map.of("to", 7, "days", "many"), "Eve"),
                        "days",
                        5_000_000_000L,
                        "by",
                        List.of())))
                .containsExactly(
                        "1:7 $where.any[0].days: Expected a whole number of 32 bits.",
                        "1:7 $where.any[0].to: Expected a text, in quotes.",
                        "1:7 $where.any[1]: An object is needed, of WantedLetters.",
                        "1:7 $where.by: Carrier has no value \"[]\". It has PIGEON, POSTMAN.",
                        "1:7 $where.days: Expected a whole number of 32 bits.",
                        "1:7 $where.to: A value of String! is needed.");
    }

    @Test
    void aVariableThatIsNotGivenIsTold() {
        assertThat(messagesOf("query($where: WantedLetters!) { letters(where: $where) { text } }", Map.of()))
                .containsExactly("1:7 $where: A value of WantedLetters! is needed.");
    }

    private List<String> messagesOf(Map<String, Object> where) {
        return messagesOf("query($where: WantedLetters!) { letters(where: $where) { text } }", Map.of("where", where));
    }

    private List<String> messagesOf(String query, Map<String, Object> variables) {
        var answer = ask(engine, GraphqlRequest.of(query, variables), Shop.READER);
        assertThat(codes(answer)).containsOnly("BAD_USER_INPUT");
        return messages(answer);
    }

    private List<String> messages(String query) {
        var answer = ask(engine, GraphqlRequest.of(query), Shop.READER);
        assertThat(codes(answer)).containsOnly("GRAPHQL_VALIDATION_FAILED");
        return messages(answer);
    }

    private static List<String> messages(ExecutionAnswer.Complete answer) {
        return errors(answer).stream()
                .map(error -> place(error) + " " + error.get("message"))
                .toList();
    }

    private static String place(Map<String, Object> error) {
        var place = (Map<?, ?>) ((List<?>) error.get("locations")).getFirst();
        return place.get("line") + ":" + place.get("column");
    }
}
