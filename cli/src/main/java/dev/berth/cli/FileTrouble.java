package dev.berth.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be written, in words: the system's exceptions often say no more than its name. */
final class FileTrouble {
    private FileTrouble() {}

    static String reason(IOException error) {
        return switch (error) {
            case NoSuchFileException _ -> "its folder does not exist";
            case AccessDeniedException _ -> "that is not allowed";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(error.getMessage());
        };
    }
}
