package dev.tidemark.server.http;

import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import java.util.Set;

/**
 * Hands a compressed body on as it is: what it unpacks to has no limit in this web server, so whoever reads it inflates it
 * within one, or refuses it ({@link dev.tidemark.spi.RequestBody}).
 */
final class UntouchedEncodings implements ContentEncoding {

    @Override
    public Set<String> ids() {
        return Set.of("gzip", "deflate", "br", "zstd");
    }

    @Override
    public boolean supportsEncoding() {
        return false;
    }

    @Override
    public boolean supportsDecoding() {
        return true;
    }

    @Override
    public ContentDecoder decoder() {
        return ContentDecoder.NO_OP;
    }

    @Override
    public ContentEncoder encoder() {
        return ContentEncoder.NO_OP;
    }

    @Override
    public String name() {
        return "untouched";
    }

    @Override
    public String type() {
        return "untouched";
    }
}
