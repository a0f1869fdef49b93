package dev.tidemark.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.uri.UriQuery;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PixelAddressTest {

    @Test
    void whatIsNoMemberOfAnEventIsAProperty() {
        var address = "key=k&collection=mail%20opened&campaign=spring%2026&tag=a&tag=b&user=ada&messageId=m-1";

        assertThat(PixelAddress.fields(UriQuery.create(address)))
                .containsOnly(
                        Map.entry("collection", "mail opened"),
                        Map.entry("user", "ada"),
                        Map.entry("messageId", "m-1"),
                        Map.entry("properties", Map.of("campaign", "spring 26", "tag", List.of("a", "b"))));
    }
}
