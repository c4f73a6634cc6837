-- Stores the entries whose field has no value yet (JSON's null counts as none), and lets the whole hash end after a while.
-- KEYS[1] hash   ARGV[1] after how many milliseconds it ends if something was stored; '' leaves that as it is
-- ARGV[2...] slices: field, value, field, value...
-- Returns for each entry the value that was there, or '' if this one was stored.
local there = {}
local stored = false
for i = 2, #ARGV do
    local slice = cmsgpack.unpack(ARGV[i])
    local fields, absent = {}, {}
    for j = 1, #slice, 2 do
        fields[#fields + 1] = slice[j]
    end
    for j, current in ipairs(redis.call('HMGET', KEYS[1], unpack(fields))) do
        if current and not string.find(current, '^[ \t\r\n]*null[ \t\r\n]*$') then
            there[#there + 1] = current
        else
            there[#there + 1] = ''
            absent[#absent + 1] = fields[j]
            absent[#absent + 1] = slice[2 * j]
        end
    end
    if #absent > 0 then
        redis.call('HSET', KEYS[1], unpack(absent))
        stored = true
    end
end
if stored and ARGV[1] ~= '' then
    redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return there
