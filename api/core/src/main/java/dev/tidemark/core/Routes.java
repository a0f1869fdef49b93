package dev.tidemark.core;

import dev.tidemark.core.modules.Contributed;
import io.helidon.webserver.http.HttpService;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The HTTP services of all modules, each below a prefix of its own. */
final class Routes {

    private final Map<String, HttpService> services = new TreeMap<>();
    private final Map<String, String> owners = new TreeMap<>();

    /** Adds a module's services, or says why they cannot be. */
    Optional<String> add(Contributed module) {
        for (var prefix : module.contribution().routes().keySet()) {
            var problem = problem(prefix);
            if (problem.isPresent()) {
                return problem;
            }
        }
        module.contribution().routes().forEach((prefix, service) -> {
            services.put(prefix, service);
            owners.put(prefix, module.name());
        });
        return Optional.empty();
    }

    Map<String, HttpService> services() {
        return Collections.unmodifiableMap(services);
    }

    private Optional<String> problem(String prefix) {
        if (!prefix.matches("/[A-Za-z0-9._/-]*[A-Za-z0-9._-]")) {
            return Optional.of("The route \"" + prefix + "\" is no path: write one like /v1.");
        }
        return owners.entrySet().stream()
                .filter(taken -> isBelow(prefix, taken.getKey()) || isBelow(taken.getKey(), prefix))
                .findFirst()
                .map(taken -> "The route " + prefix + " meets " + taken.getKey() + " of module " + taken.getValue()
                        + ": choose another prefix.");
    }

    private static boolean isBelow(String path, String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
