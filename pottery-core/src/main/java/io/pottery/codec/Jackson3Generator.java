package io.pottery.codec;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.ErrorReportConfiguration;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteCapability;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.Version;
import tools.jackson.core.base.GeneratorBase;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.io.ContentReference;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.JsonWriteContext;
import tools.jackson.core.json.PackageVersion;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.JacksonFeatureSet;

/**
 * Passes what Jackson writes on to {@link CanonicalJson}, with what a tree of Jackson's would lose: the types of keys,
 * which arrays are sets, and the difference between float and double.
 */
final class Jackson3Generator extends GeneratorBase {

    /** The superclass wants one; nothing here takes a buffer from it. */
    private static final IOContext NO_BUFFERS = new IOContext(
            StreamReadConstraints.defaults(),
            StreamWriteConstraints.defaults(),
            ErrorReportConfiguration.defaults(),
            new BufferRecycler(),
            ContentReference.unknown(),
            false,
            JsonEncoding.UTF8);

    private final CanonicalJson json;
    private JsonWriteContext writing = JsonWriteContext.createRootContext(null);

    Jackson3Generator(CanonicalJson json, ObjectWriteContext context) {
        super(context, NO_BUFFERS, 0);
        this.json = json;
    }

    /** Writes the key of the next member as what it is, and not as the text it becomes. */
    JsonGenerator writeKey(@Nullable Object key) {
        verifyKeyWrite(String.valueOf(key));
        json.key(key);
        return this;
    }

    private void verifyKeyWrite(String key) {
        if (writing.writeName(key) == JsonWriteContext.STATUS_EXPECT_VALUE) {
            _reportError("a key where a value has to be");
        }
    }

    @Override
    public JsonGenerator writeStartArray() {
        return writeStartArray(null);
    }

    @Override
    public JsonGenerator writeStartArray(@Nullable Object forValue, int size) {
        return writeStartArray(forValue);
    }

    @Override
    public JsonGenerator writeStartArray(@Nullable Object forValue) {
        _verifyValueWrite("start an array");
        json.startArray(forValue);
        writing = writing.createChildArrayContext(forValue);
        return this;
    }

    @Override
    public JsonGenerator writeEndArray() {
        if (!writing.inArray()) {
            _reportError("the end of an array where none was begun");
        }
        json.endArray();
        writing = writing.clearAndGetParent();
        return this;
    }

    @Override
    public JsonGenerator writeStartObject() {
        return writeStartObject(null);
    }

    @Override
    public JsonGenerator writeStartObject(@Nullable Object forValue, int size) {
        return writeStartObject(forValue);
    }

    @Override
    public JsonGenerator writeStartObject(@Nullable Object forValue) {
        _verifyValueWrite("start an object");
        json.startObject(forValue);
        writing = writing.createChildObjectContext(forValue);
        return this;
    }

    @Override
    public JsonGenerator writeEndObject() {
        if (!writing.inObject()) {
            _reportError("the end of an object where none was begun");
        }
        json.endObject();
        writing = writing.clearAndGetParent();
        return this;
    }

    @Override
    public JsonGenerator writeName(String name) {
        return writeKey(name);
    }

    /** Writes the name of a property, which Jackson keeps ready; the keys of maps come as strings. */
    @Override
    public JsonGenerator writeName(SerializableString name) {
        verifyKeyWrite(name.getValue());
        json.property(name.getValue());
        return this;
    }

    @Override
    public JsonGenerator writePropertyId(long id) {
        return writeKey(id);
    }

    @Override
    public JsonGenerator writeString(@Nullable String text) {
        if (text == null) {
            return writeNull();
        }
        _verifyValueWrite("write a string");
        json.string(text);
        return this;
    }

    @Override
    public JsonGenerator writeString(char[] text, int offset, int length) {
        return writeString(new String(text, offset, length));
    }

    @Override
    public JsonGenerator writeString(SerializableString text) {
        return writeString(text.getValue());
    }

    @Override
    public JsonGenerator writeRawUTF8String(byte[] text, int offset, int length) {
        throw raw();
    }

    @Override
    public JsonGenerator writeUTF8String(byte[] text, int offset, int length) {
        return writeString(new String(text, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public JsonGenerator writeRaw(String text) {
        throw raw();
    }

    @Override
    public JsonGenerator writeRaw(String text, int offset, int length) {
        throw raw();
    }

    @Override
    public JsonGenerator writeRaw(char[] text, int offset, int length) {
        throw raw();
    }

    @Override
    public JsonGenerator writeRaw(char c) {
        throw raw();
    }

    private StreamWriteException raw() {
        return new StreamWriteException(this, "raw JSON is not written");
    }

    @Override
    public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
        byte[] part = new byte[length];
        System.arraycopy(data, offset, part, 0, length);
        writeString(variant.encode(part));
        return this;
    }

    @Override
    public int writeBinary(Base64Variant variant, InputStream data, int length) {
        try {
            byte[] bytes = length < 0 ? data.readAllBytes() : data.readNBytes(length);
            writeString(variant.encode(bytes));
            return bytes.length;
        } catch (IOException e) {
            throw _wrapIOFailure(e);
        }
    }

    @Override
    public JsonGenerator writeNumber(int number) {
        return writeNumber((long) number);
    }

    @Override
    public JsonGenerator writeNumber(long number) {
        _verifyValueWrite("write a number");
        json.number(number);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(@Nullable BigInteger number) {
        if (number == null) {
            return writeNull();
        }
        _verifyValueWrite("write a number");
        json.number(number);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(double number) {
        _verifyValueWrite("write a number");
        json.number(number);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(float number) {
        _verifyValueWrite("write a number");
        json.number(number);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(@Nullable BigDecimal number) {
        if (number == null) {
            return writeNull();
        }
        _verifyValueWrite("write a number");
        json.number(number);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(String number) {
        return writeNumber(new BigDecimal(number));
    }

    @Override
    public JsonGenerator writeBoolean(boolean value) {
        _verifyValueWrite("write a boolean");
        json.bool(value);
        return this;
    }

    @Override
    public JsonGenerator writeNull() {
        _verifyValueWrite("write null");
        json.nothing();
        return this;
    }

    @Override
    public JsonGenerator writeNumber(short number) {
        return writeNumber((long) number);
    }

    @Override
    public TokenStreamContext streamWriteContext() {
        return writing;
    }

    @Override
    public @Nullable Object currentValue() {
        return writing.currentValue();
    }

    @Override
    public void assignCurrentValue(@Nullable Object value) {
        writing.assignCurrentValue(value);
    }

    /** None: the text is in {@link CanonicalJson}. */
    @Override
    public @Nullable Object streamWriteOutputTarget() {
        return null;
    }

    @Override
    public int streamWriteOutputBuffered() {
        return -1;
    }

    @Override
    public JacksonFeatureSet<StreamWriteCapability> streamWriteCapabilities() {
        return DEFAULT_TEXTUAL_WRITE_CAPABILITIES;
    }

    @Override
    protected void _closeInput() {}

    @Override
    public void flush() {}

    @Override
    protected void _releaseBuffers() {}

    @Override
    protected void _verifyValueWrite(String what) {
        if (writing.writeValue() == JsonWriteContext.STATUS_EXPECT_NAME) {
            _reportError("no key before the attempt to " + what);
        }
    }

    @Override
    public Version version() {
        return PackageVersion.VERSION;
    }
}
