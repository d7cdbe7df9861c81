package dev.berth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Stack;

import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Takes a class path, and the further jars that a shell has made of it where nobody quoted {@code libs/*}. */
final class ExpandedJars implements IParameterConsumer {
    @Override
    @SuppressWarnings("JdkObsolete") // picocli's own
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec verb) {
        if (words.isEmpty()) {
            throw new ParameterException(verb.commandLine(), "missing required parameter for option '--classpath' (PATH)");
        }
        List<String> paths = new ArrayList<>(option.<List<String>>getValue());
        paths.add(words.pop());
        while (isJar(paths.getLast()) && !words.isEmpty() && isJar(words.peek())) {
            paths.add(words.pop());
        }
        option.setValue(paths);
    }

    private static boolean isJar(String word) {
        return word.endsWith(".jar");
    }
}
