package dev.berth.stress;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import dev.berth.server.AdmissionModel;
import dev.berth.server.AdmissionOperations;
import dev.berth.transport.OutputModel;
import dev.berth.transport.OutputOperations;

/** Bugs of the kind that only another order of steps shows, planted into the compiled class: each must be found. */
enum Planted {
    /** The queue and the counts are looked at and changed without the lock. */
    OFFER_WITHOUT_LOCK("dev.berth.server.Admission", "offer", Planted::withoutLock),

    /** A place is given back without the lock. */
    RELEASE_WITHOUT_LOCK("dev.berth.server.Admission", "release", Planted::withoutLock),

    /** Bytes are appended while others take what is collected. */
    WRITE_WITHOUT_LOCK("dev.berth.transport.Output", "accept", Planted::withoutLock),

    /** Who wants to write does not ask whether somebody is writing. */
    SECOND_WRITER("dev.berth.transport.Output", "writeBatch", Planted::neverBusy),

    /** Who waits for the writer is not told that it has written. */
    NOBODY_TOLD("dev.berth.transport.Output", "writeBatch", Planted::withoutSignal);

    private final String className;
    private final String method;
    @SuppressWarnings("ImmutableEnumChecker") // a method of this class
    private final CodeTransform change;

    Planted(String className, String method, CodeTransform change) {
        this.className = className;
        this.method = method;
        this.change = change;
    }

    /** Writes the class with its bug into a folder, from which a JVM that is given it first loads it. */
    void write(Path folder) throws IOException {
        Path file = folder.resolve(className.replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, planted(original()));
    }

    private byte[] planted(byte[] original) {
        var classes = ClassFile.of();
        return classes.transformClass(classes.parse(original),
                ClassTransform.transformingMethodBodies(body -> body.methodName().equalsString(method), change));
    }

    private byte[] original() throws IOException {
        try (var bytes = Planted.class.getResourceAsStream("/" + className.replace('.', '/') + ".class")) {
            return Objects.requireNonNull(bytes).readAllBytes();
        }
    }

    Class<?> operations() {
        return className.endsWith("Admission") ? AdmissionOperations.Waiting.class : OutputOperations.class;
    }

    Class<?> model() {
        return className.endsWith("Admission") ? AdmissionModel.Waiting.class : OutputModel.class;
    }

    private static void withoutLock(CodeBuilder code, CodeElement element) {
        boolean library = element instanceof InvokeInstruction call && call.owner().name().equalsString("java/util/concurrent/locks/ReentrantLock");
        if (library || element instanceof MonitorInstruction) {
            code.pop();
        } else {
            code.with(element);
        }
    }

    private static void withoutSignal(CodeBuilder code, CodeElement element) {
        if (element instanceof InvokeInstruction call && call.name().equalsString("notifyAll")) {
            code.pop();
        } else {
            code.with(element);
        }
    }

    private static void neverBusy(CodeBuilder code, CodeElement element) {
        if (element instanceof FieldInstruction field && field.opcode() == Opcode.GETFIELD && field.name().equalsString("busy")) {
            code.pop().iconst_0();
        } else {
            code.with(element);
        }
    }
}
