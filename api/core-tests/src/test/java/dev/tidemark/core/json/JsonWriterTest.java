package dev.tidemark.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

    @Test
    void everyValueOfAnEventIsWritten() {
        var value = new LinkedHashMap<String, Object>();
        value.put("a\"b\\", Arrays.asList(null, true, 1L, 1.5, "x\ny"));
        value.put("big", BigInteger.TWO.pow(80));
        value.put("decimal", new BigDecimal("1e400"));
        value.put("time", Instant.EPOCH);
        value.put("nan", Double.NaN);

        assertThat(JsonWriter.write(value)).isEqualTo("""
                {"a\\"b\\\\":[null,true,1,1.5,"x\\u000ay"],"big":1208925819614629174706176,"decimal":1E+400,\
                "time":"1970-01-01T00:00:00Z","nan":"NaN"}""");
    }

    @Test
    void whatPostgresqlCannotKeepBecomesAnEscape() {
        assertThat(JsonWriter.write(List.of("\0", "\ud800", "😀"))).isEqualTo("[\"\\u0000\",\"\\ud800\",\"😀\"]");
        assertThat(StorableText.escaped("a\0b\ud800c\udc00😀")).isEqualTo("a\\u0000b\\ud800c\\udc00😀");
    }
}
