-- Hands out elements to a consumer: first what was given back, then the oldest of those that wait.
-- KEYS[1] queue   KEYS[2] mark of those who wait for room   KEYS[3] queue for dead letters, if there is one
-- ARGV[1] consumer   ARGV[2] how many at most   ARGV[3] 'wait' if the consumer waits then   ARGV[4] after how many ms of
-- silence consumers are dead, or '' not to look for them   ARGV[5] after how many deliveries an element is dead, or ''
-- ARGV[6] 'returned' for nothing but what was given back, or ''   ARGV[7] ms that the key may live from now, or ''
-- Returns {1 if there may be more than 512 KiB, ms after which the next silent consumer is dead or -1, id, times it was
-- delivered, item, id...}.
if kind == 'none' and ARGV[3] == '' then
    return {0, -1}
end
local left, limit = tonumber(ARGV[2]), tonumber(ARGV[5])
local back = pending('-', '+', left, RETURNED)
if not back then
    redis.call('XGROUP', 'CREATE', KEYS[1], GROUP, '0', 'MKSTREAM')
    if ARGV[7] ~= '' then
        redis.call('PEXPIRE', KEYS[1], ARGV[7])
    end
    back = {}
end
local expiry = -1
if ARGV[4] ~= '' then
    local found, silence = false, tonumber(ARGV[4])
    for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], GROUP)) do
        local name = fieldOf(consumer, 'name')
        if name ~= RETURNED and fieldOf(consumer, 'pending') > 0 then
            local late = pending('IDLE', ARGV[4], '-', '+', 100, name)
            for _, each in ipairs(late) do
                giveBack(each[1], each[4], limit)
                found = true
            end
            if #late == 100 then -- there may be more
                expiry = 1
            end
            for _, held in ipairs(pending('-', '+', 100, name)) do
                local rest = math.max(1, silence - held[3])
                expiry = expiry < 0 and rest or math.min(expiry, rest)
            end
        elseif name ~= RETURNED and fieldOf(consumer, 'idle') > silence then
            redis.pcall('XGROUP', 'DELCONSUMER', KEYS[1], GROUP, name) -- a full Redis 6.2 refuses even that
        end
    end
    if found then
        redis.pcall('PUBLISH', KEYS[1], '')
        back = pending('-', '+', left, RETURNED)
    end
end
local handed, bytes = {0, expiry}, 0
local function hand(entry, deliveries)
    local item = itemOf(entry)
    table.insert(handed, entry[1])
    table.insert(handed, deliveries)
    table.insert(handed, item)
    left, bytes = left - 1, bytes + #item
end
for _, each in ipairs(back) do
    local entry = bytes < 524288 and entryAt(each[1])
    if entry then
        redis.call('XCLAIM', KEYS[1], GROUP, ARGV[1], 0, each[1], 'RETRYCOUNT', each[4] + 1, 'JUSTID')
        hand(entry, each[4] + 1)
    elseif bytes < 524288 then -- others have deleted it
        redis.call('XACK', KEYS[1], GROUP, each[1])
    end
end
local entries = ARGV[6] == ''
while left > 0 and bytes < 524288 and entries do
    entries = redis.call('XREADGROUP', 'GROUP', GROUP, ARGV[1], 'COUNT', math.min(left, 25), 'STREAMS', KEYS[1], '>')
    for _, entry in ipairs(entries and entries[1][2] or {}) do
        hand(entry, 1)
    end
end
if left > 0 and bytes >= 524288 then
    handed[1] = 1
end
if #handed > 2 and redis.call('DEL', KEYS[2]) == 1 then
    redis.pcall('PUBLISH', KEYS[1], '')
end
return handed
