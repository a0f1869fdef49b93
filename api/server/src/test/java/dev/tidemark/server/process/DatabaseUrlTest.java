package dev.tidemark.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.CallerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @CsvSource({
        "postgres://ann:se%40cr+et@db.example/app, //db.example/app, ann, se@cr+et",
        "postgresql://db.example:5433/app?sslmode=require, //db.example:5433/app?sslmode=require, bob, plain%40",
        "jdbc:postgresql://localhost/app?user=ann&password=p%2F1&sslmode=require, //localhost/app?sslmode=require, ann, p/1",
        "postgresql://ann@[::1]:5432/app, //[::1]:5432/app, ann, plain%40",
        "postgresql://ann@my_database:5432/app, //my_database:5432/app, ann, plain%40",
    })
    void aUrlIsReadAsPostgresqlsOwnToolsOrJdbcWriteIt(String url, String address, String user, String password) {
        assertThat(DatabaseUrl.parse(url, "bob", "plain%40"))
                .isEqualTo(new PostgresAddress("jdbc:postgresql:" + address, user, password));
    }

    @Test
    void ofSeveralHostsTheOneThatTakesWritesIsAskedForUnlessTheOperatorSaysWhich() {
        assertThat(DatabaseUrl.parse("postgresql://ann@one:5432,two:5433/app", "", "")
                        .url())
                .isEqualTo("jdbc:postgresql://one:5432,two:5433/app?targetServerType=primary");
        assertThat(DatabaseUrl.parse("postgresql://ann@one,two/app?targetServerType=any&sslmode=require", "", "")
                        .url())
                .isEqualTo("jdbc:postgresql://one,two/app?targetServerType=any&sslmode=require");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://x/y", "postgresql:///app", "postgresql://ann@/app", "postgresql://h:x/app", "app"})
    void whatIsNoUrlOfPostgresqlIsRefusedWithAnExample(String url) {
        assertThatExceptionOfType(CallerException.class)
                .isThrownBy(() -> DatabaseUrl.parse(url, "", ""))
                .withMessageContaining("write postgresql://user@host:5432/database");
    }
}
