package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.modules.Contributed;
import dev.tidemark.core.modules.LoadedModule;
import dev.tidemark.core.modules.ModuleResources;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimsTest {

    private final Claims claims = new Claims();

    @BeforeEach
    void oneModuleIsThere() {
        assertThat(claims.add(module(
                        "first",
                        Contribution.builder().route("/v1", rules -> {}).tokens("tok", token -> {
                            throw new IllegalStateException("nobody asks");
                        }))))
                .isEmpty();
    }

    @Test
    void aMarkOfTokensIsOneModulesAlone() {
        var second = Contribution.builder().tokens("tok", token -> {
            throw new IllegalStateException("nobody asks");
        });

        assertThat(claims.add(module("second", second))).contains("""
                Only one module can have tokens that begin with tok_, and first has it already: remove one of the two.\
                """);
    }

    @Test
    void aRouteIsNotBelowThatOfAnotherModule() {
        var second = Contribution.builder().route("/v1/track", rules -> {});

        assertThat(claims.add(module("second", second)))
                .contains("The route /v1/track meets /v1 of module first: choose another prefix.");
    }

    @Test
    void whoIsRefusedOneThingHasNoneOfItsClaims() {
        var second = Contribution.builder().route("/v1", rules -> {}).route("/v2", rules -> {});
        claims.add(module("second", second));

        var third = Contribution.builder().route("/v2", rules -> {});

        assertThat(claims.add(module("third", third))).isEmpty();
    }

    private static Contributed module(String name, Contribution.Builder contribution) {
        var module = new AnalyticsModule() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Contribution contribute(ModuleContext context) {
                return contribution.build();
            }
        };
        var loaded =
                new LoadedModule(module, new ModuleResources("", List.of(), List.of()), Optional.of(name + ".jar"));
        return new Contributed(loaded, contribution.build());
    }
}
