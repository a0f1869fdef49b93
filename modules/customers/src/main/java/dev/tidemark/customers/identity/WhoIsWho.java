package dev.tidemark.customers.identity;

import dev.tidemark.customers.identity.Fact.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is who by facts, taken in their order: a forest in which each id but a person's own leads to another of theirs.
 *
 * <p>A visitor belongs to the first who identifies on the device: the next one to do so is someone else, and says nothing about
 * what was done before. Aliases and merges join whole people, and the later name is the person's.
 */
final class WhoIsWho {

    private final Map<String, String> towards = new HashMap<>();
    private final Map<String, List<String>> ids = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Set<Long> effective = new HashSet<>();

    /** @param facts that hold, in their order */
    WhoIsWho(List<Fact> facts) {
        facts.forEach(this::take);
    }

    /** The person whose id it is; an id of which nothing was said is a person. */
    String person(String id) {
        var person = id;
        for (var next = towards.get(person); next != null; next = towards.get(person)) {
            person = next;
        }
        if (!person.equals(id)) {
            towards.put(id, person);
        }
        return person;
    }

    /** The persons of all ids that the facts are about: of each person their own id first, then those that came with it last. */
    Map<String, String> persons() {
        var persons = new LinkedHashMap<String, String>();
        ids.forEach((person, theirs) -> theirs.forEach(id -> persons.put(id, person)));
        return persons;
    }

    boolean isEffective(Fact fact) {
        return effective.contains(fact.id());
    }

    private void take(Fact fact) {
        var one = person(fact.one());
        var other = person(fact.other());
        ids(one);
        ids(other);
        var isTaken = fact.kind() == Kind.IDENTIFY && (!one.equals(fact.one()) || known.contains(one));
        if (!one.equals(other) && !isTaken) {
            towards.put(one, other);
            ids(other).addAll(ids(one));
            ids.remove(one);
            effective.add(fact.id());
        }
        known.add(fact.other());
    }

    private List<String> ids(String person) {
        return ids.computeIfAbsent(person, own -> new ArrayList<>(List.of(own)));
    }
}
