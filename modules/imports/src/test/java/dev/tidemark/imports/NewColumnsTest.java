package dev.tidemark.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.ErrorCode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files whose columns are more than a project may get in an hour. */
class NewColumnsTest extends ServedImports {

    NewColumnsTest() {
        super(Map.of("catalog.new-columns", "2"));
    }

    @Test
    void aFileThatNeedsAColumnWaitsForTheNextHour() {
        server.upload(key, "collection=click&id=f", "a,b\n1,2\n");

        var answer = server.upload(key, "collection=click&id=g&type=c=numeric", "c\n1.10\n");

        assertThat(answer.is(ErrorCode.RATE_LIMITED)).as(answer.body()).isTrue();
        assertThat(answer.body()).contains("2 new columns of this hour");
        assertThat(rows.count("select count(*) from click")).isEqualTo(1);
    }
}
