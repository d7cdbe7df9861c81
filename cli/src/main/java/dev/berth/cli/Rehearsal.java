package dev.berth.cli;

/** What the launcher runs once to learn which classes a start needs (AOT cache, JEP 514): the verbs, in one process. */
final class Rehearsal {
    private Rehearsal() {}

    /** Plays every verb once. */
    public static void main(String[] args) {
        System.exit(Main.run(Console.ofProcess(), "--help"));
    }
}
