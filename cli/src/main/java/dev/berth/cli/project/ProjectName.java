package dev.berth.cli.project;

import java.util.Locale;
import java.util.regex.Pattern;

import javax.lang.model.SourceVersion;

/**
 * What a project is called: its folder, its artifact, and its package.
 *
 * @param text as it was typed
 */
public record ProjectName(String text) {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    /** Accepts a name that a folder, an artifact and a package can have. */
    public ProjectName {
        if (!ALLOWED.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no project's name; it begins with a letter, and allowed are letters"
                    + " (a-z, A-Z), digits, - and _, like meter-server");
        }
    }

    /** The package of its classes: the name in small letters, without what a package's name can't have. */
    public String packageName() {
        String plain = text.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
        // "new" is a word of the language, "java" belongs to the JDK.
        return SourceVersion.isKeyword(plain) || plain.equals("java") ? plain + "server" : plain;
    }
}
