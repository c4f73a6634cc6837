-- Ends a computation, and stores its result unless it was begun before an eviction or before what is stored. Removes
-- some of the entries whose deadlines have passed.
-- KEYS[1] hash and channel   KEYS[2] deadlines   KEYS[3] loads
-- ARGV[1] field   ARGV[2] sliding timeout in ms, or ''   ARGV[3] which entries have deadlines: 'all', 'some' or 'none'
-- ARGV[4] epoch of the computation, or '' to store in any case   ARGV[5] its number in that
-- ARGV[6] JSON, or '' if there is none to store   ARGV[7] after how many ms the entry ends, or ''
-- Returns 1 if it was stored, else 0, or the error of a server that takes no more.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local old = redis.call('HGET', KEYS[1], ARGV[1])
local ends = redis.call('ZCARD', KEYS[2]) -- an error if it holds another type, before anything is written
local epoch, last, stored, at, lease, begun
local stores = ARGV[6] ~= ''
local record = redis.call('HGET', KEYS[3], ARGV[1])
if ARGV[4] ~= '' then
    local PATTERN = '^(%S+) (%d+) (%d+) (%d+) (%d+) (%d+)$'
    epoch, last, stored, at, lease, begun = string.match(record or '', PATTERN)
    if epoch ~= ARGV[4] then
        return 0
    end
    stores = stores and tonumber(ARGV[5]) > tonumber(stored)
end
local deadline = ARGV[7] ~= '' and string.format('%.0f', now + tonumber(ARGV[7]))
local first = not old and redis.call('EXISTS', KEYS[1]) == 0
local refusal
if stores then -- before anything else is written, because only then does a server refuse it that has no memory left
    local reply = redis.pcall('HSET', KEYS[1], ARGV[1], deadline and deadline .. ' ' .. ARGV[6] or ARGV[6])
    refusal = type(reply) == 'table' and reply
    stores = not refusal
end
if record then
    redis.call('HDEL', KEYS[3], ARGV[1]) -- which a full server lets through, and then what follows
end
if tonumber(at or 0) > 1 then
    record = string.format('%s %d %d %d %.0f %.0f', epoch, last, stores and ARGV[5] or stored, at - 1, lease, begun)
    redis.call('HSET', KEYS[3], ARGV[1], record)
end
if not stores then
    return refusal or 0
end
if first and ends > 0 then
    redis.call('UNLINK', KEYS[2])
    ends = 0
end
if deadline then
    redis.call('ZADD', KEYS[2], deadline, ARGV[1])
elseif ends > 0 then
    redis.call('ZREM', KEYS[2], ARGV[1])
end
if ends > 0 then
    local ended = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 100)
    if #ended > 0 then
        redis.call('HDEL', KEYS[1], unpack(ended))
        redis.call('ZREM', KEYS[2], unpack(ended))
    end
end
local life = ARGV[2]
if life == '' and ARGV[3] == 'all' then
    local left = redis.call('PTTL', KEYS[1])
    if first or left >= 0 and left < tonumber(ARGV[7]) then
        life = ARGV[7]
    end
end
if life ~= '' then
    redis.call('PEXPIRE', KEYS[1], life)
    if ARGV[3] ~= 'none' then
        redis.call('PEXPIRE', KEYS[2], life)
    end
end
if old and string.gsub(old, '^%d+ ', '') ~= ARGV[6] then
    redis.call('PUBLISH', KEYS[1], ARGV[1])
end
return 1
