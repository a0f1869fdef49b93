package dev.tidemark.mailbox.sendings;

import dev.tidemark.mailbox.messages.Letter;
import dev.tidemark.mailbox.people.Bounds;
import dev.tidemark.mailbox.people.Correspondent;
import dev.tidemark.mailbox.people.Side;
import dev.tidemark.mailbox.sendings.Audience.Recipient;
import dev.tidemark.mailbox.sendings.Sending.Said;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a sending has for its next customers: a letter for each, or why not. */
final class Turn {

    private final Project project;
    private final Sending sending;
    private final Template template;
    private final List<Letter> letters = new ArrayList<>();
    private final List<Said> problems = new ArrayList<>();

    Turn(Project project, Sending sending, Template template) {
        this.project = project;
        this.sending = sending;
        this.template = template;
    }

    void add(Recipient recipient) {
        try {
            letters.add(letter(recipient));
        } catch (MissingPropertyException | CallerException e) {
            var customer = recipient.customer();
            problems.add(new Said(customer, "Customer " + customer + ": " + e.getMessage()));
        }
    }

    List<Letter> letters() {
        return letters;
    }

    /** What became of them; the parameters are those of {@link Sending.Step}. */
    Sending.Step step(String lastCustomer, List<String> late, boolean isEnd) {
        return new Sending.Step(
                lastCustomer,
                late,
                letters.size(),
                problems.stream().map(Said::customer).toList(),
                letters.stream()
                        .map(letter -> new Said(letter.sender().customer(), letter.text()))
                        .findFirst(),
                problems.stream().findFirst(),
                isEnd);
    }

    private Letter letter(Recipient recipient) {
        var properties = recipient.properties();
        var text = template.filled(name -> Optional.ofNullable(properties.get(name)));
        return new Letter(
                new Correspondent(project, recipient.customer(), Side.PROJECT),
                sending.thread(),
                Bounds.text(text, "The message"),
                Optional.empty(),
                Optional.of(sending.id()));
    }
}
