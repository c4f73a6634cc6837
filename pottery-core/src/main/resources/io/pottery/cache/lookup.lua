-- Looks an entry up, and says who is to compute it if there is none. Who computes an entry is counted in a record: the
-- epoch, which ends when the entry is evicted; how many have begun in it, which of them was the last to store, how many
-- are at it; until when others may wait for it, and when it began, both in milliseconds since 1970.
-- KEYS[1] hash   KEYS[2] deadlines   KEYS[3] loads
-- ARGV[1] field   ARGV[2] sliding timeout in ms, or ''   ARGV[3] which entries have deadlines: 'all', 'some' or 'none'
-- ARGV[4] 'look' for the entry alone, 'get' it, 'refresh' it in any case, or 'ahead' unless somebody computes it
-- ARGV[5] name of the epoch, should it begin now   ARGV[6] epoch to compute in with others, or ''
-- ARGV[7] for how many ms others may wait   ARGV[8] digest of a JSON text that counts as none, or ''
-- For 'ahead': ARGV[9] how many ms after a computation has begun it is taken for dead   ARGV[10] with how many ms left an
-- entry needs none
-- Returns {'hit', JSON, ms that a copy may live or -1, ms that the entry has left or -1}, {'none'},
-- {'load', epoch, number} or {'wait', epoch, ms}.
local DAY = 86400000
local function milliseconds()
    local time = redis.call('TIME')
    return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
local value = redis.call('HGET', KEYS[1], ARGV[1])
if ARGV[2] ~= '' then
    if ARGV[3] ~= 'none' and redis.call('ZCARD', KEYS[2]) > 0 then -- or an error, before anything is changed
        redis.call('PEXPIRE', KEYS[2], ARGV[2])
    end
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
if value and ARGV[4] ~= 'refresh' then
    local deadline, start = string.match(value, '^(%d+) ()')
    local json = deadline and string.sub(value, start) or value
    local left = deadline and tonumber(deadline) - milliseconds() or -1
    local counts = deadline and left > 0 or not deadline and ARGV[3] ~= 'all'
    if counts and ARGV[4] == 'ahead' then
        if left < 0 or left >= tonumber(ARGV[10]) then
            return {'none'}
        end
    elseif counts and (ARGV[8] == '' or redis.sha1hex(json) ~= ARGV[8]) then
        local life = ARGV[2] ~= '' and tonumber(ARGV[2]) or left
        if left >= 0 then
            life = math.min(life, left)
        elseif life < 0 then
            life = redis.call('PTTL', KEYS[1])
        end
        return {'hit', json, life, left}
    end
end
if ARGV[4] == 'look' then
    return {'none'}
end
local now = milliseconds()
local PATTERN = '^(%S+) (%d+) (%d+) (%d+) (%d+) (%d+)$'
local epoch, last, stored, at, lease, begun = string.match(redis.call('HGET', KEYS[3], ARGV[1]) or '', PATTERN)
if epoch and tonumber(begun) + DAY < now then
    epoch = nil
end
if epoch == ARGV[5] then -- the client has sent this a second time, after a reconnect
    return {'load', epoch, tonumber(last)}
end
if epoch and ARGV[4] ~= 'refresh' then
    local ahead = ARGV[4] == 'ahead'
    local left = (ahead and tonumber(begun) + tonumber(ARGV[9]) or tonumber(lease)) - now
    if left > 0 or not ahead and epoch ~= ARGV[6] then
        return {'wait', epoch, math.max(left, 0)}
    end
    if ahead then
        begun = now
    end
end
if not epoch then
    epoch, last, stored, at, begun = ARGV[5], 0, 0, 0, now
    local others = redis.call('HRANDFIELD', KEYS[3], 3, 'WITHVALUES') or {}
    for i = 1, #others, 2 do
        local since = string.match(others[i + 1], ' (%d+)$')
        if not since or tonumber(since) + DAY < now then
            redis.call('HDEL', KEYS[3], others[i])
        end
    end
end
last = tonumber(last) + 1
local record = string.format('%s %d %d %d %.0f %.0f', epoch, last, stored, at + 1, now + tonumber(ARGV[7]), begun)
redis.call('HSET', KEYS[3], ARGV[1], record)
redis.call('PEXPIRE', KEYS[3], DAY)
return {'load', epoch, last}
