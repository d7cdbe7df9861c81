package dev.berth.cli.serving;

import java.util.Arrays;

/** Where in the user's own code something was thrown: what a line of the log has room for, instead of a stack trace. */
public final class OwnFrame {
    private OwnFrame() {}

    /** Class and message of an error, and the first line of its stack trace that belongs neither to the JDK nor to Berth. */
    public static String describe(Throwable error) {
        try {
            return textAndPlace(error);
        } catch (Throwable again) {
            // A user's own exception may fail itself; its client's line must not be lost for it.
            return error.getClass().getName() + ", which has no text: asked for it, it throws " + again.getClass().getName();
        }
    }

    private static String textAndPlace(Throwable error) {
        if (error instanceof ExceptionInInitializerError && error.getCause() != null) {
            // It says nothing itself, and where a class was first used is seldom where it is wrong.
            return describe(error.getCause());
        }
        return error + Arrays.stream(error.getStackTrace())
                .filter(OwnFrame::isOwn)
                .findFirst()
                .map(frame -> " at " + frame.getClassName() + "." + frame.getMethodName() + "(" + file(frame) + ")")
                .orElse("");
    }

    private static boolean isOwn(StackTraceElement frame) {
        String module = frame.getModuleName();
        boolean ofJdk = module != null && (module.startsWith("java.") || module.startsWith("jdk."));
        return !ofJdk && !frame.getClassName().startsWith("dev.berth.");
    }

    private static String file(StackTraceElement frame) {
        return frame.getFileName() == null ? "no source" : frame.getFileName() + ":" + frame.getLineNumber();
    }
}
