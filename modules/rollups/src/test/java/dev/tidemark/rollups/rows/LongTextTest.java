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

    private static final SqlFragment LONG = SqlFragment.name("long");

    @Test
    void textsAreShortenedAsPostgresqlDoesByCharactersHoweverManyBytesTheyTakeAndWereRead(PostgresAddress database)
            throws SQLException {
        var texts = Stream.of("a", "ä", "€", "😀", "a😀", "ä€")
                .flatMap(text -> IntStream.of(
                                0, 1, 50, 100, 101, 167, 168, 169, 200, 201, 250, 251, 300, 500, 1_000, 1_001)
                        .mapToObj(text::repeat))
                .toList();

        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.prepareStatement(
                        "select " + LongText.shortened(LONG).text() + ", "
                                + LongText.bounded(LONG).text() + " from (select ?::text as long) as one")) {
            for (var text : texts) {
                statement.setString(1, text);
                try (var row = statement.executeQuery()) {
                    row.next();

                    assertThat(LongText.shortened(text)).isEqualTo(row.getString(1));
                    assertThat(LongText.shortened(row.getString(2))).isEqualTo(row.getString(1));
                    assertThat(row.getString(2))
                            .isEqualTo(
                                    text.getBytes(StandardCharsets.UTF_8).length > LongText.MOST_READ
                                            ? row.getString(1)
                                            : text);
                }
            }
        }
    }
}
