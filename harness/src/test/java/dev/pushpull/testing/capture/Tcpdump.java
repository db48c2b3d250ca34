package dev.pushpull.testing.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Captures every TCP packet of the loopback device, until it is closed. */
public final class Tcpdump implements AutoCloseable {
    private static final int KERNEL_BUFFER_KIBIBYTES = 64 << 10;
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Pattern DROPPED = Pattern.compile("(\\d+) packets? dropped by kernel");

    private final Process process;
    private final Path packets;
    private final Path said;

    private Tcpdump(Process process, Path packets, Path said) {
        this.process = process;
        this.packets = packets;
        this.said = said;
    }

    /** Starts one and waits until it listens; the test is skipped where packets cannot be captured. */
    public static Tcpdump started(Path folder) throws IOException, InterruptedException {
        Path packets = Files.createTempFile(folder, "loopback", ".pcap");
        Path said = Files.createTempFile(folder, "tcpdump", ".txt");
        Process process;
        try {
            process = new ProcessBuilder(
                            "tcpdump",
                            "-i",
                            "lo",
                            "-n",
                            "-U",
                            "--immediate-mode",
                            "--time-stamp-precision=nano",
                            "-B",
                            Integer.toString(KERNEL_BUFFER_KIBIBYTES),
                            "-w",
                            "-", // into a file of ours, which it could not open after giving up its privileges
                            "tcp")
                    .redirectOutput(packets.toFile())
                    .redirectError(said.toFile())
                    .start();
        } catch (IOException e) {
            Assumptions.abort("no tcpdump is installed (Debian: apt-get install tcpdump): " + e.getMessage());
            throw e;
        }
        Tcpdump tcpdump = new Tcpdump(process, packets, said);
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!tcpdump.said().contains("listening on")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                String why = tcpdump.said().strip();
                tcpdump.close();
                Assumptions.abort("packets cannot be captured here: " + why);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return tcpdump;
    }

    private String said() throws IOException {
        return Files.readString(said);
    }

    /**
     * Waits until everything that passed before this call is captured, and stops.
     *
     * @return how many packets the kernel had to drop: an incomplete capture proves nothing
     */
    public long stop() throws IOException, InterruptedException {
        boolean whole = lastPacketArrives();
        process.destroy(); // SIGTERM: it writes what it has and reports how much that was
        if (!process.waitFor(DEADLINE_NANOS, TimeUnit.NANOSECONDS)) {
            throw new AssertionError("tcpdump did not stop");
        }
        Matcher dropped = DROPPED.matcher(said());
        if (!dropped.find()) {
            throw new AssertionError("tcpdump did not say what it dropped: " + said());
        }
        return Math.max(whole ? 0 : 1, Long.parseLong(dropped.group(1)));
    }

    /** Sends a unique text over loopback and waits until it is in the file: packets are captured in order. */
    private boolean lastPacketArrives() throws IOException, InterruptedException {
        byte[] last = ("last packet " + UUID.randomUUID()).getBytes(StandardCharsets.US_ASCII);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                OutputStream out = client.getOutputStream()) {
            out.write(last);
        }
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        try (RandomAccessFile file = new RandomAccessFile(packets.toFile(), "r")) {
            long read = 0;
            while (true) {
                byte[] more = new byte[(int) Math.min(16 << 20, file.length() - read)];
                file.seek(read);
                file.readFully(more);
                if (new String(more, StandardCharsets.ISO_8859_1)
                        .contains(new String(last, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
                if (System.nanoTime() > deadline) {
                    return false; // dropped, or too far behind
                }
                read = Math.max(read, read + more.length - last.length); // it may cross the end
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    /** What was captured of connections to these ports. Call this after {@link #stop}. */
    public Capture capture(Set<Integer> serverPorts) throws IOException {
        return PcapFile.read(packets, serverPorts);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
