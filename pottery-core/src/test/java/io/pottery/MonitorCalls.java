package io.pottery;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;

/**
 * The calls that a class makes while it holds a monitor, as its byte code shows: all of a synchronized method, and what
 * is covered by the handlers that javac adds to a synchronized block, which leave the monitor when something is thrown.
 * What lambdas call is not among them, unless they hold a monitor themselves.
 */
final class MonitorCalls extends ClassVisitor {

    private final String type;
    private final Set<Call> found = new HashSet<>();

    private MonitorCalls(String type) {
        super(SpringAsmInfo.ASM_VERSION);
        this.type = type;
    }

    /** The calls that {@code type} makes while it holds a monitor, in the order of its lines. */
    static List<JavaCall<?>> of(JavaClass type) {
        MonitorCalls calls = new MonitorCalls(type.getName());
        try (InputStream code = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            new ClassReader(code).accept(calls, ClassReader.SKIP_FRAMES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Stream.<JavaCall<?>>concat(
                        type.getMethodCallsFromSelf().stream(), type.getConstructorCallsFromSelf().stream())
                .filter(call -> calls.found.contains(
                        new Call(call.getLineNumber(), call.getTargetOwner().getName(), call.getName())))
                .sorted(Comparator.comparing(JavaCall::getLineNumber))
                .toList();
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        return new Body(name, (access & Opcodes.ACC_SYNCHRONIZED) != 0);
    }

    /** A call as both byte code and ArchUnit tell of it. */
    private record Call(int line, String owner, String name) {}

    /** Instructions from {@code start} to {@code end}, from which {@code handler} takes over if they throw. */
    private record Range(Label start, Label end, Label handler) {}

    /** A call, and who takes over if it throws. */
    private record Covered(Call call, Set<Label> handlers) {}

    /** Reads one method. The ranges come first, and only what follows tells which handlers leave a monitor. */
    private final class Body extends MethodVisitor {

        private static final List<Integer> LEAVE = List.of(Opcodes.ASTORE, Opcodes.ALOAD, Opcodes.MONITOREXIT);

        private final String method;
        private final boolean isSynchronized;
        private final List<Range> ranges = new ArrayList<>();
        private final Set<Label> covering = new HashSet<>();
        private final List<Covered> calls = new ArrayList<>();
        private final Set<Label> leaving = new HashSet<>();
        private final List<Integer> sinceHandler = new ArrayList<>();
        private Label handler;
        private int entered;
        private int line;

        Body(String method, boolean isSynchronized) {
            super(SpringAsmInfo.ASM_VERSION);
            this.method = method;
            this.isSynchronized = isSynchronized;
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
            ranges.add(new Range(start, end, handler));
        }

        @Override
        public void visitLabel(Label label) {
            for (Range range : ranges) {
                if (range.end == label) {
                    covering.remove(range.handler);
                }
                if (range.handler == label) {
                    handler = label;
                    sinceHandler.clear();
                }
            }
            ranges.stream().filter(range -> range.start == label).forEach(range -> covering.add(range.handler));
        }

        @Override
        public void visitLineNumber(int line, Label start) {
            this.line = line;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            String ownerName = Type.getObjectType(owner).getClassName();
            calls.add(new Covered(new Call(line, ownerName, name), Set.copyOf(covering)));
        }

        @Override
        public void visitVarInsn(int opcode, int variable) {
            visitInsn(opcode);
        }

        @Override
        public void visitInsn(int opcode) {
            sinceHandler.add(opcode);
            if (sinceHandler.equals(LEAVE)) {
                leaving.add(handler);
            }
            if (opcode == Opcodes.MONITORENTER) {
                entered++;
            }
        }

        @Override
        public void visitEnd() {
            if (leaving.size() < entered) {
                throw new IllegalStateException(
                        "%s.%s has a synchronized block that is not understood".formatted(type, method));
            }
            calls.stream()
                    .filter(covered -> isSynchronized || !Collections.disjoint(covered.handlers, leaving))
                    .forEach(covered -> found.add(covered.call));
        }
    }
}
