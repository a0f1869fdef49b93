package dev.tidemark.rollups.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.testkit.PostgresExtension;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class LongTextTest {

    @Test
    void textsAreShortenedAsPostgresqlDoesByCharactersHoweverManyBytesTheyTake(PostgresAddress database)
            throws SQLException {
        var texts = Stream.of("a", "ä", "€", "😀", "a😀", "ä€")
                .flatMap(text -> IntStream.of(0, 1, 50, 100, 101, 167, 168, 169, 200, 201, 300)
                        .mapToObj(text::repeat))
                .toList();

        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.prepareStatement(
                        "select " + LongText.shortened(SqlFragment.name("long")).text()
                                + " from (select ?::text as long) as one")) {
            for (var text : texts) {
                statement.setString(1, text);
                try (var row = statement.executeQuery()) {
                    row.next();

                    assertThat(new String(
                                    LongText.shortened(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
                            .isEqualTo(row.getString(1));
                }
            }
        }
    }
}
