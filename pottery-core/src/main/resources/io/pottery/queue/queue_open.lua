-- Begins each script of a queue with what they have in common. Elements that wait are behind the last entry that the
-- group has delivered, or were given back, and are pending for the consumer called 'returned'. All others in the stream
-- are handed out.
-- KEYS[1] queue   KEYS[3] queue for dead letters, if there is one
-- Returns an error where there is something else than a stream; else goes on.
local GROUP, RETURNED = 'pottery', 'returned'
local kind = redis.call('TYPE', KEYS[1]).ok
for _, found in ipairs({kind, KEYS[3] and redis.call('TYPE', KEYS[3]).ok}) do
    if found ~= 'none' and found ~= 'stream' then
        return redis.error_reply('WRONGTYPE ' .. found)
    end
end

-- What XPENDING tells of the group; false if there is no group yet.
local function pending(...)
    local reply = redis.pcall('XPENDING', KEYS[1], GROUP, ...)
    if not reply.err then
        return reply
    end
    if not string.find(reply.err, 'NOGROUP', 1, true) then
        redis.call('XPENDING', KEYS[1], GROUP, ...) -- which fails once more, in the server's own words
    end
    return false
end

local function fieldOf(fields, name)
    for i = 1, #fields, 2 do
        if fields[i] == name then
            return fields[i + 1]
        end
    end
end

-- Python writes one field, item. What others have written without one has an item that is no JSON.
local function itemOf(entry)
    return fieldOf(entry[2], 'item') or ''
end

local function entryAt(id)
    return redis.call('XRANGE', KEYS[1], id, id)[1]
end

local function lastDelivered()
    if kind == 'stream' then
        for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
            if fieldOf(group, 'name') == GROUP then
                return fieldOf(group, 'last-delivered-id')
            end
        end
    end
    return '0-0'
end

-- How many elements wait in a stream with so many entries.
local function waiting(length)
    local count = length
    local all = pending()
    if all then
        count = count - all[1]
        for _, consumer in ipairs(all[4] or {}) do
            if consumer[1] == RETURNED then
                count = count + tonumber(consumer[2])
            end
        end
    end
    return math.max(count, 0)
end

-- Lets the next one who asks have an element that was delivered so many times, unless that is the limit, and there is
-- room among the dead letters.
local function giveBack(id, deliveries, limit)
    local entry = entryAt(id)
    if entry and limit and deliveries >= limit then
        if not redis.pcall('XADD', KEYS[3], '*', unpack(entry[2])).err then
            redis.pcall('XGROUP', 'CREATE', KEYS[3], GROUP, '0') -- unless there is one
            redis.call('XDEL', KEYS[1], id)
            entry = nil
        end
    end
    if entry then
        redis.call('XCLAIM', KEYS[1], GROUP, RETURNED, 0, id, 'RETRYCOUNT', deliveries, 'JUSTID')
    else
        redis.call('XACK', KEYS[1], GROUP, id)
    end
end
