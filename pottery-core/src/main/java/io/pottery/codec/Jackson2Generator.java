package io.pottery.codec;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.core.base.GeneratorBase;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.JsonWriteContext;
import com.fasterxml.jackson.core.json.PackageVersion;
import com.fasterxml.jackson.core.util.BufferRecycler;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Passes what Jackson writes on to {@link CanonicalJson}, with what a tree of Jackson's would lose: the types of keys,
 * which arrays are sets, and the difference between float and double.
 */
final class Jackson2Generator extends GeneratorBase {

    /** The superclass wants one; nothing here takes a buffer from it. */
    private static final IOContext NO_BUFFERS = new IOContext(
            StreamReadConstraints.defaults(),
            StreamWriteConstraints.defaults(),
            ErrorReportConfiguration.defaults(),
            new BufferRecycler(),
            ContentReference.unknown(),
            false);

    private final CanonicalJson json;

    Jackson2Generator(CanonicalJson json, ObjectCodec codec) {
        super(0, codec, NO_BUFFERS);
        this.json = json;
    }

    /** Writes the key of the next member as what it is, and not as the text it becomes. */
    void writeKey(@Nullable Object key) throws IOException {
        verifyKeyWrite(String.valueOf(key));
        json.key(key);
    }

    private void verifyKeyWrite(String key) throws IOException {
        if (_writeContext.writeFieldName(key) == JsonWriteContext.STATUS_EXPECT_VALUE) {
            _reportError("a key where a value has to be");
        }
    }

    @Override
    public void writeStartArray() throws IOException {
        writeStartArray(null);
    }

    @Override
    public void writeStartArray(@Nullable Object forValue, int size) throws IOException {
        writeStartArray(forValue);
    }

    @Override
    public void writeStartArray(@Nullable Object forValue) throws IOException {
        _verifyValueWrite("start an array");
        json.startArray(forValue);
        _writeContext = _writeContext.createChildArrayContext(forValue);
    }

    @Override
    public void writeEndArray() throws IOException {
        if (!_writeContext.inArray()) {
            _reportError("the end of an array where none was begun");
        }
        json.endArray();
        _writeContext = _writeContext.clearAndGetParent();
    }

    @Override
    public void writeStartObject() throws IOException {
        writeStartObject(null);
    }

    @Override
    public void writeStartObject(@Nullable Object forValue, int size) throws IOException {
        writeStartObject(forValue);
    }

    @Override
    public void writeStartObject(@Nullable Object forValue) throws IOException {
        _verifyValueWrite("start an object");
        json.startObject(forValue);
        _writeContext = _writeContext.createChildObjectContext(forValue);
    }

    @Override
    public void writeEndObject() throws IOException {
        if (!_writeContext.inObject()) {
            _reportError("the end of an object where none was begun");
        }
        json.endObject();
        _writeContext = _writeContext.clearAndGetParent();
    }

    @Override
    public void writeFieldName(String name) throws IOException {
        writeKey(name);
    }

    /** Writes the name of a property, which Jackson keeps ready; the keys of maps come as strings. */
    @Override
    public void writeFieldName(SerializableString name) throws IOException {
        verifyKeyWrite(name.getValue());
        json.property(name.getValue());
    }

    @Override
    public void writeFieldId(long id) throws IOException {
        writeKey(id);
    }

    @Override
    public void writeString(@Nullable String text) throws IOException {
        if (text == null) {
            writeNull();
            return;
        }
        _verifyValueWrite("write a string");
        json.string(text);
    }

    @Override
    public void writeString(char[] text, int offset, int length) throws IOException {
        writeString(new String(text, offset, length));
    }

    @Override
    public void writeString(SerializableString text) throws IOException {
        writeString(text.getValue());
    }

    @Override
    public void writeRawUTF8String(byte[] text, int offset, int length) throws IOException {
        throw raw();
    }

    @Override
    public void writeUTF8String(byte[] text, int offset, int length) throws IOException {
        writeString(new String(text, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void writeRaw(String text) throws IOException {
        throw raw();
    }

    @Override
    public void writeRaw(String text, int offset, int length) throws IOException {
        throw raw();
    }

    @Override
    public void writeRaw(char[] text, int offset, int length) throws IOException {
        throw raw();
    }

    @Override
    public void writeRaw(char c) throws IOException {
        throw raw();
    }

    private IOException raw() {
        return new JsonGenerationException("raw JSON is not written", this);
    }

    @Override
    public void writeBinary(Base64Variant variant, byte[] data, int offset, int length) throws IOException {
        byte[] part = new byte[length];
        System.arraycopy(data, offset, part, 0, length);
        writeString(variant.encode(part));
    }

    @Override
    public int writeBinary(Base64Variant variant, InputStream data, int length) throws IOException {
        byte[] bytes = length < 0 ? data.readAllBytes() : data.readNBytes(length);
        writeString(variant.encode(bytes));
        return bytes.length;
    }

    @Override
    public void writeNumber(int number) throws IOException {
        writeNumber((long) number);
    }

    @Override
    public void writeNumber(long number) throws IOException {
        _verifyValueWrite("write a number");
        json.number(number);
    }

    @Override
    public void writeNumber(@Nullable BigInteger number) throws IOException {
        if (number == null) {
            writeNull();
            return;
        }
        _verifyValueWrite("write a number");
        json.number(number);
    }

    @Override
    public void writeNumber(double number) throws IOException {
        _verifyValueWrite("write a number");
        json.number(number);
    }

    @Override
    public void writeNumber(float number) throws IOException {
        _verifyValueWrite("write a number");
        json.number(number);
    }

    @Override
    public void writeNumber(@Nullable BigDecimal number) throws IOException {
        if (number == null) {
            writeNull();
            return;
        }
        _verifyValueWrite("write a number");
        json.number(number);
    }

    @Override
    public void writeNumber(String number) throws IOException {
        writeNumber(new BigDecimal(number));
    }

    @Override
    public void writeBoolean(boolean value) throws IOException {
        _verifyValueWrite("write a boolean");
        json.bool(value);
    }

    @Override
    public void writeNull() throws IOException {
        _verifyValueWrite("write null");
        json.nothing();
    }

    @Override
    public void flush() {}

    @Override
    protected void _releaseBuffers() {}

    @Override
    protected void _verifyValueWrite(String what) throws IOException {
        if (_writeContext.writeValue() == JsonWriteContext.STATUS_EXPECT_NAME) {
            _reportError("no key before the attempt to " + what);
        }
    }

    @Override
    public Version version() {
        return PackageVersion.VERSION;
    }
}
