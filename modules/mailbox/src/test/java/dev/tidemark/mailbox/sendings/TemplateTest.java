package dev.tidemark.mailbox.sendings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.spi.CallerException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    Hello {{name}}!                     ; Hello Ada!
                    {{ name }}{{name}}                  ; AdaAda
                    {{city|your town}}, {{city|}}.      ; your town, .
                    {{name|nobody}}                     ; Ada
                    a { b } c {d}                       ; a { b } c {d}
                    {{name|{{                           ;
                    {{odd}}                             ; {{name}}
                    """)
    void placesAreFilledOnceAndAllElseIsText(String template, String expected) {
        var properties = Map.of("name", "Ada", "odd", "{{name}}");

        if (expected == null) {
            assertThatThrownBy(() -> Template.of(template)).isInstanceOf(CallerException.class);
        } else {
            assertThat(Template.of(template).filled(name -> Optional.ofNullable(properties.get(name))))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{{name", "name}}", "{{}}", "{{ }}", "{{{name}}}", "{{a|b|c}} }}", "{{na{me}}", "x {{name}} {{"})
    void whatIsNoPlaceIsRefusedWithItsCharacter(String template) {
        assertThatThrownBy(() -> Template.of(template))
                .isInstanceOfSatisfying(
                        CallerException.class,
                        refusal -> assertThat(refusal.path()).containsExactly("template"))
                .hasMessageContaining("at character");
    }

    @Test
    void aMissingPropertyWithoutADefaultIsNamed() {
        assertThatThrownBy(() -> Template.of("{{name|x}} {{city}}").filled(name -> Optional.empty()))
                .isInstanceOf(MissingPropertyException.class)
                .hasMessageContaining("\"city\"");
    }

    @Test
    void thereAreAtMostFiftyPlaces() {
        Template.of("{{a}}".repeat(50));

        assertThatThrownBy(() -> Template.of("{{a}}".repeat(51))).hasMessageContaining("50");
    }
}
