-- Settles what was handed out: each by whom, which, the how manyth delivery it was, and what becomes of it. 'ack' removes
-- it, 'nack' gives it back, 'unseen' does so as if it had not been handed out.
-- KEYS[1] queue   KEYS[2] mark of those who wait for room   KEYS[3] queue for dead letters, if there is one
-- ARGV[1] after how many deliveries an element is dead, or ''   ARGV[2...] consumer, id, times delivered, what becomes
-- Returns for each: 1 done, 0 it is not there, -1 another one has it by now, -2 it was given back.
local FEW, MANY, PAGE, LARGE = 8, 1000, 100, 1000
local limit, results, tell = tonumber(ARGV[1]), {}, redis.call('DEL', KEYS[2]) == 1

-- Settles the one that ARGV names from there on, and returns what it is to return.
local function settle(first)
    local consumer, id, deliveries, fate = ARGV[first], ARGV[first + 1], tonumber(ARGV[first + 2]), ARGV[first + 3]
    local holder = (pending(id, id, 1) or {})[1]
    if not holder then -- a fail-over may have forgotten that it was handed out
        return fate == 'ack' and redis.call('XDEL', KEYS[1], id) or 0
    end
    if holder[2] ~= consumer or holder[4] ~= deliveries then
        return holder[2] == RETURNED and -2 or -1
    end
    if fate == 'ack' then
        redis.call('XACK', KEYS[1], GROUP, id)
        return redis.call('XDEL', KEYS[1], id)
    end
    giveBack(id, deliveries - (fate == 'unseen' and 1 or 0), fate == 'nack' and limit)
    tell = true
    return 1
end

-- The entries at the beginning of the stream that are all in places, but for the last of them, and that one. Looks no
-- further than to a large one: to read those costs more than to delete them.
local function atHead(places)
    local before, last, page = {}, nil, redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)
    while #page > 0 do
        for _, entry in ipairs(page) do
            if not places[entry[1]] or #itemOf(entry) > LARGE then
                return before, last
            end
            if last then
                before[last] = true
            end
            last = entry[1]
        end
        page = redis.call('XRANGE', KEYS[1], '(' .. last, '+', 'COUNT', PAGE)
    end
    return before, last
end

-- Settles those that ARGV names from first to last, which one consumer acknowledges: all at once that are among those
-- that it has between the first and the last, and each of the others by itself. To cut off the beginning of the stream
-- is cheaper than to delete each, so that is done as far as nothing else is there.
local function acknowledge(first, last)
    local deliveries, ids, places, again = {}, {}, {}, {}
    for _, held in ipairs(pending(ARGV[first + 1], ARGV[last + 1], (last - first) / 2, ARGV[first]) or {}) do
        deliveries[held[1]] = held[4]
    end
    for i = first, last, 4 do
        local id, place = ARGV[i + 1], #results + 1
        if places[id] then
            again[place], results[place] = i, 0
        elseif deliveries[id] == tonumber(ARGV[i + 2]) then
            ids[#ids + 1], places[id], results[place] = id, place, 1
        else
            results[place] = settle(i)
        end
    end
    if #ids > 0 then
        local before, cut = atHead(places)
        if next(before) then
            redis.call('XTRIM', KEYS[1], 'MINID', cut)
        end
        for _, id in ipairs(ids) do
            if not before[id] then
                results[places[id]] = redis.call('XDEL', KEYS[1], id)
            end
        end
        redis.call('XACK', KEYS[1], GROUP, unpack(ids))
    end
    for place, i in pairs(again) do
        results[place] = settle(i)
    end
end

local first = 2
while first < #ARGV do
    local last = first
    while ARGV[last + 3] == 'ack' and ARGV[last + 7] == 'ack' and ARGV[last + 4] == ARGV[first]
        and last + 4 < first + 4 * MANY do
        last = last + 4
    end
    if last >= first + 4 * (FEW - 1) then
        acknowledge(first, last)
    else
        for i = first, last, 4 do
            results[#results + 1] = settle(i)
        end
    end
    first = last + 4
end
if tell then
    redis.pcall('PUBLISH', KEYS[1], '')
end
return results
