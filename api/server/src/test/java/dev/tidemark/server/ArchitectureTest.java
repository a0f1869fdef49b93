package dev.tidemark.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tidemark.spi.AnalyticsModule;
import io.helidon.webserver.http.HttpService;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final List<String> NAMES_THAT_SAY_NOTHING = List.of("Util", "Utils", "Helper", "Manager", "Impl");

    private static final DescribedPredicate<JavaClass> BELONGS_TO_A_STORE = describe(
            "belong to a store", type -> outermost(type).getSimpleName().endsWith("Store"));

    private static final JavaClasses TIDEMARK = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("testkit"))
            .importPackages("dev.tidemark..");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.tidemark.(**)")
                .should()
                .beFreeOfCycles()
                .because("what goes in circles can be understood and changed only as a whole")
                .check(TIDEMARK);
    }

    @Test
    void theContractKnowsNothingOfTheEngine() {
        noClasses()
                .that()
                .resideInAPackage("dev.tidemark.spi..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.tidemark..")
                        .and(resideInAPackage("dev.tidemark.spi..").negate()))
                .because("plugins are compiled against the contract alone")
                .check(TIDEMARK);
    }

    @Test
    void modulesKnowTheContractAndNotOneAnother() {
        slices().matching("dev.tidemark.(*)..")
                .namingSlices("$1")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(resideInAPackage("dev.tidemark.."), resideInAPackage("dev.tidemark.spi.."))
                .ignoreDependency(resideInAPackage("dev.tidemark.server.."), resideInAPackage("dev.tidemark.core.."))
                .because("a module extends another's GraphQL type, never its Java")
                .check(TIDEMARK);
    }

    @Test
    void theEngineKnowsNoHttp() {
        noClasses()
                .that()
                .resideInAPackage("dev.tidemark.core..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.helidon.webserver..", "io.helidon.http..", "java.net.http..")
                                .and(not(type(HttpService.class))))
                .because("the same engine answers over HTTP, sockets and in tests; it hands modules' services through")
                .check(TIDEMARK);
    }

    @Test
    void onlyStoresTouchTheDatabase() {
        noClasses()
                .that(not(BELONGS_TO_A_STORE))
                .and()
                .resideOutsideOfPackages("dev.tidemark.core.postgres..", "dev.tidemark.server.postgres..")
                .should()
                .callMethodWhere(target(owner(assignableTo(Statement.class))).and(target(nameStartingWith("execute"))))
                .orShould()
                .callMethodWhere(target(owner(assignableTo(Connection.class)))
                        .and(target(nameMatching("(prepare|create)Statement"))))
                .because("whoever reviews the SQL of a module reads one class")
                .check(TIDEMARK);
    }

    @Test
    void timeComesFromTheClock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("a test must be able to say what time it is")
                .check(TIDEMARK);
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.tidemark.server..")
                .should()
                .callMethod(Clock.class, "systemUTC")
                .because("the process makes the clock, everyone else is given it")
                .check(TIDEMARK);
    }

    @Test
    void packagesAreNullMarked() {
        var unmarked = TIDEMARK.stream()
                .map(type -> type.getPackage())
                .distinct()
                .filter(found -> !found.isAnnotatedWith(NullMarked.class))
                .filter(found -> !found.getClasses().isEmpty())
                .map(found -> found.getName());

        assertThat(unmarked)
                .as("the compiler checks for null where packages are marked")
                .isEmpty();
    }

    @Test
    void namesSaySomething() {
        var empty = TIDEMARK.stream()
                .filter(type -> NAMES_THAT_SAY_NOTHING.stream().anyMatch(type.getSimpleName()::endsWith))
                .map(type -> type.getName());

        assertThat(empty).isEmpty();
    }

    @Test
    void aModuleIsNamedByItsKind() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .implement(AnalyticsModule.class)
                .should()
                .haveSimpleNameEndingWith("Module")
                .because("the declaration of a feature is what a newcomer looks for")
                .check(TIDEMARK);
        assertThat(TIDEMARK.stream().filter(type -> type.isAssignableTo(AnalyticsModule.class)))
                .as("modules are on the class path of this test")
                .isNotEqualTo(Stream.empty());
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }
}
