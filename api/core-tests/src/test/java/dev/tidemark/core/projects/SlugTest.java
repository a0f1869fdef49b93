package dev.tidemark.core.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.projects.registry.Slug;
import dev.tidemark.spi.CallerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlugTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "demo",
                "web_shop",
                "a1",
                "pgbouncer",
                "select",
                "user",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void plainNamesAreAllowed(String slug) {
        assertThat(Slug.require(slug)).isEqualTo(slug);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pg_catalog | reserved for PostgreSQL",
                "_meta | for example meta",
                "Shop | for example shop",
                "web shop | for example web_shop",
                "1st | for example st",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | use at most 41",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | has 64 characters",
                "information_schema | reserved",
                "public | reserved",
                "tidemark | reserved",
                "citus | reserved",
                "a\"; drop schema public; -- | starts with one of a-z",
                "größe | starts with one of a-z",
                "аdmin | starts with one of a-z",
                "'' | needs a slug",
            })
    void othersAreRefusedWithARemedy(String slug, String remedy) {
        assertThatThrownBy(() -> Slug.require(slug))
                .isInstanceOf(CallerException.class)
                .hasMessageContaining(remedy);
    }

    @Test
    void aLineBreakAtTheEndIsNoSlug() {
        assertThatThrownBy(() -> Slug.require("shop\n")).isInstanceOf(CallerException.class);
    }
}
