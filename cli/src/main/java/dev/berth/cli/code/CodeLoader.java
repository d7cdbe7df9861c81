package dev.berth.cli.code;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * Loads the user's classes. They see the JDK and the toolkit, and none of the libraries that the command itself is made of: theirs
 * may be of other versions.
 */
final class CodeLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private CodeLoader(URL[] places) {
        super("own", places, new Toolkit());
    }

    static CodeLoader of(ClassPath path) {
        return new CodeLoader(path.places().stream().map(CodeLoader::url).toArray(URL[]::new));
    }

    private static URL url(Path place) {
        try {
            return place.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The JDK's classes, and the command's own copy of the toolkit, so that a handler is a handler to both sides. */
    private static final class Toolkit extends ClassLoader {
        static {
            registerAsParallelCapable();
        }

        Toolkit() {
            super("toolkit", getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("dev.berth.")) {
                return CodeLoader.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
