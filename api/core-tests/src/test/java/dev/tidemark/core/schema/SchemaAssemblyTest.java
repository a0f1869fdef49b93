package dev.tidemark.core.schema;

import static dev.tidemark.core.schema.Shop.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.schema.assembly.SchemaAssembly;
import dev.tidemark.spi.Contribution;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.dataloader.MappedBatchLoaderWithContext;
import org.junit.jupiter.api.Test;

class SchemaAssemblyTest {

    private static final String GREETING = """
            extend type Query {
              "Says hello."
              hello: String
            }
            """;

    private static final String MUTATION = """
            extend type Query {
              "Says hello."
              hello: String
            }
            extend type Mutation {
              "Greets."
              greet: GreetPayload @access(scope: WRITE)
            }
            "What became of the greeting."
            type GreetPayload {
              "The greeting."
              greeting: String
              "What was wrong."
              userErrors: [UserError!]!
            }
            """;

    @Test
    void partsBecomeOneSchema() {
        var types = """
                extend type Person {
                  "Its age in years."
                  age: Int
                }
                """;
        var people = """
                extend type Query {
                  "All people."
                  people: [Person!]
                }
                "Somebody."
                type Person {
                  "Its name."
                  name: String
                }
                """;

        var schema = SchemaAssembly.assemble(
                        List.of(
                                part("ages", types, Contribution.builder()),
                                part(
                                        "people",
                                        people,
                                        Contribution.builder().resolver("Query", "people", env -> List.of()))),
                        List.of())
                .schema();

        assertThat(schema.schema().getObjectType("Person").getFieldDefinitions())
                .extracting(field -> field.getName())
                .containsExactlyInAnyOrder("name", "age");
        assertThat(schema.schema().getMutationType()).isNull();
    }

    @Test
    void sdlThatDoesNotParseIsRefusedWithItsLine() {
        refused("extend type Query {\n  hello String\n}", Contribution.builder())
                .hasMessageContaining(
                        "Module shop: schema.graphqls is no valid SDL at line 2, column 9 near \"String\"");
    }

    @Test
    void anOperationAmongTypesIsRefused() {
        refused("query { hello }", hello()).hasMessageContaining("may hold types, extensions and directives only");
    }

    @Test
    void aRootFieldWithoutResolverIsRefused() {
        refused(GREETING, Contribution.builder()).hasMessageContaining("Module shop: Query.hello has no resolver:");
    }

    @Test
    void aResolverWithoutFieldIsRefusedWithTheNearestName() {
        refused(GREETING, hello().resolver("Query", "helo", env -> ""))
                .hasMessageContaining("Module shop: a resolver for Query.helo is contributed, which is no field")
                .hasMessageContaining("Did you mean \"Query.hello\"?");
    }

    @Test
    void aTypeResolverWithoutTypeAndATypeWithoutTypeResolverAreRefused() {
        var sdl = GREETING + "\"One or the other.\" union Either = UserError | PageInfo";

        refused(sdl, hello().typeResolver("Neither", env -> null))
                .hasMessageContaining("a type resolver for Neither is contributed, which is no interface or union")
                .hasMessageContaining("Either has no type resolver");
    }

    @Test
    void twoModulesWithOneTypeFieldResolverOrBatchLoaderAreRefused() {
        MappedBatchLoaderWithContext<Object, Object> loader = (keys, env) -> null;
        var first = part("first", GREETING + "\"A thing.\" scalar Thing", hello().batchLoader("things", loader));
        var second = part("second", GREETING + "\"A thing.\" scalar Thing", hello().batchLoader("things", loader));

        assertThatThrownBy(() -> SchemaAssembly.assemble(List.of(first, second), List.of()))
                .hasMessageContaining("Module second: Thing is already defined by module first")
                .hasMessageContaining("Module second: Query.hello is already defined by module first")
                .hasMessageContaining(
                        "Module second: Only one module can have a resolver for Query.hello, and first has it already:")
                .hasMessageContaining(
                        "Module second: Only one module can have the batch loader things, and first has it already:");
    }

    @Test
    void aMarkOfTokensOrARouteIsOneModulesAlone() {
        var first = part("first", "", claims("/v1"));
        var below = part("below", "", Contribution.builder().route("/v1/track", rules -> {}));
        var odd = part("odd", "", Contribution.builder().route("v2/", rules -> {}));

        assertThatThrownBy(() -> SchemaAssembly.assemble(
                        List.of(first, part("second", "", claims("/v2")), below, odd), List.of()))
                .hasMessageContaining("""
                        Module second: Only one module can have tokens that begin with tok_, and first has it already: \
                        remove one of the two.\
                        """)
                .hasMessageContaining(
                        "Module below: The route /v1/track meets /v1 of module first: choose another prefix.")
                .hasMessageContaining("Module odd: The route \"v2/\" is no path: write one like /v1.");
    }

    @Test
    void aPluginThatIsRefusedOneThingHasNoneOfItsClaims() {
        var refused = part("refused", "", claims("/v1").route("/v2", rules -> {}));
        var next = part("next", "", Contribution.builder().route("/v2", rules -> {}));

        var assembled = SchemaAssembly.assemble(
                List.of(part("first", GREETING, hello().route("/v1", rules -> {}))), List.of(refused, next));

        assertThat(assembled.leftOut()).containsOnlyKeys("refused");
    }

    @Test
    void aRootTypeIsExtendedNotDefined() {
        refused("\"Mine.\" type Query {\n\"Says hello.\" hello: String }", hello())
                .hasMessageContaining("Query is already defined by module core: write \"extend type Query\".");
    }

    @Test
    void aMutationWithoutAccessIsRefused() {
        refused(MUTATION.replace("@access(scope: WRITE)", ""), greet())
                .hasMessageContaining("Mutation.greet does not say who may run it: add @access(scope: …)");
    }

    @Test
    void aPayloadWithoutUserErrorsIsRefused() {
        refused(MUTATION.replace("userErrors: [UserError!]!", "errors: [UserError!]!"), greet())
                .hasMessageContaining(
                        "Mutation.greet returns GreetPayload, which is no object with the field userErrors:");
        refused(MUTATION.replace("greet: GreetPayload", "greet: Boolean"), greet())
                .hasMessageContaining("Mutation.greet returns Boolean, which is no object with the field userErrors:");
    }

    @Test
    void aPayloadWithAFieldThatMayNotBeNullIsRefused() {
        refused(MUTATION.replace("greeting: String", "greeting: String!"), greet())
                .hasMessageContaining("GreetPayload.greeting can be no answer beside userErrors: make it nullable.");
    }

    @Test
    void whateverHasNoDescriptionIsRefusedAllAtOnce() {
        var sdl = """
                extend type Query {
                  hello(name: String, "Well described." title: Title): String
                }
                enum Title { DOCTOR }
                input Letter { text: String }
                """;

        refused(sdl, hello())
                .hasMessageContaining("Query.hello has no description (line 2)")
                .hasMessageContaining("Query.hello(name:) has no description (line 2)")
                .hasMessageContaining("Title has no description (line 4)")
                .hasMessageContaining("Title.DOCTOR has no description (line 4)")
                .hasMessageContaining("Letter has no description (line 5)")
                .hasMessageContaining("Letter.text has no description (line 5)")
                .message()
                .doesNotContain("title:");
    }

    @Test
    void namesOfTypesThatAreMadeFromDataAreKeptFree() {
        refused(GREETING + "\"A row.\" type PageRow { \"A field.\" a: Int }", hello())
                .hasMessageContaining("the type PageRow ends in Row, which is kept for types made from the data");
        refused(GREETING + "\"All.\" enum DataCollection { \"One.\" A }", hello())
                .hasMessageContaining("the type DataCollection is kept for types made from the data");
        refused(GREETING + "extend type Subscription { \"All.\" data: Int }", hello())
                .hasMessageContaining("the field Subscription.data is kept for types made from the data");
    }

    @Test
    void anUnknownTypeIsRefusedWithItsModule() {
        refused(GREETING.replace("String", "Sting"), hello())
                .hasMessageContaining("Module shop: ")
                .hasMessageContaining("Sting");
    }

    @Test
    void aPluginThatDoesNotFitIsLeftOutAndTheRestStarts() {
        var box = part("shop", GREETING, hello());
        var broken = part("broken", GREETING, hello());
        var fine = part(
                "fine",
                "extend type Query { \"Says bye.\" bye: String }",
                Contribution.builder().resolver("Query", "bye", env -> "bye"));

        var assembled = SchemaAssembly.assemble(List.of(box), List.of(broken, fine));

        assertThat(assembled.leftOut()).containsOnlyKeys("broken");
        assertThat(assembled.leftOut().get("broken")).hasSize(2);
        assertThat(assembled.schema().schema().getQueryType().getField("bye")).isNotNull();
    }

    @Test
    void aPluginMayExtendTheTypeOfALaterOne() {
        var box = part("shop", GREETING, hello());
        var extending = part("a", "extend type Thing { \"Its size.\" size: Int }", Contribution.builder());
        var defining = part(
                "b",
                "extend type Query { \"A thing.\" thing: Thing } \"A thing.\" type Thing { \"Its name.\" name: String }",
                Contribution.builder().resolver("Query", "thing", env -> null));

        var assembled = SchemaAssembly.assemble(List.of(box), List.of(extending, defining));

        assertThat(assembled.leftOut()).isEmpty();
        assertThat(assembled.schema().schema().getObjectType("Thing").getField("size"))
                .isNotNull();
    }

    @Test
    void eachNodeIsFoundBySomebodyAndNothingElseIs() {
        refused("\"A thing.\" type Thing implements Node { \"Its id.\" id: ID! }", Contribution.builder())
                .hasMessageContaining("Thing implements Node and has no node resolver");
        refused(
                        "\"A thing.\" type Thing { \"Its id.\" id: ID! }",
                        Contribution.builder().node("Thing", (caller, local) -> Optional.empty()))
                .hasMessageContaining("a node resolver for Thing is contributed");
    }

    @Test
    void aPluginThatBreaksAnInterfaceOfTheBoxIsAtFaultItself() {
        var box = part("shop", GREETING, hello());
        var breaking = part("breaking", "extend interface Node { \"When.\" at: DateTime }", Contribution.builder());
        var node = part(
                "thing",
                "\"A thing.\" type Thing implements Node { \"Its id.\" id: ID! }",
                Contribution.builder().node("Thing", (caller, local) -> Optional.empty()));

        var assembled = SchemaAssembly.assemble(List.of(box, node), List.of(breaking));

        assertThat(assembled.leftOut()).containsOnlyKeys("breaking");
    }

    @Test
    void aPluginThatTheGeneratorCannotBearIsLeftOutToo() {
        var box = part("shop", GREETING, hello());
        var odd = part("odd", "\"A thing.\" type Thing { \"Reserved.\" __secret: String }", Contribution.builder());
        var empty = part("empty", "\"Nothing.\" type Nothing", Contribution.builder());

        var assembled = SchemaAssembly.assemble(List.of(box), List.of(odd, empty));

        assertThat(assembled.leftOut()).containsOnlyKeys("odd", "empty");
    }

    @Test
    void theSchemaIsPrintedTheSameEachTime() {
        var text = SchemaText.of(Shop.schema(MUTATION, greet()).schema());

        assertThat(text)
                .isEqualTo(SchemaText.of(Shop.schema(MUTATION, greet()).schema()))
                .contains("directive @access(", "greet: GreetPayload @access(scope : WRITE)", "\"Greets.\"")
                .contains(
                        "scalar DateTime @specifiedBy(url : \"https://scalars.graphql.org/andimarek/date-time.html\")")
                .doesNotContain("@include", "directive @deprecated");
    }

    private static AbstractThrowableAssert<?, ?> refused(String sdl, Contribution.Builder contribution) {
        return assertThatThrownBy(() -> Shop.schema(sdl, contribution)).isInstanceOf(IllegalStateException.class);
    }

    private static Contribution.Builder claims(String route) {
        return Contribution.builder().route(route, rules -> {}).tokens("tok", token -> {
            throw new IllegalStateException("nobody asks");
        });
    }

    private static Contribution.Builder hello() {
        return Contribution.builder().resolver("Query", "hello", env -> "hello");
    }

    private static Contribution.Builder greet() {
        return hello().resolver("Mutation", "greet", env -> "greeted");
    }
}
