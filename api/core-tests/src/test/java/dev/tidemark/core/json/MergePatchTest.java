package dev.tidemark.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

    /** Those of RFC 7396, appendix A, whose patch is an object. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {"a":"b"}                 | {"a":"c"}                   | {"a":"c"}
        {"a":"b"}                 | {"b":"c"}                   | {"a":"b","b":"c"}
        {"a":"b"}                 | {"a":null}                  | {}
        {"a":"b","b":"c"}         | {"a":null}                  | {"b":"c"}
        {"a":["b"]}               | {"a":"c"}                   | {"a":"c"}
        {"a":"c"}                 | {"a":["b"]}                 | {"a":["b"]}
        {"a":{"b":"c"}}           | {"a":{"b":"d","c":null}}    | {"a":{"b":"d"}}
        {"a":[{"b":"c"}]}         | {"a":[1]}                   | {"a":[1]}
        {"e":null}                | {"a":1}                     | {"e":null,"a":1}
        [1,2]                     | {"a":"b","c":null}          | {"a":"b"}
        {}                        | {"a":{"bb":{"ccc":null}}}   | {"a":{"bb":{}}}
        """)
    void patchesAsTheRfcSays(String target, String patch, String result) {
        @SuppressWarnings("unchecked")
        var members = (Map<String, Object>) JsonText.read(patch);

        assertThat(JsonWriter.write(new MergePatch(members).applied(JsonText.read(target))))
                .isEqualTo(result);
    }
}
