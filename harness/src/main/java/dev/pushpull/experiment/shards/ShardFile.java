package dev.pushpull.experiment.shards;

import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The file of one shard: a line that names it, its compressed content, and the SHA-256 of both. It has a temporary name
 * until it is complete and on the disk, so that one that is there is whole unless something damaged it afterwards.
 */
final class ShardFile {
    private static final byte[] MAGIC = "pushpull shard 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_BYTES = 32;

    private ShardFile() {}

    interface Content {
        void to(DataOutputStream out) throws IOException;
    }

    interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    /** A file that is not what was written: cut short, or changed. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1;

        DamagedException(Path file) {
            super(file + " is damaged");
        }
    }

    /** Writes a file; of two processes that write the same at once, the last one's stays. */
    static void write(Path file, Content content) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + "-" + UUID.randomUUID());
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            MessageDigest digest = sha256();
            OutputStream raw = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            OutputStream digested = new DigestOutputStream(raw, digest);
            digested.write(MAGIC);
            DeflaterOutputStream compressed = new DeflaterOutputStream(digested, new Deflater(Deflater.BEST_SPEED));
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(compressed, 1 << 16));
            content.to(out);
            out.flush();
            compressed.finish();
            raw.write(digest.digest());
            raw.flush();
            channel.force(true);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Reads a file, after its digest was checked.
     *
     * @throws DamagedException when it is not whole
     */
    static <T> T read(Path file, Reading<T> reading) throws IOException {
        check(file);
        return begin(file, reading);
    }

    /** Reads from the beginning of a file without its digest: for who it is from. */
    static <T> T begin(Path file, Reading<T> reading) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            if (!Arrays.equals(raw.readNBytes(MAGIC.length), MAGIC)) {
                throw new DamagedException(file);
            }
            return reading.from(new DataInputStream(new BufferedInputStream(new InflaterInputStream(raw), 1 << 16)));
        } catch (EOFException | java.util.zip.ZipException | java.io.UTFDataFormatException e) {
            throw new DamagedException(file);
        }
    }

    private static void check(Path file) throws IOException {
        long length = Files.size(file) - DIGEST_BYTES;
        if (length < MAGIC.length) {
            throw new DamagedException(file);
        }
        MessageDigest digest = sha256();
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            byte[] buffer = new byte[1 << 16];
            for (long left = length; left > 0; ) {
                int read = raw.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    throw new DamagedException(file);
                }
                digest.update(buffer, 0, read);
                left -= read;
            }
            if (!Arrays.equals(raw.readAllBytes(), digest.digest())) {
                throw new DamagedException(file);
            }
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    /** One line for the person who named the folder. */
    static InvalidInputException refused(Path file, IOException e, String accepted) {
        return new InvalidInputException(
                (e instanceof DamagedException damaged ? damaged.getMessage() : Failures.sentence(e)) + "; accepted: "
                        + accepted);
    }
}
