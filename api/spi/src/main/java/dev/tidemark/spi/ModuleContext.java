package dev.tidemark.spi;

import io.helidon.metrics.api.MeterRegistry;
import java.time.Clock;

/** What the engine lends to a module, for as long as the server runs. All of it may be used from any thread. */
public interface ModuleContext {

    /**
     * Declares and reads one setting of the module: key {@code <module>.<name>} of the configuration file, or its
     * environment variable. A key that no module declares refuses the start.
     *
     * @param name lower-case words joined by dashes, or in a group of settings by dots
     * @param byDefault the value when the operator gives none; its class (Boolean, Integer, Long, Double, String,
     *     Duration) is how the operator's text is read
     * @param description one sentence with the unit, shown by {@code ./tidemark help settings}
     * @throws CallerException when the operator's text cannot be read as that class
     */
    <T> T setting(String name, T byDefault, String description);

    Databases databases();

    Projects projects();

    ActiveProjects activeProjects();

    Events events();

    CommittedEvents committedEvents();

    Questions questions();

    People people();

    Statements statements();

    /**
     * A table of the module's own in each project, whose columns come with the values.
     *
     * @param name begins with an underscore
     * @param key its primary key, a text
     */
    PropertyTable propertyTable(String name, String key);

    Callers callers();

    AuditLog audit();

    JsonReader json();

    /** The only source of the current time. */
    Clock clock();

    MeterRegistry metrics();
}
