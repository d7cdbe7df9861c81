package dev.berth.cli.exec;

import java.util.List;
import java.util.stream.Stream;

/**
 * A process and what it started, directly or not, as they were when this was made; the process itself comes last, so that it can
 * see its children end. Asking the system blocks: not for virtual threads.
 */
record Family(List<ProcessHandle> members) {

    /** The family of this process. */
    static Family of(Process process) {
        return new Family(Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList());
    }

    /** Asks all of them to end. */
    void ask() {
        members.forEach(ProcessHandle::destroy);
    }

    boolean isAlive() {
        return members.stream().anyMatch(ProcessHandle::isAlive);
    }

    /** Ends all of them that are left, and what those have started since. */
    void kill() {
        List<ProcessHandle> later = members.stream().filter(ProcessHandle::isAlive).flatMap(ProcessHandle::descendants).toList();
        members.forEach(ProcessHandle::destroyForcibly);
        later.forEach(ProcessHandle::destroyForcibly);
    }
}
