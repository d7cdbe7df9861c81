package dev.berth.cli.config;

import java.io.Serial;
import java.util.List;

/** A configuration that can't be meant, with everything that is wrong in it. */
public final class BadConfig extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** One line for each problem. */
    public BadConfig(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One problem. */
    public BadConfig(String problem) {
        this(List.of(problem));
    }

    /** One line each. */
    public List<String> problems() {
        return problems;
    }
}
