package dev.tidemark.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;
import org.junit.jupiter.api.Test;

class BeaconModuleTest extends ModuleConformance {

    @Override
    protected String module() {
        return "beacon";
    }

    @Override
    protected void fill(TestProject project, String text) {
        project.query("""
                mutation { setAllowedOrigins(input: {origins: ["https://%s.example"]}) { userErrors { message } } }
                """.formatted(text));
        var answer = site().get("/pixel.gif?collection=mail&user=" + text + "&key=" + project.key(Scope.WRITE));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void originsAreKeptAsBrowsersSendThem() {
        var answer = engine().project().query("""
                mutation {
                  setAllowedOrigins(input: {origins: [
                    "HTTPS://Shop.example:443", "http://my_shop.example:80", "http://shop.example:443"
                  ]}) { allowedOrigins }
                }
                """);

        assertThat(answer)
                .hasToString("{setAllowedOrigins={allowedOrigins=[http://my_shop.example, http://shop.example:443,"
                        + " https://shop.example]}}");
    }

    @Test
    void whatIsNoOriginIsRefusedByItsPlaceInTheInput() {
        var answer = engine().project().query("""
                mutation { setAllowedOrigins(input: {origins: ["shop"]}) { userErrors { code path } } }
                """);

        assertThat(answer).hasToString("{setAllowedOrigins={userErrors=[{code=BAD_USER_INPUT, path=[origins]}]}}");
    }
}
